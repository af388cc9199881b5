package label

import (
	"iter"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label/internal/association"
)

// A Label is one label, ready to be drawn.
type Label struct {
	Width, Height float64 // mm
	// where its symbols are scanned; decides what Preflight demands of them
	Application Application
	Elements    []Element // drawn in this order

	// Labels of one template share the elements that no data fill: do not change those.
}

// An Element is one thing on a label: a [*Text], [*Symbol], [*Box], [*Path], [*Image] or [*Tag],
// and nothing else.
type Element interface {
	name() string
	draw(Canvas) error
}

// ElementName returns the name of an element, which may be empty.
func ElementName(e Element) string { return e.name() }

// All yields labels, for writers such as pdf.Write that take a sequence.
func All(labels ...*Label) iter.Seq2[*Label, error] {
	return func(yield func(*Label, error) bool) {
		for _, l := range labels {
			if !yield(l, nil) {
				return
			}
		}
	}
}

// Draw draws the label's elements onto a canvas in their order. It stops at the first error, which
// is an [*ElementError].
func (l *Label) Draw(c Canvas) error {
	for i, e := range l.Elements {
		if err := e.draw(c); err != nil {
			return &ElementError{i, e.name(), err}
		}
	}
	return nil
}

// validate reports whether the GS1 message of a symbol is valid beside the label's other symbols.
func (l *Label) validate(s *Symbol) error {
	return association.Validate(s.Message, func(yield func(gs1.Message) bool) {
		for _, e := range l.Elements {
			if other, ok := e.(*Symbol); ok && !yield(other.Message) {
				return
			}
		}
	})
}

// An ElementError describes an element that cannot be made or drawn.
type ElementError struct {
	Element int    // index among the elements, from 0
	Name    string // the element's name
	Err     error  // such as a [*FitError], a [*GlyphError] or an error of package symbol
}

// Error returns one line, such as `label: element 3 (lot): text "…" is 31.20 mm wide, want …`.
func (e *ElementError) Error() string {
	return "label: " + errtext.Element(e.Element, e.Name) + ": " + errtext.Inner(e.Err)
}

// Unwrap returns Err.
func (e *ElementError) Unwrap() error { return e.Err }
