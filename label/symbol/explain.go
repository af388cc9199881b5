package symbol

import (
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/internal/code128"
)

// Explain returns the reasons for the size of the symbol as text: its size, how full it is, and the
// path that was chosen. For Code 128 and Data Matrix that is one line for each symbol character or
// group of codewords; for QR one for each segment, with the error correction level, the mask, and
// the penalties of all masks. For the other symbologies it is the size alone.
func (s *Symbol) Explain() string {
	x := explanation{words: s.words}
	used, total := s.Capacity()
	fmt.Fprintf(&x.text, "%v, %d x %d modules", s.symbology, s.rows, s.cols)
	if total > 0 {
		fmt.Fprintf(&x.text, ": %d of %d codewords%s", used, total, s.smallerDM())
	}
	x.text.WriteByte('\n')
	switch s.symbology.Base() {
	case SymbologyCode128:
		x.code128()
	case SymbologyDataMatrix:
		x.dataMatrix(used)
	case SymbologyQR:
		x.qr(s)
	}
	return x.text.String()
}

// smallerDM returns, for a Data Matrix, the next smaller symbol of its shape and how many codewords
// it holds.
func (s *Symbol) smallerDM() string {
	if s.symbology.Base() != SymbologyDataMatrix {
		return ""
	}
	c := dmChoice{maxRows: anySide, maxCols: anySide, squares: true,
		rectangles: s.rows != s.cols, extended: s.modifier > '6'}
	var next *dmSize
	c.each(func(z *dmSize) {
		sameShape := (z.rows == z.cols) == (s.rows == s.cols)
		if sameShape && z.modules() < s.rows*s.cols && (next == nil || z.data > next.data) {
			next = z
		}
	})
	if next == nil {
		return ""
	}
	return fmt.Sprintf("; %d x %d holds %d", next.rows, next.cols, next.data)
}

// An explanation writes lines about codewords.
type explanation struct {
	words []byte
	at    int // codewords explained
	text  strings.Builder
	shift int  // shift 1 to 3 of Data Matrix that is in force, or 0
	upper unit // 0x80 when its upper shift is
}

// line explains the next n codewords.
func (x *explanation) line(n int, format string, args ...any) {
	shown := ""
	for i, w := range x.words[x.at : x.at+n] {
		if i == 6 {
			shown += " ..."
			break
		}
		shown += fmt.Sprintf(" %3d", w)
	}
	fmt.Fprintf(&x.text, "%4d:%-28s  %s\n", x.at, shown, fmt.Sprintf(format, args...))
	x.at += n
}

// describe names a unit.
func (u unit) describe() string {
	if u > unitFNC {
		return fmt.Sprintf("FNC%d", u-unitFNC)
	}
	return fmt.Sprintf("%q", string([]rune{rune(u)}))
}

// code128 explains symbol characters. What a value means depends on the set of the character, which
// a shift changes for one, and on the FNC4 before.
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
		case w == code128.FNC1:
			x.line(1, "FNC1")
		case now == setC && w < 100:
			x.line(1, "%q in set C", fmt.Sprintf("%02d", w))
		case now != setC && w == code128.FNC2:
			x.line(1, "FNC2")
		case now != setC && w == code128.FNC3:
			x.line(1, "FNC3")
		case now != setC && w == code128.Shift:
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

var dmNames = [...]string{dmASCII: "ASCII", dmC40: "C40", dmText: "Text", dmX12: "X12",
	dmEDIFACT: "EDIFACT", dmBase256: "Base 256"}

// dmECIOf is what appendDMECI writes, read back.
func dmECIOf(words []byte) int {
	n := 0
	for i := range words {
		n = n*254 + int(words[i]) - 1
	}
	switch len(words) {
	case 2:
		n += 127 - 127*254
	case 3:
		n += 16383 - 191*254*254
	}
	return n
}

// dmMeanings are the codewords of ASCII encodation that are one function, not a character.
var dmMeanings = map[byte]string{
	dmFNC1: "FNC1", dmProgram: "reader programming",
	dmMacro05: "envelope of format 05", dmMacro05 + 1: "envelope of format 06",
	dmUnlatch: "unlatch to ASCII",
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
	switch meaning, ok := dmMeanings[w]; {
	case w == dmAppend:
		place, id := x.words[x.at+1], x.words[x.at+2:]
		x.line(4, "structured append: symbol %d of %d, id %d", place>>4+1, 17-place&15,
			int(id[0]-1)*254+int(id[1]))
	case ok:
		x.line(1, "%s", meaning)
	case w == dmECI:
		n := 2
		if x.words[x.at+1] >= 192 {
			n = 4
		} else if x.words[x.at+1] >= 128 {
			n = 3
		}
		x.line(n, "eci %d", dmECIOf(x.words[x.at+1:x.at+n]))
	case w == dmUpperShift:
		x.line(2, "%s", (unit(x.words[x.at+1]) - 1 + 0x80).describe())
	case w >= dmTwoDigits:
		x.line(1, "%q", fmt.Sprintf("%02d", w-dmTwoDigits))
	default:
		x.line(1, "%s", (unit(w) - 1).describe())
	}
	return dmASCII
}

// dmTriplet explains two codewords of C40, Text or X12: three values, each a shift, or a character
// of the set that the shift before it leaves.
func (x *explanation) dmTriplet(mode int) {
	word := int(x.words[x.at])<<8 + int(x.words[x.at+1]) - 1
	names := make([]string, 3)
	for i := range names {
		value := [3]int{word / 1600, word / 40 % 40, word % 40}[i]
		switch {
		case mode != dmX12 && x.shift == 0 && value <= dmShift3:
			x.shift = value + 1
			names[i] = fmt.Sprint(value, " shift ", x.shift)
		case x.shift == dmShift2+1 && value == dmShift2UpperHalf:
			x.shift, x.upper = 0, 0x80
			names[i] = fmt.Sprint(value, " upper shift")
		default:
			names[i] = fmt.Sprint(value, " ",
				(dmCharacters[mode][x.shift][value] + x.upper).describe())
			x.shift, x.upper = 0, 0
		}
	}
	x.line(2, "%s values %s", dmNames[mode], strings.Join(names, ", "))
}

// dmCharacters holds the character that a value is in C40, Text and X12 after no shift and after
// shift 1 to 3.
var dmCharacters = func() (characters [dmX12 + 1][4][40]unit) {
	for mode := dmC40; mode <= dmX12; mode++ {
		for u := range unitFNC1 + 1 {
			if u >= 0x80 && u != unitFNC1 {
				continue
			}
			var values []byte
			eachDMValue(uint8(mode), u, func(v byte) { values = append(values, v) })
			switch len(values) {
			case 1:
				characters[mode][0][values[0]] = u
			case 2:
				characters[mode][values[0]+1][values[1]] = u
			}
		}
	}
	return characters
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
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(plain(x.at + i))
	}
	more := ""
	if n > 24 {
		more = " ..."
	}
	x.line(n, "bytes % x%s", data[:min(n, 24)], more)
}
