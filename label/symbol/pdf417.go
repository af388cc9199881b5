package symbol

import (
	"errors"
	"image"
	"image/color"
	"strings"
	"sync"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/pdf417"
)

// PDF417 encodes text of the characters U+0000 to U+00FF, which is carried as ISO/IEC 8859-1, the default of PDF417
// (ISO/IEC 15438), with the error correction level that the standard recommends, or less where only that fits. A row is three
// modules high. It fails on text that takes more than 900 codewords, about 1,700 letters or 1,000 bytes, and on some in which
// one control character or character above U+007F stands alone between punctuation and other text, which boombuler would
// encode as another.
func PDF417(text string) (*Symbol, error) {
	data, err := latin1Of(SymbologyPDF417, text)
	if err != nil {
		return nil, err
	}
	s, err := encodePDF417(string(data), text)
	if e := (*Error)(nil); errors.As(err, &e) && e.Offset > 0 {
		e.Offset = len(string([]rune(text)[:e.Offset]))
	}
	return s, err
}

// PDF417Bytes encodes bytes as they are.
func PDF417Bytes(data []byte) (*Symbol, error) { return encodePDF417(string(data), string(data)) }

func encodePDF417(data, content string) (*Symbol, error) {
	if data == "" {
		return nil, fault(SymbologyPDF417, ErrEmpty, "give at least one character")
	}
	if at := pdf417Misled(data); at >= 0 {
		return nil, &Error{SymbologyPDF417, 0, at, ErrCharacter, "a lone control character or byte after punctuation, which boombuler encodes wrongly; give a letter before it, or two bytes"}
	}
	return fromBoombuler(SymbologyPDF417, content, func() (barcode.Barcode, error) {
		code, err := pdf417OfLevel(data, pdf417LeastLevel)
		if err != nil {
			return nil, err
		}
		for level := pdf417Recommended(code.words()); level > pdf417LeastLevel; level-- {
			if more, err := pdf417OfLevel(data, level); err == nil {
				return more, nil
			}
		}
		return code, nil
	})
}

// pdf417LeastLevel is the error correction level for little data, and for data that leaves no room for more.
const pdf417LeastLevel = 2

// pdf417Recommended returns the least error correction level for a number of data codewords (ISO/IEC 15438, Annex E).
func pdf417Recommended(words int) byte {
	switch {
	case words <= 40:
		return 2
	case words <= 160:
		return 3
	case words <= 320:
		return 4
	}
	return 5
}

// A pdf417Code is a symbol of boombuler's, whose rows are two modules high, made right: the indicator left of every third
// row, which tells the number of rows, is right there only for numbers that can be divided by 3. The others get those of a
// symbol of the next such number, which are what theirs should be.
type pdf417Code struct {
	barcode.Barcode
	indicators barcode.Barcode // or nil
}

const (
	pdf417Word       = 17 // modules of a codeword
	pdf417RowHeight  = 3
	boombulersHeight = 2
)

func pdf417OfLevel(data string, level byte) (*pdf417Code, error) {
	code, err := pdf417.Encode(data, level)
	if err != nil {
		return nil, err
	}
	c := &pdf417Code{Barcode: code}
	if rows := c.rows(); rows%3 != 0 {
		c.indicators = pdf417OfRows((rows + 2) / 3 * 3)
	}
	return c, nil
}

func (c *pdf417Code) rows() int { return c.Barcode.Bounds().Dy() / boombulersHeight }

// words returns the number of codewords without those of the indicators.
func (c *pdf417Code) words() int { return c.rows() * (c.Bounds().Dx()/pdf417Word - 4) }

func (c *pdf417Code) Bounds() image.Rectangle {
	return image.Rect(0, 0, c.Barcode.Bounds().Dx(), c.rows()*pdf417RowHeight)
}

func (c *pdf417Code) At(x, y int) color.Color {
	row := y / pdf417RowHeight
	if c.indicators != nil && row%3 == 0 && x/pdf417Word == 1 {
		return c.indicators.At(x, row*boombulersHeight)
	}
	return c.Barcode.At(x, row*boombulersHeight)
}

