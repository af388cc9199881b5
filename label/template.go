package label

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path"
	"regexp"
)

// A Template is a label with places that data fill. It is safe for use by several goroutines at once.
type Template struct {
	Width, Height float64 // mm
	Application   Application
	entries       []Entry
	fields        []Field
	hash          string
	texts         int // elements of each kind that data fill
	symbols       int
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

// Parse reads a template that shows no pictures from files. What is wrong with it is a [*ParseError].
func Parse(r io.Reader) (*Template, error) { return parse(r, nil, "") }

// ParseFS reads a template from a file; the pictures that it names stand beside it.
func ParseFS(fsys fs.FS, name string) (*Template, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open template: %w", err)
	}
	defer f.Close()
	dir, err := fs.Sub(fsys, path.Dir(name))
	if err != nil {
		return nil, fmt.Errorf("open template's folder: %w", err)
	}
	return parse(f, dir, name)
}

// parser builds a template from its document.
type parser struct {
	*document
	scope scope
	dir   fs.FS // where pictures are, or nil
	hash  hash.Hash
	t     *Template
}

func parse(r io.Reader, dir fs.FS, file string) (*Template, error) {
	p := &parser{document: &document{file: file, element: -1}, dir: dir, hash: sha256.New(), t: &Template{}}
	root := p.read(r)
	p.hash.Write(p.src)
	if p.err == nil {
		p.template(p.object(root, "a template"))
	}
	if p.err != nil {
		return nil, p.err
	}
	p.t.fields = p.scope.fields
	p.t.hash = hex.EncodeToString(p.hash.Sum(nil))
	return p.t, nil
}

func (p *parser) template(o *object) {
	o.text("comment")
	p.t.Width = o.needLength("width")
	p.t.Height = o.needLength("height")
	p.t.Application = Application(o.choice("application", applicationNames()...))
	for _, m := range o.list("fields") {
		p.field(m.node)
	}
	p.derived(o.get("values"))
	o.need("elements")
	for i, m := range o.list("elements") {
		p.element, p.name = i, ""
		p.entry(m.node)
	}
	p.element, p.name = -1, ""
	o.done()
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

func (p *parser) field(n *node) {
	o := p.object(n, "a field")
	name, at := o.needText("name")
	p.newName(name, at)
	p.scope.fields = append(p.scope.fields, Field{
		Name:     name,
		Kind:     Kind(o.choice("kind", kinds...)),
		Max:      p.count(o, "max"),
		Optional: o.flag("optional"),
	})
	o.text("comment")
	o.done()
}

// count reads a whole number above 0, or 0 when it is missing.
func (p *parser) count(o *object, key string) int {
	n := o.get(key)
	if n == nil {
		return 0
	}
	f := o.number(key, 1, 1e6)
	if f != float64(int(f)) {
		p.fail(n.pos, "%q is %v: it must be a whole number", key, f)
	}
	return int(f)
}

func (p *parser) newName(name string, at *node) {
	switch {
	case !identifier.MatchString(name):
		p.fail(at.pos, "%q cannot name a field: use letters, digits, _ . and -, a letter first", name)
	case name == checkName:
		p.fail(at.pos, "%q is the expression for a check digit: name the field otherwise", name)
	}
	for _, known := range p.scope.names() {
		if known == name {
			p.fail(at.pos, "field %q is declared twice: remove one", name)
		}
	}
}

// derived reads the values that are expressions of fields, by their names.
func (p *parser) derived(n *node) {
	if n == nil {
		return
	}
	o := p.object(n, "\"values\"")
	for _, m := range n.members {
		p.newName(m.key, &node{pos: m.pos})
		src, at := o.needText(m.key)
		parts, err := p.scope.compileText(src)
		if err != nil {
			p.failIn(at, err)
			return
		}
		p.scope.values = append(p.scope.values, named{m.key, parts})
	}
}

// failIn tells of a mistake in an expression.
func (p *parser) failIn(n *node, err *exprError) { p.fail(p.inString(n, err.at), "%s", err.msg) }
