package symbol

import "strings"

// The states of data in a PDF417 symbol. In text compaction a codeword has two values, so that each
// submode has two states: with a codeword complete, and with one value of it written. Bytes are
// counted in groups of six, digits in groups of 44.
const (
	pdf417Alpha       = 2 * iota // capitals
	pdf417Lower                  // small letters
	pdf417Mixed                  // digits and some punctuation
	pdf417Punctuation            // the rest
	pdf417Byte                   // + bytes of the group
	pdf417Digit       = pdf417Byte + 6
	pdf417States      = pdf417Digit + 44
)

// pdf417Submodes are the characters of each submode in the order of their values (ISO/IEC 15438,
// Tables 4 to 7). What follows them are latches and shifts.
var pdf417Submodes = [4]string{
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ ",
	"abcdefghijklmnopqrstuvwxyz ",
	"0123456789&\r\t,:#-.$/+%*=^",
	";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'",
}

// pdf417Space is the value of a space in mixed, after two others that are no characters.
const pdf417Space = 26

// pdf417Latches are the values that lead from a submode to another.
var pdf417Latches = [4][4][]byte{
	{{}, {27}, {28}, {28, 25}},
	{{28, 28}, {}, {28}, {28, 25}},
	{{28}, {27}, {}, {25}},
	{{29}, {29, 27}, {29, 28}, {}},
}

// The values that shift to a submode for one character. From alpha, lower and mixed there is one to
// punctuation, which also fills a codeword; in punctuation the same value latches to alpha.
const (
	pdf417ToPunctuation = 29
	pdf417ToAlpha       = 27 // from lower
)

// pdf417Value returns the value of a byte in a submode, and whether it has one.
func pdf417Value(submode int, c byte) (byte, bool) {
	if submode == 2 && c == ' ' {
		return pdf417Space, true
	}
	i := strings.IndexByte(pdf417Submodes[submode], c)
	return byte(max(i, 0)), i >= 0
}

// pdf417Shift returns the submode to which a submode can shift for a byte, and the value that does.
func pdf417Shift(submode int, c byte) (to int, value byte, ok bool) {
	if submode < 3 && strings.IndexByte(pdf417Submodes[3], c) >= 0 {
		return 3, pdf417ToPunctuation, true
	}
	return 0, pdf417ToAlpha, submode == 1 && c >= 'A' && c <= 'Z'
}

// A pdf417Paths holds for each position and state how much the rest of the data takes at least, in
// values of text compaction: a codeword is two.
type pdf417Paths struct {
	data []byte
	rest [][pdf417States]uint16
}

// shortest appends the codewords of a shortest way to write data, text compaction and capitals
// being in force, to dst.
func (p *pdf417Paths) shortest(data []byte, dst []uint16) []uint16 {
	p.measure(data)
	w := pdf417Writer{words: dst}
	for i, state := 0, pdf417Alpha; i < len(data); {
		next := p.next(i, state)
		w.change(state, next)
		way := 0
		if next < pdf417Byte {
			_, way = p.text(i, next)
		}
		state = w.write(data[i], next, way)
		i++
	}
	w.end()
	return w.words
}

// measure fills rest from the end of the data to its beginning.
func (p *pdf417Paths) measure(data []byte) {
	n := len(data)
	p.data, p.rest = data, make([][pdf417States]uint16, n+1)
	for s := pdf417Alpha; s < pdf417Byte; s++ {
		p.rest[n][s] = uint16(s & 1)
	}
	for i := n - 1; i >= 0; i-- {
		var direct [pdf417States]uint16
		for s := range direct {
			direct[s] = p.direct(i, s)
		}
		rest := &p.rest[i]
		*rest = direct
		var leave uint16 = far // from bytes or digits
		for t := pdf417Alpha; t <= pdf417Digit; t = pdf417NextTarget(t) {
			for s := pdf417Alpha; s < pdf417Byte; s++ {
				rest[s] = min(rest[s], pdf417Change(s, t)+direct[pdf417Arrive(s, t)])
			}
			leave = min(leave, pdf417Change(pdf417Byte, t)+direct[pdf417Arrive(pdf417Byte, t)])
		}
		for s := pdf417Byte; s < pdf417States; s++ {
			rest[s] = min(rest[s], leave)
		}
	}
}

