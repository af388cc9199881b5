package label

import "image"

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
	Contours [][]Point // closed polygons in mm on the label; what an odd number of them encloses is ink
	White    bool
}

// A Point is a place on a label in mm.
type Point struct{ X, Y float64 }

func (p *Path) name() string        { return p.Name }
func (p *Path) draw(c Canvas) error { return c.Path(p) }

// An Image is a picture of ink and no ink, which is all that a thermal printer has. It is scaled to its frame, by whole dots per
// pixel where the device has dots, so that its pixels stay even; what then remains of the frame stays empty, right and below.
type Image struct {
	Name  string
	Frame Rect
	Ink   image.Image // 1 bit: pixels darker than half are ink
}

func (m *Image) name() string        { return m.Name }
func (m *Image) draw(c Canvas) error { return c.Image(m) }
