// Package pdf writes labels as vector PDF: each label a page of its exact size, symbols and
// shapes as filled outlines, texts in embedded subsets of the fonts that all canvases share. The
// same labels give the same bytes.
//
//	l, err := t.Execute(data)
//	err = pdf.Write(w, label.All(l))
//
// Many labels come from an iterator that makes one after another, so that only the document is in
// memory.
package pdf

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-pdf/fpdf"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
)

// What can be wrong with labels besides their elements; errors.Is finds these in the errors of
// [Write].
var (
	ErrNoLabels = errors.New("pdf: no labels, want at least one: PDF has no empty documents")
	ErrSize     = errors.New("invalid size of a page")
)

// The sides of a page in mm: 3 to 14,400 points (ISO 32000-1:2008, annex C.2).
const (
	point   = 25.4 / 72 // mm
	minSide = 3 * point
	maxSide = 14_400 * point
)

// Write writes a document with a page for each label. Labels are taken and drawn one by one, but
// the document is kept in memory until all are drawn: if labels yields an error, or one of them
// cannot be drawn, nothing is written.
//
// A label whose sides are not 1.06 to 5,080 mm long is an error that wraps [ErrSize]; an element
// that cannot be drawn is a [*label.ElementError]; without a label the error is [ErrNoLabels].
func Write(w io.Writer, labels iter.Seq2[*label.Label, error]) error {
	c := newCanvas()
	n := 0
	for l, err := range labels {
		n++
		if err == nil {
			err = c.page(l)
		}
		if err != nil {
			return errtext.Wrap(fmt.Sprintf("pdf: label %d", n), err)
		}
	}
	if n == 0 {
		return ErrNoLabels
	}
	if err := c.file.Output(w); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return nil
}

// fixedTime is the date of every document: the same labels give the same bytes.
var fixedTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// canvas is a [label.Canvas] of PDF pages.
type canvas struct {
	file   *fpdf.Fpdf
	height float64         // of the page, mm
	fonts  map[string]bool // that the document has
	font   string          // that the page's text is set in
	size   float64
	white  bool
	ops    []byte // scratch
}

func newCanvas() *canvas {
	file := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "mm",
		Size: fpdf.SizeType{Wd: 100, Ht: 100}})
	file.SetMargins(0, 0, 0)
	file.SetAutoPageBreak(false, 0)
	file.SetCatalogSort(true)
	file.SetCreationDate(fixedTime)
	file.SetModificationDate(fixedTime)
	file.SetProducer("nameplate", false)
	return &canvas{file: file, fonts: map[string]bool{}}
}

func (c *canvas) page(l *label.Label) error {
	if !(min(l.Width, l.Height) >= minSide && max(l.Width, l.Height) <= maxSide) {
		return &sizeError{l.Width, l.Height}
	}
	c.file.AddPageFormat("P", fpdf.SizeType{Wd: l.Width, Ht: l.Height})
	c.height, c.font = l.Height, ""
	if err := l.Draw(c); err != nil {
		return err
	}
	return c.file.Error()
}

type sizeError struct{ width, height float64 }

func (e *sizeError) Error() string {
	return fmt.Sprintf("a page of %g × %g mm, want sides of %.2f to %.0f mm", e.width, e.height,
		minSide, maxSide)
}

func (e *sizeError) Unwrap() error { return ErrSize }

// Device returns a device without dots: PDF is exact.
func (c *canvas) Device() label.Device { return label.Device{} }

// Run sets a line of text. A character that the face lacks is rejected here: one above U+FFFF
// would fail the whole document when it is written.
func (c *canvas) Run(r label.Run) error {
	if char, missing := r.Face.Missing(r.Text); missing {
		return &label.GlyphError{Input: r.Text, Pos: strings.IndexRune(r.Text, char), Rune: char,
			Face: r.Face}
	}
	if r.Text == "" {
		return nil
	}
	c.style(r)
	if r.Rotation == label.Rotate0 {
		c.file.Text(r.X, r.Y, r.Text)
		return nil
	}
	c.file.TransformBegin()
	c.file.TransformRotate(-float64(r.Rotation.Degrees()), r.X, r.Y) // anticlockwise
	c.file.Text(r.X, r.Y, r.Text)
	c.file.TransformEnd()
	return nil
}

