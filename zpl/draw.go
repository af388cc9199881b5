package zpl

import (
	"image"
	"strings"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/symbol"
)

// dots is a device on which a millimetre is a dot: pages have no other measure.
var dots = label.Device{DotsPerMM: 1}

// Draw draws the page, upright whatever ^PO is, one pixel a dot. Symbols, boxes and graphics are
// dot for dot what a printer makes of them; texts are at their places in the label model's font,
// which is not the printer's. What it cannot draw is an [*Error] that wraps [ErrUnsupported]: QR
// symbols, interpretation lines, rounded corners, and a page without ^PW or ^LL.
func (p *Page) Draw() (*raster.Bitmap, error) {
	if p.Width == 0 || p.Length == 0 {
		return nil, &Error{
			Err: ErrUnsupported, Command: "^XA", Pos: p.Pos, Detail: "a label of unknown size",
			Hint: "set ^PW and ^LL",
		}
	}
	c, err := raster.NewCanvas(float64(p.Width), float64(p.Length), dots)
	if err != nil {
		return nil, err
	}
	page := c.Bitmap
	for i := range p.Fields {
		f := &p.Fields[i]
		if err := f.check(); err != nil {
			return nil, err
		}
		if !f.Reversed {
			if err := f.draw(c); err != nil {
				return nil, err
			}
			continue
		}
		c.Bitmap = raster.NewBitmap(page.Width, page.Height)
		if err := f.draw(c); err != nil {
			return nil, err
		}
		for i, b := range c.Bitmap.Bits {
			page.Bits[i] ^= b
		}
		c.Bitmap = page
	}
	return page, nil
}

func (f *Field) draw(c *raster.Canvas) error {
	switch f.Kind {
	case TextField:
		return f.drawText(c)
	case BoxField:
		return f.drawBox(c)
	case GraphicField:
		return f.stamp(c, f.Bitmap)
	case TagField:
		return nil
	}
	s, err := f.encode()
	if err != nil {
		return err
	}
	m := f.Symbol.Module
	rowHeight := m
	if f.Kind == Code128Field {
		rowHeight = f.Symbol.Height
	}
	modules := raster.NewBitmap(s.Cols()*m, s.Rows()*rowHeight)
	for row := range s.Rows() {
		for col := range s.Cols() {
			if s.Dark(row, col) {
				modules.Fill(image.Rect(col*m, row*rowHeight, (col+1)*m, (row+1)*rowHeight), true)
			}
		}
	}
	return f.stamp(c, modules)
}

func (f *Field) fail(detail string) error {
	return &Error{Err: ErrUnsupported, Command: "^FD", Input: f.Data, Pos: f.Pos, Detail: detail}
}

// encode encodes the content of a symbol, as a printer does.
func (f *Field) encode() (*symbol.Symbol, error) {
	switch {
	case f.Kind == Code128Field && f.Symbol.HRI:
		return nil, f.fail("drawing an interpretation line")
	case f.Kind == Code128Field && f.Symbol.Codewords == nil:
		return symbol.Code128Segments(f.segments())
	case f.Kind == Code128Field:
		return symbol.FromCode128(f.Symbol.Codewords)
	case f.Kind != DataMatrixField:
		return nil, f.fail("drawing a QR symbol, whose mask and size the printer chooses")
	}
	var options []symbol.Option
	if f.Symbol.Rectangle {
		options = append(options, symbol.AllowRectangles)
	}
	if f.Symbol.Rows > 0 && f.Symbol.Cols > 0 {
		options = append(options, symbol.Size(f.Symbol.Rows, f.Symbol.Cols))
	}
	return symbol.DataMatrixSegments(f.segments(), options...)
}

// segments are the content of a symbol with its FNC1.
func (f *Field) segments() []symbol.Segment {
	if !f.GS1 {
		return []symbol.Segment{symbol.Text(f.Data)}
	}
	var segments []symbol.Segment
	for part := range strings.SplitSeq(f.Data, "\x1d") {
		segments = append(segments, symbol.FNC1, symbol.Text(part))
	}
	return segments
}

// stamp draws the upright picture of a field, turned and at its place.
func (f *Field) stamp(c *raster.Canvas, b *raster.Bitmap) error {
	b = turned(b, f.Orientation)
	y := f.Y
	if f.Baseline {
		if f.Orientation != 'N' && f.Kind != GraphicField {
			return f.fail("a turned symbol placed by ^FT")
		}
		y -= b.Height
	}
	c.Bitmap.Stamp(b, f.X, y, true)
	return nil
}

