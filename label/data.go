package label

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Data are the values that fill a template, by the names of its fields.
type Data map[string]string

// A Kind is what a field's values are.
type Kind uint8

// The kinds of fields.
const (
	KindText   Kind = iota // any text without control characters but newlines
	KindDate               // a day of the Gregorian calendar as YYYY-MM-DD
	KindNumber             // a whole number of digits
)

var kinds = []string{"text", "date", "number"}

// String returns the name that templates use: "text", "date" or "number".
func (k Kind) String() string { return kinds[min(int(k), len(kinds)-1)] }

// A Field is a value that a template asks for.
type Field struct {
	Name     string
	Kind     Kind
	Max      int  // the most characters a value may have; 0 is no limit
	Optional bool // may be missing or empty
}

// Values are one label's data, checked and in the order of the template's fields; [Template.Bind] makes them.
type Values []Value

// A Value is the data of one field.
type Value struct {
	Text             string
	Year, Month, Day int // of a date
}

// A DataError tells of data that a template refuses.
type DataError struct {
	Field   string
	Value   string
	Problem string // what is wrong with it, and the mend
	Err     error  // what judged it, when that was another package: such as a *gs1.Error
}

func (e *DataError) Error() string { return fmt.Sprintf("field %q: %s", e.Field, e.Problem) }

func (e *DataError) Unwrap() error { return e.Err }

// Bind checks data against the template's fields. What is missing, unknown or not of its kind is a [*DataError].
func (t *Template) Bind(d Data) (Values, error) {
	return t.AppendBind(make(Values, 0, len(t.fields)), d)
}

// AppendBind is [Template.Bind] appending to dst, for those who bind many labels.
func (t *Template) AppendBind(dst Values, d Data) (Values, error) {
	found := 0
	for i := range t.fields {
		f := &t.fields[i]
		text, ok := d[f.Name]
		if ok {
			found++
		} else if !f.Optional {
			return dst, &DataError{Field: f.Name, Problem: "is missing: the template needs it"}
		}
		v := Value{Text: text}
		if problem := f.judge(&v); problem != "" {
			return dst, &DataError{Field: f.Name, Value: text, Problem: problem}
		}
		dst = append(dst, v)
	}
	if found < len(d) {
		return dst, t.unknown(d)
	}
	return dst, nil
}

func (t *Template) unknown(d Data) error {
	s := scope{fields: t.fields}
	unknown := ""
	for name := range d {
		if !contains(t.fields, name) && (unknown == "" || name < unknown) {
			unknown = name
		}
	}
	return &DataError{Field: unknown, Value: d[unknown], Problem: "the template has no such field: " + didYouMean(unknown, s.names(), "remove it")}
}

func contains(fields []Field, name string) bool {
	for i := range fields {
		if fields[i].Name == name {
			return true
		}
	}
	return false
}

// judge says what is wrong with a value, and takes a date apart.
func (f *Field) judge(v *Value) (problem string) {
	if v.Text == "" {
		if f.Optional {
			return ""
		}
		return "is empty: give a value, or declare the field as optional"
	}
	if f.Max > 0 && len(v.Text) > f.Max {
		if n := utf8.RuneCountInString(v.Text); n > f.Max {
			return fmt.Sprintf("%.60q has %d characters: at most %d", v.Text, n, f.Max)
		}
	}
	switch f.Kind {
	case KindDate:
		return v.parseDate()
	case KindNumber:
		if strings.Trim(v.Text, "0123456789") != "" {
			return fmt.Sprintf("%.60q is not a number: digits only", v.Text)
		}
	default:
		return judgeText(v.Text)
	}
	return ""
}

func judgeText(s string) string {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return fmt.Sprintf("%.60q is not UTF-8 at byte %d: convert it", s, i)
			}
		}
		if r != '\n' && unicode.IsControl(r) {
			return fmt.Sprintf("%.60q has the control character U+%04X: remove it", s, r)
		}
	}
	return ""
}

// parseDate takes YYYY-MM-DD apart and refuses a day that is not in the calendar.
func (v *Value) parseDate() (problem string) {
	s := v.Text
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' || strings.Trim(s[:4]+s[5:7]+s[8:], "0123456789") != "" {
		return fmt.Sprintf("%.60q is not a date: write YYYY-MM-DD, such as 2027-01-31", s)
	}
	digits := func(s string) (n int) {
		for i := range len(s) {
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	v.Year, v.Month, v.Day = digits(s[:4]), digits(s[5:7]), digits(s[8:])
	if v.Month < 1 || v.Month > 12 {
		return fmt.Sprintf("%.60q is not a date: there is no month %02d", s, v.Month)
	}
	if last := daysIn(v.Year, v.Month); v.Day < 1 || v.Day > last {
		return fmt.Sprintf("%.60q is not a date: month %02d of %04d has the days 01 to %02d", s, v.Month, v.Year, last)
	}
	return ""
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
