package zpl

import (
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/internal/code128"
	"github.com/gonameplate/nameplate/label/raster"
)

// A Page is what one format (^XA … ^XZ) prints.
type Page struct {
	Settings
	Quantity int     // copies (^PQ), at least 1
	Fields   []Field // in the order in which they are printed
	Offset   int64   // of the ^XA in the stream
}

// Settings are what a printer keeps from one format to the next. A width or length of 0 was never set.
type Settings struct {
	Width    int    // ^PW
	Length   int    // ^LL
	HomeX    int    // ^LH
	HomeY    int    // ^LH
	Inverted bool   // ^POI: printed upside down
	Reprint  bool   // ^JZ: print the interrupted label again after an error; a printer's default
	Mode     byte   // ^MM: 'T' tear-off, 'P' peel, 'R' rewind, 'A' applicator, 'C' cutter, 'D' delayed cutter …
	Tracking byte   // ^MN: 'N' continuous, 'Y' or 'W' web, 'M' mark
	Media    byte   // ^MT: 'T' thermal transfer, 'D' direct thermal
	Speed    string // ^PR as given, such as "4,4,4"
	Darkness int    // ~SD, 0 to 30
	Charset  int    // ^CI; 28 is UTF-8

	moduleWidth int // ^BY
	barHeight   int
	font        Font // ^CF
	orientation byte // ^FW
}

// defaultSettings are a printer's when it is switched on.
func defaultSettings() Settings {
	return Settings{
		Reprint: true, Mode: 'T', Tracking: 'Y', Media: 'T',
		moduleWidth: 2, barHeight: 10, font: Font{Name: 'A', Height: 9, Width: 5}, orientation: 'N',
	}
}

// check says which settings, that a program has made, are none of ZPL's.
func (s *Settings) check() error {
	for _, b := range []byte{s.Mode, s.Tracking, s.Media} {
		if b != 0 && (b < 'A' || b > 'Z') {
			return fmt.Errorf("zpl: settings: %q is no mode, tracking or medium: they are capital letters", b)
		}
	}
	if strings.Trim(s.Speed, "0123456789ABCDE,") != "" || len(s.Speed) > 8 {
		return fmt.Errorf("zpl: settings: %q is no speed: give up to three, such as 4,4,4", s.Speed)
	}
	return nil
}

// A Kind says what a field prints.
type Kind uint8

const (
	Text       Kind = iota + 1
	Code128         // ^BC
	DataMatrix      // ^BX
	QR              // ^BQ
	Box             // ^GB
	Graphic         // ^GF, ^XG
)

var kindNames = [...]string{Text: "text", Code128: "Code 128", DataMatrix: "Data Matrix", QR: "QR", Box: "box", Graphic: "graphic"}

func (k Kind) String() string {
	if int(k) < len(kindNames) && k > 0 {
		return kindNames[k]
	}
	return "unknown"
}

// A Field is one printed field.
type Field struct {
	Kind        Kind
	X, Y        int  // from the label's top left, label home (^LH) included
	Baseline    bool // ^FT: Y is the base line of text, the lower edge of anything else; ^FO: the upper edge
	Reversed    bool // ^FR: white where it meets black
	Orientation byte // 'N', 'R' (90° clockwise), 'I' (180°), 'B' (270°)
	Offset      int64

	// Data is the field's content. Of text: the text, lines parted by \n. Of a symbol: what a scanner returns, with GS (0x1D) for an FNC1
	// that separates; the FNC1 in first position that makes it GS1 data is told by GS1.
	Data string
	GS1  bool

	Font   Font           // of text
	Block  *TextBlock     // of text with ^FB, else nil
	Symbol *SymbolSpec    // of Code 128, Data Matrix and QR
	Box    *BoxSpec       // of a box
	Bitmap *raster.Bitmap // of a graphic
}

// check says what a field lacks that a program has made: the interpreter makes none such.
func (f *Field) check() error {
	letter := func(b byte, of string) bool { return strings.IndexByte(of, b) >= 0 }
	ok := f.Orientation == 0 || letter(f.Orientation, "NRIB")
	switch f.Kind {
	case Text:
		ok = ok && letter(f.Font.Name, fontNames) && f.Font.Height > 0 && (f.Block == nil || letter(f.Block.Justify, "LCRJ") && f.Block.Lines > 0)
	case Code128, DataMatrix:
		ok = ok && f.Symbol != nil && f.Symbol.Module > 0
		for i := 0; ok && i < len(f.Symbol.Codewords); i++ {
			ok = f.Symbol.Codewords[i] >= 0 && f.Symbol.Codewords[i] <= code128.Stop
		}
	case QR:
		ok = ok && f.Symbol != nil && f.Symbol.Module > 0 && letter(f.Symbol.Level, "LMQH")
	case Box:
		ok = ok && f.Box != nil && f.Box.Thickness > 0
	case Graphic:
		b := f.Bitmap
		ok = ok && b != nil && b.Width > 0 && b.Height > 0 && b.Stride >= (b.Width+7)/8 && len(b.Bits) == b.Stride*b.Height
	default:
		ok = false
	}
	if !ok {
		return fmt.Errorf("zpl: a field of kind %s is incomplete or has values that ZPL does not know", f.Kind)
	}
	return nil
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

// A SymbolSpec is how a symbol is to be printed.
type SymbolSpec struct {
	Module     int   // X-dimension
	Height     int   // bar height of Code 128
	HRI        bool  // Code 128: interpretation line below (or above) it
	HRIAbove   bool  //
	Codewords  []int // Code 128: symbol characters with start, check and stop character
	Rows, Cols int   // Data Matrix: forced, or 0
	Rectangle  bool  // Data Matrix: rectangular symbols allowed
	Level      byte  // QR: 'L', 'M', 'Q' or 'H'
}

// A BoxSpec is ^GB: a frame, a filled box if Thickness fills it, or a line.
type BoxSpec struct {
	Width, Height, Thickness int
	White                    bool
	Rounding                 int // 0 to 8
}
