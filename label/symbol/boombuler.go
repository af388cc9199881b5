package symbol

import (
	"errors"
	"image/color"
	"strings"
	"unicode/utf8"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/aztec"
	"github.com/boombuler/barcode/codabar"
	"github.com/boombuler/barcode/code39"
	"github.com/boombuler/barcode/code93"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// The symbologies in this file and in retail.go are encoded by github.com/boombuler/barcode. Data
// that it would change silently or encode wrongly is an error before.

const code39Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"

// maxLinear is the most characters that the calls in this file take for a linear symbol; no reader
// comes near.
const maxLinear = 500

// Code39 encodes the 43 characters 0-9 A-Z - . space $ / + % as a Code 39 symbol (ISO/IEC 16388),
// without a check character: [checkdigit.Mod43] computes one, and a reader verifies it only if it
// is configured to. Lower case is an error; Code39FullASCII encodes it.
func Code39(text string) (*Symbol, error) {
	if err := checkLinear(SymbologyCode39, text, code39Alphabet); err != nil {
		return nil, err
	}
	return encodeCode39(SymbologyCode39, text, text)
}

// Code39FullASCII encodes ASCII text as a Code 39 symbol for a reader that is configured for full
// ASCII: most characters that Code39 lacks, and $ / + %, are two in the symbol (ISO/IEC 16388,
// Annex A).
func Code39FullASCII(text string) (*Symbol, error) {
	full, err := fullASCII(SymbologyCode39FullASCII, text, code39Alphabet[:39]+" ",
		[4]string{"$", "%", "/", "+"})
	if err != nil {
		return nil, err
	}
	return encodeCode39(SymbologyCode39FullASCII, full, text)
}

func encodeCode39(symbology Symbology, full, content string) (*Symbol, error) {
	return fromBoombuler(symbology, content,
		func() (barcode.Barcode, error) { return code39.Encode(full, false, false) })
}

// Code93 encodes ASCII text as a Code 93 symbol (AIM BC5) with its two check characters. The 43
// characters 0-9 A-Z - . space $ / + % are one character in the symbol, all others two.
func Code93(text string) (*Symbol, error) {
	full, err := fullASCII(SymbologyCode93, text, code39Alphabet,
		[4]string{"\u00f1", "\u00f2", "\u00f3", "\u00f4"}) // as boombuler has them
	if err != nil {
		return nil, err
	}
	return fromBoombuler(SymbologyCode93, text,
		func() (barcode.Barcode, error) { return code93.Encode(full, true, false) })
}

// fullASCII returns text with each character that alphabet lacks as one of four shifts and a
// letter. Code 39 and Code 93 differ only in the characters that are shifts.
func fullASCII(symbology Symbology, text, alphabet string, shifts [4]string) (string, error) {
	if text == "" {
		return "", fault(symbology, ErrEmpty, "").with("give at least one character")
	}
	var full strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= 0x80 {
			return "", lacks(symbology, text, i)
		}
		if strings.IndexByte(alphabet, c) >= 0 {
			full.WriteByte(c)
			continue
		}
		shift, letter := fullASCIIPair(c)
		full.WriteString(shifts[shift])
		full.WriteByte(letter)
	}
	if utf8.RuneCountInString(full.String()) > maxLinear {
		return "", fault(symbology, ErrTooLong, "%d symbol characters, want at most %d",
			utf8.RuneCountInString(full.String()), maxLinear)
	}
	return full.String(), nil
}

// fullASCIIPair returns the index of the shift, of $ % / +, and the letter that encode a character.
func fullASCIIPair(c byte) (shift int, letter byte) {
	switch {
	case c == 0:
		return 1, 'U'
	case c <= 26:
		return 0, 'A' + c - 1
	case c < ' ':
		return 1, 'A' + c - 27
	case c < ';':
		return 2, 'A' + c - '!'
	case c < '@':
		return 1, 'F' + c - ';'
	case c == '@':
		return 1, 'V'
	case c < '`':
		return 1, 'K' + c - '['
	case c == '`':
		return 1, 'W'
	case c <= 'z':
		return 3, 'A' + c - 'a'
	}
	return 1, 'P' + c - '{'
}

// Codabar encodes the characters 0-9 - $ : / . + between a start and a stop character A to D, which
// are given with them (EN 798): "A40156B".
func Codabar(text string) (*Symbol, error) {
	const data, ends = "0123456789-$:/.+", "ABCD"
	if err := checkLinear(SymbologyCodabar, text, data+ends); err != nil {
		return nil, err
	}
	if len(text) < 3 || strings.Trim(text[:1]+text[len(text)-1:], ends) != "" ||
		strings.ContainsAny(text[1:len(text)-1], ends) {
		return nil, fault(SymbologyCodabar, ErrLength,
			"%s, want a start and a stop character A to D with data between", errtext.Quote(text))
	}
	return fromBoombuler(SymbologyCodabar, text,
		func() (barcode.Barcode, error) { return codabar.Encode(text) })
}

// Aztec encodes text of the characters U+0000 to U+00FF, which is carried as ISO/IEC 8859-1, the
// default of Aztec Code (ISO/IEC 24778), with at least 33 % error correction. The largest symbol
// holds about 1,400 bytes. zxing-cpp 1.4 may read 31 bytes too many from symbols larger than 109
// modules.
func Aztec(text string) (*Symbol, error) {
	data, err := latin1Of(SymbologyAztec, text)
	if err != nil {
		return nil, err
	}
	return encodeAztec(data, text)
}

// AztecBytes encodes bytes as they are.
func AztecBytes(data []byte) (*Symbol, error) { return encodeAztec(data, string(data)) }

func encodeAztec(data []byte, content string) (*Symbol, error) {
	if len(data) == 0 {
		return nil, fault(SymbologyAztec, ErrEmpty, "").with("give at least one byte")
	}
	return fromBoombuler(SymbologyAztec, content,
		func() (barcode.Barcode, error) { return aztec.Encode(data, 33, 0) })
}

// latin1Of returns text as ISO/IEC 8859-1.
func latin1Of(symbology Symbology, text string) ([]byte, error) {
	r := reading{symbology: symbology}
	if _, err := r.lastCharacter(text); err != nil {
		return nil, err
	}
	data := make([]byte, 0, len(text))
	for _, c := range text {
		data = append(data, byte(c))
	}
	return data, nil
}

func checkLinear(symbology Symbology, text, alphabet string) error {
	if err := onlyOf(symbology, text, alphabet); err != nil {
		return err
	}
	if len(text) > maxLinear {
		return fault(symbology, ErrTooLong, "%d characters, want at most %d", len(text), maxLinear)
	}
	return nil
}

// fromBoombuler copies the modules of a symbol.
func fromBoombuler(symbology Symbology, content string,
	encode func() (barcode.Barcode, error)) (*Symbol, error) {
	code, err := encode()
	if errors.As(err, new(*Error)) {
		return nil, err
	}
	if err != nil {
		return nil, fault(symbology, ErrTooLong, "%d bytes: %s", len(content),
			strings.ToLower(err.Error()))
	}
	s := &Symbol{symbology: symbology, modifier: symbology.traits().Identifier[2],
		content: []byte(content)}
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
