// Package companyprefix tells how long the GS1 Company Prefix of a key is (GS1 General Specifications, 1.4.2). GS1 publishes the table
// ("GCP length table") as JSON and XML and changes it from time to time, so that it is not part of this package: load your copy.
package companyprefix

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"github.com/gonameplate/nameplate/gs1"
)

// A Table tells how long the GS1 Company Prefix of a key is. The zero value knows no prefix.
type Table struct {
	length map[string]int // by the digits with which a key begins
	most   int            // the most digits of these
}

// entry is a line of the published table.
type entry struct {
	Prefix string `json:"prefix" xml:"prefix,attr"`
	Length int    `json:"gcpLength" xml:"gcpLength,attr"`
}

// Read reads the table in either published form, of at most 64 MB.
func Read(r io.Reader) (*Table, error) {
	const limit = 64 << 20
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("company prefix table: %w", err)
	}
	if len(data) > limit {
		return nil, fmt.Errorf("company prefix table: longer than %d bytes", limit)
	}
	var list struct {
		JSON struct {
			Entries []entry `json:"entry"`
		} `json:"GCPPrefixFormatList" xml:"-"`
		XMLName struct{} `json:"-" xml:"GCPPrefixFormatList"`
		Entries []entry  `json:"-" xml:"entry"`
	}
	if json.Valid(data) {
		err = json.Unmarshal(data, &list)
	} else {
		err = xml.Unmarshal(data, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("company prefix table: neither the JSON nor the XML form that GS1 publishes: %w", err)
	}
	return newTable(append(list.JSON.Entries, list.Entries...))
}

func newTable(entries []entry) (*Table, error) {
	p := &Table{length: make(map[string]int, len(entries))}
	for i, e := range entries {
		if !allDigits(e.Prefix) || e.Length < 0 || e.Length > 12 || e.Length > 0 && e.Length < 4 {
			return nil, fmt.Errorf("company prefix table: entry %d: prefix %q with length %d; expected digits, and a length of 4 to 12 or 0",
				i+1, e.Prefix, e.Length)
		}
		p.length[e.Prefix] = e.Length
		p.most = max(p.most, len(e.Prefix))
	}
	if len(entries) == 0 {
		return nil, errors.New("company prefix table: no entry")
	}
	return p, nil
}

// Of returns the GS1 Company Prefix with which digits begin, the digits of a key from the prefix on: without the indicator of a
// GTIN-14, the extension digit of an SSCC and the leading zero of a GRAI. ok is false if the table doesn't know it.
func (p *Table) Of(digits string) (prefix string, ok bool) {
	for n := min(p.most, len(digits)); n > 0; n-- {
		if length, found := p.length[digits[:n]]; found {
			if length == 0 || length > len(digits) {
				return "", false
			}
			return digits[:length], true
		}
	}
	return "", false
}

// OfElement returns the GS1 Company Prefix of a key.
func (p *Table) OfElement(e gs1.Element) (prefix string, ok bool) {
	from := 0
	switch e.AI {
	case "00", "01", "02", "03", "8006", "8026", "8003":
		from = 1
	case "253", "255", "401", "402", "410", "411", "412", "413", "414", "415", "416", "417", "7023", "8004", "8010", "8013", "8014",
		"8017", "8018":
	default:
		return "", false
	}
	if len(e.Value) <= from {
		return "", false
	}
	return p.Of(e.Value[from:])
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
