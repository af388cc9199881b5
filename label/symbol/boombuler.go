package symbol

import (
	"errors"
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/aztec"
	"github.com/boombuler/barcode/codabar"
	"github.com/boombuler/barcode/code39"
	"github.com/boombuler/barcode/code93"
	"github.com/boombuler/barcode/pdf417"
)

// The symbologies in this file and in retail.go are encoded by github.com/boombuler/barcode. What it would change silently
// or encode wrongly is refused before.

const code39Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"

// maxLinear is the most characters that the calls in this file take for a linear symbol; no reader comes near.
const maxLinear = 500

// Code39 encodes the 43 characters 0-9 A-Z - . space $ / + % as a Code 39 symbol (ISO/IEC 16388) without check character.
// Lower case is an error, not two characters that a reader may tell as they are.
func Code39(text string) (*Symbol, error) {
	if err := checkLinear(SymbologyCode39, text, code39Alphabet); err != nil {
		return nil, err
	}
	return fromBoombuler(SymbologyCode39, text, func() (barcode.Barcode, error) { return code39.Encode(text, false, false) })
}

// Code93 encodes the 43 characters 0-9 A-Z - . space $ / + % as a Code 93 symbol (AIM BC5) with its two check characters.
func Code93(text string) (*Symbol, error) {
	if err := checkLinear(SymbologyCode93, text, code39Alphabet); err != nil {
		return nil, err
	}
	return fromBoombuler(SymbologyCode93, text, func() (barcode.Barcode, error) { return code93.Encode(text, true, false) })
}

// Codabar encodes the characters 0-9 - $ : / . + between a start and a stop character A to D, which are given with them
// (EN 798): "A40156B".
func Codabar(text string) (*Symbol, error) {
	if len(text) < 3 || text[0] < 'A' || text[0] > 'D' || text[len(text)-1] < 'A' || text[len(text)-1] > 'D' {
		return nil, fault(SymbologyCodabar, ErrLength, "%q; it takes a start and a stop character A to D with data between", text)
	}
	if err := checkLinear(SymbologyCodabar, text[1:len(text)-1], "0123456789-$:/.+"); err != nil {
		return nil, err
	}
	return fromBoombuler(SymbologyCodabar, text, func() (barcode.Barcode, error) { return codabar.Encode(text) })
}

// Aztec encodes bytes as an Aztec Code symbol (ISO/IEC 24778) with at least 33 % error correction.
func Aztec(data []byte) (*Symbol, error) {
	if len(data) == 0 {
		return nil, fault(SymbologyAztec, ErrEmpty, "give at least one byte")
	}
	return fromBoombuler(SymbologyAztec, string(data), func() (barcode.Barcode, error) { return aztec.Encode(data, 33, 0) })
}

// PDF417 encodes ASCII text as a PDF417 symbol (ISO/IEC 15438) with error correction level 2 or higher. A row is two modules
// high. Boombuler gives readers a wrong number of rows unless it can be divided by 3; of the levels that make it so the
// lowest is taken, and text for which there is none is refused.
func PDF417(text string) (*Symbol, error) {
	if text == "" {
		return nil, fault(SymbologyPDF417, ErrEmpty, "give at least one character")
	}
	for i := range len(text) {
		if text[i] >= 0x80 {
			return nil, &Error{SymbologyPDF417, 0, i, ErrCharacter, quoteRune(text[i:]) + "; it has ASCII here"}
		}
	}
	return fromBoombuler(SymbologyPDF417, text, func() (barcode.Barcode, error) {
		for level := byte(2); level <= 8; level++ {
			code, err := pdf417.Encode(text, level)
			if err != nil {
				return nil, err
			}
			if code.Bounds().Dy()/2%3 == 0 {
				return code, nil
			}
		}
		return nil, fault(SymbologyPDF417, ErrSize, "no error correction level gives it a number of rows that can be told; add or remove a few characters")
	})
}

func checkLinear(symbology Symbology, text, alphabet string) error {
	if err := onlyOf(symbology, text, alphabet); err != nil {
		return err
	}
	if len(text) > maxLinear {
		return fault(symbology, ErrTooLong, "%d characters; at most %d", len(text), maxLinear)
	}
	return nil
}

// quoteRune quotes the first character of text.
func quoteRune(text string) string {
	for _, c := range text {
		return strconv.QuoteRune(c)
	}
	return ""
}

// fromBoombuler copies the modules of a symbol.
func fromBoombuler(symbology Symbology, content string, encode func() (barcode.Barcode, error)) (*Symbol, error) {
	code, err := encode()
	if errors.As(err, new(*Error)) {
		return nil, err
	}
	if err != nil {
		return nil, fault(symbology, ErrTooLong, "%s", strings.ToLower(err.Error()))
	}
	s := &Symbol{symbology: symbology, modifier: symbologies[symbology].modifier, content: []byte(content)}
	bounds := code.Bounds()
	s.size(bounds.Dy(), bounds.Dx())
	for row := range s.rows {
		for col := range s.cols {
			if color.GrayModel.Convert(code.At(col, row)).(color.Gray).Y < 0x80 {
				s.bits[row*s.stride()+col>>3] |= 0x80 >> (col & 7)
			}
		}
	}
	return s, nil
}
