package symbol

import (
	"fmt"
	"strings"
)

// Explain tells in words why the symbol has its size: its size and how full it is, and the path that was chosen. For Code 128 and
// Data Matrix that is one line for each symbol character or group of codewords; for QR one for each segment, with the
// error correction level, the mask, and the penalties of all masks.
func (s *Symbol) Explain() string {
	x := explanation{words: s.words}
	used, total := s.Capacity()
	fmt.Fprintf(&x.text, "%v, %d x %d modules: %d of %d codewords\n", s.symbology, s.rows, s.cols, used, total)
	switch s.symbology {
	case SymbologyCode128:
		x.code128()
	case SymbologyDataMatrix:
		x.dataMatrix(used)
	case SymbologyQR:
		x.qr(s)
	}
	return x.text.String()
}

// An explanation writes lines about codewords.
type explanation struct {
	words []byte
	at    int // codewords explained
	text  strings.Builder
}

// line explains the next n codewords.
func (x *explanation) line(n int, format string, args ...any) {
	spelled := ""
	for i, w := range x.words[x.at : x.at+n] {
		if i == 6 {
			spelled += " ..."
			break
		}
		spelled += fmt.Sprintf(" %3d", w)
	}
	fmt.Fprintf(&x.text, "%4d:%-28s  %s\n", x.at, spelled, fmt.Sprintf(format, args...))
	x.at += n
}

// describe names a unit.
func (u unit) describe() string {
	if u > unitFNC {
		return fmt.Sprintf("FNC%d", u-unitFNC)
	}
	return fmt.Sprintf("%q", string([]rune{rune(u)}))
}

// code128 explains symbol characters. What a value means depends on the set of the character, which a shift changes for
// one, and on the FNC4 before.
func (x *explanation) code128() {
	names := [3]string{setB: "B", setC: "C", setA: "A"}
	set := 0
	for s, start := range code128Start {
		if start == x.words[0] {
			set = s
		}
	}
	x.line(1, "start in code set %s", names[set])
	shift, fnc4, upper := false, false, false
	for x.at < len(x.words)-2 {
		now, w := set, x.words[x.at]
		if shift {
			now = setA + setB - set
		}
		to := -1
		for s, code := range code128Code {
			if s != now && code == w {
				to = s
			}
		}
		switch {
		case w == code128FNC1:
			x.line(1, "FNC1")
		case now == setC && w < 100:
			x.line(1, "%q in set C", fmt.Sprintf("%02d", w))
		case now != setC && w == code128FNC2:
			x.line(1, "FNC2")
		case now != setC && w == code128FNC3:
			x.line(1, "FNC3")
		case now != setC && w == code128Shift:
			shift = true
			x.line(1, "shift for one character")
			continue
		case now != setC && w == code128FNC4[now]:
			if fnc4 {
				upper = !upper
			}
			fnc4 = !fnc4
			x.line(1, "FNC4: a byte from the other half; twice: all from here on")
		case to >= 0:
			set = to
			x.line(1, "code set %s from here on", names[set])
		default:
			u := unit(w) + ' '
			if now == setA && u >= 0x60 {
				u -= 0x60
			}
			if upper != fnc4 {
				u += 0x80
			}
			x.line(1, "%s in set %s", u.describe(), names[now])
			shift, fnc4 = false, false
		}
	}
	x.line(1, "check character")
	x.line(1, "stop")
}

var dmNames = [...]string{dmASCII: "ASCII", dmC40: "C40", dmText: "Text", dmX12: "X12", dmEDIFACT: "EDIFACT", dmBase256: "Base 256"}

// dmMeanings are the codewords of ASCII encodation that are no characters, with the codewords that belong to them.
var dmMeanings = map[byte]struct {
	takes int
	means string
}{
	dmFNC1: {1, "FNC1"}, dmAppend: {4, "structured append"}, dmProgram: {1, "reader programming"},
	dmMacro05: {1, "envelope of format 05"}, dmMacro05 + 1: {1, "envelope of format 06"}, dmUnlatch: {1, "unlatch to ASCII"},
}

