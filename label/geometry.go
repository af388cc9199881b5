package label

// A Rect is a place on a label in mm.
type Rect struct{ X, Y, Width, Height float64 }

// Right returns the x of the right edge.
func (r Rect) Right() float64 { return r.X + r.Width }

// Bottom returns the y of the bottom edge.
func (r Rect) Bottom() float64 { return r.Y + r.Height }

// Grow returns r with its edges dx and dy further out on both sides.
func (r Rect) Grow(dx, dy float64) Rect {
	return Rect{r.X - dx, r.Y - dy, r.Width + 2*dx, r.Height + 2*dy}
}

// Overlaps reports whether the rectangles share more than an edge, to a thousandth of a millimetre.
func (r Rect) Overlaps(s Rect) bool {
	const slack = 1e-3
	return r.X+slack < s.Right() && s.X+slack < r.Right() &&
		r.Y+slack < s.Bottom() && s.Y+slack < r.Bottom()
}

// contains reports whether s is in r, edges included.
func (r Rect) contains(s Rect) bool {
	return s.X >= r.X && s.Y >= r.Y && s.Right() <= r.Right() && s.Bottom() <= r.Bottom()
}

// A Rotation turns an element clockwise by quarter turns; text turned by Rotate90 reads downwards.
type Rotation uint8

// The rotations, which ZPL calls N, R, I and B.
const (
	Rotate0 Rotation = iota
	Rotate90
	Rotate180
	Rotate270
)

// Degrees returns the angle, clockwise.
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

// size returns the frame's width and height as its text has them.
func (r Rotation) size(frame Rect) (width, height float64) {
	if r.sideways() {
		return frame.Height, frame.Width
	}
	return frame.Width, frame.Height
}

// An Align is where something is in its frame, across or down.
type Align uint8

// The alignments: left, center and right across a frame; top, middle and bottom down it.
const (
	Start Align = iota
	Center
	End
)

// offset returns where something of a size begins in a room.
func (a Align) offset(room, size float64) float64 { return (room - size) / 2 * float64(a) }
