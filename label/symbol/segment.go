package symbol

// A Segment is a part of a symbol's data: [Text], [Bytes], a function character ([FNC1] to [FNC3])
// or an [ECI].
type Segment interface{ segment() }

// Text is valid UTF-8.
type Text string

// Bytes are carried as they are, whatever they mean.
type Bytes []byte

// An FNC is a function character.
type FNC uint8

// FNC1 in the first position marks GS1 data, in the second (after one letter or two digits) data of
// an industry that AIM has given an indicator; anywhere else it separates, and a reader sends GS
// (0x1D). FNC2 (append to the next message) and FNC3 (program the reader) exist in Code 128 only.
// FNC4 is not a segment: the encoder writes bytes above 0x7F with it.
const (
	FNC1 FNC = 1
	FNC2 FNC = 2
	FNC3 FNC = 3
)

// ECI is an Extended Channel Interpretation, 0 to 999999: the character set of the bytes after it
// (AIM Extended Channel Interpretations). 3 is ISO/IEC 8859-1, 20 is Shift JIS, 26 is UTF-8. After
// an ECI other than 3 and 26 data is given as [Bytes].
type ECI uint32

const (
	eciLatin1   ECI = 3
	eciShiftJIS ECI = 20
	eciUTF8     ECI = 26
	maxECI      ECI = 999999
)

func (Text) segment()  {}
func (Bytes) segment() {}
func (FNC) segment()   {}
func (ECI) segment()   {}

// A unit is what encoders work on: a byte, a function character, or an ECI.
type unit uint16

const (
	unitFNC unit = 0x100 + iota // FNCn is unitFNC+n
	unitFNC1
	unitFNC2
	unitFNC3
	unitECI // unitECI+i is the ECI of Encoder.ecis[i]

	unitKanji unit = 0xE000 // unitKanji+v is the character of kanji mode with 13-bit value v
)

const separator = 0x1D // GS, which replaces FNC1 where there are only bytes

// isDigit reports whether u is a decimal digit.
func (u unit) isDigit() bool { return u-'0' < 10 }

// isECI reports whether u is an ECI.
func (u unit) isECI() bool { return u >= unitECI && u < unitKanji }

// leadOfIndicator returns how many units precede an FNC1 in second position: a letter or two
// digits. It is 0 when there is no such FNC1.
func leadOfIndicator(units []unit) int {
	isLetter := func(u unit) bool { return u|0x20 >= 'a' && u|0x20 <= 'z' }
	switch {
	case len(units) > 1 && units[1] == unitFNC1 && isLetter(units[0]):
		return 1
	case len(units) > 2 && units[2] == unitFNC1 && units[0].isDigit() && units[1].isDigit():
		return 2
	}
	return 0
}

// A reading is how text turns to bytes. Text that is not of ISO/IEC 8859-1 is always announced by
// an ECI.
type reading struct {
	symbology Symbology
	eci       bool // the symbology has ECIs
	kanji     bool // text is of ASCII and the characters of kanji mode
	latin1    bool // ISO/IEC 8859-1 is announced by an ECI
	shiftJIS  bool // text is announced as Shift JIS
	utf8      bool // all text beyond ASCII is UTF-8
	current   ECI
}

// load makes units of segments, and the content that a symbol reports.
func (e *Encoder) load(r reading, segments []Segment) error {
	e.reset()
	r.current = eciLatin1
	for i, s := range segments {
		var err *Error
		switch s := s.(type) {
		case Text:
			err = e.loadText(&r, string(s))
		case Bytes:
			e.loadBytes(s)
		case FNC:
			err = e.loadFNC(r, s)
		case ECI:
			err = e.loadECI(&r, s)
		default:
			err = fault(r.symbology, ErrCharacter, "segment of unknown type %T", s)
		}
		if err != nil {
			err.Segment = i
			return err
		}
	}
	return e.rejectEmpty(r.symbology)
}

func (e *Encoder) rejectEmpty(s Symbology) error {
	if len(e.units) == 0 {
		return fault(s, ErrEmpty, "").with("give at least one character")
	}
	return nil
}

