package serial

import (
	"maps"
	"slices"
	"strings"
)

// The fields that have a place of their own in Fields, by the names that patterns give them. A field's number is its place here; 0 is one of
// Values.
var builtins = [...]string{"", "product", "lot", "plant", "line", "shift"}

func builtinOf(name string) uint8 { return uint8(max(0, slices.Index(builtins[:], name))) }

func isBuiltin(name string) bool { return builtinOf(name) > 0 }

// builtin returns where a field stands, nil for one of Values.
func (f *Fields) builtin(number uint8) *string {
	switch number {
	case 1:
		return &f.Product
	case 2:
		return &f.Lot
	case 3:
		return &f.Plant
	case 4:
		return &f.Line
	case 5:
		return &f.Shift
	}
	return nil
}

// value returns a field by its name, "" if it is missing.
func (f *Fields) value(name string) string { return f.valueOf(builtinOf(name), name) }

func (f *Fields) valueOf(number uint8, name string) string {
	if at := f.builtin(number); at != nil {
		return *at
	}
	return f.Values[name]
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
	builtin  uint8
	min, max int
	chars    *alphabet
	pad      byte // fills on the left up to max; 0: none

	table map[string]string // field's value → text; nil: as it is
	back  map[string]string
}

func (t *textField) append(dst []byte, st *state) ([]byte, error) {
	v := st.fields.valueOf(t.builtin, t.name)
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
	return &Error{Err: ErrField, Part: "field " + t.name, Detail: want}
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

// parse reads text into f, if it has a place for it, or tells the first wrong position.
func (t *textField) parse(text string, f *Fields) (bad int) {
	v := text
	if t.table != nil {
		var ok bool
		if v, ok = t.back[text]; !ok {
			return t.longestEntry(text)
		}
	} else if i := t.wrong(text); i < len(text) {
		return i
	}
	if to := f.builtin(t.builtin); to != nil {
		*to = v
	}
	return len(text)
}

// value is the field's value that a text of it tells.
func (t *textField) value(text string) string {
	if t.table != nil {
		return t.back[text]
	}
	return text
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
