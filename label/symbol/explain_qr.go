package symbol

import (
	"fmt"
	"math/bits"
	"strings"
)

// qr explains segments with the bits that each takes, and the penalties of the masks.
func (x *explanation) qr(s *Symbol) {
	z, mask := s.qrFormat()
	fmt.Fprintf(&x.text, "version %d, error correction level %v, mask %d\n", z.version, z.level,
		mask)
	in := qrExplainer{bitReader: bitReader{src: s.words}, text: &x.text, class: qrClass(z.version)}
	for in.segment() {
	}
	in.line(8*s.used-in.at, "terminator")
	in.line(8*len(s.words)-in.at, "padding")
	x.text.WriteString("penalties of masks 0 to 7:")
	for _, penalty := range s.qrPenalties(z, mask) {
		fmt.Fprintf(&x.text, " %d", penalty)
	}
	x.text.WriteByte('\n')
}

// qrFormat reads the version, level and mask from the modules: bits 14 to 10 of the format
// information.
func (s *Symbol) qrFormat() (z qrSize, mask int) {
	word := 0
	for i, at := range [5][2]int{{8, 0}, {8, 1}, {8, 2}, {8, 3}, {8, 4}} {
		if s.Dark(at[0], at[1]) {
			word |= 0x10 >> i
		}
	}
	word ^= 0x5412 >> 10
	z = qrSize{(s.rows - 17) / 4, [4]ErrorLevel{M, L, H, Q}[word>>3]}
	return z, word & 7
}

// qrPenalties returns the penalty of each mask, that of the symbol's own among them.
func (s *Symbol) qrPenalties(z qrSize, mask int) (penalties [8]int) {
	layout := qrLayoutOf(z)
	rows := make([]uint64, layout.words)
	for row := range s.rows {
		for col := range s.cols {
			if s.Dark(row, col) != layout.has(layout.masks[mask], row, col) {
				layout.set(rows, row, col)
			}
		}
	}
	scratch := make([]uint64, layout.scratch())
	for m := range penalties {
		penalties[m] = layout.penalty(rows, scratch, m)
	}
	return penalties
}

// A bitReader reads bits from src, the first in the highest bit of a byte.
type bitReader struct {
	src []byte
	at  int
}

func (r *bitReader) read(n int) (value int) {
	for range n {
		value = value<<1 | int(r.src[r.at/8]>>(7-r.at%8)&1)
		r.at++
	}
	return value
}

func (r *bitReader) left() int { return 8*len(r.src) - r.at }

type qrExplainer struct {
	bitReader
	text   *strings.Builder
	class  int
	fnc1   bool
	begins int // bits explained
}

// line explains the bits that were read, and n more.
func (x *qrExplainer) line(n int, format string, args ...any) {
	x.at += n
	if took := x.at - x.begins; took > 0 {
		fmt.Fprintf(x.text, "%6d:%5d bits  %s\n", x.begins, took, fmt.Sprintf(format, args...))
	}
	x.begins = x.at
}

var qrNames = [qrModes]string{qrNumeric: "numeric", qrAlphanumeric: "alphanumeric",
	qrByte: "byte", qrKanji: "kanji"}

// segment explains what a mode indicator begins. It returns false at the terminator.
func (x *qrExplainer) segment() bool {
	if x.left() < 4 {
		return false
	}
	switch indicator := x.read(4); indicator {
	case 0:
		x.at -= 4
		return false
	case qrIndicatorAppend:
		position, total, id := x.read(4)+1, x.read(4)+1, x.read(8)
		x.line(0, "structured append: symbol %d of %d, id %d", position, total, id)
	case qrIndicatorFNC1First:
		x.fnc1 = true
		x.line(0, "FNC1 in first position")
	case qrIndicatorFNC1Second:
		x.fnc1 = true
		x.line(0, "FNC1 in second position, application indicator %s", qrIndicatorText(x.read(8)))
	case qrIndicatorECI:
		x.line(0, "eci %d", x.eci())
	default:
		x.data(bits.TrailingZeros(uint(indicator)))
	}
	return true
}

func qrIndicatorText(value int) string {
	if value >= 100 {
		return string(rune(value - 100))
	}
	return fmt.Sprintf("%02d", value)
}

func (x *qrExplainer) eci() int {
	first := x.read(8)
	switch {
	case first < 0x80:
		return first
	case first < 0xC0:
		return first&0x3F<<8 | x.read(8)
	}
	return first&0x1F<<16 | x.read(16)
}

// data explains the characters of a segment, as they are in the symbol.
func (x *qrExplainer) data(mode int) {
	count := x.read(qrCountBits[x.class][mode])
	var text strings.Builder
	for left := count; left > 0; {
		switch mode {
		case qrNumeric:
			n := min(3, left)
			fmt.Fprintf(&text, "%0*d", n, x.read(1+3*n))
			left -= n
		case qrAlphanumeric:
			n := min(2, left)
			value := x.read(1 + 5*n)
			if n == 2 {
				text.WriteByte(qrAlphabet[value/45])
			}
			text.WriteByte(qrAlphabet[value%45])
			left -= n
		case qrByte:
			text.WriteByte(byte(x.read(8)))
			left--
		default:
			text.WriteRune(kanjiOf(x.read(13)))
			left--
		}
	}
	note := ""
	switch {
	case mode != qrAlphanumeric || !x.fnc1:
	case strings.Contains(text.String(), "%%"):
		note = ", where %% is a percent sign and % FNC1"
	case strings.Contains(text.String(), "%"):
		note = ", where % is FNC1"
	}
	x.line(0, "%s, %d characters: %q%s", qrNames[mode], count, text.String(), note)
}
