package symbol

import (
	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/code128"
)

// Code128 encodes text of the characters U+0000 to U+00FF as the shortest Code 128 symbol (ISO/IEC
// 15417). Those above U+007F take FNC4; some readers guess the character set and send other
// characters, and Code 128 has no ECI to prevent that. Code128 fails with an [*Error] on text that
// is empty, is not valid UTF-8, has other characters, or makes more than 1000 symbol characters.
func Code128(text string, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.Code128(text, options...))
}

// Code128Segments encodes text, bytes and function characters.
func Code128Segments(segments []Segment, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.Code128Segments(segments, options...))
}

// GS1128 encodes a message as the shortest GS1-128 symbol: Code 128 with FNC1 first and between
// element strings where a separator is needed. It fails on a message whose structure is broken, and
// on more than 48 data characters, separators included (GS1 General Specifications, 5.4). It does
// not validate the message: see [gs1.Message.Validate].
func GS1128(msg gs1.Message, options ...Option) (*Symbol, error) {
	e := borrow()
	return e.release(e.GS1128(msg, options...))
}

var code128Reading = reading{symbology: SymbologyCode128}

// Code128 is [Code128] in the encoder's memory.
func (e *Encoder) Code128(text string, options ...Option) (*Symbol, error) {
	e.reset()
	r := code128Reading
	r.current = eciLatin1
	if err := e.loadText(&r, text); err != nil {
		return nil, err
	}
	return e.makeCode128(options)
}

// Code128Segments is [Code128Segments] in the encoder's memory.
func (e *Encoder) Code128Segments(segments []Segment, options ...Option) (*Symbol, error) {
	if err := e.load(code128Reading, segments); err != nil {
		return nil, err
	}
	return e.makeCode128(options)
}

// maxGS1128 is the number of data characters that a GS1-128 symbol may have.
const maxGS1128 = 48

// GS1128 is [GS1128] in the encoder's memory.
func (e *Encoder) GS1128(msg gs1.Message, options ...Option) (*Symbol, error) {
	n, err := e.loadMessage(SymbologyGS1128, msg)
	if err != nil {
		return nil, err
	}
	if n > maxGS1128 {
		return nil, fault(SymbologyGS1128, ErrTooLong,
			"%d data characters with separators, want at most %d", n, maxGS1128).
			with("split the message into two symbols")
	}
	s, err := e.makeCode128(options)
	return as(SymbologyGS1128, s, err)
}

// maxCode128 is the number of symbol characters that a symbol may have. The standard sets no limit;
// it is far more than a reader can read.
const maxCode128 = 1000

func (e *Encoder) makeCode128(options []Option) (*Symbol, error) {
	if len(options) > 0 {
		return nil, options[0].reject(SymbologyCode128)
	}
	if err := e.rejectEmpty(SymbologyCode128); err != nil {
		return nil, err
	}
	if len(e.units) > 2*maxCode128 {
		return nil, fault(SymbologyCode128, ErrTooLong,
			"%d characters, want at most %d symbol characters", len(e.units), maxCode128)
	}
	s := &e.symbol
	s.symbology, s.modifier = SymbologyCode128, code128Modifier(e.units)
	s.words = e.code128.shortest(e.units, s.words[:0])
	s.words = append(s.words, code128Check(s.words), code128.Stop)
	if len(s.words) > maxCode128 {
		return nil, fault(SymbologyCode128, ErrTooLong, "%d symbol characters, want at most %d",
			len(s.words), maxCode128)
	}
	s.used = len(s.words)
	s.drawCode128()
	return s, nil
}

// code128Modifier returns the modifier of the symbology identifier, which depends on where FNC1 is
// (ISO/IEC 15424).
func code128Modifier(units []unit) byte {
	switch second := leadOfIndicator(units); {
	case units[0] == unitFNC1:
		return '1'
	case second > 0:
		return '2'
	}
	return '0'
}

// code128Check returns the check character of the symbol characters before it.
func code128Check(words []byte) byte {
	sum := int(words[0])
	for i, w := range words {
		sum += i * int(w)
	}
	return byte(sum % 103)
}

// drawCode128 sets the modules from the symbol characters: 11 each, and two more for the stop
// character's last bar.
func (s *Symbol) drawCode128() {
	s.size(1, 11*len(s.words)+2)
	out := bitWriter{dst: s.bits}
	for _, w := range s.words {
		out.write(uint64(code128Patterns[w]), 11)
	}
	out.write(0b11, 2)
	out.flush()
}
