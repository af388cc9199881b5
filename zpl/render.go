package zpl

import (
	"fmt"
	"io"
	"strings"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/symbol"
)

// An Option changes how labels become ZPL.
type Option func(*config)

type config struct {
	graphicSymbols, graphicText bool
	settings                    Settings
}

// GraphicSymbols sends symbols as pictures (^GF) of their exact modules. Without it the printer encodes Data Matrix symbols itself, and may
// take another size than the label model; Code 128 symbols have the same bars either way. QR symbols, rectangular Data Matrix symbols and
// data outside ASCII are always sent as pictures, for printers disagree on them.
func GraphicSymbols() Option { return func(c *config) { c.graphicSymbols = true } }

// GraphicText sends text as pictures, with the very letters of the preview. Without it text is set in the printer's
// scalable font 0: with the same baselines, cap heights (within some hundredths), starts, centres and ends, but letters of other shapes and
// widths; only lines with characters that the font may lack are sent as pictures.
func GraphicText() Option { return func(c *config) { c.graphicText = true } }

// WithSettings sends settings with each label: print mode, media tracking, speed, darkness, reprinting, orientation and label
// home. Width and length are the label's. Without it the printer keeps its own, but reprinting after an error (^JZ) is always set, to No unless s says so.
func WithSettings(s Settings) Option { return func(c *config) { c.settings = s } }