// turned returns a picture turned clockwise.
func turned(b *raster.Bitmap, orientation byte) *raster.Bitmap {
	if orientation == 'N' || orientation == 0 {
		return b
	}
	w, h := b.Width, b.Height
	out := raster.NewBitmap(w, h)
	if orientation != 'I' {
		out = raster.NewBitmap(h, w)
	}
	for y := range h {
		for x := range w {
			if !b.Ink(x, y) {
				continue
			}
			nx, ny := w-1-x, h-1-y // 'I'
			switch orientation {
			case 'R':
				nx, ny = h-1-y, x
			case 'B':
				nx, ny = y, w-1-x
			}
			out.Row(ny, nx, nx+1, true)
		}
	}
	return out
}

func (f *Field) drawBox(c *raster.Canvas) error {
	b := f.Box
	if b.Rounding > 0 {
		return f.fail("drawing rounded corners")
	}
	y := f.Y
	if f.Baseline {
		y -= b.Height
	}
	outer, t := image.Rect(f.X, y, f.X+b.Width, y+b.Height), b.Thickness
	for _, side := range []image.Rectangle{
		image.Rect(outer.Min.X, outer.Min.Y, outer.Max.X, outer.Min.Y+t),
		image.Rect(outer.Min.X, outer.Max.Y-t, outer.Max.X, outer.Max.Y),
		image.Rect(outer.Min.X, outer.Min.Y, outer.Min.X+t, outer.Max.Y),
		image.Rect(outer.Max.X-t, outer.Min.Y, outer.Max.X, outer.Max.Y),
	} {
		c.Bitmap.Fill(side.Intersect(outer), !b.White)
	}
	return nil
}

// drawText draws lines of text. The guide has the base line three quarters down the character cell.
func (f *Field) drawText(c *raster.Canvas) error {
	size := float64(f.Font.Height)
	em := size / font.UnitsPerEm
	lines, first, room := []string{f.Data}, 0.0, 0.0
	pitch := size
	if b := f.Block; b != nil {
		lines, room = f.breakLines(em), float64(b.Width)
		pitch += float64(b.Leading)
		if f.Baseline {
			first = -float64(b.Lines-1) * pitch
		}
	}
	for i, line := range lines {
		run := label.Run{Text: line, Size: em * font.CapHeight,
			Width: em * float64(font.Regular.Width(line)), Rotation: rotation(f.Orientation)}
		along, down := 0.0, first+float64(i)*pitch
		if b := f.Block; b != nil {
			// printers set what is too much over the last line
			down = min(down, first+float64(b.Lines-1)*pitch)
			switch b.Justify {
			case 'C':
				along = (room - run.Width) / 2
			case 'R':
				along = room - run.Width
			}
		}
		run.X, run.Y = f.textPlace(along, down, max(room, run.Width),
			pitch*float64(max(1, len(lines))))
		if err := c.Run(run); err != nil {
			return err
		}
	}
	return nil
}

func rotation(orientation byte) label.Rotation {
	return label.Rotation(max(0, strings.IndexByte("NRIB", orientation)))
}

// textPlace returns where a line begins that is so far along and down its field, as its reader sees
// it.
func (f *Field) textPlace(along, down, width, height float64) (x, y float64) {
	x, y = float64(f.X), float64(f.Y)
	if !f.Baseline { // the place is the field's corner that is top left on the label
		down += 0.75 * float64(f.Font.Height)
		switch f.Orientation {
		case 'R':
			x += height
		case 'I':
			x, y = x+width, y+height
		case 'B':
			y += width
		}
	}
	switch f.Orientation {
	case 'R':
		return x - down, y + along
	case 'I':
		return x - along, y - down
	case 'B':
		return x + down, y - along
	}
	return x + along, y + down
}

// breakLines breaks the text of a block at its line ends and, where it may have several lines, at
// spaces.
func (f *Field) breakLines(em float64) []string {
	var out []string
	for line := range strings.SplitSeq(f.Data, "\n") {
		for f.Block.Lines > 1 {
			fit := len(line)
			for fit > 0 && em*float64(font.Regular.Width(line[:fit])) > float64(f.Block.Width) {
				fit = strings.LastIndexByte(line[:fit], ' ')
			}
			if fit <= 0 || fit == len(line) {
				break
			}
			out = append(out, line[:fit])
			line = strings.TrimLeft(line[fit:], " ")
		}
		out = append(out, line)
	}
	return out
}
