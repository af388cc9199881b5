package symbol

import (
	"fmt"

	"github.com/gonameplate/nameplate/gs1"
)

// An ErrorLevel is how much of a QR symbol may be damaged: about 7, 15, 25 or 30 % of its codewords.
type ErrorLevel uint8

const (
	L ErrorLevel = iota
	M
	Q
	H
)

// String returns the level's letter.
func (l ErrorLevel) String() string { return string("LMQH"[l&3]) }

// Level asks for at least an error correction level of a QR symbol; without it that is L. A symbol has a higher level where
// that makes it no larger.
func Level(l ErrorLevel) Option { return optionLevel | Option(l) }

// QR encodes text as the smallest QR Code symbol (ISO/IEC 18004), versions 1 to 40, in the best mix of numeric,
// alphanumeric, byte and kanji mode and with the mask of the least penalty. Text that beyond ASCII has only characters of JIS
// X 0208 uses kanji mode. Other text of the characters U+0000 to U+00FF is carried as ISO/IEC 8859-1 after ECI 3, as readers
// guess without it and take "5 µg" for "5 ｵg"; any other as UTF-8 after ECI 26. Options are Level, Size, MaxHeight, MaxWidth and StructuredAppend. It fails with an [*Error] on text that
// is empty, not valid UTF-8, or does not fit.
func QR(text string, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.QR(text, options...))
}

// QRBytes encodes bytes as they are.
func QRBytes(data []byte, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.QRBytes(data, options...))
}

// QRSegments encodes text and bytes among ECIs. FNC1 may stand first, or second after one letter or two digits, and then as
// a separator.
func QRSegments(segments []Segment, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.QRSegments(segments, options...))
}

// GS1QR encodes a message as the smallest GS1 QR Code symbol: QR Code with FNC1 in first position. It fails on a message
// whose structure is broken; whether it is valid GS1 is [gs1.Message.Validate]'s question.
func GS1QR(msg gs1.Message, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.GS1QR(msg, options...))
}

var qrReading = reading{symbology: SymbologyQR, eci: true, kanji: true, announce: true}

// QR is [QR] in the encoder's memory.
func (e *Encoder) QR(text string, options ...Option) (*Symbol, error) {
	e.reset()
	r := qrReading
	r.current = eciLatin1
	if err := e.loadText(&r, text); err != nil {
		return nil, err
	}
	return e.makeQR(options)
}

// QRBytes is [QRBytes] in the encoder's memory.
func (e *Encoder) QRBytes(data []byte, options ...Option) (*Symbol, error) {
	e.reset()
	e.loadBytes(data)
	return e.makeQR(options)
}

// QRSegments is [QRSegments] in the encoder's memory.
func (e *Encoder) QRSegments(segments []Segment, options ...Option) (*Symbol, error) {
	if err := e.load(qrReading, segments); err != nil {
		return nil, err
	}
	return e.makeQR(options)
}

// GS1QR is [GS1QR] in the encoder's memory.
func (e *Encoder) GS1QR(msg gs1.Message, options ...Option) (*Symbol, error) {
	if _, err := e.loadMessage(SymbologyQR, msg); err != nil {
		return nil, err
	}
	return e.makeQR(options)
}

// maxQR is the number of characters that the largest symbol can hold: digits.
const maxQR = 7089

func (e *Encoder) makeQR(options []Option) (*Symbol, error) {
	if err := e.refuseEmpty(SymbologyQR); err != nil {
		return nil, err
	}
	choice, err := chooseQR(options)
	if err != nil {
		return nil, err
	}
	lead := leadOfIndicator(e.units)
	marked := e.units[0] == unitFNC1 || lead > 0
	for i, u := range e.units {
		if u == unitFNC1 && !marked {
			return nil, fault(SymbologyQR, ErrCharacter, "fnc1 at character %d; it stands first or after one letter or two digits, and then as a separator", i)
		}
	}
	if len(e.units) > maxQR {
		return nil, fault(SymbologyQR, ErrTooLong, "%d characters; the largest symbol holds %d digits or fewer others", len(e.units), maxQR)
	}
	header := qrHeader{append: choice.append}
	units := e.units
	if marked {
		header.indicator = append(header.store[:0], units[:lead]...)
		header.fnc1 = true
		units = units[lead+1:]
	}
	z, err := e.sizeQR(&choice, units, &header)
	if err != nil {
		return nil, err
	}
	e.writeQR(&z, units, &header)
	e.drawQR(&z)
	s := &e.symbol
	s.symbology, s.modifier = SymbologyQR, qrModifier(len(e.ecis) > 0, header.fnc1, lead > 0)
	return s, nil
}

