// Package companyprefix tells how long the GS1 Company Prefix of a key is. GS1 publishes the table ("GCP length table") as JSON and XML
// and changes it from time to time, so that it is not part of this package: load your copy.
package companyprefix

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
)

// A Table tells how long the GS1 Company Prefix of a key is. The zero value knows no prefix.
type Table struct {
	rows []row // in ascending order of prefixes
}

// A row tells how long the company prefix is of keys that begin with the digits of prefix, unless a longer row says otherwise.
type row struct {
	prefix string
	length int
	parent int // the row of the longest other prefix with which this one begins, or -1
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
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
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
	if len(entries) == 0 {
		return nil, errors.New("company prefix table: no entry")
	}
	p := &Table{rows: make([]row, 0, len(entries))}
	for i, e := range entries {
		if !allDigits(e.Prefix) || e.Length < 0 || e.Length > 12 || e.Length > 0 && e.Length < 4 {
			return nil, fmt.Errorf("company prefix table: entry %d: prefix %q with length %d; expected digits, and a length of 4 to 12 or 0",
				i+1, e.Prefix, e.Length)
		}
		p.rows = append(p.rows, row{e.Prefix, e.Length, -1})
	}
	slices.SortFunc(p.rows, func(a, b row) int { return strings.Compare(a.prefix, b.prefix) })
	p.rows = slices.Compact(p.rows)
	for i := 1; i < len(p.rows); i++ {
		this, parent := &p.rows[i], i-1
		if this.prefix == p.rows[parent].prefix {
			return nil, fmt.Errorf("company prefix table: prefix %q has both length %d and length %d", this.prefix, p.rows[parent].length, this.length)
		}
		this.parent = p.longest(parent, this.prefix)
	}
	return p, nil
}

// longest returns the row of the longest prefix with which digits begin, or -1. The rows in question are i, the last that isn't greater
// than digits, and its parents: whatever sorts between a prefix of digits and digits begins with that prefix, too.
func (p *Table) longest(i int, digits string) int {
	for i >= 0 && !strings.HasPrefix(digits, p.rows[i].prefix) {
		i = p.rows[i].parent
	}
	return i
}

// Of returns the GS1 Company Prefix with which digits begin, the digits of a key from the prefix on: without the indicator of a
// GTIN-14, the extension digit of an SSCC and the leading zero of a GRAI. ok is false if the table doesn't know it.
func (p *Table) Of(digits string) (prefix string, ok bool) {
	after := sort.Search(len(p.rows), func(i int) bool { return p.rows[i].prefix > digits })
	i := p.longest(after-1, digits)
	if i < 0 || p.rows[i].length == 0 || p.rows[i].length > len(digits) || !allDigits(digits[:p.rows[i].length]) {
		return "", false
	}
	return digits[:p.rows[i].length], true
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
