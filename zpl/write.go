package zpl

import (
	"io"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
)

// Options change how labels become ZPL. The zero value is the default.
type Options struct {
	// Settings are sent with each label: print mode, media tracking, speed, darkness, reprinting,
	// orientation and label home. Width and length are the label's. What is zero stays as the
	// printer has it; only reprinting after an error (^JZ) is always set, to No by default.
	Settings Settings

	// GraphicText sends text as pictures, with the letters of the preview. Without it, text is set
	// in the printer's scalable font 0: with the same baselines, starts, centers and ends, and cap
	// heights within some hundredths, but letters of other shapes and widths. Lines with characters
	// that the font may lack are sent as pictures in any case.
	GraphicText bool

	// GraphicSymbols sends symbols as pictures (^GF) of their exact modules. Without it, the
	// printer encodes square Data Matrix symbols and may choose another size than the label
	// model; the bars of Code 128 are the same either way. Other symbols, and data outside ASCII,
	// are sent as pictures in any case, since printers disagree on them.
	GraphicSymbols bool

	// Lock locks the banks of labels' chips that are written. By default they stay open.
	Lock Lock
}

// Write writes a label as one self-contained format (^XA … ^XZ), which prints once, with the
// default options.
//
// A device without dots is an [*Error] that wraps [ErrDevice]; a label of less than one or more
// than 32,000 dots in a direction is one that wraps [ErrSize]. An element that cannot be written
// is a [*label.ElementError].
func Write(w io.Writer, l *label.Label, d label.Device) error { return Options{}.Write(w, l, d) }

// Render is [Write].
func Render(w io.Writer, l *label.Label, d label.Device) error { return Write(w, l, d) }

// Compile prepares a template for a device with the default options. Its errors are those of
// [Write].
func Compile(t *template.Template, d label.Device) (*Format, error) {
	return Options{}.Compile(t, d)
}

// Write is [Write] with options. Settings that ZPL does not have are an [*Error] that wraps
// [ErrSettings].
func (o Options) Write(w io.Writer, l *label.Label, d label.Device) error {
	b, err := o.Append(nil, l, d)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// Append appends what [Options.Write] writes to dst; on an error it returns dst as it was.
func (o Options) Append(dst []byte, l *label.Label, d label.Device) ([]byte, error) {
	r, err := newRenderer(l.Width, l.Height, d, o)
	if err != nil {
		return dst, err
	}
	out := appendBegin(dst, &r.Settings)
	for i, e := range l.Elements {
		if out, err = r.element(out, e); err != nil {
			return dst, elementError(i, e, err)
		}
	}
	return appendEnd(out, 1), nil
}

// A renderer turns a label's elements into fields.
type renderer struct {
	Options       // with the label's size
	device        label.Device
	width, height float64 // mm
}

func newRenderer(width, height float64, d label.Device, o Options) (*renderer, error) {
	if !(d.DotsPerMM > 0) {
		return nil, unwritable(ErrDevice, "ask the printer",
			"%v dots/mm, want the print head's resolution, such as 8", d.DotsPerMM)
	}
	w, h := d.Dots(width), d.Dots(height)
	if min(w, h) < 1 || max(w, h) > maxCoordinate {
		return nil, unwritable(ErrSize, "", "a label of %d × %d dots, want 1 to %d", w, h,
			maxCoordinate)
	}
	o.Settings.Width, o.Settings.Length = w, h
	if err := o.Lock.check(); err != nil {
		return nil, err
	}
	return &renderer{o, d, width, height}, o.Settings.check()
}

func elementError(i int, e label.Element, err error) error {
	return errtext.Wrap("zpl", &label.ElementError{Element: i, Name: label.ElementName(e),
		Err: err})
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
	case *label.Tag:
		return r.tag(dst, e)
	}
	return dst, unwritable(ErrUnsupported, "", "an element of type %T", e)
}

func orientation(r label.Rotation) byte { return orientations[r&3] }

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
		X: r.device.Dots(l.Modules.X), Y: r.device.Dots(l.Modules.Y),
		Orientation: orientation(s.Rotation),
		GS1:         s.Symbology.GS1(), Symbol: &spec,
	}
	native := false
	switch s.Symbology.Base() {
	case symbol.SymbologyCode128:
		f.Kind, spec.Height = Code128Field, max(1, r.device.Dots(s.BarHeight))
		spec.Codewords, native = s.Modules.Codewords(), true
	case symbol.SymbologyDataMatrix:
		f.Kind, f.Data = DataMatrixField, s.Modules.Content()
		native = s.Modules.Rows() == s.Modules.Cols()
	}
	if native && !r.GraphicSymbols {
		if out, err := appendField(dst, &f); err == nil {
			return out, nil
		}
	}
	return r.ink(dst, false, func(c *raster.Canvas) error { return c.Symbol(s, l) })
}

func (r *renderer) box(dst []byte, b *label.Box) ([]byte, error) {
	x, y := r.device.Dots(b.Frame.X), r.device.Dots(b.Frame.Y)
	w := max(1, r.device.Dots(b.Frame.Right())-x)
	h := max(1, r.device.Dots(b.Frame.Bottom())-y)
	thickness := min(w, h)
	if b.Thickness > 0 {
		thickness = min(thickness, max(1, r.device.Dots(b.Thickness)))
	}
	spec := BoxSpec{Width: w, Height: h, Thickness: thickness, White: b.White}
	return appendField(dst, &Field{Kind: BoxField, X: x, Y: y, Box: &spec})
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

// appendInk sends the part of a label's picture that has ink, from a whole byte on; nothing if
// there is none.
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
	return appendField(dst, &Field{Kind: GraphicField, X: 8 * left, Y: top, Reversed: white,
		Bitmap: ink})
}
