package label

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
