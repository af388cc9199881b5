package symbol

// Values of C40 and Text that shift, and those of their second shift set that are no characters
// (ISO/IEC 16022, Annex C).
const (
	dmShift1          = 0
	dmShift2          = 1
	dmShift3          = 2
	dmShift2FNC1      = 27
	dmShift2UpperHalf = 30
)

// A dmClass is how many values a unit takes in C40, Text and X12, 0 for none, and whether EDIFACT
// has it.
type dmClass struct {
	c40, text, x12 uint8
	edifact        bool
}

func dmClassOf(u unit) dmClass {
	if u > unitFNC1 {
		return dmClass{}
	}
	return dmClasses[u]
}

var dmClasses = func() (classes [unitFNC1 + 1]dmClass) {
	for u := range unit(len(classes)) {
		if u == unitFNC { // no unit
			continue
		}
		class := &classes[u]
		for mode, count := range map[uint8]*uint8{
			dmC40: &class.c40, dmText: &class.text, dmX12: &class.x12,
		} {
			eachDMValue(mode, u, func(byte) { *count++ })
		}
		class.edifact = u >= ' ' && u <= '^'
	}
	return classes
}()

// eachDMValue calls add with each value of u in C40, Text or X12 encodation, and not at all where
// X12 lacks it.
func eachDMValue(mode uint8, u unit, add func(byte)) {
	if mode == dmX12 {
		if value, ok := x12Value(u); ok {
			add(value)
		}
		return
	}
	if u == unitFNC1 {
		add(dmShift2)
		add(dmShift2FNC1)
		return
	}
	if u >= 0x80 {
		add(dmShift2)
		add(dmShift2UpperHalf)
		u -= 0x80
	}
	basic, other := unit('A'), unit('a')
	if mode == dmText {
		basic, other = other, basic
	}
	switch {
	case u == ' ':
		add(3)
	case u.isDigit():
		add(byte(u-'0') + 4)
	case u-basic < 26:
		add(byte(u-basic) + 14)
	case u < ' ':
		add(dmShift1)
		add(byte(u))
	case u-other < 26:
		add(dmShift3)
		add(byte(u-other) + 1)
	case u >= 0x60:
		add(dmShift3)
		add(byte(u - 0x60))
	default:
		add(dmShift2)
		add(shift2Value(u))
	}
}

// shift2Value returns the value of a punctuation mark in the second shift set, which has the ASCII
// characters from ! to _ without digits and letters.
func shift2Value(u unit) byte {
	switch {
	case u < '0':
		return byte(u - '!')
	case u < 'A':
		return byte(u-':') + 15
	}
	return byte(u-'[') + 22
}

// x12Value returns the value of a character of ANSI X12.
func x12Value(u unit) (byte, bool) {
	switch {
	case u == '\r':
		return 0, true
	case u == '*':
		return 1, true
	case u == '>':
		return 2, true
	case u == ' ':
		return 3, true
	case u.isDigit():
		return byte(u-'0') + 4, true
	case u-'A' < 26:
		return byte(u-'A') + 14, true
	}
	return 0, false
}
