package zpl

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
)

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

// Compile is [Compile] with options.
func (o Options) Compile(t *template.Template, d label.Device) (*Format, error) {
	width, height := t.Size()
	r, err := newRenderer(width, height, d, o)
	if err != nil {
		return nil, err
	}
	program := t.Program()
	c := &compiled{template: t, renderer: r}
	c.pool.New = func() any { return program.Filler() }
	chunk := appendBegin(nil, &r.Settings)
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
	return &Format{c.hash(), t.Fields(), c}, nil
}

func (c *compiled) hash() string {
	h := sha256.New()
	r := c.renderer
	fmt.Fprintf(h, "%s %v %v %v\n", c.template.Hash(), r.device.DotsPerMM, r.GraphicSymbols,
		r.GraphicText)
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
