package symbol

import (
	"slices"

	"github.com/boombuler/barcode"

	"github.com/gonameplate/nameplate/gs1"
)

// A Symbology is a kind of symbol. The zero value is none.
type Symbology uint8

// The symbologies. Those with GS1 in their name carry a [gs1.Message], the others text.
const (
	SymbologyCode128                Symbology = iota + 1 // ISO/IEC 15417
	SymbologyGS1128                                      // Code 128 with FNC1 first
	SymbologyDataMatrix                                  // Data Matrix ECC 200, ISO/IEC 16022
	SymbologyGS1DataMatrix                               // Data Matrix with FNC1 first
	SymbologyDataMatrixRectangle                         // the six rectangles of ISO/IEC 16022
	SymbologyGS1DataMatrixRectangle                      // the same with FNC1 first
	SymbologyQR                                          // QR Code, ISO/IEC 18004
	SymbologyGS1QR                                       // QR Code with FNC1 first
	SymbologyEAN13                                       // ISO/IEC 15420
	SymbologyEAN8
	SymbologyUPCA
	SymbologyUPCE
	SymbologyITF14           // ISO/IEC 16390, with bearer bars
	SymbologyCode39          // ISO/IEC 16388
	SymbologyCode39FullASCII // Code 39, most characters written as two
	SymbologyCode93          // AIM BC5
	SymbologyCodabar         // EN 798
	SymbologyAztec           // ISO/IEC 24778
	SymbologyPDF417          // ISO/IEC 15438
)

// Traits are all that a program needs to know about a symbology to use its symbols.
type Traits struct {
	Name   string    // as templates and errors have it, such as "gs1-128"
	Base   Symbology // the symbology whose modules it uses: Code 128 for GS1-128; 0 is itself
	Kind   string    // boombuler's name, for [Symbol.Metadata]
	Linear bool      // made of bars: one row of modules
	GS1    bool      // carries a GS1 message

	// QuietLeft and QuietRight are the light margins that its standard requires, in modules. A
	// symbol that is not linear has QuietLeft above and below too.
	QuietLeft, QuietRight int

	// Identifier is the symbology identifier (ISO/IEC 15424) of a symbol without ECI. Data can
	// change its modifier: see [Symbol.SymbologyIdentifier].
	Identifier string

	// BarHeight is the height of bars at the nominal size, in modules: 69.24 for EAN-13 (22.85 mm
	// at an X-dimension of 0.33 mm). It is 0 where the standard has none that goes with the
	// X-dimension.
	BarHeight float64

	// GuardBars is how far the bars at [Symbol.Guard] columns reach below the others where the
	// interpretation is below, and BearerBars how thick the bars above and below the others are,
	// which keep a slanted scan from reading a part of the symbol; in modules, 0 for none.
	GuardBars, BearerBars int

	guards  [][2]int                     // columns from, to of the guard bars
	groups  func(content string) []Group // of the interpretation; nil: the content in one line
	options []Option                     // precede the caller's in Encode
	encode  encodeFunc
}

// An encodeFunc encodes text or a message, whichever its symbology carries.
type encodeFunc = func(*Encoder, string, gs1.Message, []Option) (*Symbol, error)

// traits has a row for each symbology; the rest of the module goes by it, so that a new symbology
// is a new row. It is filled by init because its encoders report errors with its names.
var traits []Traits