// style sets the typeface, size and colour of a run where the page has others.
func (c *canvas) style(r label.Run) {
	name, size := r.Face.String(), r.EmSize()/point
	if !c.fonts[name] {
		c.file.AddUTF8FontFromBytes(name, "", r.Face.TTF())
		c.fonts[name] = true
	}
	if c.font != name || c.size != size {
		c.file.SetFont(name, "", size)
		c.font, c.size = name, size
	}
	if c.white != r.White {
		shade := 0
		if r.White {
			shade = 255
		}
		c.file.SetTextColor(shade, shade, shade)
		c.white = r.White
	}
}

// Symbol draws a symbol's modules.
func (c *canvas) Symbol(s *label.Symbol, l label.SymbolLayout) error {
	c.grid(l.Dark(s), l.Modules, l.Module)
	return nil
}

// Box draws a box.
func (c *canvas) Box(b *label.Box) error {
	c.rects(slices.Values(b.Sides(label.Device{})), b.White)
	return nil
}

// Image draws a picture as a rectangle for each stretch of ink.
func (c *canvas) Image(m *label.Image) error {
	at := m.Layout(label.Device{})
	c.grid(m.Dark(at), at, at.Width/float64(max(1, m.Ink.Bounds().Dx())))
	return nil
}

// grid fills rectangles in coordinates whose unit is a module, from a corner of the grid: there
// they are whole numbers and short.
func (c *canvas) grid(all iter.Seq[label.Rect], at label.Rect, module float64) {
	c.ops = append(c.ops[:0], "q "...)
	for _, factor := range []float64{module, 0, 0, -module, at.X, c.height - at.Y} {
		c.length(factor)
	}
	c.op("cm\n")
	for r := range all {
		for _, v := range []float64{r.X - at.X, r.Y - at.Y, r.Width, r.Height} {
			c.number(v / module)
		}
		c.op("re\n")
	}
	c.fill("f Q", false)
}

func (c *canvas) rects(all iter.Seq[label.Rect], white bool) {
	c.begin(white)
	for r := range all {
		c.place(r.X, r.Bottom())
		c.length(r.Width)
		c.length(r.Height)
		c.op("re\n")
	}
	c.fill("f", white)
}

// Path draws a filled shape.
func (c *canvas) Path(p *label.Path) error {
	c.begin(p.White)
	for _, contour := range p.Contours {
		for i, q := range contour {
			c.place(q.X, q.Y)
			if i == 0 {
				c.op("m\n")
			} else {
				c.op("l\n")
			}
		}
		c.op("h\n")
	}
	c.fill("f*", p.White)
	return nil
}

// begin starts a shape. Black needs no colour: it is PDF's, and nothing else changes it.
func (c *canvas) begin(white bool) {
	c.ops = c.ops[:0]
	if white {
		c.op("q 1 g\n")
	}
}

// fill ends a shape.
func (c *canvas) fill(operator string, white bool) {
	c.op(operator)
	if white {
		c.op(" Q")
	}
	c.file.RawWriteStr(string(c.ops))
}

func (c *canvas) op(operator string) { c.ops = append(c.ops, operator...) }

// place writes a place on the label; y goes up in PDF.
func (c *canvas) place(x, y float64) {
	c.length(x)
	c.length(c.height - y)
}

// length writes a length in points.
func (c *canvas) length(mm float64) { c.number(mm / point) }

// number writes a number with up to four decimals: of points, that is a fortieth of a micrometre.
func (c *canvas) number(v float64) {
	const parts = 1e4
	c.ops = strconv.AppendFloat(c.ops, math.Round(v*parts)/parts, 'f', -1, 64)
	c.op(" ")
}