func (x *explanation) dataMatrix(used int) {
	mode := dmASCII
	for x.at < used {
		left := len(x.words) - x.at
		switch {
		case mode == dmASCII:
			mode = x.dmASCII()
		case mode == dmBase256:
			x.dmBase256()
			mode = dmASCII
		case left == 1 || mode == dmEDIFACT && left <= 2:
			x.line(0, "so little is left that it is ASCII")
			mode = dmASCII
		case mode == dmEDIFACT:
			mode = x.dmEDIFACT()
		case x.words[x.at] == dmUnlatch:
			x.line(1, "unlatch to ASCII")
			mode = dmASCII
		default:
			x.dmTriplet(mode)
		}
	}
	if left := len(x.words) - x.at; left > 0 {
		x.line(left, "padding")
	}
}

// dmASCII explains one codeword or more in ASCII encodation, and returns the encodation after it.
func (x *explanation) dmASCII() int {
	w := x.words[x.at]
	for mode, latch := range dmLatch {
		if latch == w && mode != dmASCII {
			x.line(1, "latch to %s", dmNames[mode])
			return mode
		}
	}
	switch known, ok := dmMeanings[w]; {
	case ok:
		x.line(known.takes, "%s", known.means)
	case w == dmECI:
		n := 2
		if x.words[x.at+1] >= 192 {
			n = 4
		} else if x.words[x.at+1] >= 128 {
			n = 3
		}
		x.line(n, "eci")
	case w == dmUpperShift:
		x.line(2, "%s", (unit(x.words[x.at+1]) - 1 + 0x80).describe())
	case w >= dmTwoDigits:
		x.line(1, "%q", fmt.Sprintf("%02d", w-dmTwoDigits))
	default:
		x.line(1, "%s", (unit(w) - 1).describe())
	}
	return dmASCII
}

func (x *explanation) dmTriplet(mode int) {
	word := int(x.words[x.at])<<8 + int(x.words[x.at+1]) - 1
	names := make([]string, 3)
	for i := range names {
		value := [3]int{word / 1600, word / 40 % 40, word % 40}[i]
		names[i] = fmt.Sprint(value)
		if u := dmBasic[mode][value]; u != unitFNC {
			names[i] += " " + u.describe()
		}
	}
	x.line(2, "%s values %s", dmNames[mode], strings.Join(names, ", "))
}

// dmBasic holds the character that a value is in C40, Text and X12 when no shift is before it.
var dmBasic = func() (basic [dmX12 + 1][40]unit) {
	for mode := dmC40; mode <= dmX12; mode++ {
		for value := range basic[mode] {
			basic[mode][value] = unitFNC
		}
		for u := range unit(0x80) {
			var values []byte
			eachDMValue(uint8(mode), u, func(v byte) { values = append(values, v) })
			if len(values) == 1 {
				basic[mode][values[0]] = u
			}
		}
	}
	return basic
}()

func (x *explanation) dmEDIFACT() int {
	group := [3]byte{}
	copy(group[:], x.words[x.at:])
	word := int(group[0])<<16 | int(group[1])<<8 | int(group[2])
	text := ""
	for i := range 4 {
		value := word >> (18 - 6*i) & 0x3F
		if value == edifactUnlatch {
			x.line([4]int{1, 2, 3, 3}[i], "EDIFACT %q and unlatch", text)
			return dmASCII
		}
		if value < 0x20 {
			value += 0x40
		}
		text += string(rune(value))
	}
	x.line(3, "EDIFACT %q", text)
	return dmEDIFACT
}

func (x *explanation) dmBase256() {
	plain := func(i int) int { return int(x.words[i] - byte(149*(i+1)%255+1)) }
	n := plain(x.at)
	switch {
	case n == 0:
		n = len(x.words) - x.at - 1
		x.line(1, "length: to the end of the symbol")
	case n >= longBase256:
		n = (n-longBase256+1)*longBase256 + plain(x.at+1)
		x.line(2, "length %d", n)
	default:
		x.line(1, "length %d", n)
	}
	x.line(n, "bytes")
}