// pdf417NextTarget returns the state after t of those that a change can be to.
func pdf417NextTarget(t int) int {
	if t < pdf417Byte {
		return t + 2
	}
	return t + pdf417Digit - pdf417Byte
}

// pdf417Change returns what the change from state s to another mode or submode t takes.
func pdf417Change(s, t int) uint16 {
	switch {
	case s < pdf417Byte && t < pdf417Byte:
		return uint16(len(pdf417Latches[s/2][t/2]))
	case s < pdf417Byte:
		return uint16(s&1 + 2)
	case t < pdf417Byte:
		return uint16(2 + len(pdf417Latches[0][t/2]))
	}
	return 2
}

// pdf417Arrive returns the state in which a change from state s to mode or submode t ends.
func pdf417Arrive(s, t int) int {
	switch {
	case t >= pdf417Byte:
		return t
	case s >= pdf417Byte:
		return t + len(pdf417Latches[0][t/2])&1
	}
	return t + (s+len(pdf417Latches[s/2][t/2]))&1
}

// direct returns what the data from i on takes if the byte at i is written in state s.
func (p *pdf417Paths) direct(i, s int) uint16 {
	c, rest := p.data[i], &p.rest[i+1]
	switch {
	case s >= pdf417Digit:
		if c < '0' || c > '9' {
			return far
		}
		k := s - pdf417Digit
		return rest[pdf417Digit+(k+1)%44] + uint16(2*(pdf417DigitWords(k+1)-pdf417DigitWords(k)))
	case s >= pdf417Byte:
		k := s - pdf417Byte
		if k == 5 {
			return rest[pdf417Byte]
		}
		return rest[s+1] + 2
	}
	cost, _ := p.text(i, s)
	return cost
}

// The ways to write a byte in text compaction.
const (
	pdf417AsValue = iota
	pdf417Shifted // to another submode
	pdf417AsByte  // shifted to byte compaction
)

// text returns what the data from i on takes if the byte at i is written in text compaction state
// s, and the way.
func (p *pdf417Paths) text(i, s int) (least uint16, way int) {
	c, rest := p.data[i], &p.rest[i+1]
	least, way = rest[pdf417AfterByte(s)]+uint16(s&1)+4, pdf417AsByte
	if _, _, ok := pdf417Shift(s/2, c); ok && rest[s]+2 <= least {
		least, way = rest[s]+2, pdf417Shifted
	}
	if _, ok := pdf417Value(s/2, c); ok && rest[s^1]+1 <= least {
		least, way = rest[s^1]+1, pdf417AsValue
	}
	return least, way
}

// pdf417DigitWords returns how many codewords a group of digits takes.
func pdf417DigitWords(digits int) int {
	if digits == 0 {
		return 0
	}
	return digits/3 + 1
}

// pdf417AfterByte returns the state after a byte that text compaction state s shifts to. The value
// that completes a codeword before it changes punctuation to alpha.
func pdf417AfterByte(s int) int {
	if s == pdf417Punctuation+1 {
		return pdf417Alpha
	}
	return s &^ 1
}

// next returns the state in which a shortest path from state s writes the byte at i: s itself where
// that costs no more.
func (p *pdf417Paths) next(i, s int) int {
	if p.direct(i, s) == p.rest[i][s] {
		return s
	}
	for t := pdf417Alpha; t <= pdf417Digit; t = pdf417NextTarget(t) {
		if to := pdf417Arrive(s, t); pdf417Change(s, t)+p.direct(i, to) == p.rest[i][s] {
			return to
		}
	}
	panic("symbol: pdf417: no state leads on")
}
