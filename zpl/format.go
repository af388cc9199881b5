package zpl

import (
	"slices"

	"github.com/gonameplate/nameplate/label/template"
)

// A Format is a template prepared for printing, by [Compile] or [ParseTemplate]. What is the same
// on all labels is ZPL already. It is safe for use by several goroutines at once.
type Format struct {
	hash   string
	fields []template.Field
	filler filler
}

// A filler appends the label of one unit's data to dst. Beside an error, its result has no meaning.
type filler interface {
	append(dst []byte, data template.Data) ([]byte, error)
}

// Append appends the label of one unit's data to dst, as one self-contained format that prints
// once. On an error it returns dst as it was.
//
// A format from [Compile] gives the same bytes as [Write] of the label that the template's Execute
// makes of the data, and the same errors.
func (f *Format) Append(dst []byte, data template.Data) ([]byte, error) {
	out, err := f.filler.append(dst, data)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// Fields returns what data must give: of [Compile], the fields that the template declares; of
// [ParseTemplate], the names of the placeholders in order, all of them required texts.
func (f *Format) Fields() []template.Field { return slices.Clone(f.fields) }

// Hash identifies what the format prints, in hexadecimal: it changes with the template, the device
// and the options.
func (f *Format) Hash() string { return f.hash }