func init() {
	traits = []Traits{
		SymbologyCode128: {
			Name: "code128", Kind: barcode.TypeCode128, Linear: true, QuietLeft: 10, QuietRight: 10,
			Identifier: "]C0", encode: text((*Encoder).Code128),
		},
		SymbologyGS1128: {
			Name: "gs1-128", Base: SymbologyCode128, Kind: barcode.TypeCode128, Linear: true,
			GS1:       true,
			QuietLeft: 10, QuietRight: 10, Identifier: "]C1", encode: message((*Encoder).GS1128),
		},
		SymbologyDataMatrix: {
			Name: "datamatrix", Kind: barcode.TypeDataMatrix, QuietLeft: 1, QuietRight: 1,
			Identifier: "]d1", encode: text((*Encoder).DataMatrix),
		},
		SymbologyGS1DataMatrix: {
			Name: "gs1-datamatrix", Base: SymbologyDataMatrix, Kind: barcode.TypeDataMatrix,
			GS1:       true,
			QuietLeft: 1, QuietRight: 1, Identifier: "]d2",
			encode: message((*Encoder).GS1DataMatrix),
		},
		SymbologyDataMatrixRectangle: {
			Name: "datamatrix-rectangle", Base: SymbologyDataMatrix, Kind: barcode.TypeDataMatrix,
			QuietLeft: 1, QuietRight: 1, Identifier: "]d1",
			options: []Option{OnlyRectangles}, encode: text((*Encoder).DataMatrix),
		},
		SymbologyGS1DataMatrixRectangle: {
			Name: "gs1-datamatrix-rectangle", Base: SymbologyDataMatrix,
			Kind: barcode.TypeDataMatrix, GS1: true,
			QuietLeft: 1, QuietRight: 1, Identifier: "]d2",
			options: []Option{OnlyRectangles}, encode: message((*Encoder).GS1DataMatrix),
		},
		SymbologyQR: {
			Name: "qr", Kind: barcode.TypeQR, QuietLeft: 4, QuietRight: 4, Identifier: "]Q1",
			options: []Option{Level(M)}, encode: text((*Encoder).QR),
		},
		SymbologyGS1QR: {
			Name: "gs1-qr", Base: SymbologyQR, Kind: barcode.TypeQR, GS1: true, QuietLeft: 4,
			QuietRight: 4,
			Identifier: "]Q3", options: []Option{Level(M)}, encode: message((*Encoder).GS1QR),
		},
		SymbologyEAN13: {
			Name: "ean-13", Kind: barcode.TypeEAN13, Linear: true, QuietLeft: 11, QuietRight: 7,
			Identifier: "]E0", BarHeight: 69.24, GuardBars: 5,
			guards: [][2]int{{0, 3}, {45, 50}, {92, 95}},
			groups: ean13Groups, encode: plain(EAN13),
		},
		SymbologyEAN8: {
			Name: "ean-8", Kind: barcode.TypeEAN8, Linear: true, QuietLeft: 7, QuietRight: 7,
			Identifier: "]E4", BarHeight: 55.24, GuardBars: 5,
			guards: [][2]int{{0, 3}, {31, 36}, {64, 67}},
			groups: ean8Groups, encode: plain(EAN8),
		},
		SymbologyUPCA: {
			Name: "upc-a", Kind: barcode.TypeEAN13, Linear: true, QuietLeft: 9, QuietRight: 9,
			Identifier: "]E0", BarHeight: 69.24, GuardBars: 5,
			guards: [][2]int{{0, 10}, {45, 50}, {85, 95}},
			groups: upcaGroups, encode: plain(UPCA),
		},
		SymbologyUPCE: {
			Name: "upc-e", Kind: "UPC E", Linear: true, QuietLeft: 9, QuietRight: 7,
			Identifier: "]E0", BarHeight: 69.24, GuardBars: 5, guards: [][2]int{{0, 3}, {45, 51}},
			groups: upceGroups, encode: plain(UPCE),
		},
		SymbologyITF14: {
			Name: "itf-14", Kind: barcode.Type2of5Interleaved, Linear: true, QuietLeft: 10,
			QuietRight: 10,
			Identifier: "]I1", BearerBars: 2, groups: itf14Groups, encode: plain(ITF14),
		},
		SymbologyCode39: {
			Name: "code39", Kind: barcode.TypeCode39, Linear: true, QuietLeft: 10, QuietRight: 10,
			Identifier: "]A0", encode: plain(Code39),
		},
		SymbologyCode39FullASCII: {
			Name: "code39-full-ascii", Base: SymbologyCode39, Kind: barcode.TypeCode39,
			Linear:    true,
			QuietLeft: 10, QuietRight: 10, Identifier: "]A4", encode: plain(Code39FullASCII),
		},
		SymbologyCode93: {
			Name: "code93", Kind: barcode.TypeCode93, Linear: true, QuietLeft: 10, QuietRight: 10,
			Identifier: "]G0", encode: plain(Code93),
		},
		SymbologyCodabar: {
			Name: "codabar", Kind: barcode.TypeCodabar, Linear: true, QuietLeft: 10, QuietRight: 10,
			Identifier: "]F0", encode: plain(Codabar),
		},
		SymbologyAztec: {
			Name: "aztec", Kind: barcode.TypeAztec, Identifier: "]z0", encode: plain(Aztec),
		},
		SymbologyPDF417: {
			Name: "pdf417", Kind: barcode.TypePDF, QuietLeft: 2, QuietRight: 2, Identifier: "]L2",
			encode: optional(PDF417),
		},
	}
}

