package symbol

import "github.com/gonameplate/nameplate/gs1"

// An ErrorLevel is how much of a QR symbol may be damaged: about 7, 15, 25 or 30 % of its
// codewords.
type ErrorLevel uint8

// The error correction levels.
const (
	L ErrorLevel = iota // about 7 %
	M                   // 15 %
	Q                   // 25 %
	H                   // 30 %
)

// String returns the level's letter.
func (l ErrorLevel) String() string { return string("LMQH"[l&3]) }

// Level is the least error correction level of a QR symbol; without it that is L. A symbol has a
// higher level where that makes it no larger.
func Level(l ErrorLevel) Option { return Option{kind: optionLevel, a: int(l)} }

// QR encodes text as the smallest QR Code symbol (ISO/IEC 18004), versions 1 to 40, in the best mix
// of numeric, alphanumeric, byte and kanji mode and with the mask of the least penalty. Options are
// Level, Size, MaxHeight, MaxWidth and StructuredAppend. It fails with an [*Error] on text that is
// empty, not valid UTF-8, or does not fit.
//
// ASCII is carried as it is. Text beyond it may be carried in these ways:
//
//   - text of U+0000 to U+00FF as ISO/IEC 8859-1 after ECI 3
//   - text of ASCII and JIS X 0208 in kanji mode, without ECI
//   - text that is not of U+0000 to U+00FF as UTF-8 after ECI 26
//   - text of ASCII, JIS X 0208 and half-width katakana as Shift JIS after ECI 20, in kanji and
//     byte mode
//   - text of U+0000 to U+00FF as ISO/IEC 8859-1 without ECI: the standard's default, but many
//     readers guess
//
// The version is chosen first: the smallest that any of the ways needs at the level asked for, of
// those that the options leave. Of ways with that version the first of this list is taken, and in
// the room that is left the error correction level is raised. So the ECI before Latin text is left
// out only where it would make the symbol larger.
func QR(text string, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.QR(text, options...))
}

// QRSegments encodes text, bytes, FNC1 and ECIs. All text before the first ECI is carried in one
// way, as [QR] chooses it, and the ECI of that way is in force for what follows; text after ECI 3
// or 26 is encoded in the character set of that ECI. FNC1 may be first, or second after one letter
// or two digits, and then a separator; ECIs may precede it.
func QRSegments(segments []Segment, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.QRSegments(segments, options...))
}

// GS1QR encodes a message as the smallest GS1 QR Code symbol: QR Code with FNC1 in first position.
// It fails on a message whose structure is broken. It does not validate the message: see
// [gs1.Message.Validate].
//
// In alphanumeric mode a percent sign is the separator, and two are one percent sign (ISO/IEC
// 18004, FNC1 modes), which some readers don't know. So percent signs are in byte mode unless that
// would make the symbol larger.
func GS1QR(msg gs1.Message, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.GS1QR(msg, options...))
}

// QR is [QR] in the encoder's memory.
func (e *Encoder) QR(text string, options ...Option) (*Symbol, error) {
	return e.makeQR(options, waysOf(text), func(way reading) error {
		e.reset()
		way.current = eciLatin1
		if err := e.loadText(&way, text); err != nil { // a nil *Error is no nil error
			return err
		}
		return nil
	})
}

// QRSegments is [QRSegments] in the encoder's memory.
func (e *Encoder) QRSegments(segments []Segment, options ...Option) (*Symbol, error) {
	return e.makeQR(options, waysOfSegments(segments),
		func(way reading) error { return e.load(way, segments) })
}

// GS1QR is [GS1QR] in the encoder's memory.
func (e *Encoder) GS1QR(msg gs1.Message, options ...Option) (*Symbol, error) {
	s, err := e.makeQR(options, asIs, func(reading) error {
		_, err := e.loadMessage(SymbologyGS1QR, msg)
		return err
	})
	return as(SymbologyGS1QR, s, err)
}

// maxQR is the number of characters that the largest symbol can hold: digits.
const maxQR = 7089

// makeQR makes the symbol of the first way that gives the smallest.
func (e *Encoder) makeQR(options []Option, ways qrWaySet,
	load func(reading) error) (*Symbol, error) {
	choice, err := chooseQR(options)
	if err != nil {
		return nil, err
	}
	var data qrData
	loaded, tries, best := 0, 0, qrTry{version: noVersion + 1}
	for i, way := range qrWays {
		if ways>>i&1 == 0 || best.version == choice.least {
			continue
		}
		loaded = i
		if data, err = e.loadQR(load, way); err != nil {
			return nil, err
		}
		for _, rules := range data.rules() {
			rules.shiftJIS = way.shiftJIS
			tries++
			try := qrTry{number: tries, way: i, rules: rules, units: len(data.units)}
			try.version, try.need = e.fitQR(&choice, &data, rules)
			if try.version < best.version || try.version == noVersion && try.need < best.need {
				best = try
			}
		}
	}
	if best.version > choice.greatest {
		return nil, best.reject(&choice)
	}
	if best.way != loaded {
		if data, err = e.loadQR(load, qrWays[best.way]); err != nil {
			return nil, err
		}
	}
	if best.number != tries {
		e.qr.measure(data.units, e.ecis, best.rules, qrClass(best.version))
	}
	z := qrSize{best.version, choice.level}
	for z.level < H && best.need <= 8*(qrSize{z.version, z.level + 1}).dataWords() {
		z.level++
	}
	e.writeQR(z, &data, best.rules, choice.append)
	e.drawQR(&z)
	s := &e.symbol
	s.symbology, s.modifier = SymbologyQR, qrModifier(len(e.ecis) > 0, data.fnc1,
		len(data.indicator) > 0)
	return s, nil
}

