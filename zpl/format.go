package zpl

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
)

// A Format is a template prepared for printing: from [Compile] or [ParseTemplate]. What is the same on all labels is ZPL already.
// It is safe for use by several goroutines at once.
type Format struct {
	hash   string
	filler filler
}

// A filler appends the label of one unit's data to dst. What it returns beside an error is of no use.
type filler interface {
	append(dst []byte, data template.Data) ([]byte, error)
}

// Append appends the label of one unit's data to dst, as one self-contained format that prints once. On an error it returns dst
// as it was.
//
// A format from [Compile] gives the same bytes as [Render] of the label that the template's Execute makes of the data, and the
// same errors.
func (f *Format) Append(dst []byte, data template.Data) ([]byte, error) {
	out, err := f.filler.append(dst, data)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// Hash identifies what the format prints, in hexadecimal: it changes with the template, the device and the options.
func (f *Format) Hash() string { return f.hash }

// compiled is a label template prepared for a device.
type compiled struct {
	template *template.Template
	renderer *renderer
	parts    []part
	pool     sync.Pool // of *template.Filler
}

// A part is what is the same on all labels, and the element after it, which data fill.
type part struct {
	bytes   []byte
	element int // its index, or -1 if there is none
}

// Compile prepares a template for a device.
func Compile(t *template.Template, d label.Device, options ...Option) (*Format, error) {
	width, height := t.Size()
	r, err := newRenderer(width, height, d, options)
	if err != nil {
		return nil, err
	}
	program := t.Program()
	c := &compiled{template: t, renderer: r}
	c.pool.New = func() any { return program.Filler() }
	chunk := appendBegin(nil, &r.settings)
	i := 0
	for e, variable := range program.Elements() {
		if variable {
			c.parts = append(c.parts, part{chunk, i})
			chunk = nil
		} else if chunk, err = r.element(chunk, e); err != nil {
			return nil, elementError(i, e, err)
		}
		i++
	}
	c.parts = append(c.parts, part{appendEnd(chunk, 1), -1})
	return &Format{c.hash(), c}, nil
}

func (c *compiled) hash() string {
	h := sha256.New()
	r := c.renderer
	fmt.Fprintf(h, "%s %v %v %v\n", c.template.Hash(), r.device.DotsPerMM, r.graphicSymbols, r.graphicText)
	for _, p := range c.parts {
		fmt.Fprintf(h, "%d %s", len(p.bytes), p.bytes)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c *compiled) append(dst []byte, data template.Data) ([]byte, error) {
	f := c.pool.Get().(*template.Filler)
	defer c.pool.Put(f)
	if err := f.Fill(data); err != nil {
		return dst, err
	}
	for i := range c.parts {
		p := &c.parts[i]
		dst = append(dst, p.bytes...)
		if p.element < 0 {
			continue
		}
		e, err := f.Element(p.element)
		if err != nil {
			return dst, err
		}
		if dst, err = c.renderer.element(dst, e); err != nil {
			return dst, elementError(p.element, e, err)
		}
	}
	return dst, nil
}
