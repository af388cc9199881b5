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

// A Format is a template prepared for a device: what is the same on all labels is ZPL already. It is safe for use by several
// goroutines at once.
type Format struct {
	template  *label.Template
	renderer  *renderer
	parts     []part
	constants []gs1.Message // which other symbols of the label may go with or not
	hash      string
	pool      sync.Pool // of *scratch
}

// A part is either bytes or an entry that data fill.
type part struct {
	bytes []byte
	entry *label.Entry
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
	f := &Format{template: t, renderer: r}
	f.pool.New = func() any { return new(scratch) }
	chunk := appendBegin(nil, &r.settings)
	entries := t.Entries()
	for i := range entries {
		e := &entries[i]
		if s, ok := e.Element.(*label.Symbol); ok && e.Content.Constant() && s.Symbology.GS1() {
			f.constants = append(f.constants, s.Message)
		}
		if !e.Content.Constant() {
			f.parts = append(f.parts, part{bytes: chunk}, part{entry: e})
			chunk = nil
			continue
		}
		if chunk, err = r.element(chunk, e.Element); err != nil {
			return nil, fmt.Errorf("zpl: element %d: %w", i+1, err)
		}
	}
	f.parts = append(f.parts, part{bytes: appendEnd(chunk, 1)})
	f.hash = f.digest()
	return f, nil
}

// Hash identifies what the format prints: the template, the device and the options, in hexadecimal.
func (f *Format) Hash() string { return f.hash }

func (f *Format) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %v %v %v\n", f.template.Hash(), f.renderer.device.DotsPerMM, f.renderer.graphicSymbols, f.renderer.graphicText)
	for _, p := range f.parts {
		fmt.Fprintf(h, "%d %s", len(p.bytes), p.bytes)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Append appends the label of one unit's data to dst: the same bytes as [Render] writes of the label that the template's Execute
// makes of them, and the same errors. On an error it returns dst as it was.
func (f *Format) Append(dst []byte, data label.Data) ([]byte, error) {
	s := f.pool.Get().(*scratch)
	defer f.pool.Put(s)
	out, err := f.append(dst, data, s)
	if err != nil {
		if _, better := f.template.Execute(data); better != nil { // it knows which element and which field are to blame
			err = better
		}
		return dst, err
	}
	return out, nil
}

func (f *Format) append(dst []byte, data label.Data, s *scratch) (_ []byte, err error) {
	if s.values, err = f.template.AppendBind(s.values[:0], data); err != nil {
		return dst, err
	}
	for _, m := range f.constants {
		if err := f.template.Validate(m, s.values); err != nil {
			return dst, err
		}
	}
	for i := range f.parts {
		p := &f.parts[i]
		dst = append(dst, p.bytes...)
		if p.entry == nil {
			continue
		}
		switch e := p.entry.Element.(type) {
		case *label.Text:
			dst, err = f.text(dst, e, &p.entry.Content, s)
		case *label.Symbol:
			dst, err = f.symbol(dst, e, &p.entry.Content, s)
		}
		if err != nil {
			return dst, err
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

func (f *Format) text(dst []byte, t *label.Text, c *label.Content, s *scratch) ([]byte, error) {
	runs := s.text.Runs
	s.text = *t
	s.text.Content, s.text.Runs = s.content(c), runs[:0]
	if err := s.text.Layout(); err != nil {
		return dst, err
	}
	return f.renderer.text(dst, &s.text)
}

func (f *Format) symbol(dst []byte, sym *label.Symbol, c *label.Content, s *scratch) (_ []byte, err error) {
	s.symbol = *sym
	if sym.Symbology.GS1() {
		s.message = c.AppendMessage(s.message[:0], s.values)
		s.symbol.Message = s.message
		if err := f.template.Validate(s.message, s.values); err != nil {
			return dst, err
		}
	} else {
		s.symbol.Text = s.content(c)
	}
	var modules *symbol.Symbol
	switch sym.Symbology {
	case label.GS1128:
		modules, err = s.encoder.GS1128(s.symbol.Message)
	case label.GS1DataMatrix:
		modules, err = s.encoder.GS1DataMatrix(s.symbol.Message)
	case label.DataMatrix:
		modules, err = s.encoder.DataMatrix(s.symbol.Text)
	case label.Code128:
		modules, err = s.encoder.Code128(s.symbol.Text)
	default:
		err = s.symbol.Encode()
	}
	if err != nil {
		return dst, err
	}
	if modules != nil {
		s.symbol.Modules = modules
	}
	return f.renderer.symbol(dst, &s.symbol)
}
