package template

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/internal/jsonpos"
)

// Data are the values that fill a template, by the names of its fields.
type Data map[string]string

// A Field is a value that a template asks for.
type Field struct {
	Name     string
	Kind     FieldKind
	Max      int  // the most characters that a value may have; 0 is no limit
	Optional bool // may be missing or empty
}

// A FieldKind is what a field's values are.
type FieldKind uint8

// The kinds of fields.
const (
	KindText   FieldKind = iota // any text without control characters but newlines
	KindDate                    // a day of the Gregorian calendar as YYYY-MM-DD
	KindNumber                  // a whole number, digits only
)

var kinds = []string{"text", "date", "number"}

// String returns the name that templates use: "text", "date" or "number".
func (k FieldKind) String() string { return kinds[min(int(k), len(kinds)-1)] }

// A value is the data of one field, checked.
type value struct {
	text             string
	year, month, day int // of a date
}

// bind appends the values of data to dst, in the order of the template's fields. What is missing,
// unknown or not of its kind is a [*DataError].
func (t *Template) bind(dst []value, d Data) ([]value, error) {
	found := 0
	for i := range t.fields {
		f := &t.fields[i]
		text, ok := d[f.Name]
		if ok {
			found++
		} else if !f.Optional {
			return dst, &DataError{
				Err: ErrMissing, Field: f.Name, Detail: "no value", Hint: "the template needs one",
			}
		}
		v := value{text: text}
		if err := f.check(&v); err != nil {
			return dst, err
		}
		dst = append(dst, v)
	}
	if found < len(d) {
		return dst, t.unknown(d)
	}
	return dst, nil
}

// unknown returns the error for the first name in data that is no field's.
func (t *Template) unknown(d Data) error {
	names := (&scope{fields: t.fields}).names()
	unknown, found := "", false
	for name := range d {
		if !t.has(name) && (!found || name < unknown) {
			unknown, found = name, true
		}
	}
	return &DataError{
		Err: ErrUnknown, Field: unknown, Input: d[unknown],
		Detail: "the template has no such field",
		Hint:   jsonpos.DidYouMean(unknown, names, "remove it"),
	}
}

func (t *Template) has(name string) bool {
	for i := range t.fields {
		if t.fields[i].Name == name {
			return true
		}
	}
	return false
}

// check returns an error for a value that the field does not accept, and sets the parts of a date.
func (f *Field) check(v *value) error {
	if v.text == "" {
		if f.Optional {
			return nil
		}
		return &DataError{
			Err: ErrMissing, Field: f.Name, Detail: "the value is empty",
			Hint: "give one, or declare the field as optional",
		}
	}
	if f.Max > 0 && len(v.text) > f.Max {
		if n := utf8.RuneCountInString(v.text); n > f.Max {
			return f.invalid(v, "", "%s has %d characters, want at most %d", errtext.Quote(v.text),
				n, f.Max)
		}
	}
	switch f.Kind {
	case KindDate:
		return f.checkDate(v)
	case KindNumber:
		if !digitsOnly(v.text) {
			return f.invalid(v, "", "%s is not a number, want digits only", errtext.Quote(v.text))
		}
		return nil
	}
	return f.checkText(v)
}

func (f *Field) invalid(v *value, hint, format string, a ...any) error {
	return &DataError{
		Err: ErrInvalid, Field: f.Name, Input: v.text, Detail: fmt.Sprintf(format, a...),
		Hint: hint,
	}
}

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

func (f *Field) checkText(v *value) error {
	for i, r := range v.text {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(v.text[i:]); n == 1 {
				return f.invalid(v, "convert it", "%s is not UTF-8 at byte %d",
					errtext.Quote(v.text), i+1)
			}
		}
		if r != '\n' && unicode.IsControl(r) {
			return f.invalid(v, "remove it", "%s contains the control character U+%04X",
				errtext.Quote(v.text), r)
		}
	}
	return nil
}

// checkDate accepts YYYY-MM-DD of the Gregorian calendar.
func (f *Field) checkDate(v *value) error {
	s := v.text
	shaped := len(s) == len("2006-01-02") && s[4] == '-' && s[7] == '-'
	if !shaped || !digitsOnly(s[:4]+s[5:7]+s[8:]) {
		return f.invalid(v, "", "%s is not a date, want YYYY-MM-DD, such as 2027-01-31",
			errtext.Quote(s))
	}
	digits := func(s string) (n int) {
		for i := range len(s) {
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	v.year, v.month, v.day = digits(s[:4]), digits(s[5:7]), digits(s[8:])
	if v.month < 1 || v.month > 12 {
		return f.invalid(v, "", "%q is not a date: there is no month %02d", s, v.month)
	}
	if last := daysIn(v.year, v.month); v.day < 1 || v.day > last {
		return f.invalid(v, "", "%q is not a date, want a day from 01 to %02d", s, last)
	}
	return nil
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
