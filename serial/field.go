package serial

import (
	"maps"
	"strings"
)

// value returns a field by the name that patterns give it, "" if it is missing.
func (f *Fields) value(name string) string {
	switch name {
	case "product":
		return f.Product
	case "lot":
		return f.Lot
	case "plant":
		return f.Plant
	case "line":
		return f.Line
	case "shift":
		return f.Shift
	}
	return f.Values[name]
}

// set sets a field. Values is a copy already.
func (f *Fields) set(name, value string) {
	switch name {
	case "product":
		f.Product = value
	case "lot":
		f.Lot = value
	case "plant":
		f.Plant = value
	case "line":
		f.Line = value
	case "shift":
		f.Shift = value
	default:
		f.Values[name] = value
	}
}

func isBuiltin(name string) bool {
	switch name {
	case "product", "lot", "plant", "line", "shift":
		return true
	}
	return false
}

// ownValues gives f a map of its own.
func (f *Fields) ownValues() {
	if f.Values = maps.Clone(f.Values); f.Values == nil {
		f.Values = map[string]string{}
	}
}

// A textField spells a field as it is, or by a table.
type textField struct {
	name     string
	min, max int
	chars    *alphabet
	pad      byte // fills on the left up to max; 0: none

	table map[string]string // field's value → text; nil: as it is
	back  map[string]string
}

func (t *textField) append(dst []byte, st *state) ([]byte, error) {
	v := st.fields.value(t.name)
	if t.name == keyName && v == "" {
		v = st.key
	}
	if v == "" {
		return dst, t.fail("missing")
	}
	if t.table != nil {
		text, ok := t.table[v]
		if !ok {
			return dst, t.fail("no entry for " + clip(v) + " in the pattern's table")
		}
		return append(dst, text...), nil
	}
	if len(v) > t.max {
		return dst, t.fail(clip(v) + " is longer than " + plural(t.max, "character"))
	}
	if i := t.wrong(v); i < len(v) {
		return dst, t.fail(clip(v) + " has a character at position " + itoa(i+1) + " that is not one of " + t.chars.chars)
	}
	if len(v) < t.min {
		if t.pad == 0 {
			return dst, t.fail(clip(v) + " is shorter than " + plural(t.min, "character") + ": lengthen it or give the part a pad=")
		}
		for range t.min - len(v) {
			dst = append(dst, t.pad)
		}
	}
	return append(dst, v...), nil
}

func (t *textField) fail(want string) error {
	return &Error{Kind: ErrField, Part: "field " + t.name, Want: want}
}

// wrong returns the position of the first character that the field can't have, len(v) if there is none.
func (t *textField) wrong(v string) int {
	for i := range len(v) {
		if !t.chars.has(v[i]) {
			return i
		}
	}
	return len(v)
}

// parse reads text into f, or tells the first wrong position.
func (t *textField) parse(text string, f *Fields) (bad int) {
	if t.table != nil {
		v, ok := t.back[text]
		if !ok {
			return t.longestEntry(text)
		}
		f.set(t.name, v)
		return len(text)
	}
	if i := t.wrong(text); i < len(text) {
		return i
	}
	f.set(t.name, text)
	return len(text)
}

// longestEntry returns how many characters of text agree with some entry of the table.
func (t *textField) longestEntry(text string) (n int) {
	for i := range len(text) {
		for entry := range t.back {
			if strings.HasPrefix(entry, text[:i+1]) {
				n = i + 1
			}
		}
	}
	return min(n, len(text)-1)
}
