package label

import (
	"iter"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label/internal/association"
)

// A Label is one label, ready to be drawn.
type Label struct {
	Width, Height float64     // mm
	Application   Application // where its symbols are scanned; decides what Preflight demands of them
	Elements      []Element   // drawn in this order. Labels of one template share elements that no data fill: do not change them
}

// An Element is one thing on a label: a [*Text], [*Symbol], [*Box], [*Path] or [*Image], and nothing else.
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

// A Rect is a place on a label in mm.
type Rect struct{ X, Y, Width, Height float64 }

// Right and Bottom are the far edges.
func (r Rect) Right() float64  { return r.X + r.Width }
func (r Rect) Bottom() float64 { return r.Y + r.Height }

// Grow returns r with its edges dx and dy further out on both sides.
func (r Rect) Grow(dx, dy float64) Rect {
	return Rect{r.X - dx, r.Y - dy, r.Width + 2*dx, r.Height + 2*dy}
}

// Overlaps reports whether the rectangles share more than an edge, to a thousandth of a millimetre.
func (r Rect) Overlaps(s Rect) bool {
	const slack = 1e-3
	return r.X+slack < s.Right() && s.X+slack < r.Right() && r.Y+slack < s.Bottom() && s.Y+slack < r.Bottom()
}

// A Rotation turns an element clockwise by quarter turns; text rotated by Rotate90 reads downwards.
type Rotation uint8

// The rotations, which ZPL calls N, R, I and B.
const (
	Rotate0 Rotation = iota
	Rotate90
	Rotate180
	Rotate270
)

// Degrees is the angle, clockwise.
func (r Rotation) Degrees() int { return int(r&3) * 90 }

// sideways reports whether width and height change places.
func (r Rotation) sideways() bool { return r&1 == 1 }

// place maps a point of a frame's own coordinates, where text reads to the right, to the label.
func (r Rotation) place(frame Rect, x, y float64) (float64, float64) {
	switch r & 3 {
	case Rotate90:
		return frame.Right() - y, frame.Y + x
	case Rotate180:
		return frame.Right() - x, frame.Bottom() - y
	case Rotate270:
		return frame.X + y, frame.Bottom() - x
	}
	return frame.X + x, frame.Y + y
}

// placeRect maps a rectangle of a frame's own coordinates to the label.
func (r Rotation) placeRect(frame, in Rect) Rect {
	x1, y1 := r.place(frame, in.X, in.Y)
	x2, y2 := r.place(frame, in.Right(), in.Bottom())
	return Rect{min(x1, x2), min(y1, y2), max(x1, x2) - min(x1, x2), max(y1, y2) - min(y1, y2)}
}

// size is the frame's width and height as its text sees them.
func (r Rotation) size(frame Rect) (width, height float64) {
	if r.sideways() {
		return frame.Height, frame.Width
	}
	return frame.Width, frame.Height
}

// An Align is where in its frame something stands, across or down.
type Align uint8

// The alignments: left, centre, right across a frame, and top, middle, bottom down it.
const (
	Start Align = iota
	Center
	End
)

// offset is where something of a size begins in a room.
func (a Align) offset(room, size float64) float64 { return (room - size) / 2 * float64(a) }
