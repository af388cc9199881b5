package symbol

import "github.com/gonameplate/nameplate/internal/code128"

// The code sets of Code 128. A state is a code set, plus latched where FNC4 FNC4 has made its bytes
// those from 0x80 on. They are in the order of their use: data without control characters needs
// only B and C, data without bytes above 0x7F only the first three.
const (
	setB = iota
	setC
	setA
	latched
	code128States = 2 * latched
)

var (
	code128Start = [3]byte{setB: code128.StartB, setC: code128.StartC, setA: code128.StartA}
	// code128Code are the changes to a set, from any other.
	code128Code = [3]byte{setB: code128.CodeB, setC: code128.CodeC, setA: code128.CodeA}
	code128FNC4 = [3]byte{setB: code128.CodeB, setA: code128.CodeA}
)

// far is more than any path costs, and leaves room to add to it.
const far = 1 << 14

// A code128Paths holds for each position and state the fewest symbol characters that the rest of
// the data takes.
type code128Paths struct {
	rest [][code128States]uint16
}

// shortest appends the symbol characters of a shortest way to write units, from the start character
// on, to dst.
func (p *code128Paths) shortest(units []unit, dst []byte) []byte {
	states := code128StatesFor(units)
	p.measure(units, states)
	state := 0
	for s := range min(states, latched) {
		if p.rest[0][s] < p.rest[0][state] {
			state = s
		}
	}
	dst = append(dst, code128Start[state])
	if states == setA {
		return p.appendBC(dst, units, state)
	}
	for i := 0; i < len(units); {
		next := p.next(units, i, state, states)
		dst = appendCode128Change(dst, state, next)
		state = next
		dst, i = appendCode128Data(dst, units, i, state)
	}
	return dst
}

// code128StatesFor returns how many of the states data may need.
func code128StatesFor(units []unit) int {
	states := setA
	for _, u := range units {
		switch {
		case u >= 0x80 && u <= 0xFF:
			return code128States
		case u < ' ':
			states = latched
		}
	}
	return states
}

// measure fills rest from the end of the data to its beginning.
func (p *code128Paths) measure(units []unit, states int) {
	n := len(units)
	if cap(p.rest) <= n {
		p.rest = make([][code128States]uint16, n+1+n/2)
	}
	p.rest = p.rest[:n+1]
	p.rest[n] = [code128States]uint16{}
	if states == setA {
		p.measureBC(units)
		return
	}
	for i := n - 1; i >= 0; i-- {
		var direct [code128States]uint16
		for s := range states {
			direct[s] = p.direct(units, i, s)
		}
		for s := range states {
			least := direct[s]
			for t := range states {
				least = min(least, direct[t]+code128ChangeCost[s][t])
			}
			p.rest[i][s] = least
		}
	}
}

// measureBC is measure for data that needs only the code sets B and C, which is what most is.
func (p *code128Paths) measureBC(units []unit) {
	var b, c, after uint16 // the rest in sets B and C, and in C one unit further on
	digit := false         // the next unit is a digit
	rest := p.rest[:len(units)]
	for i := len(units) - 1; i >= 0; i-- {
		u := units[i]
		inB, inC := b+1, uint16(far)
		switch {
		case u == unitFNC1:
			inC = c + 1
		case digit && u.isDigit():
			inC = after + 1
		}
		after, digit = c, u.isDigit()
		b, c = min(inB, inC+1), min(inC, inB+1)
		rest[i][setB], rest[i][setC] = b, c
	}
}

// appendBC appends the symbol characters of a shortest way in the code sets B and C.
func (p *code128Paths) appendBC(dst []byte, units []unit, set int) []byte {
	rest := p.rest
	for i := 0; i < len(units); {
		stays := rest[i][set] == rest[i+1][set]+1
		switch u := units[i]; {
		case set == setB && !stays:
			dst, set = append(dst, code128Code[setC]), setC
		case u == unitFNC1 && stays:
			dst, i = append(dst, code128.FNC1), i+1
		case set == setB:
			dst, i = appendCode128Data(dst, units, i, setB)
		case u.isDigit() && i+1 < len(units) && units[i+1].isDigit() &&
			rest[i][setC] == rest[i+2][setC]+1:
			dst, i = append(dst, byte(u-'0')*10+byte(units[i+1]-'0')), i+2
		default:
			dst, set = append(dst, code128Code[setB]), setB
		}
	}
	return dst
}

// direct returns the cost of the data from i on when the unit at i is written in state s.
func (p *code128Paths) direct(units []unit, i, s int) uint16 {
	u := units[i]
	if s%latched != setC {
		return p.rest[i+1][s] + uint16(code128Weight(u, s))
	}
	switch {
	case u == unitFNC1:
		return p.rest[i+1][s] + 1
	case u.isDigit() && i+1 < len(units) && units[i+1].isDigit():
		return p.rest[i+2][s] + 1
	}
	return far
}

// next returns the state in which a shortest path from state s writes the unit at i. It stays where
// staying costs no more.
func (p *code128Paths) next(units []unit, i, s, states int) int {
	if p.direct(units, i, s) == p.rest[i][s] {
		return s
	}
	for t := range states {
		if p.direct(units, i, t)+code128ChangeCost[s][t] == p.rest[i][s] {
			return t
		}
	}
	panic("symbol: code 128: no state leads on")
}

// code128Weight returns how many symbol characters u takes in code set A or B: itself, a shift if
// the other set has it, and FNC4 if it is of the other half of the bytes.
func code128Weight(u unit, s int) int {
	if u > 0xFF {
		return 1
	}
	weight := 1
	if u>>7 == 1 != (s >= latched) {
		weight++
	}
	if !code128Has(s, u) {
		weight++
	}
	return weight
}

// code128Has reports whether code set A or B has the byte u, apart from its highest bit.
func code128Has(s int, u unit) bool {
	if s%latched == setA {
		return u&0x7F < 0x60
	}
	return u&0x7F >= ' '
}

// code128ChangeCost is the number of symbol characters between two states. The latch is not changed
// towards set C, where it has no meaning: a path that does so is as short with the change after set
// C.
var code128ChangeCost = func() (cost [code128States][code128States]uint16) {
	for s := range cost {
		for t := range cost {
			if s%latched != t%latched {
				cost[s][t]++
			}
			if s/latched != t/latched {
				cost[s][t] += 2
				if t%latched == setC {
					cost[s][t] = far
				}
			}
		}
	}
	return cost
}()

func appendCode128Change(dst []byte, s, t int) []byte {
	set := t % latched
	if s%latched != set {
		dst = append(dst, code128Code[set])
	}
	if s/latched != t/latched {
		dst = append(dst, code128FNC4[set], code128FNC4[set])
	}
	return dst
}

// appendCode128Data writes the unit at i in state s, two digits in set C, and returns the position
// after it.
func appendCode128Data(dst []byte, units []unit, i, s int) ([]byte, int) {
	u, set := units[i], s%latched
	switch {
	case u == unitFNC1:
		return append(dst, code128.FNC1), i + 1
	case u == unitFNC2:
		return append(dst, code128.FNC2), i + 1
	case u == unitFNC3:
		return append(dst, code128.FNC3), i + 1
	case set == setC:
		return append(dst, byte(u-'0')*10+byte(units[i+1]-'0')), i + 2
	}
	if u>>7 == 1 != (s >= latched) {
		dst = append(dst, code128FNC4[set])
	}
	if !code128Has(s, u) {
		dst = append(dst, code128.Shift)
	}
	return append(dst, byte(u&0x7F+64)%96), i + 1
}
