package template

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"io/fs"
	"regexp"

	"github.com/gonameplate/nameplate/internal/jsonpos"
	"github.com/gonameplate/nameplate/label"
)

// A parser builds a template from its document, which keeps the first mistake.
type parser struct {
	*jsonpos.Document
	scope   scope
	dir     fs.FS // where pictures are, or nil
	hash    hash.Hash
	element int    // index of the element being read, or -1
	name    string // of that element
	t       *Template
}

func parse(r io.Reader, dir fs.FS, file string) (*Template, error) {
	p := &parser{
		Document: jsonpos.Read(r, "the template"), dir: dir, hash: sha256.New(), element: -1,
		t: &Template{},
	}
	p.hash.Write(p.Source)
	if p.Err() == nil {
		p.template(p.object(p.Root, "the template"))
	}
	if err := p.Err(); err != nil {
		return nil, p.failure(err, file)
	}
	p.t.fields = p.scope.fields
	p.t.hash = hex.EncodeToString(p.hash.Sum(nil))
	return p.t, nil
}

func (p *parser) template(o *object) {
	o.Text("$schema")
	o.Text("comment")
	p.t.width = o.needLength("width")
	p.t.height = o.needLength("height")
	p.t.application = label.Application(o.Choice("application", applications...))
	for _, m := range o.List("fields") {
		p.field(m.Node)
	}
	p.values(o.Get("values"))
	o.Need("elements")
	for i, m := range o.List("elements") {
		if p.Err() != nil {
			return // in the element that p names
		}
		p.element, p.name = i, ""
		p.entry(m.Node)
	}
	if p.Err() == nil {
		p.element, p.name = -1, ""
		o.Done()
	}
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

func (p *parser) field(n *jsonpos.Node) {
	o := p.object(n, "the field")
	name, at := o.NeedText("name")
	p.newName(name, at.Pos)
	p.scope.fields = append(p.scope.fields, Field{
		Name:     name,
		Kind:     FieldKind(o.Choice("kind", kinds...)),
		Max:      o.Whole("max", 1, 1e6),
		Optional: o.Flag("optional"),
	})
	o.Text("comment")
	o.Done()
}

// newName checks the name of a field or a value.
func (p *parser) newName(name string, at int) {
	switch {
	case !identifier.MatchString(name):
		p.Fail(at, ErrValue, "use letters, digits, _ . and -, a letter first",
			"%q cannot be the name of a field", name)
	case name == checkName:
		p.Fail(at, ErrValue, "choose another name",
			"%q is the expression for a check digit and cannot be the name of a field", name)
	}
	for _, known := range p.scope.names() {
		if known == name {
			p.Fail(at, ErrKey, "remove one", "field %q is declared twice", name)
		}
	}
}

// values reads the names of expressions.
func (p *parser) values(n *jsonpos.Node) {
	if n == nil {
		return
	}
	o := p.object(n, `"values"`)
	for _, m := range n.Members {
		p.newName(m.Key, m.Pos)
		src, at := o.NeedText(m.Key)
		parts, err := p.scope.compileText(src)
		if err != nil {
			p.failIn(at, err)
			return
		}
		p.scope.values = append(p.scope.values, named{m.Key, parts})
	}
}

// failIn records a mistake in an expression or in path data.
func (p *parser) failIn(n *jsonpos.Node, err *mistake) {
	p.Fail(p.InString(n, err.at), ErrExpression, err.hint, "%s", err.detail)
}

// An object reads a JSON object with the measures of a label.
type object struct{ *jsonpos.Object }

func (p *parser) object(n *jsonpos.Node, what string) *object {
	return &object{p.Object(n, what)}
}

// maxLength is the longest side of a label, and the farthest place on one, in mm.
const maxLength = 10_000

// place returns where something is, in mm.
func (o *object) place(key string) float64 { return o.Number(key, -maxLength, maxLength) }

// length returns a measure in mm, or 0 when it is missing.
func (o *object) length(key string) float64 { return o.Number(key, 0, maxLength) }

// needLength returns a measure in mm that must be there and above 0.
func (o *object) needLength(key string) float64 {
	n := o.Need(key)
	if n == nil {
		return 0
	}
	f := o.length(key)
	if f == 0 {
		o.Fail(n.Pos, ErrValue, "", "%q is 0, want a length above 0 mm", key)
	}
	return f
}
