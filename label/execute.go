package label

import (
	"errors"

	"github.com/gonameplate/nameplate/gs1"
)

// An ElementError tells which element of a label could not be made, and why.
type ElementError struct {
	Element int // index among the elements
	Name    string
	Err     error // a *DataError, *FitError, *GlyphError or an error of package symbol
}

func (e *ElementError) Error() string { return describe(e.Element, e.Name) + ": " + e.Err.Error() }

func (e *ElementError) Unwrap() error { return e.Err }

// Execute fills the template with one unit's data: its texts are laid out, its GS1 messages valid and its symbols encoded.
//
// Data that do not bind are a [*DataError]; what an element cannot show is an [*ElementError], which wraps a [*DataError] when a
// field is to blame.
func (t *Template) Execute(d Data) (*Label, error) {
	v, err := t.Bind(d)
	if err != nil {
		return nil, err
	}
	l := &Label{Width: t.Width, Height: t.Height, Application: t.Application, Elements: make([]Element, len(t.entries))}
	texts := make([]Text, 0, t.texts) // one allocation for all
	runs := make([]Run, t.texts)      // room for one line of each
	symbols := make([]Symbol, 0, t.symbols)
	for i := range t.entries {
		e := &t.entries[i]
		l.Elements[i] = e.Element
		if e.Content.Constant() {
			continue
		}
		switch x := e.Element.(type) {
		case *Text:
			n := len(texts)
			texts = append(texts, *x)
			texts[n].Runs = runs[n : n : n+1]
			texts[n].fill(e.Content, v)
			if err := texts[n].Layout(); err != nil {
				return nil, &ElementError{i, x.Name, err}
			}
			l.Elements[i] = &texts[n]
		case *Symbol:
			symbols = append(symbols, *x)
			s := &symbols[len(symbols)-1]
			s.fill(e.Content, v)
			l.Elements[i] = s
		}
	}
	return l, t.encode(l, v)
}

// encode judges and encodes the symbols of a label, once the messages of all are there.
func (t *Template) encode(l *Label, v Values) error {
	for i := range t.entries {
		s, ok := l.Elements[i].(*Symbol)
		if !ok {
			continue
		}
		var err error
		if s.Symbology.GS1() {
			err = t.Validate(s.Message, v)
		}
		if err == nil && s.Modules == nil {
			err = s.Encode()
		}
		if err != nil {
			return &ElementError{i, s.Name, t.blame(&t.entries[i], v, err)}
		}
	}
	return nil
}

func (t *Text) fill(c Content, v Values) { t.Content = join(c.Text, v) }

func (s *Symbol) fill(c Content, v Values) {
	if s.Symbology.GS1() {
		s.Message = c.AppendMessage(nil, v)
	} else {
		s.Text = join(c.Text, v)
	}
}

// blame finds the fields behind the AI that a GS1 error names, so that the message says what to change in the data.
func (t *Template) blame(e *Entry, v Values, err error) error {
	var wrong *gs1.Error
	if !errors.As(err, &wrong) || wrong.Err == gs1.ErrMissingAI || wrong.Err == gs1.ErrExcludedAI {
		return err
	}
	for _, p := range e.Content.Message {
		if p.AI != wrong.AI {
			continue
		}
		if i, ok := firstField(p.Value); ok && i < len(v) {
			return &DataError{Field: t.fields[i].Name, Value: v[i].Text, Problem: err.Error(), Err: err}
		}
	}
	return err
}

// firstField is the first field that parts read.
func firstField(parts []Part) (int, bool) {
	for _, p := range parts {
		switch p.Kind {
		case Literal:
		case CheckDigit:
			if i, ok := firstField(p.Over); ok {
				return i, true
			}
		default:
			return p.Field, true
		}
	}
	return 0, false
}
