package pattern

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// A Builtin is a field that has a place of its own in serial.Fields.
type Builtin uint8

// Custom is the Builtin of all other fields.
const (
	Custom Builtin = iota
	Product
	Lot
	Plant
	Line
	Shift
)

var builtins = [...]string{"", "product", "lot", "plant", "line", "shift"}

// BuiltinOf returns the field of a name, Custom if it is not built in.
func BuiltinOf(name string) Builtin { return Builtin(max(0, slices.Index(builtins[:], name))) }

// KeyName is the name of the field that identifies a serial's key.
const KeyName = "key"

// A Field writes a field's value as it is, or as a table has it.
type Field struct {
	Name     string
	Builtin  Builtin
	Min, Max int // length of a value as it is
	Chars    *number.Alphabet
	Pad      byte // fills on the left up to Max; 0: none

	table map[string]string // value → text; nil: as it is
	back  map[string]string // text → value
}

// Append writes a value. If it can't be written, problem is why.
func (f *Field) Append(dst []byte, v string) (_ []byte, problem string) {
	if v == "" {
		return dst, "missing"
	}
	if f.table != nil {
		text, ok := f.table[v]
		if !ok {
			return dst, "the pattern's table has no entry for " + quote.Text(v)
		}
		return append(dst, text...), ""
	}
	if len(v) > f.Max {
		return dst, quote.Text(v) + " is longer than " + quote.Count(f.Max, "character")
	}
	if i := f.Chars.FirstOutside(v); i < len(v) {
		return dst, quote.Text(v) + ", character " + strconv.Itoa(i+1) + ": want one of " +
			f.Chars.Chars
	}
	if len(v) < f.Min {
		if f.Pad == 0 {
			return dst, quote.Text(v) + " is shorter than " + quote.Count(f.Min, "character")
		}
		for range f.Min - len(v) {
			dst = append(dst, f.Pad)
		}
	}
	return append(dst, v...), ""
}

// Fits reports whether a value can be written as it is, without padding.
func (f *Field) Fits(v string) bool {
	return len(v) >= f.Min && len(v) <= f.Max && f.Chars.FirstOutside(v) == len(v)
}

// Parse returns the value of a text and the position of the first wrong character, the text's
// length if there is none.
func (f *Field) Parse(text string) (v string, bad int) {
	if f.table == nil {
		return text, f.Chars.FirstOutside(text)
	}
	v, ok := f.back[text]
	if !ok {
		return "", f.longestEntry(text)
	}
	return v, len(text)
}

// Value returns the value of a text that Parse has read.
func (f *Field) Value(text string) string {
	if f.table != nil {
		return f.back[text]
	}
	return text
}

// longestEntry returns how many characters of text agree with an entry of the table.
func (f *Field) longestEntry(text string) (n int) {
	for i := range len(text) {
		for entry := range f.back {
			if strings.HasPrefix(entry, text[:i+1]) {
				n = i + 1
			}
		}
	}
	return min(n, len(text)-1)
}
