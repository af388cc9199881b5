package symbol

import (
	"image"
	"image/color"

	"github.com/boombuler/barcode"
)

// A Symbol is an encoded symbol: a grid of dark and light modules without its quiet zone. A linear
// symbol has one row.
//
// It satisfies image.Image (one pixel per module, bounds from 0,0) and boombuler's barcode.Barcode.
// Its zero value has no modules.
type Symbol struct {
	symbology  Symbology
	modifier   byte // of the symbology identifier: the '1' of "]C1"
	rows, cols int
	bits       []byte // rows of (cols+7)/8 bytes, the leftmost module in the highest bit
	words      []byte
	used       int // words that are not padding
	content    []byte
}

var _ barcode.Barcode = (*Symbol)(nil)

// Symbology returns the kind of symbol.
func (s *Symbol) Symbology() Symbology { return s.symbology }

// Rows returns the number of module rows without quiet zone; 1 for a linear symbol.
func (s *Symbol) Rows() int { return s.rows }

// Cols returns the number of module columns without quiet zone.
func (s *Symbol) Cols() int { return s.cols }

// Dark reports whether the module is dark. Outside the symbol it is light, as the quiet zone is.
func (s *Symbol) Dark(row, col int) bool {
	if uint(row) >= uint(s.rows) || uint(col) >= uint(s.cols) {
		return false
	}
	return s.bits[row*s.stride()+col>>3]&(0x80>>(col&7)) != 0
}

func (s *Symbol) stride() int { return (s.cols + 7) >> 3 }

// Codewords returns what the modules encode. For Code 128 these are the symbol character values (0
// to 106), from the start character to the check and stop characters; for Data Matrix and QR the
// data codewords with their padding, without the error correction. For the other symbologies it
// returns none.
func (s *Symbol) Codewords() []int {
	words := make([]int, len(s.words))
	for i, w := range s.words {
		words[i] = int(w)
	}
	return words
}

// Capacity returns how many of the codewords are used, and how many there are: the others are
// padding.
func (s *Symbol) Capacity() (used, total int) { return s.used, len(s.words) }

// QuietZone returns the width in modules of the light margin that the standard requires: left and
// right of a linear symbol, the greater of the two, and on all sides of a matrix symbol.
func (s *Symbol) QuietZone() int {
	t := s.symbology.traits()
	return max(t.QuietLeft, t.QuietRight)
}

// SymbologyIdentifier returns what a reader sends before the data, such as "]C1" for GS1-128 or
// "]d2" for GS1 DataMatrix (ISO/IEC 15424).
func (s *Symbol) SymbologyIdentifier() string {
	t := s.symbology.traits()
	if t.Identifier == "" {
		return ""
	}
	return t.Identifier[:2] + string(rune(s.modifier))
}

// Content returns the encoded data: the text or bytes that were given, or the element string of a
// GS1 message, with GS (0x1D) for each FNC1 that separates. After the symbology identifier that is
// what a reader sends, unless the symbol has an ECI.
func (s *Symbol) Content() string { return string(s.content) }

// Metadata returns the kind of symbol and its dimensions (1 or 2), for boombuler's functions.
func (s *Symbol) Metadata() barcode.Metadata {
	dimensions := byte(2)
	if s.linear() {
		dimensions = 1
	}
	return barcode.Metadata{CodeKind: s.symbology.traits().Kind, Dimensions: dimensions}
}

func (s *Symbol) linear() bool { return s.rows == 1 }

// palette has the light module first: an index is a module.
var palette = color.Palette{color.Gray{Y: 0xFF}, color.Gray{}}

// ColorModel returns a palette of white and black.
func (s *Symbol) ColorModel() color.Model { return palette }

// Bounds returns the symbol's size in modules, from 0,0, without quiet zone.
func (s *Symbol) Bounds() image.Rectangle { return image.Rect(0, 0, s.cols, s.rows) }

// At returns black for a dark module and white for all else.
func (s *Symbol) At(x, y int) color.Color { return palette[s.ColorIndexAt(x, y)] }

// ColorIndexAt returns 1 for a dark module and 0 for all else, which makes a Symbol an
// image.PalettedImage.
func (s *Symbol) ColorIndexAt(x, y int) uint8 {
	if s.Dark(y, x) {
		return 1
	}
	return 0
}

// size makes s a grid of light modules.
func (s *Symbol) size(rows, cols int) {
	s.rows, s.cols = rows, cols
	n := rows * s.stride()
	if cap(s.bits) < n {
		s.bits = make([]byte, n)
		return
	}
	s.bits = s.bits[:n]
	clear(s.bits)
}

// clone returns a copy that shares nothing with s. A symbol of the usual size is a single
// allocation.
func (s *Symbol) clone() *Symbol {
	var c *Symbol
	var store []byte
	if n := len(s.bits) + len(s.words) + len(s.content); n <= len(roomySymbol{}.store) {
		r := new(roomySymbol)
		c, store = &r.Symbol, r.store[:0]
	} else {
		c, store = new(Symbol), make([]byte, 0, n)
	}
	*c = *s
	for _, part := range []*[]byte{&c.bits, &c.words, &c.content} {
		from := len(store)
		store = append(store, *part...)
		*part = store[from:len(store):len(store)]
	}
	return c
}

// A roomySymbol is a symbol with the memory that it needs.
type roomySymbol struct {
	Symbol
	store [256 - 16]byte
}