// pdf417OfRows returns a symbol of boombuler's with a number of rows, whatever is in it.
func pdf417OfRows(rows int) barcode.Barcode {
	if known, ok := pdf417ByRows.Load(rows); ok {
		return known.(barcode.Barcode)
	}
	for n := 1; ; n++ {
		code, err := pdf417.Encode(strings.Repeat("A", n), pdf417LeastLevel)
		if err != nil {
			panic("symbol: pdf417: there is no symbol of that many rows")
		}
		if code.Bounds().Dy() == rows*boombulersHeight {
			pdf417ByRows.Store(rows, code)
			return code
		}
	}
}

var pdf417ByRows sync.Map // int to barcode.Barcode

const (
	pdf417Mixed       = "0123456789&\r\t,:#-.$/+%*=^ "
	pdf417Punctuation = ";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'"
)

// pdf417Misled finds a byte after which boombuler goes on in the punctuation submode when readers are back in upper case, or
// returns -1. It cuts data as boombuler does: numbers of 13 digits, text of 5 characters, and bytes. Text in the punctuation
// submode that has an odd number of values is padded with one that means upper case, and boombuler forgets it when a single
// byte follows, for which it stays in text.
func pdf417Misled(data string) int {
	var atEnd bool // the text before the byte before i ended in punctuation, padded
	shifted, text, submode := -1, true, byte('u')
	for i := 0; i < len(data); {
		rest := data[i:]
		if n := pdf417Digits(rest); n >= 13 || n == len(rest) {
			i, text, submode, shifted = i+n, false, 'u', -1
			continue
		}
		if n := pdf417Text(rest); n >= 5 || n == len(rest) {
			switch {
			case !text:
				submode = 'u'
			case shifted >= 0 && atEnd:
				return shifted
			}
			values := 0
			submode, values = pdf417Submode(rest[:n], submode)
			i, text, shifted, atEnd = i+n, true, -1, submode == 'p' && values%2 == 1
			continue
		}
		n := 1
		for n < len(rest) && pdf417Digits(rest[n:]) < 13 && pdf417Text(rest[n:]) <= 5 {
			n++
		}
		if shifted = i; n > 1 || !text {
			shifted, text, submode = -1, false, 'u'
		}
		i += n
	}
	return -1
}

// pdf417Digits returns how many digits data begins with.
func pdf417Digits(data string) int { return len(data) - len(strings.TrimLeft(data, "0123456789")) }

// pdf417Text returns how many characters of text data begins with, up to a long number.
func pdf417Text(data string) (n int) {
	for n < len(data) {
		c := data[n]
		if pdf417Digits(data[n:]) >= 13 || c != '\t' && c != '\n' && c != '\r' && (c < ' ' || c > '~') {
			break
		}
		n++
	}
	return n
}

// pdf417Submode returns the submode (upper, lower, mixed, punctuation) in which boombuler ends a text, and its number of values.
func pdf417Submode(text string, submode byte) (end byte, values int) {
	for i := 0; i < len(text); values++ {
		c := text[i]
		upper, lower := c == ' ' || c >= 'A' && c <= 'Z', c == ' ' || c >= 'a' && c <= 'z'
		mixed := strings.IndexByte(pdf417Mixed, c) >= 0
		to := submode
		switch {
		case submode == 'u' && upper, submode == 'l' && lower, submode == 'm' && mixed, submode == 'p' && strings.IndexByte(pdf417Punctuation, c) >= 0:
		case submode == 'p' || submode == 'm' && upper:
			to = 'u'
		case submode != 'l' && lower:
			to = 'l'
		case submode == 'l' && upper:
			values++ // a shift
		case mixed:
			to = 'm'
		case submode == 'm' && i+1 < len(text) && strings.IndexByte(pdf417Punctuation, text[i+1]) >= 0:
			to = 'p'
		default:
			values++ // a shift
		}
		if to == submode {
			i++
		}
		submode = to
	}
	return submode, values
}
