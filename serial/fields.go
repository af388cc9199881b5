package serial

import (
	"maps"
	"time"

	"github.com/gonameplate/nameplate/serial/internal/pattern"
)

// Fields are the facts of a unit that a scheme can write into its serial, count by, or check it
// against. A scheme ignores fields that it doesn't name.
type Fields struct {
	Time    time.Time // when the unit is made, with the plant's offset
	Product string    // the product's code, for GS1 users the GTIN's 14 digits
	Lot     string
	Plant   string
	Line    string
	Shift   string
	Values  map[string]string // further fields by the names that the pattern gives them
}

// builtin returns where a field is kept, nil for one of Values.
func (f *Fields) builtin(b pattern.Builtin) *string {
	switch b {
	case pattern.Product:
		return &f.Product
	case pattern.Lot:
		return &f.Lot
	case pattern.Plant:
		return &f.Plant
	case pattern.Line:
		return &f.Line
	case pattern.Shift:
		return &f.Shift
	}
	return nil
}

// value returns a field by its name, "" if it is missing.
func (f *Fields) value(name string) string { return f.valueOf(pattern.BuiltinOf(name), name) }

func (f *Fields) valueOf(b pattern.Builtin, name string) string {
	if at := f.builtin(b); at != nil {
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
