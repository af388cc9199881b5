package template

import (
	"iter"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/symbol"
)

// A Program is a template prepared for a writer of a printer's language, such as package zpl's. The
// writer formats the elements that no data fill once, and for each unit has a [Filler] fill the
// others:
//
//	for e, variable := range t.Program().Elements() {
//		// format e, or note its index if it is variable
//	}
//	f := t.Program().Filler()
//	err := f.Fill(data)        // for each unit
//	e, err := f.Element(index) // for each variable element
type Program struct{ t *Template }

// Program returns the template's program.
func (t *Template) Program() Program { return Program{t} }

// Elements yields the elements in the order in which they are drawn, and whether data fill them.
// Elements that no data fill are complete: texts are laid out, symbols are encoded. Those that data
// fill have their places and look, but no content. Do not change either.
func (p Program) Elements() iter.Seq2[label.Element, bool] {
	return func(yield func(label.Element, bool) bool) {
		for i := range p.t.entries {
			e := &p.t.entries[i]
			if !yield(e.element, !e.content.constant()) {
				return
			}
		}
	}
}

// Filler returns a new Filler.
func (p Program) Filler() *Filler { return &Filler{t: p.t} }

// A Filler fills the elements of a program with the data of one unit after another. It reuses its
// memory and is not for concurrent use.
type Filler struct {
	t       *Template
	values  []value
	text    label.Text
	symbol  label.Symbol
	tag     label.Tag
	message gs1.Message
	buf     []byte
	encoder symbol.Encoder
}

// Fill takes the data of a unit. Its errors are those of [Template.Execute].
func (f *Filler) Fill(d Data) (err error) {
	if f.values, err = f.t.bind(f.values[:0], d); err != nil {
		return err
	}
	return f.t.checkConstants(f.values)
}

// Element returns the element of an index, filled and complete. It is valid until the next call of
// a method. Errors are those of [Template.Execute].
func (f *Filler) Element(i int) (label.Element, error) {
	e := &f.t.entries[i]
	if e.content.constant() {
		return e.element, nil
	}
	var filled label.Element
	var err error
	switch x := e.element.(type) {
	case *label.Text:
		runs := f.text.Runs
		f.text = *x
		f.text.Content, f.text.Runs = f.join(e.content.text), runs[:0]
		filled, err = &f.text, f.text.Layout()
	case *label.Symbol:
		f.symbol = *x
		filled, err = &f.symbol, f.encode(&e.content)
	case *label.Tag:
		words := f.tag.Words[:0]
		f.tag = *x
		f.message = e.content.appendMessage(f.message[:0], f.values)
		f.tag.Words, err = f.t.fillTag(words, e, f.message, f.values)
		filled = &f.tag
	}
	if err != nil {
		return nil, f.t.elementError(i, f.values, err)
	}
	return filled, nil
}

// encode fills the symbol and makes its modules.
func (f *Filler) encode(c *content) (err error) {
	s := &f.symbol
	if s.Symbology.GS1() {
		f.message = c.appendMessage(f.message[:0], f.values)
		s.Message = f.message
		if err := f.t.validate(s.Message, f.values); err != nil {
			return err
		}
	} else {
		s.Text = f.join(c.text)
	}
	s.Modules, err = f.encoder.Encode(s.Symbology, s.Text, s.Message)
	return err
}

// join returns what parts write, without a copy where that is one value as it is given.
func (f *Filler) join(parts []part) string {
	if len(parts) == 1 && parts[0].kind == fieldValue {
		return f.values[parts[0].field].text
	}
	f.buf = appendParts(f.buf[:0], parts, f.values)
	return string(f.buf)
}
