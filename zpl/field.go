package zpl

import (
	"strings"

	"github.com/gonameplate/nameplate/internal/code128"
	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
)

// A Field is one printed field. Lengths are in dots.
type Field struct {
	Kind FieldKind
	X, Y int // from the label's top left, label home (^LH) included
	// ^FT: Y is the baseline of text, the lower edge of others; ^FO: the upper edge
	Baseline    bool
	Reversed    bool  // ^FR: white where it meets black
	Orientation byte  // 'N', 'R' (90° clockwise), 'I' (180°), 'B' (270°)
	Pos         int64 // byte offset of its data in the stream

	// Data is the field's content. Of text it is the text, with \n between lines. Of a symbol it is
	// what a scanner returns, with GS (0x1D) for an FNC1 that separates; GS1 reports an FNC1 in
	// first position, which makes it GS1 data.
	Data string
	GS1  bool

	Font   Font           // of text
	Block  *TextBlock     // of text with ^FB, else nil
	Symbol *SymbolSpec    // of Code 128, Data Matrix and QR
	Box    *BoxSpec       // of a box
	Bitmap *raster.Bitmap // of a graphic
	Tag    *label.Tag     // of a tag, which is written into the label's chip and prints nothing
}

// A FieldKind is what a field prints.
type FieldKind uint8

// The kinds of fields.
const (
	TextField       FieldKind = iota + 1
	Code128Field              // ^BC
	DataMatrixField           // ^BX
	QRField                   // ^BQ
	BoxField                  // ^GB
	GraphicField              // ^GF
	TagField                  // ^RFW
)

var kindNames = [...]string{
	TextField: "text", Code128Field: "Code 128", DataMatrixField: "Data Matrix", QRField: "QR",
	BoxField: "box", GraphicField: "graphic", TagField: "tag",
}

// String returns the name of the kind, such as "Code 128".
func (k FieldKind) String() string {
	if int(k) < len(kindNames) && k > 0 {
		return kindNames[k]
	}
	return "unknown"
}

// A Font is a resident font at a size in dots. The scalable font is '0'.
type Font struct {
	Name          byte
	Height, Width int
}

// A TextBlock is ^FB: text broken into lines of a width.
type TextBlock struct {
	Width, Lines int
	Leading      int  // added between lines
	Justify      byte // 'L', 'C', 'R', 'J'
	Indent       int  // of the second and further lines
}

// A SymbolSpec is how a symbol is printed.
type SymbolSpec struct {
	Module     int   // X-dimension
	Height     int   // Code 128: bar height
	HRI        bool  // Code 128: interpretation line below the symbol
	HRIAbove   bool  // Code 128: above it instead
	Codewords  []int // Code 128: symbol characters with start, check and stop character
	Rows, Cols int   // Data Matrix: the size, or 0 for the smallest that fits
	Rectangle  bool  // Data Matrix: rectangular symbols allowed
	Level      byte  // QR: 'L', 'M', 'Q' or 'H'
}

// A BoxSpec is ^GB: a frame, a filled box if Thickness fills it, or a line.
type BoxSpec struct {
	Width, Height, Thickness int
	White                    bool
	Rounding                 int // 0 to 8
}

// check returns an error for a field that ZPL cannot express. The interpreter makes none.
func (f *Field) check() error {
	if f.Orientation != 0 && !oneOf(f.Orientation, orientations) {
		return f.invalid("orientation %q, want one of %s", f.Orientation, orientations)
	}
	switch f.Kind {
	case TextField:
		return f.checkText()
	case Code128Field, DataMatrixField, QRField:
		return f.checkSymbol()
	case BoxField:
		if f.Box == nil {
			return f.invalid("no Box")
		}
		if f.Box.Thickness <= 0 {
			return f.invalid("a box of thickness %d, want at least 1", f.Box.Thickness)
		}
	case GraphicField:
		return f.checkBitmap()
	case TagField:
		if f.Tag == nil {
			return f.invalid("no Tag")
		}
		if err := f.Tag.Check(); err != nil {
			return f.invalid("%s", errtext.Inner(err))
		}
	default:
		return f.invalid("kind %d", f.Kind)
	}
	return nil
}

const orientations = "NRIB"

func oneOf(b byte, letters string) bool { return strings.IndexByte(letters, b) >= 0 }

func (f *Field) invalid(format string, a ...any) error {
	return unwritable(ErrField, "", format, a...)
}

func (f *Field) checkText() error {
	switch b := f.Block; {
	case !oneOf(f.Font.Name, fontNames):
		return f.invalid("font %q, want one of %s", f.Font.Name, fontNames)
	case f.Font.Height <= 0:
		return f.invalid("a font of height %d, want at least 1", f.Font.Height)
	case b != nil && !oneOf(b.Justify, "LCRJ"):
		return f.invalid("justification %q, want one of LCRJ", b.Justify)
	case b != nil && b.Lines <= 0:
		return f.invalid("a block of %d lines, want at least 1", b.Lines)
	}
	return nil
}

func (f *Field) checkSymbol() error {
	s := f.Symbol
	switch {
	case s == nil:
		return f.invalid("no Symbol")
	case s.Module <= 0:
		return f.invalid("a module of %d, want at least 1", s.Module)
	case f.Kind == QRField && !oneOf(s.Level, "LMQH"):
		return f.invalid("error correction level %q, want one of LMQH", s.Level)
	}
	for _, v := range s.Codewords {
		if v < 0 || v > code128.Stop {
			return f.invalid("codeword %d, want 0 to %d", v, code128.Stop)
		}
	}
	return nil
}

func (f *Field) checkBitmap() error {
	b := f.Bitmap
	switch {
	case b == nil:
		return f.invalid("no Bitmap")
	case b.Width <= 0 || b.Height <= 0:
		return f.invalid("a bitmap of %d × %d dots, want at least 1 × 1", b.Width, b.Height)
	case b.Stride < (b.Width+7)/8:
		return f.invalid("a stride of %d bytes for %d dots, want %d", b.Stride, b.Width,
			(b.Width+7)/8)
	case len(b.Bits) != b.Stride*b.Height:
		return f.invalid("a bitmap of %d bytes, want %d", len(b.Bits), b.Stride*b.Height)
	}
	return nil
}
