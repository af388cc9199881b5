package zpl

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/jsonpos"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
)

// ParseTemplate returns the format of an existing ZPL file that has placeholders, such as
// {serial}, in its texts and in the data of its symbols: a brace, a name of letters, digits, '_',
// '-' and '.' that begins with a letter, and a brace. Anything else in braces is text.
//
// The file must print one page, once. It is not edited but read and written again: each field is
// escaped for its kind; Code 128 symbols are encoded with the data, so that placeholders may be
// in any code set; symbols that begin with FNC1 must have valid GS1 data. What the interpreter
// does not know is an [*Error] with the command's name and place.
func ParseTemplate(r io.Reader) (*Format, error) {
	var c collector
	in := NewInterpreter(&c)
	in.template = true
	if err := in.run(r); err != nil {
		return nil, err
	}
	if len(c.pages) != 1 {
		return nil, unwritable(ErrUnsupported, "", "a file that prints %d pages, want one",
			len(c.pages))
	}
	page := c.pages[0]
	if page.Quantity != 1 {
		return nil, &Error{
			Err: ErrUnsupported, Command: "^PQ", Pos: page.Pos,
			Detail: fmt.Sprintf("%d copies, which would have the same serial, want one",
				page.Quantity),
		}
	}
	t := &parsed{page: *page, content: make([][]string, len(page.Fields))}
	for i := range page.Fields {
		t.content[i] = splitPlaceholders(page.Fields[i].Data)
		for j := 1; j < len(t.content[i]); j += 2 {
			t.names = append(t.names, t.content[i][j])
		}
	}
	slices.Sort(t.names)
	t.names = slices.Compact(t.names)
	bare, err := page.Append(nil)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(bare)
	return &Format{hex.EncodeToString(sum[:]), t.fields(), t}, nil
}

// placeholder returns the length of the placeholder that s begins with, or 0.
func placeholder(s string) int {
	if len(s) < 3 || s[0] != '{' {
		return 0
	}
	for i := 1; i < len(s); i++ {
		b := s[i] | 0x20
		letter := 'a' <= b && b <= 'z'
		switch {
		case letter:
		case s[i] == '}' && i > 1:
			return i + 1
		case i == 1 || !isDigit(s[i]) && !strings.ContainsRune("_-.", rune(s[i])):
			return 0
		}
	}
	return 0
}

// splitPlaceholders splits text at its placeholders: the odd parts are names.
func splitPlaceholders(s string) []string {
	var parts []string
	begin := 0
	for i := 0; i < len(s); i++ {
		if n := placeholder(s[i:]); n > 0 {
			parts = append(parts, s[begin:i], s[i+1:i+n-1])
			begin = i + n
			i = begin - 1
		}
	}
	return append(parts, s[begin:])
}

// parsed is a ZPL file with placeholders.
type parsed struct {
	page    Page
	names   []string   // sorted
	content [][]string // of each field, split at placeholders
}

func (t *parsed) fields() []template.Field {
	fields := make([]template.Field, len(t.names))
	for i, name := range t.names {
		fields[i].Name = name
	}
	return fields
}

func (t *parsed) append(dst []byte, data template.Data) ([]byte, error) {
	for _, name := range t.names {
		if _, ok := data[name]; !ok {
			return nil, &template.DataError{
				Err: template.ErrMissing, Field: name, Detail: "no value",
				Hint: "the template needs one",
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(data)) {
		if _, known := slices.BinarySearch(t.names, name); !known {
			return nil, &template.DataError{
				Err: template.ErrUnknown, Field: name, Input: data[name],
				Detail: "the template has no such field",
				Hint:   jsonpos.DidYouMean(name, t.names, "remove it"),
			}
		}
	}
	page := t.page
	page.Fields = append([]Field(nil), page.Fields...)
	for i := range page.Fields {
		if err := fill(&page.Fields[i], t.content[i], data); err != nil {
			return nil, fieldError(i, &page.Fields[i], err)
		}
	}
	return page.Append(dst)
}

// fill puts values into a field.
func fill(f *Field, content []string, data template.Data) error {
	if len(content) == 1 {
		return nil
	}
	var b strings.Builder
	for i, part := range content {
		if i%2 == 1 {
			part = data[part]
		}
		b.WriteString(part)
	}
	f.Data = b.String()
	if f.GS1 {
		if err := validElements(f.Data); err != nil {
			return err
		}
	}
	if f.Kind != Code128Field {
		return nil
	}
	s, err := symbol.Code128Segments(f.segments())
	if err != nil {
		return err
	}
	spec := *f.Symbol
	spec.Codewords = s.Codewords()
	f.Symbol = &spec
	return nil
}

// validElements validates element strings that a symbol carries. AIs that they require may be in
// another symbol.
func validElements(data string) error {
	m, err := gs1.Parser{SkipAssociations: true}.ParseElementString("\x1d" + data)
	if err == nil && len(m) == 0 {
		err = errors.New("no element string")
	}
	return err
}
