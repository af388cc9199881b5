package template

import (
	"errors"
	"iter"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/internal/association"
)

// Execute returns the label of one unit's data: its texts are laid out, its GS1 messages valid and
// its symbols encoded. It shares elements that no data fill with other labels of the template.
//
// Data that the template does not accept are a [*DataError]. An element that cannot show its
// content is a [*label.ElementError]; it wraps a [*DataError] when the value of one field is
// invalid.
func (t *Template) Execute(d Data) (*label.Label, error) {
	v, err := t.bind(make([]value, 0, len(t.fields)), d)
	if err == nil {
		err = t.checkConstants(v)
	}
	if err != nil {
		return nil, err
	}
	l := &label.Label{
		Width: t.width, Height: t.height, Application: t.application,
		Elements: make([]label.Element, len(t.entries)),
	}
	texts := make([]label.Text, 0, t.texts) // one allocation for all
	runs := make([]label.Run, t.texts)      // room for one line of each
	symbols := make([]label.Symbol, 0, t.symbols)
	for i := range t.entries {
		e := &t.entries[i]
		l.Elements[i] = e.element
		if e.content.constant() {
			continue
		}
		switch x := e.element.(type) {
		case *label.Text:
			n := len(texts)
			texts = append(texts, *x)
			texts[n].Runs = runs[n : n : n+1]
			texts[n].Content = join(e.content.text, v)
			l.Elements[i], err = &texts[n], texts[n].Layout()
		case *label.Symbol:
			symbols = append(symbols, *x)
			s := &symbols[len(symbols)-1]
			if s.Symbology.GS1() {
				s.Message = e.content.appendMessage(nil, v)
				err = t.validate(s.Message, v)
			} else {
				s.Text = join(e.content.text, v)
			}
			if err == nil {
				err = s.Encode()
			}
			l.Elements[i] = s
		case *label.Tag:
			filled := *x
			filled.Words, err = t.fillTag(nil, e, e.content.appendMessage(nil, v), v)
			l.Elements[i] = &filled
		}
		if err != nil {
			return nil, t.elementError(i, v, err)
		}
	}
	return l, nil
}

// checkConstants reports whether the symbols that no data fill are valid beside those that data
// fill.
func (t *Template) checkConstants(v []value) error {
	for i := range t.entries {
		s, ok := t.entries[i].element.(*label.Symbol)
		if !ok || !s.Symbology.GS1() || !t.entries[i].content.constant() {
			continue
		}
		if err := t.validate(s.Message, v); err != nil {
			return t.elementError(i, v, err)
		}
	}
	return nil
}

// validate reports whether a message that the template makes of values is valid on its label.
func (t *Template) validate(m gs1.Message, v []value) error {
	return association.Validate(m, t.messages(v))
}

// messages yields the messages of all symbols on a label.
func (t *Template) messages(v []value) iter.Seq[gs1.Message] {
	return func(yield func(gs1.Message) bool) {
		for i := range t.entries {
			c := &t.entries[i].content
			if len(c.message) > 0 && !yield(c.appendMessage(nil, v)) {
				return
			}
		}
	}
}

// elementError returns the error of an element that cannot be made of values.
func (t *Template) elementError(i int, v []value, err error) error {
	e := &t.entries[i]
	return errtext.Wrap("template", &label.ElementError{
		Element: i, Name: label.ElementName(e.element), Err: t.blame(e, v, err),
	})
}

// blame returns a [*DataError] when the AI that a GS1 error names has the value of a field, so that
// the message says what to change in the data.
func (t *Template) blame(e *entry, v []value, err error) error {
	var wrong *gs1.Error
	if !errors.As(err, &wrong) ||
		errors.Is(err, gs1.ErrMissingAI) || errors.Is(err, gs1.ErrExcludedAI) {
		return err
	}
	for _, p := range e.content.message {
		if p.ai != wrong.AI {
			continue
		}
		if i, ok := firstField(p.value); ok && i < len(v) {
			return &DataError{
				Err: err, Field: t.fields[i].Name, Input: v[i].text, Detail: errtext.Inner(err),
			}
		}
	}
	return err
}

// firstField returns the first field that parts read.
func firstField(parts []part) (int, bool) {
	for _, p := range parts {
		switch p.kind {
		case literal:
		case checkDigit:
			if i, ok := firstField(p.over); ok {
				return i, true
			}
		default:
			return p.field, true
		}
	}
	return 0, false
}
