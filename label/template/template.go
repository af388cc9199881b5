package template

import (
	"io"
	"io/fs"
	"path"
	"slices"

	"github.com/gonameplate/nameplate/gs1/epc"
	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
)

// A Template is a label with places that data fill. It is safe for use by several goroutines at
// once.
type Template struct {
	width, height float64 // mm
	application   label.Application
	entries       []entry
	fields        []Field
	hash          string
	texts         int // elements of each kind that data fill
	symbols       int
}

// An entry is one element of a template: what it looks like, and what fills it.
type entry struct {
	element label.Element // complete when the content is constant, and then shared with labels
	content content       // empty for elements that carry none
	tag     *epc.Options  // of a tag
}

// Parse reads a template that shows no pictures from files. A mistake in it is a [*ParseError].
func Parse(r io.Reader) (*Template, error) { return parse(r, nil, "") }

// ParseFS reads a template from a file; the pictures that it names are beside it. A mistake in the
// template is a [*ParseError].
func ParseFS(fsys fs.FS, name string) (*Template, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, errtext.Wrap("template", err)
	}
	defer f.Close()
	dir, err := fs.Sub(fsys, path.Dir(name))
	if err != nil {
		return nil, errtext.Wrap("template", err)
	}
	return parse(f, dir, name)
}

// Size returns the label's width and height in mm.
func (t *Template) Size() (width, height float64) { return t.width, t.height }

// Application returns where the label's symbols are scanned.
func (t *Template) Application() label.Application { return t.application }

// Fields returns the fields that the template declares, in their order.
func (t *Template) Fields() []Field { return slices.Clone(t.fields) }

// Hash returns the SHA-256 of the template's file and of the pictures that it shows, in
// hexadecimal.
func (t *Template) Hash() string { return t.hash }