// Render writes a label as one self-contained format, which prints once.
func Render(w io.Writer, l *label.Label, d label.Device, options ...Option) error {
	b, err := AppendLabel(nil, l, d, options...)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// AppendLabel appends what [Render] writes to dst; on an error it returns dst as it was.
func AppendLabel(dst []byte, l *label.Label, d label.Device, options ...Option) ([]byte, error) {
	r, err := newRenderer(l.Width, l.Height, d, options)
	if err != nil {
		return dst, err
	}
	out := appendBegin(dst, &r.settings)
	for i, e := range l.Elements {
		if out, err = r.element(out, e); err != nil {
			return dst, elementError(i, e, err)
		}
	}
	return appendEnd(out, 1), nil
}

func elementError(i int, e label.Element, err error) error {
	return errtext.Wrap("zpl", &label.ElementError{Element: i, Name: label.ElementName(e), Err: err})
}

// A renderer turns a label's elements into fields.
type renderer struct {
	config
	device        label.Device
	width, height float64 // mm
}

func newRenderer(width, height float64, d label.Device, options []Option) (*renderer, error) {
	r := &renderer{device: d, width: width, height: height}
	for _, o := range options {
		o(&r.config)
	}
	if !(d.DotsPerMM > 0) {
		return nil, fmt.Errorf("zpl: a device of %v dots per mm: give the print head's, such as 8", d.DotsPerMM)
	}
	w, h := d.Dots(width), d.Dots(height)
	if w < 1 || h < 1 || w > 32000 || h > 32000 {
		return nil, fmt.Errorf("zpl: a label of %d × %d dots: printers know 1 to 32,000", w, h)
	}
	r.settings.Width, r.settings.Length = w, h
	return r, r.settings.check()
}

func (r *renderer) element(dst []byte, e label.Element) ([]byte, error) {
	switch e := e.(type) {
	case *label.Text:
		return r.text(dst, e)
	case *label.Symbol:
		return r.symbol(dst, e)
	case *label.Box:
		return r.box(dst, e)
	case *label.Path:
		inked := *e // drawn in ink, and then sent to invert what it meets
		inked.White = false
		return r.ink(dst, e.White, func(c *raster.Canvas) error { return c.Path(&inked) })
	case *label.Image:
		return r.ink(dst, false, func(c *raster.Canvas) error { return c.Image(e) })
	}
	return dst, fmt.Errorf("an element of the unknown type %T", e)
}

func (r *renderer) text(dst []byte, t *label.Text) ([]byte, error) {
	runs := t.Runs
	if runs == nil {
		laid := *t
		if err := laid.Layout(); err != nil {
			return dst, err
		}
		runs = laid.Runs
	}
	return r.runs(dst, runs, t.Align)
}

// runs sets lines of text that are placed already. The resident font is narrower than the label model's, so that lines that
// are not aligned at their start are aligned by a block (^FB) around their place.
func (r *renderer) runs(dst []byte, runs []label.Run, align label.Align) (_ []byte, err error) {
	for i := range runs {
		run := &runs[i]
		if run.Text == "" {
			continue
		}
		if r.graphicText || !resident(run.Text) {
			inked := *run
			inked.White = false
			if dst, err = r.ink(dst, run.White, func(c *raster.Canvas) error { return c.Run(inked) }); err != nil {
				return dst, err
			}
			continue
		}
		size := r.device.Dots(run.EmSize())
		if size < minScalable {
			return dst, fmt.Errorf("text %q needs a font of %d dots: printers scale theirs from %d dots, so set it larger or send it as a graphic", run.Text, size, minScalable)
		}
		f := Field{
			Kind: Text, Baseline: true, Reversed: run.White, Orientation: orientation(run.Rotation),
			X: r.device.Dots(run.X), Y: r.device.Dots(run.Y), Font: Font{'0', size, size}, Data: run.Text,
		}
		var block TextBlock
		if align != label.Start {
			f.X, f.Y, block = r.align(f.X, f.Y, run, align)
			f.Block = &block
		}
		if dst, err = appendField(dst, &f); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// minScalable is the least height of the scalable font in dots (the guide, ^A).
const minScalable = 10

// align returns the place and the block of a line that begins at x, y: as wide as the line is in the label model, and wider by up
// to half of that where the label has room, should the resident font need it.
func (r *renderer) align(x, y int, run *label.Run, align label.Align) (int, int, TextBlock) {
	width := r.device.Dots(run.Width)
	before, after := x, r.settings.Width-x-width
	switch run.Rotation {
	case label.Rotate90:
		before, after = y, r.settings.Length-y-width
	case label.Rotate180:
		before, after = r.settings.Width-x, x-width
	case label.Rotate270:
		before, after = r.settings.Length-y, y-width
	}
	slack := max(0, min(width/2, before))
	block := TextBlock{Width: width + slack, Lines: 1, Justify: 'R'}
	if align == label.Center {
		slack = max(0, min(slack, after))
		block.Width, block.Justify = width+2*slack, 'C'
	}
	switch run.Rotation {
	case label.Rotate90:
		y -= slack
	case label.Rotate180:
		x += slack
	case label.Rotate270:
		y += slack
	default:
		x -= slack
	}
	return x, y, block
}

// resident tells whether the scalable font is trusted to have all characters of a text: those of Latin Extended-A and the
// punctuation of Windows code page 1252. Which others a printer has depends on its firmware; what it lacks it leaves out.
func resident(s string) bool {
	for _, r := range s {
		if r > 0x17F && !strings.ContainsRune("–—‘’‚“”„†‡•…‰‹›€™", r) {
			return false
		}
	}
	return true
}

func orientation(r label.Rotation) byte { return "NRIB"[r&3] }

func (r *renderer) symbol(dst []byte, s *label.Symbol) ([]byte, error) {
	if s.Modules == nil {
		encoded := *s
		if err := encoded.Encode(); err != nil {
			return dst, err
		}
		s = &encoded
	}
	l, err := s.Layout(r.device)
	if err != nil {
		return dst, err
	}
	if dst, err = r.modules(dst, s, l); err != nil {
		return dst, err
	}
	align := label.Start
	if s.Symbology.Linear() && s.HRI.Place != label.Beside {
		align = label.Center
	}
	return r.runs(dst, l.HRI, align)
}

// modules sends the symbol without its interpretation.
func (r *renderer) modules(dst []byte, s *label.Symbol, l label.SymbolLayout) ([]byte, error) {
	spec := SymbolSpec{Module: r.device.Dots(l.Module)}
	f := Field{
		X: r.device.Dots(l.Modules.X), Y: r.device.Dots(l.Modules.Y), Orientation: orientation(s.Rotation),
		GS1: s.Symbology.GS1(), Symbol: &spec,
	}
	native := false
	switch s.Symbology.Base() {
	case symbol.SymbologyCode128:
		f.Kind, spec.Height = Code128, max(1, r.device.Dots(s.BarHeight))
		spec.Codewords, native = s.Modules.Codewords(), true
	case symbol.SymbologyDataMatrix:
		f.Kind, f.Data, native = DataMatrix, s.Modules.Content(), s.Modules.Rows() == s.Modules.Cols()
	}
	if native && !r.graphicSymbols {
		if out, err := appendField(dst, &f); err == nil {
			return out, nil
		}
	}
	return r.ink(dst, false, func(c *raster.Canvas) error { return c.Symbol(s, l) })
}

func (r *renderer) box(dst []byte, b *label.Box) ([]byte, error) {
	x, y := r.device.Dots(b.Frame.X), r.device.Dots(b.Frame.Y)
	w, h := max(1, r.device.Dots(b.Frame.Right())-x), max(1, r.device.Dots(b.Frame.Bottom())-y)
	thickness := min(w, h)
	if b.Thickness > 0 {
		thickness = min(thickness, max(1, r.device.Dots(b.Thickness)))
	}
	return appendField(dst, &Field{Kind: Box, X: x, Y: y, Box: &BoxSpec{Width: w, Height: h, Thickness: thickness, White: b.White}})
}

// ink sends what draw draws as a picture, which inverts what it meets if it is to be white.
func (r *renderer) ink(dst []byte, white bool, draw func(*raster.Canvas) error) ([]byte, error) {
	c, err := raster.NewCanvas(r.width, r.height, r.device)
	if err != nil {
		return dst, err
	}
	if err := draw(c); err != nil {
		return dst, err
	}
	return appendInk(dst, c.Bitmap, white)
}

// appendInk sends the part of a label's picture that has ink, from a whole byte on; nothing if there is none.
func appendInk(dst []byte, b *raster.Bitmap, white bool) ([]byte, error) {
	top, bottom, left, right := b.Height, 0, b.Stride, 0
	for y := range b.Height {
		row := b.Bits[y*b.Stride : (y+1)*b.Stride]
		for x, dots := range row {
			if dots != 0 {
				top, bottom = min(top, y), y+1
				left, right = min(left, x), max(right, x+1)
			}
		}
	}
	if bottom == 0 {
		return dst, nil
	}
	ink := &raster.Bitmap{
		Width: 8 * (right - left), Height: bottom - top, Stride: right - left,
		Bits: make([]byte, 0, (right-left)*(bottom-top)),
	}
	for y := top; y < bottom; y++ {
		ink.Bits = append(ink.Bits, b.Bits[y*b.Stride+left:y*b.Stride+right]...)
	}
	return appendField(dst, &Field{Kind: Graphic, X: 8 * left, Y: top, Reversed: white, Bitmap: ink})
}