// text, message, optional and plain fit encoders into a row.

func text(encode func(*Encoder, string, ...Option) (*Symbol, error)) encodeFunc {
	return func(e *Encoder, text string, _ gs1.Message, options []Option) (*Symbol, error) {
		return encode(e, text, options...)
	}
}

func message(encode func(*Encoder, gs1.Message, ...Option) (*Symbol, error)) encodeFunc {
	return func(e *Encoder, _ string, msg gs1.Message, options []Option) (*Symbol, error) {
		return encode(e, msg, options...)
	}
}

func optional(encode func(string, ...Option) (*Symbol, error)) encodeFunc {
	return func(_ *Encoder, text string, _ gs1.Message, options []Option) (*Symbol, error) {
		return encode(text, options...)
	}
}

func plain(encode func(string) (*Symbol, error)) encodeFunc {
	return func(_ *Encoder, text string, _ gs1.Message, options []Option) (*Symbol, error) {
		s, err := encode(text)
		if err == nil && len(options) > 0 {
			return nil, options[0].reject(s.symbology)
		}
		return s, err
	}
}

// Symbologies returns all symbologies.
func Symbologies() []Symbology {
	all := make([]Symbology, 0, len(traits)-1)
	for i := range traits[1:] {
		all = append(all, Symbology(i+1))
	}
	return all
}

// ParseSymbology returns the symbology of a name as [Symbology.String] returns it, and whether
// there is one.
func ParseSymbology(name string) (Symbology, bool) {
	i := slices.IndexFunc(traits, func(t Traits) bool { return t.Name == name })
	return Symbology(max(i, 0)), i > 0
}

// Traits returns the traits of the symbology; those of none are zero.
func (s Symbology) Traits() Traits { return *s.traits() }

func (s Symbology) traits() *Traits {
	if int(s) >= len(traits) {
		s = 0
	}
	return &traits[s]
}

// String returns the symbology's name as templates and errors have it, such as "code128",
// "gs1-datamatrix" or "ean-13".
func (s Symbology) String() string { return s.traits().Name }

// GS1 reports whether the symbology carries a GS1 message.
func (s Symbology) GS1() bool { return s.traits().GS1 }

// Linear reports whether the symbology is made of bars.
func (s Symbology) Linear() bool { return s.traits().Linear }

// Base returns the symbology whose modules s uses: Code 128 for GS1-128, Data Matrix for its GS1
// and rectangular kinds, s itself for most.
func (s Symbology) Base() Symbology {
	if base := s.traits().Base; base != 0 {
		return base
	}
	return s
}

// Encode encodes a symbol of any symbology: of msg if the symbology carries GS1 messages, and of
// text otherwise. QR symbols have at least error correction level M unless an option says
// otherwise. The errors are those of the symbology's own function; without a symbology the error
// wraps [ErrSymbology].
func Encode(s Symbology, text string, msg gs1.Message, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.Encode(s, text, msg, options...))
}

// Encode is [Encode] in the encoder's memory, for those symbologies that have a method of the
// encoder.
func (e *Encoder) Encode(s Symbology, text string, msg gs1.Message,
	options ...Option) (*Symbol, error) {
	t := s.traits()
	if t.encode == nil {
		return nil, fault(s, ErrSymbology, "%d", s)
	}
	switch {
	case len(options) == 0:
		options = t.options
	case len(t.options) > 0:
		options = append(slices.Clip(t.options), options...)
	}
	made, err := t.encode(e, text, msg, options)
	return as(s, made, err)
}

// as returns a symbol, or the error about it, as one of symbology s, which is a kind of the one
// that encoded it.
func as(s Symbology, made *Symbol, err error) (*Symbol, error) {
	if e, ok := err.(*Error); ok {
		e.Symbology = s
	}
	if made != nil {
		made.symbology = s
	}
	return made, err
}
