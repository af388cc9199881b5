package companyprefix

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// maxBytes is the size of the largest table that Parse reads.
const maxBytes = 64 << 20

// An entry is a line of the published table.
type entry struct {
	Prefix string `json:"prefix" xml:"prefix,attr"`
	Length int    `json:"gcpLength" xml:"gcpLength,attr"`
}

func (e entry) String() string {
	return "prefix " + errtext.Quote(e.Prefix) + " with length " + strconv.Itoa(e.Length)
}

// Parse reads the table in either published form, at most 64 MB. The error is an *[Error]; it wraps
// [ErrTable], or the error of r.
func Parse(r io.Reader) (*Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, &Error{Err: err, Pos: -1}
	}
	if len(data) > maxBytes {
		return nil, &Error{Err: ErrTable, Pos: maxBytes, Detail: "want at most 64 MB"}
	}
	var list struct {
		JSON struct {
			Entries []entry `json:"entry"`
		} `json:"GCPPrefixFormatList" xml:"-"`
		XMLName struct{} `json:"-" xml:"GCPPrefixFormatList"`
		Entries []entry  `json:"-" xml:"entry"`
	}
	bom := len(data)
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	bom -= len(data)
	isJSON := json.Valid(data)
	if isJSON {
		err = json.Unmarshal(data, &list)
	} else {
		err = xml.Unmarshal(data, &list)
	}
	if err != nil {
		return nil, malformed(data, bom, err)
	}
	table, at, detail := newTable(append(list.JSON.Entries, list.Entries...))
	if table != nil {
		return table, nil
	}
	pos := -1
	if at >= 0 {
		pos = place(data, isJSON, at)
	}
	return nil, inTable(data, bom, pos, detail)
}

// malformed returns the error that data has neither form.
func malformed(data []byte, bom int, err error) *Error {
	pos := -1
	var syntax *xml.SyntaxError
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		pos = 0
		for range syntax.Line - 1 {
			pos += bytes.IndexByte(data[pos:], '\n') + 1
		}
	case errors.As(err, &mismatch):
		pos = min(int(mismatch.Offset), len(data))
	}
	detail := err.Error()
	if len(detail) > 200 {
		detail = detail[:200] + "…"
	}
	return inTable(
		data,
		bom,
		pos,
		fmt.Sprintf("found %s, want the JSON or the XML form that GS1 publishes", detail),
	)
}

// inTable returns an error at byte pos of data, which followed bom bytes; pos may be -1.
func inTable(data []byte, bom, pos int, detail string) *Error {
	e := &Error{Err: ErrTable, Pos: pos, Detail: detail}
	if pos >= 0 {
		e.Pos += bom
		e.line = 1 + bytes.Count(data[:pos], []byte("\n"))
		e.Input = line(data, pos)
	}
	return e
}

// line returns the line of data that has byte pos.
func line(data []byte, pos int) string {
	from := bytes.LastIndexByte(data[:pos], '\n') + 1
	to := len(data)
	if i := bytes.IndexByte(data[pos:], '\n'); i >= 0 {
		to = pos + i
	}
	return string(bytes.TrimSpace(data[from:to]))
}

// place returns where entry n of valid data begins.
func place(data []byte, isJSON bool, n int) int {
	if !isJSON {
		return placeXML(data, n)
	}
	in := json.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		token, err := in.Token()
		switch {
		case err != nil:
			return -1
		case token == json.Delim('{') || token == json.Delim('['):
			if depth++; depth == 4 && token == json.Delim('{') { // {list: {entry: [{
				if n--; n < 0 {
					return int(in.InputOffset()) - 1
				}
			}
		case token == json.Delim('}') || token == json.Delim(']'):
			depth--
		}
	}
}

func placeXML(data []byte, n int) int {
	in := xml.NewDecoder(bytes.NewReader(data))
	for {
		at := in.InputOffset()
		token, err := in.Token()
		if err != nil {
			return -1
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "entry" {
			if n--; n < 0 {
				return int(at)
			}
		}
	}
}
