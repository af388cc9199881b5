// Package raster draws labels as dots, as a thermal print head does: with or without ink, and no
// grey. It makes previews and the graphics of printers' languages.
//
//	file, err := os.Create("label.png")
//	...
//	err = raster.Write(file, l, label.Device{DotsPerMM: 8}) // a PNG in the label's size
//
// [Draw] returns the dots themselves, as a [Bitmap].
package raster

import (
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
)

// MaxDots is how many dots a label's picture may have: one of 220 × 1000 mm at 24 dots/mm has 127
// million.
const MaxDots = 1 << 28

// maxCapDots is how many dots high a capital may be: 170 mm at 24 dots/mm.
const maxCapDots = 1 << 12

// ErrSize is the sentinel of errors about a label, a device or a text that makes no picture: of a
// device without dots, or of too many dots.
var ErrSize = errors.New("no picture of this size")

// Draw draws a label at a device's resolution. The error wraps [ErrSize], or is that of the label.
func Draw(l *label.Label, d label.Device) (*Bitmap, error) {
	c, err := NewCanvas(l.Width, l.Height, d)
	if err != nil {
		return nil, err
	}
	if err := l.Draw(c); err != nil {
		return nil, err
	}
	return c.Bitmap, nil
}

// A Canvas is a [label.Canvas] of dots.
type Canvas struct {
	Bitmap *Bitmap
	device label.Device
}

// NewCanvas returns an empty canvas for a label of width × height mm. The error wraps [ErrSize].
func NewCanvas(width, height float64, d label.Device) (*Canvas, error) {
	if !(d.DotsPerMM > 0) {
		return nil, fmt.Errorf("raster: %w: %v dots/mm; give the print head's, such as 8", ErrSize,
			d.DotsPerMM)
	}
	w, h := width*d.DotsPerMM, height*d.DotsPerMM
	if !(w >= 1 && h >= 1 && w*h <= MaxDots) {
		return nil, fmt.Errorf("raster: %w: %.0f × %.0f dots, want at most %d in all", ErrSize, w,
			h, MaxDots)
	}
	return &Canvas{NewBitmap(d.Dots(width), d.Dots(height)), d}, nil
}

// Device returns the device that the canvas is drawn for.
func (c *Canvas) Device() label.Device { return c.device }

// Run draws a line of text. Each character is at the dot nearest to its place, so that lines are as
// long as in any other canvas.
func (c *Canvas) Run(r label.Run) error {
	dpmm := c.device.DotsPerMM
	if r.Size*dpmm > maxCapDots {
		return fmt.Errorf("raster: %w: letters of %.0f dots, want at most %d", ErrSize, r.Size*dpmm,
			maxCapDots)
	}
	k := stampKey{face: r.Face, rotation: r.Rotation, across: r.Size * dpmm / font.CapHeight,
		cap: max(1, c.device.Dots(r.Size))}
	x, y := c.device.Dots(r.X), c.device.Dots(r.Y)
	along := r.X*dpmm - float64(x) // the part of a dot that rounding took, along the line
	if r.Rotation == label.Rotate90 || r.Rotation == label.Rotate270 {
		along = r.Y*dpmm - float64(y)
	}
	if r.Rotation == label.Rotate180 || r.Rotation == label.Rotate270 {
		along = -along
	}
	pen := along
	for _, k.char = range r.Text {
		s := k.stamp()
		px, py := turn(int(math.Round(pen)), r.Rotation)
		c.Bitmap.Stamp(s.dots, x+px+s.x, y+py+s.y, !r.White)
		advance, _ := r.Face.Advance(k.char)
		pen += float64(advance) * k.across
	}
	return nil
}

// turn is a step along a line of text on the label.
func turn(step int, r label.Rotation) (x, y int) {
	switch r {
	case label.Rotate90:
		return 0, step
	case label.Rotate180:
		return -step, 0
	case label.Rotate270:
		return 0, -step
	}
	return step, 0
}

// Symbol draws a symbol's modules, each of the same whole number of dots.
func (c *Canvas) Symbol(s *label.Symbol, l label.SymbolLayout) error {
	for r := range l.Dark(s) {
		c.Bitmap.Fill(c.rect(r), true)
	}
	return nil
}

func (c *Canvas) rect(r label.Rect) image.Rectangle { return Dots(r, c.device) }

// Dots is a place on a label in dots of a device, each edge at the nearest.
func Dots(r label.Rect, d label.Device) image.Rectangle {
	return image.Rect(d.Dots(r.X), d.Dots(r.Y), d.Dots(r.Right()), d.Dots(r.Bottom()))
}

// Box draws a box; what is thin is at least a dot.
func (c *Canvas) Box(b *label.Box) error {
	for _, side := range b.Sides(c.device) {
		r := c.rect(side)
		r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
		c.Bitmap.Fill(r, !b.White)
	}
	return nil
}

// Path draws a filled shape: it inks the dots whose larger part it covers.
func (c *Canvas) Path(p *label.Path) error {
	box := c.rect(p.Bounds().Grow(1/c.device.DotsPerMM, 1/c.device.DotsPerMM)).
		Intersect(c.Bitmap.Bounds())
	if box.Empty() {
		return nil
	}
	x, y := float64(box.Min.X), float64(box.Min.Y)
	contours := make([][]point, len(p.Contours))
	for i, contour := range p.Contours {
		contours[i] = make([]point, len(contour))
		for j, q := range contour {
			contours[i][j] = point{q.X*c.device.DotsPerMM - x, q.Y*c.device.DotsPerMM - y}
		}
	}
	dots, _ := cover(edges(contours), box.Dx(), box.Dy(), odd).bitmap()
	c.Bitmap.Stamp(dots, box.Min.X, box.Min.Y, !p.White)
	return nil
}

// Image draws a picture, each of its pixels the same whole number of dots.
func (c *Canvas) Image(m *label.Image) error {
	for r := range m.Dark(m.Layout(c.device)) {
		c.Bitmap.Fill(c.rect(r), true)
	}
	return nil
}
