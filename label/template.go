package label

import (
	"io"
	"io/fs"
)

// A Template is a label with places that data fill. It is safe for use by several goroutines at once.
type Template struct {
	Width, Height float64
	Application   Application
	entries       []Entry
	fields        []Field
	hash          string
}

// An Entry is one element of a template: what it looks like, and what fills it.
type Entry struct {
	Element Element // geometry and look; it is complete when Content is constant, and shared with labels: do not change it
	Content Content // empty for elements that carry none
}

// Entries are the template's elements in the order in which they are drawn: its compiled program.
func (t *Template) Entries() []Entry { return t.entries }

// Fields are the values that the template asks for, in the order in which it declares them.
func (t *Template) Fields() []Field { return t.fields }

// Hash identifies the template: the SHA-256 of its file and of the pictures that it shows, in hexadecimal.
func (t *Template) Hash() string { return t.hash }

// Parse reads a template. What is wrong with it is a [*ParseError].
func Parse(r io.Reader) (*Template, error) { panic("todo") }

// ParseFS reads a template from a file; the pictures that it names stand beside it.
func ParseFS(fsys fs.FS, name string) (*Template, error) { panic("todo") }

// Bind checks data against the template's fields. What is missing, unknown or not of its kind is a [*DataError].
func (t *Template) Bind(d Data) (Values, error) { panic("todo") }

// Execute fills the template with one unit's data.
func (t *Template) Execute(d Data) (*Label, error) { panic("todo") }
