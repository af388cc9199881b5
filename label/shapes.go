package label

import (
	"image"
	"math"
)

// A Box is a rectangle: filled, or an outline. A line is a filled box.
type Box struct {
	Name      string
	Frame     Rect    // its outer edges
	Thickness float64 // of the outline in mm, drawn inside the frame; 0 fills the box
	White     bool    // erases instead of inking
}

func (b *Box) name() string        { return b.Name }
func (b *Box) draw(c Canvas) error { return c.Box(b) }

// A Path is a filled shape, for pictograms and logos: sharp at every resolution.
type Path struct {
	Name     string
	Contours [][]Point // closed polygons; what an odd number of them encloses is ink
	White    bool
}

// A Point is a place on a label in mm.
type Point struct{ X, Y float64 }

func (p *Path) name() string        { return p.Name }
func (p *Path) draw(c Canvas) error { return c.Path(p) }

// Sides returns the rectangles that a box inks on a device: one if it is filled, else its four
// sides, at least a dot thick.
func (b *Box) Sides(d Device) []Rect {
	f := b.Frame
	t := d.SnapSize(b.Thickness)
	if b.Thickness == 0 || 2*t >= min(f.Width, f.Height) {
		return []Rect{f}
	}
	return []Rect{
		{f.X, f.Y, f.Width, t},
		{f.X, f.Bottom() - t, f.Width, t},
		{f.X, f.Y + t, t, f.Height - 2*t},
		{f.Right() - t, f.Y + t, t, f.Height - 2*t},
	}
}

// Bounds returns the smallest rectangle around the shape.
func (p *Path) Bounds() Rect {
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, contour := range p.Contours {
		for _, q := range contour {
			low = Point{min(low.X, q.X), min(low.Y, q.Y)}
			high = Point{max(high.X, q.X), max(high.Y, q.Y)}
		}
	}
	return Rect{low.X, low.Y, high.X - low.X, high.Y - low.Y}
}

// An Image is a picture of ink and no ink, which is all that a thermal printer has.
type Image struct {
	Name  string
	Frame Rect
	Ink   image.PalettedImage // index 0 is no ink, every other is
}

// Layout returns where the picture is on a device: in its frame, as large as its proportions let
// it be. On a device with dots, a pixel becomes a whole number of them if there is room for at
// least one, so that all pixels are equal; what then remains of the frame stays empty, right and
// below.
func (m *Image) Layout(d Device) Rect {
	size := m.Ink.Bounds().Size()
	if size.X == 0 || size.Y == 0 {
		return Rect{X: m.Frame.X, Y: m.Frame.Y}
	}
	pixel := min(m.Frame.Width/float64(size.X), m.Frame.Height/float64(size.Y))
	if dots := math.Floor(pixel*d.DotsPerMM + 1e-6); dots >= 1 {
		pixel = dots / d.DotsPerMM
	}
	return Rect{d.Snap(m.Frame.X), d.Snap(m.Frame.Y), pixel * float64(size.X),
		pixel * float64(size.Y)}
}

func (m *Image) name() string        { return m.Name }
func (m *Image) draw(c Canvas) error { return c.Image(m) }
