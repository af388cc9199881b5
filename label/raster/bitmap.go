package raster

import (
	"image"
	"image/color"
)

// A Bitmap is a picture of dots with or without ink; thermal printers have no grey. It is an
// [image.PalettedImage] whose index 1 is ink. Its zero value has no dots.
type Bitmap struct {
	Width, Height int
	Stride        int // bytes a row

	// Bits has the rows from the top, a dot a bit, the leftmost in the highest bit; 1 is ink, as
	// in ZPL's ^GF.
	Bits []byte
}

// NewBitmap returns a bitmap without ink.
func NewBitmap(width, height int) *Bitmap {
	stride := (width + 7) / 8
	return &Bitmap{width, height, stride, make([]byte, stride*height)}
}

var palette = color.Palette{color.Gray{Y: 0xff}, color.Gray{}}

// ColorModel returns a palette of white and black.
func (b *Bitmap) ColorModel() color.Model { return palette }

// Bounds returns the bitmap's size, from 0,0.
func (b *Bitmap) Bounds() image.Rectangle { return image.Rect(0, 0, b.Width, b.Height) }

// At returns black where there is ink and white elsewhere.
func (b *Bitmap) At(x, y int) color.Color { return palette[b.ColorIndexAt(x, y)] }

// ColorIndexAt returns 1 where there is ink and 0 elsewhere.
func (b *Bitmap) ColorIndexAt(x, y int) uint8 {
	if b.Ink(x, y) {
		return 1
	}
	return 0
}

// Ink reports whether a dot has ink; outside the bitmap there is none.
func (b *Bitmap) Ink(x, y int) bool {
	return uint(x) < uint(b.Width) && uint(y) < uint(b.Height) &&
		b.Bits[y*b.Stride+x>>3]&(0x80>>(x&7)) != 0
}

// Row inks, or erases, the dots x0 ≤ x < x1 of a row; what is outside the bitmap is left out.
func (b *Bitmap) Row(y, x0, x1 int, ink bool) {
	x0, x1 = max(x0, 0), min(x1, b.Width)
	if uint(y) >= uint(b.Height) || x0 >= x1 {
		return
	}
	row := b.Bits[y*b.Stride:]
	first, last := x0>>3, (x1-1)>>3
	head, tail := byte(0xff)>>(x0&7), byte(0xff)<<(7-(x1-1)&7)
	if first == last {
		put(&row[first], head&tail, ink)
		return
	}
	put(&row[first], head, ink)
	for i := first + 1; i < last; i++ {
		put(&row[i], 0xff, ink)
	}
	put(&row[last], tail, ink)
}

func put(dots *byte, mask byte, ink bool) {
	if ink {
		*dots |= mask
	} else {
		*dots &^= mask
	}
}

// Fill inks, or erases, the dots of a rectangle.
func (b *Bitmap) Fill(r image.Rectangle, ink bool) {
	for y := max(r.Min.Y, 0); y < min(r.Max.Y, b.Height); y++ {
		b.Row(y, r.Min.X, r.Max.X, ink)
	}
}

// Stamp inks, or erases, where a stamp has ink, with the stamp's top left corner at x, y.
func (b *Bitmap) Stamp(s *Bitmap, x, y int, ink bool) {
	if x < 0 || x+s.Width > b.Width {
		b.stampSlowly(s, x, y, ink)
		return
	}
	shift := x & 7
	for sy := max(0, -y); sy < s.Height && y+sy < b.Height; sy++ {
		row := b.Bits[(y+sy)*b.Stride+x>>3 : (y+sy+1)*b.Stride]
		for i, dots := range s.Bits[sy*s.Stride : (sy+1)*s.Stride] {
			if dots == 0 {
				continue
			}
			put(&row[i], dots>>shift, ink)
			if rest := dots << (8 - shift); rest != 0 {
				put(&row[i+1], rest, ink)
			}
		}
	}
}

// stampSlowly is Stamp for what reaches over the bitmap's edge.
func (b *Bitmap) stampSlowly(s *Bitmap, x, y int, ink bool) {
	for sy := range s.Height {
		for sx := range s.Width {
			if s.Ink(sx, sy) {
				b.Row(y+sy, x+sx, x+sx+1, ink)
			}
		}
	}
}

// Crop returns a copy of a part of the bitmap.
func (b *Bitmap) Crop(r image.Rectangle) *Bitmap {
	r = r.Intersect(b.Bounds())
	c := NewBitmap(r.Dx(), r.Dy())
	c.stampSlowly(b, -r.Min.X, -r.Min.Y, true)
	return c
}