// A qrTry is what came of one way to carry the data.
type qrTry struct {
	number, way, units int
	rules              qrRules
	version, need      int // the smallest version, and the bits
}

// noVersion is the version of data that no version holds.
const noVersion = 41

// fitQR returns the smallest version of those allowed and greater ones that holds the data at the
// level, and the bits that it takes there.
func (e *Encoder) fitQR(c *qrChoice, data *qrData, rules qrRules) (version, need int) {
	if len(data.units) > maxQR {
		return noVersion, 8 * len(data.units)
	}
	class, atLeast := -1, len(data.units)*10/3
	for version = c.least; version < noVersion; version++ {
		capacity := 8 * (qrSize{version, c.level}).dataWords()
		if capacity < atLeast && version < noVersion-1 {
			continue // not even digits would fit
		}
		if k := qrClass(version); k != class {
			class = k
			need = data.headBits(e.ecis, c.append) + e.qr.measure(data.units, e.ecis, rules, class)
		}
		if need <= capacity {
			break
		}
	}
	return version, need
}

// reject returns the reason why no symbol is made.
func (t *qrTry) reject(c *qrChoice) error {
	switch {
	case t.units > maxQR:
		return fault(SymbologyQR, ErrTooLong,
			"%d characters, want at most %d digits or fewer others", t.units, maxQR)
	case t.version == noVersion:
		return fault(SymbologyQR, ErrTooLong,
			"%d bits, and the largest symbol of level %v holds %d", t.need, c.level,
			8*qrSize{40, c.level}.dataWords())
	}
	side := qrSize{version: t.version}.side()
	return fault(SymbologyQR, ErrSize, "the largest allowed size is %d",
		qrSize{version: c.greatest}.side()).
		with("the smallest that fits is %d x %d", side, side)
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

// A qrChoice is what options ask for.
type qrChoice struct {
	level           ErrorLevel
	least, greatest int // versions
	append          Option
}

func chooseQR(options []Option) (qrChoice, error) {
	c := qrChoice{least: 1, greatest: 40}
	fixed := 0
	reject := func(kind error, format string, args ...any) (qrChoice, error) {
		return c, fault(SymbologyQR, kind, format, args...)
	}
	for _, o := range options {
		switch o.kind {
		case optionLevel:
			if o.a > int(H) {
				return reject(ErrOption, "error correction level %d, want one of L, M, Q and H",
					o.a)
			}
			c.level = ErrorLevel(o.a)
		case optionSize:
			if o.a != o.b || o.a < 21 || o.a > 177 || o.a%4 != 1 {
				return reject(ErrSize, "%d rows and %d columns, want 21, 25, 29 ... 177 of both",
					o.a, o.b)
			}
			fixed = (o.a - 17) / 4
		case optionMaxHeight, optionMaxWidth:
			if o.a < 21 {
				return reject(ErrSize, "at most %d modules, want at least 21", o.a)
			}
			c.greatest = min(c.greatest, (o.a-17)/4)
		case optionStructuredAppend:
			if position, total, id := o.a, o.b, o.c; total < 2 || total > 16 || position < 1 ||
				position > total ||
				id < 0 ||
				id > 255 {
				return reject(
					ErrOption,
					"structured append of symbol %d of %d with id %d, "+
						"want 2 to 16 symbols and an id from 0 to 255",
					position,
					total,
					id,
				)
			}
			if c.append.kind != 0 {
				return reject(ErrOption, "structured append twice")
			}
			c.append = o
		default:
			return c, o.reject(SymbologyQR)
		}
	}
	if fixed > c.greatest {
		return reject(ErrSize, "size %d is above the bound of %d", qrSize{version: fixed}.side(),
			qrSize{version: c.greatest}.side())
	}
	if fixed > 0 {
		c.least, c.greatest = fixed, fixed
	}
	return c, nil
}

// A qrSize is a version with an error correction level.
type qrSize struct {
	version int
	level   ErrorLevel
}

func (z qrSize) side() int { return 17 + 4*z.version }