func (e *Encoder) reset() {
	e.units, e.ecis, e.symbol.content = e.units[:0], e.ecis[:0], e.symbol.content[:0]
}

func (e *Encoder) loadBytes(data []byte) {
	e.symbol.content = append(e.symbol.content, data...)
	for _, b := range data {
		e.units = append(e.units, unit(b))
	}
}

// loadText makes units of text, in the way that the reading has for it.
func (e *Encoder) loadText(r *reading, text string) *Error {
	last, err := r.lastCharacter(text)
	if err != nil {
		return err
	}
	beyond, first := last >= 0x80, len(e.ecis) == 0
	if eci, needed := r.announcement(last, first); needed {
		if err := e.loadECI(r, eci); err != nil {
			return err
		}
	}
	e.symbol.content = append(e.symbol.content, text...)
	switch {
	case r.kanji && beyond && first, r.shiftJIS && r.current == eciShiftJIS:
		e.loadKanji(text)
	case r.current == eciUTF8:
		for i := range len(text) {
			e.units = append(e.units, unit(text[i]))
		}
	case r.current == eciLatin1:
		for _, c := range text {
			e.units = append(e.units, unit(c))
		}
	default:
		return fault(r.symbology, ErrCharacter, "text under ECI %d", r.current).with("give bytes")
	}
	return nil
}

// announcement returns the ECI that must precede text, by its character with the highest code
// point, and whether there is one; first is whether no ECI precedes it yet.
func (r *reading) announcement(last rune, first bool) (eci ECI, needed bool) {
	beyond := last >= 0x80
	switch {
	case r.kanji && beyond && first:
		return 0, false
	case r.shiftJIS && beyond && first:
		return eciShiftJIS, true
	case r.current == eciLatin1 && (last > 0xFF || r.utf8 && beyond):
		return eciUTF8, true
	case r.latin1 && beyond && first:
		return eciLatin1, true
	}
	return 0, false
}

// loadKanji loads text of ASCII characters, those of kanji mode, and the katakana that are single
// bytes in Shift JIS.
func (e *Encoder) loadKanji(text string) {
	values := kanji()
	for _, c := range text {
		u := unit(c)
		if isHalfKatakana(c) {
			u = unit(c - firstHalfKatakana + 0xA1)
		} else if c >= 0x80 {
			u = unitKanji + unit(values[c])
		}
		e.units = append(e.units, u)
	}
}

// lastCharacter returns the character of text with the highest code point, or an error if there is
// one that the reading can't carry.
func (r *reading) lastCharacter(text string) (last rune, err *Error) {
	for i, c := range text {
		last = max(last, c)
		switch {
		case c <= 0xFF:
		case invalidAt(text, i):
			err = lacks(r.symbology, text, i)
			return 0, err.with("give raw data as Bytes")
		case !r.eci:
			err = lacks(r.symbology, text, i)
			err.Detail += ", want characters up to U+00FF"
			return 0, err
		}
	}
	return last, nil
}

func (e *Encoder) loadFNC(r reading, f FNC) *Error {
	most := FNC1
	if r.symbology == SymbologyCode128 {
		most = FNC3
	}
	if f < FNC1 || f > most {
		return fault(r.symbology, ErrCharacter, "FNC%d", f)
	}
	e.units = append(e.units, unitFNC+unit(f))
	before := e.units
	if r.symbology == SymbologyQR {
		_, before = cutECIs(before)
	}
	if f == FNC1 && leadOfIndicator(before) != len(before)-1 { // it is neither first nor second
		e.symbol.content = append(e.symbol.content, separator)
	}
	return nil
}

func (e *Encoder) loadECI(r *reading, eci ECI) *Error {
	if !r.eci {
		return fault(r.symbology, ErrCharacter, "ECI %d", eci)
	}
	if eci > maxECI {
		return fault(r.symbology, ErrCharacter, "ECI %d, want at most %d", eci, maxECI)
	}
	r.current = eci
	e.units = append(e.units, unitECI+unit(len(e.ecis)))
	e.ecis = append(e.ecis, eci)
	return nil
}
