package zpl

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/symbol"
)

// A Format is a template prepared for printing: from [Compile] or [ParseTemplate]. What is the same on all labels is ZPL already.
// It is safe for use by several goroutines at once.
type Format struct {
	hash   string
	filler filler
}

// A filler appends the label of one unit's data to dst. What it returns beside an error is of no use.
type filler interface {
	append(dst []byte, data label.Data) ([]byte, error)
}

// Append appends the label of one unit's data to dst, as one self-contained format that prints once. On an error it returns dst
// as it was.
//
// A format from [Compile] gives the same bytes as [Render] of the label that the template's Execute makes of the data, and the
// same errors.
func (f *Format) Append(dst []byte, data label.Data) ([]byte, error) {
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
	template  *label.Template
	renderer  *renderer
	parts     []part
	constants []gs1.Message // which other symbols of the label may go with or not
	pool      sync.Pool     // of *scratch
}

// A part is either bytes or an entry that data fill.
type part struct {
	bytes []byte
	entry *label.Entry
	index int // of the entry
}

// scratch is what Append needs for one label.
type scratch struct {
	values  label.Values
	text    label.Text
	symbol  label.Symbol
	message gs1.Message
	buf     []byte
	encoder symbol.Encoder
}

// Compile prepares a template for a device.
func Compile(t *label.Template, d label.Device, options ...Option) (*Format, error) {
	r, err := newRenderer(t.Width, t.Height, d, options)
	if err != nil {
		return nil, err
	}
	c := &compiled{template: t, renderer: r}
	c.pool.New = func() any { return new(scratch) }
	chunk := appendBegin(nil, &r.settings)
	entries := t.Entries()
	for i := range entries {
		e := &entries[i]
		if !e.Content.Constant() {
			c.parts = append(c.parts, part{bytes: chunk}, part{entry: e, index: i})
			chunk = nil
			continue
		}
		if s, ok := e.Element.(*label.Symbol); ok && s.Symbology.GS1() {
			c.constants = append(c.constants, s.Message)
		}
		if chunk, err = r.element(chunk, e.Element); err != nil {
			return nil, fmt.Errorf("zpl: element %d: %w", i+1, err)
		}
	}
	c.parts = append(c.parts, part{bytes: appendEnd(chunk, 1)})
	return &Format{c.hash(), c}, nil
}

func (c *compiled) hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %v %v %v\n", c.template.Hash(), c.renderer.device.DotsPerMM, c.renderer.graphicSymbols, c.renderer.graphicText)
	for _, p := range c.parts {
		fmt.Fprintf(h, "%d %s", len(p.bytes), p.bytes)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c *compiled) append(dst []byte, data label.Data) ([]byte, error) {
	s := c.pool.Get().(*scratch)
	defer c.pool.Put(s)
	dst, err := c.fill(dst, data, s)
	if err != nil {
		if _, better := c.template.Execute(data); better != nil { // it knows which element and which field are to blame
			err = better
		}
	}
	return dst, err
}

func (c *compiled) fill(dst []byte, data label.Data, s *scratch) (_ []byte, err error) {
	if s.values, err = c.template.AppendBind(s.values[:0], data); err != nil {
		return dst, err
	}
	for _, m := range c.constants {
		if err := c.template.Validate(m, s.values); err != nil {
			return dst, err
		}
	}
	for i := range c.parts {
		p := &c.parts[i]
		dst = append(dst, p.bytes...)
		if p.entry == nil {
			continue
		}
		switch e := p.entry.Element.(type) {
		case *label.Text:
			dst, err = c.text(dst, e, &p.entry.Content, s)
		case *label.Symbol:
			dst, err = c.symbol(dst, e, &p.entry.Content, s)
		}
		if err != nil {
			return dst, fmt.Errorf("zpl: element %d: %w", p.index+1, err)
		}
	}
	return dst, nil
}

// content is what a text content writes, without copying where that is one value as it is given.
func (s *scratch) content(c *label.Content) string {
	if len(c.Text) == 1 && c.Text[0].Kind == label.FieldValue {
		return s.values[c.Text[0].Field].Text
	}
	s.buf = c.AppendText(s.buf[:0], s.values)
	return string(s.buf)
}

func (c *compiled) text(dst []byte, t *label.Text, content *label.Content, s *scratch) ([]byte, error) {
	runs := s.text.Runs
	s.text = *t
	s.text.Content, s.text.Runs = s.content(content), runs[:0]
	if err := s.text.Layout(); err != nil {
		return dst, err
	}
	return c.renderer.text(dst, &s.text)
}

func (c *compiled) symbol(dst []byte, sym *label.Symbol, content *label.Content, s *scratch) (_ []byte, err error) {
	s.symbol = *sym
	if sym.Symbology.GS1() {
		s.message = content.AppendMessage(s.message[:0], s.values)
		s.symbol.Message = s.message
		if err := c.template.Validate(s.message, s.values); err != nil {
			return dst, err
		}
	} else {
		s.symbol.Text = s.content(content)
	}
	s.symbol.Modules, err = s.encoder.Encode(sym.Symbology, s.symbol.Text, s.symbol.Message)
	if err != nil {
		return dst, err
	}
	return c.renderer.symbol(dst, &s.symbol)
}