// qrModifier returns the modifier of the symbology identifier (ISO/IEC 15424).
func qrModifier(eci, fnc1, second bool) byte {
	modifier := byte('1')
	if eci {
		modifier++
	}
	if fnc1 {
		modifier += 2
	}
	if second {
		modifier += 2
	}
	return modifier
}

// A qrHeader is what stands before the data.
type qrHeader struct {
	append    Option // structured append, or 0
	fnc1      bool
	indicator []unit // before an FNC1 in second position
	store     [2]unit
}

// bits returns the length of the header.
func (h *qrHeader) bits() (n int) {
	if h.append != 0 {
		n += 4 + 8 + 8
	}
	if h.fnc1 {
		n += 4
	}
	if len(h.indicator) > 0 {
		n += 8
	}
	return n
}

// A qrChoice is what options ask for.
type qrChoice struct {
	level           ErrorLevel
	least, greatest int // versions
	append          Option
}

func chooseQR(options []Option) (qrChoice, error) {
	c := qrChoice{least: 1, greatest: 40}
	refuse := func(kind error, format string, args ...any) (qrChoice, error) {
		return c, fault(SymbologyQR, kind, format, args...)
	}
	for _, o := range options {
		switch rows, cols := int(o>>16&0xFFFF), int(o&0xFFFF); o & optionKinds {
		case optionLevel:
			if cols > int(H) {
				return refuse(ErrOption, "there is no error correction level %d", cols)
			}
			c.level = ErrorLevel(cols)
		case optionSize:
			if rows != cols || rows < 21 || rows > 177 || rows%4 != 1 {
				return refuse(ErrSize, "there is no size of %d rows and %d columns; sizes are 21, 25, 29 ... 177", rows, cols)
			}
			c.least, c.greatest = (rows-17)/4, (rows-17)/4
		case optionMaxHeight, optionMaxWidth:
			if cols < 21 {
				return refuse(ErrSize, "no size is of at most %d modules; the smallest has 21", cols)
			}
			c.greatest = min(c.greatest, (cols-17)/4)
		case optionStructuredAppend:
			if position, total, id := o.structuredAppend(); total < 2 || total > 16 || position < 1 || position > total || id > 255 {
				return refuse(ErrOption, "structured append of symbol %d of %d with id %d; a set has 2 to 16 symbols and an id up to 255", position, total, id)
			}
			c.append = o
		default:
			return refuse(ErrOption, "option %#x is for another symbology", uint64(o))
		}
	}
	return c, nil
}

// A qrSize is a version with an error correction level.
type qrSize struct {
	version int
	level   ErrorLevel
}

func (z qrSize) side() int { return 17 + 4*z.version }

// sizeQR finds the smallest version for units, and the highest level that it has room for.
func (e *Encoder) sizeQR(c *qrChoice, units []unit, header *qrHeader) (qrSize, error) {
	need, class := 0, -1
	smallest := 0 // of all versions, for the error
	for version := 1; version <= 40; version++ {
		if k := qrClass(version); k != class {
			class = k
			need = header.bits() + e.qr.measure(units, e.ecis, header.fnc1, class)
		}
		z := qrSize{version, c.level}
		if need > 8*z.dataWords() {
			continue
		}
		if version < c.least {
			continue
		}
		if version > c.greatest {
			smallest = z.side()
			break
		}
		for z.level < H && need <= 8*(qrSize{version, z.level + 1}).dataWords() {
			z.level++
		}
		return z, nil
	}
	if smallest == 0 {
		return qrSize{}, fault(SymbologyQR, ErrTooLong, "%d bits; the largest symbol of level %v holds %d", need, c.level, 8*qrSize{40, c.level}.dataWords())
	}
	detail := fmt.Sprintf("the largest allowed size is %d; the smallest that fits is %d x %d", qrSize{version: c.greatest}.side(), smallest, smallest)
	return qrSize{}, fault(SymbologyQR, ErrSize, "%s", detail)
}
