package label

import (
	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/font"
)

// A Symbology is a kind of bar code.
type Symbology uint8

// The symbologies. Those with GS1 in their name carry a GS1 message, the others plain text.
const (
	Code128 Symbology = iota
	GS1128
	DataMatrix
	GS1DataMatrix
	QR
	GS1QR
)

var symbologies = [...]string{"code128", "gs1-128", "datamatrix", "gs1-datamatrix", "qr", "gs1-qr"}

// String returns the name that templates use: "code128", "gs1-128", "datamatrix", "gs1-datamatrix", "qr" or "gs1-qr".
func (s Symbology) String() string { return symbologies[min(int(s), len(symbologies)-1)] }

// GS1 reports whether the symbology carries a GS1 message.
func (s Symbology) GS1() bool { return s == GS1128 || s == GS1DataMatrix || s == GS1QR }

// Linear reports whether the symbology is made of bars.
func (s Symbology) Linear() bool { return s <= GS1128 }

// Modules is a symbol's pattern without its quiet zone; a linear symbol has one row.
type Modules interface {
	Rows() int
	Cols() int
	Dark(row, col int) bool
	QuietZone() int // modules that must stay blank: on all sides, or left and right of a linear symbol
}

// A Symbol is a bar code on a label, with its human-readable interpretation (HRI).
type Symbol struct {
	Name       string
	X, Y       float64  // mm: the top left corner of its modules as they stand on the label, the quiet zone being around them
	Width      float64  // mm: when positive, the room across in which Align places the modules
	Align      Align    // used with Width
	Rotation   Rotation // of the symbol and its HRI
	Symbology  Symbology
	XDimension float64 // mm: width of a module, which a device with dots rounds to whole dots
	BarHeight  float64 // mm: for linear symbols
	HRI        HRI

	Message gs1.Message // what a GS1 symbology carries
	Text    string      // what another one carries
	Modules Modules     // the encoded pattern; [Template.Execute] has encoded its symbols
}

// An HRI is how a symbol's human-readable interpretation stands beside it (GS1 General Specifications, 4.14). Its text is always
// made from what is encoded.
type HRI struct {
	Place HRIPlace
	Face  font.Face
	Size  float64 // cap height, mm
}

// An HRIPlace is where the human-readable interpretation stands.
type HRIPlace uint8

// The places. Beside a symbol each element string has a line of its own; below or above bars they share lines as far as they fit.
const (
	NoHRI HRIPlace = iota
	Below
	Above
	Beside // right of the symbol
)

// A SymbolLayout is where the parts of a symbol stand on a device.
type SymbolLayout struct {
	Modules Rect    // mm: the modules
	Quiet   Rect    // mm: the modules with their quiet zone
	Module  float64 // mm: the printed X-dimension
	HRI     []Run
}

func (s *Symbol) name() string               { return s.Name }
func (s *Symbol) draw(Canvas) error          { panic("todo") }
func (s *Symbol) inks(Device) ([]ink, error) { panic("todo") }
func (t *Text) inks(Device) ([]ink, error)   { panic("todo") }
func (b *Box) inks(Device) ([]ink, error)    { panic("todo") }
func (p *Path) inks(Device) ([]ink, error)   { panic("todo") }
func (m *Image) inks(Device) ([]ink, error)  { panic("todo") }
