package symbol

import "github.com/gonameplate/nameplate/gs1"

// DataMatrix encodes text as the smallest square Data Matrix ECC 200 symbol (ISO/IEC 16022), or the
// smallest of the shapes that options allow, by the number of modules. Text of the characters
// U+0000 to U+00FF is carried as ISO/IEC 8859-1, which is the standard's default, other text as
// UTF-8 after ECI 26. For readers that guess the character set instead, give DataMatrixSegments
// ECI(3) before the text. DataMatrix fails with an [*Error] on text that is empty, not valid UTF-8,
// or does not fit.
func DataMatrix(text string, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.DataMatrix(text, options...))
}

// DataMatrixSegments encodes text, bytes, FNC1 and ECIs.
func DataMatrixSegments(segments []Segment, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.DataMatrixSegments(segments, options...))
}

// GS1DataMatrix encodes a message as the smallest GS1 DataMatrix symbol: Data Matrix with FNC1
// first and between element strings where a separator is needed. It fails on a message whose
// structure is broken. It does not validate the message: see [gs1.Message.Validate].
func GS1DataMatrix(msg gs1.Message, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.GS1DataMatrix(msg, options...))
}

var datamatrixReading = reading{symbology: SymbologyDataMatrix, eci: true}

// DataMatrix is [DataMatrix] in the encoder's memory.
func (e *Encoder) DataMatrix(text string, options ...Option) (*Symbol, error) {
	e.reset()
	r := datamatrixReading
	r.current = eciLatin1
	if err := e.loadText(&r, text); err != nil {
		return nil, err
	}
	return e.makeDataMatrix(options)
}

// DataMatrixSegments is [DataMatrixSegments] in the encoder's memory.
func (e *Encoder) DataMatrixSegments(segments []Segment, options ...Option) (*Symbol, error) {
	if err := e.load(datamatrixReading, segments); err != nil {
		return nil, err
	}
	return e.makeDataMatrix(options)
}

// GS1DataMatrix is [GS1DataMatrix] in the encoder's memory.
func (e *Encoder) GS1DataMatrix(msg gs1.Message, options ...Option) (*Symbol, error) {
	if _, err := e.loadMessage(SymbologyGS1DataMatrix, msg); err != nil {
		return nil, err
	}
	s, err := e.makeDataMatrix(options)
	return as(SymbologyGS1DataMatrix, s, err)
}

// maxDataMatrix is the number of data characters that the largest symbol can hold: digits, two in
// each of 1558 codewords.
const maxDataMatrix = 2 * 1558

func (e *Encoder) makeDataMatrix(options []Option) (*Symbol, error) {
	if err := e.rejectEmpty(SymbologyDataMatrix); err != nil {
		return nil, err
	}
	choice, err := chooseDataMatrix(options)
	if err != nil {
		return nil, err
	}
	if len(e.units) > maxDataMatrix {
		return nil, fault(SymbologyDataMatrix, ErrTooLong,
			"%d characters, want at most %d digits or fewer others", len(e.units), maxDataMatrix)
	}
	if err := e.checkDMFNC1(choice.prefixed == 1); err != nil {
		return nil, err
	}
	s := &e.symbol
	s.symbology = SymbologyDataMatrix
	words, units := e.leadDataMatrix(append(s.words[:0], choice.prefix[:choice.prefixed]...),
		choice.prefixed == 0)
	need := e.datamatrix.measure(units, e.ecis, len(words))
	size, err := choice.find(need)
	if err != nil {
		return nil, err
	}
	s.modifier = e.datamatrixModifier(size)
	words = e.datamatrix.write(words, units, e.ecis, need, size.data)
	s.used = len(words)
	s.words = appendDMPadding(words, size.data)
	e.drawDataMatrix(size)
	return s, nil
}

// checkDMFNC1 rejects an FNC1 as the second codeword of the symbol: whatever precedes it, readers
// take it for one in second position and don't send it.
func (e *Encoder) checkDMFNC1(programs bool) error {
	switch units := e.units; {
	case programs && (units[0] == unitFNC1 || leadOfIndicator(units) > 0):
		return fault(SymbologyDataMatrix, ErrOption,
			"FNC1 first, or after one letter or two digits, where reader programming is")
	case len(units) > 1 && units[1] == unitFNC1 && !programs && leadOfIndicator(units) == 0 &&
		dmASCIILength(units[0], e.ecis) == 1:
		return fault(SymbologyDataMatrix, ErrCharacter,
			"FNC1 as character 2, want it first or after one letter or two digits")
	}
	return nil
}

// leadDataMatrix writes what must be codewords of its own, and returns the units that are left: up
// to an FNC1 in first or second position, or the header of an ISO/IEC 15434 envelope, which with
// its trailer is one codeword if it comes first.
func (e *Encoder) leadDataMatrix(words []byte, first bool) ([]byte, []unit) {
	units := e.units
	lead := leadOfIndicator(units)
	switch {
	case units[0] == unitFNC1:
		lead = 1
	case lead > 0:
		lead++
	case first:
		if units[0] == unitECI && (e.ecis[0] == eciUTF8 || e.ecis[0] == eciLatin1) {
			lead = 1 // under both the ends of the envelope are the same bytes
		}
		if word, body := dmMacro(units[lead:]); word != 0 {
			return appendDMASCII(append(words, word), units[:lead], e.ecis), body
		}
	}
	return appendDMASCII(words, units[:lead], e.ecis), units[lead:]
}

// dmMacro returns the codeword that replaces an envelope of format 05 or 06, and what is in it, or
// 0 (ISO/IEC 16022).
func dmMacro(units []unit) (word byte, body []unit) {
	const head, tail = envelopeHead + "05\x1d", envelopeTail
	n := len(units) - len(tail)
	if n < len(head) {
		return 0, nil
	}
	for i, c := range []byte(head) {
		if units[i] != unit(c) && (i != len(envelopeHead)+1 || units[i] != '6') {
			return 0, nil
		}
	}
	for i, c := range []byte(tail) {
		if units[n+i] != unit(c) {
			return 0, nil
		}
	}
	return dmMacro05 + byte(units[len(envelopeHead)+1]-'5'), units[len(head):n]
}

// datamatrixModifier returns the modifier of the symbology identifier: six for the sizes of ISO/IEC
// 16022 (its Annex N), and six more for those of ISO/IEC 21471 (its Annex H).
func (e *Encoder) datamatrixModifier(z *dmSize) byte {
	modifier := 1
	if z.isExtended() {
		modifier += 6
	}
	if len(e.ecis) > 0 {
		modifier += 3
	}
	switch {
	case e.units[0] == unitFNC1:
		modifier++
	case leadOfIndicator(e.units) > 0:
		modifier += 2
	}
	return "0123456789ABC"[modifier]
}

// appendDMPadding fills dst with pad codewords up to n: the first ends the data, the others are
// scrambled so that they make no pattern (ISO/IEC 16022, 5.2.3 and Annex B.1).
func appendDMPadding(dst []byte, n int) []byte {
	if len(dst) < n {
		dst = append(dst, dmPad)
	}
	for len(dst) < n {
		pad := dmPad + 149*(len(dst)+1)%253 + 1
		if pad > 254 {
			pad -= 254
		}
		dst = append(dst, byte(pad))
	}
	return dst
}
