package symbol

// The encodations of Data Matrix (ISO/IEC 16022, 5.2).
const (
	dmASCII = iota
	dmC40
	dmText
	dmX12
	dmEDIFACT
	dmBase256
)

// Codewords beyond data in ASCII encodation (ISO/IEC 16022, Table 2), and the unlatch of C40, Text
// and X12.
const (
	dmPad        = 129
	dmTwoDigits  = 130
	dmFNC1       = 232
	dmAppend     = 233 // structured append
	dmProgram    = 234 // reader programming
	dmUpperShift = 235
	dmMacro05    = 236
	dmECI        = 241
	dmUnlatch    = 254
)

var dmLatch = [...]byte{dmC40: 230, dmText: 239, dmX12: 238, dmEDIFACT: 240, dmBase256: 231}

// A dmState is an encodation with what it has pending: values of an unfinished triplet or
// quadruplet. A state counts the codewords that its pending values begin.
type dmState uint8

const (
	stateASCII   dmState = iota
	stateC40             // and 1 or 2 values pending
	stateText    = stateC40 + 3
	stateX12     = stateText + 3
	stateEDIFACT = stateX12 + 3 // and 1 to 3 values pending
	stateBase256 = stateEDIFACT + 4
	dmStates     = stateBase256 + 1
)

// A dmRow holds, for a position in the data, the fewest codewords up to there that end in each
// state. Those of Base 256 are with one byte of length; the run begins at start.
type dmRow struct {
	cost  [dmStates]uint16
	start uint16
}

// longBase256 is the length from which on the length of a Base 256 run takes a second byte, and
// maxBase256 the longest.
const (
	longBase256 = 250
	maxBase256  = 1555
)

// base256 returns the cost at position i when Base 256 ends there, its length written out.
func (r *dmRow) base256(i int) uint16 {
	switch n := i - int(r.start); {
	case n > maxBase256:
		return far
	case n >= longBase256:
		return r.cost[stateBase256] + 1
	}
	return r.cost[stateBase256]
}

// A datamatrixPaths finds the shortest codeword sequence. That is a shortest path forward through
// the rows, and then the rules for the end of the data, which save codewords where the data ends
// with the symbol. They all have in common that a sequence that is one codeword longer, or as long,
// does without them. So the least number of codewords over all ends determines the size of the
// symbol, and the ways that end by rule are taken only when the data fills the symbol.
type datamatrixPaths struct {
	rows []dmRow
	plan []uint8 // the encodation of each unit
	end  dmEnd
	wide bool // X12, EDIFACT or Base 256 may help
}

// A dmEnd is a way to end: the state before the last tail units, which are ASCII without an
// unlatch.
type dmEnd struct {
	state dmState
	tail  int
}

// measure returns the fewest codewords that units need after prefix codewords.
func (p *datamatrixPaths) measure(units []unit, ecis []ECI, prefix int) int {
	p.wide = mayNeedWideDM(units)
	return p.sweep(units, ecis, prefix)
}

// sweep fills the rows from the beginning of the data to its end.
func (p *datamatrixPaths) sweep(units []unit, ecis []ECI, prefix int) int {
	n := len(units)
	if cap(p.rows) <= n {
		p.rows = make([]dmRow, n+1+n/2)
	}
	p.rows = p.rows[:n+1]
	first := &p.rows[0]
	*first = unreachedDM
	first.cost[stateASCII] = uint16(prefix)
	first.latch(0, p.wide)
	for i := range units {
		p.step(units, i, ecis)
		to := &p.rows[i+1]
		to.unlatch(i+1, p.wide)
		to.latch(i+1, p.wide)
	}
	return p.finish(units, ecis)
}

// mayNeedWideDM reports whether X12, EDIFACT or Base 256 can be part of a shortest sequence. X12
// can't if the data has nothing that takes C40 a shift. Nor can EDIFACT then, unless a codeword or
// two that C40 lacks come after it at the end: C40 and ASCII are as short for any number of
// characters. Base 256 can't if ASCII has each byte in one codeword.
func mayNeedWideDM(units []unit) bool {
	for _, u := range units[max(0, len(units)-4):] {
		if dmClassOf(u).c40 != 1 {
			return true
		}
	}
	for _, u := range units {
		if class := dmClassOf(u); class.c40 != 1 && (class.edifact || class.x12 != 0) ||
			u >= 0x80 && u <= 0xFF {
			return true
		}
	}
	return false
}

var unreachedDM = func() (row dmRow) {
	for s := range row.cost {
		row.cost[s] = far
	}
	return row
}()

// step makes row i+1 from the rows before it by writing the unit at i.
func (p *datamatrixPaths) step(units []unit, i int, ecis []ECI) {
	from, to, u := &p.rows[i], &p.rows[i+1], units[i]
	to.cost[stateASCII] = from.cost[stateASCII] + uint16(dmASCIILength(u, ecis))
	if i > 0 && u.isDigit() && units[i-1].isDigit() {
		to.cost[stateASCII] = min(to.cost[stateASCII], p.rows[i-1].cost[stateASCII]+1)
	}
	class := dmClassOf(u)
	stepTriplets(from.cost[stateC40:stateC40+3], to.cost[stateC40:stateC40+3], class.c40)
	stepTriplets(from.cost[stateText:stateText+3], to.cost[stateText:stateText+3], class.text)
	if !p.wide {
		copy(to.cost[stateX12:], unreachedDM.cost[stateX12:])
		return
	}
	stepTriplets(from.cost[stateX12:stateX12+3], to.cost[stateX12:stateX12+3], class.x12)
	stepEDIFACT(from.cost[stateEDIFACT:stateEDIFACT+4], to.cost[stateEDIFACT:stateEDIFACT+4],
		class.edifact)
	to.cost[stateBase256], to.start = far, from.start
	if u <= 0xFF {
		to.cost[stateBase256] = from.cost[stateBase256] + 1
	}
}

// stepTriplets adds k values, each of three of which make two codewords; k is 0 where the
// encodation lacks the unit.
func stepTriplets(from, to []uint16, k uint8) {
	_, _ = from[2], to[2]
	switch k {
	case 0:
		to[0], to[1], to[2] = far, far, far
	case 1:
		to[0], to[1], to[2] = from[2], from[0]+1, from[1]+1
	case 2:
		to[0], to[1], to[2] = from[1]+1, from[2]+1, from[0]+2
	case 3:
		to[0], to[1], to[2] = from[0]+2, from[1]+2, from[2]+2
	case 4:
		to[0], to[1], to[2] = from[2]+2, from[0]+3, from[1]+3
	}
}

// stepEDIFACT adds a value, four of which make three codewords.
func stepEDIFACT(from, to []uint16, has bool) {
	_, _ = from[3], to[3]
	if !has {
		to[0], to[1], to[2], to[3] = far, far, far, far
		return
	}
	to[0], to[1], to[2], to[3] = from[3], from[0]+1, from[1]+1, from[2]+1
}

// unlatch returns to ASCII wherever that is shorter.
func (r *dmRow) unlatch(i int, wide bool) {
	c := &r.cost
	c[stateASCII] = min(c[stateASCII], c[stateC40]+1, c[stateText]+1)
	if wide {
		c[stateASCII] = min(c[stateASCII], c[stateX12]+1, c[stateEDIFACT]+1, c[stateEDIFACT+1]+1,
			c[stateEDIFACT+2]+1, c[stateEDIFACT+3], r.base256(i))
	}
}

// latch leaves ASCII for the other encodations wherever that is shorter. Of two Base 256 runs with
// the same cost the later is kept, as its length takes a second byte later.
func (r *dmRow) latch(i int, wide bool) {
	c := &r.cost
	in := c[stateASCII] + 1
	c[stateC40] = min(c[stateC40], in)
	c[stateText] = min(c[stateText], in)
	if !wide {
		return
	}
	c[stateX12] = min(c[stateX12], in)
	c[stateEDIFACT] = min(c[stateEDIFACT], in)
	if in+1 <= c[stateBase256] {
		c[stateBase256], r.start = in+1, uint16(i)
	}
}

// finish finds the shortest end. An encodation may end with the symbol without unlatch; C40 and
// Text also with two pending values and one of padding; after a whole triplet a last codeword, and
// after whole EDIFACT quadruplets up to two, are taken for ASCII.
func (p *datamatrixPaths) finish(units []unit, ecis []ECI) int {
	n := len(units)
	best := int(p.rows[n].cost[stateASCII])
	p.end = dmEnd{}
	try := func(s dmState, tail, words int) {
		if total := int(p.rows[n-tail].cost[s]) + words; total < best {
			best, p.end = total, dmEnd{s, tail}
		}
	}
	for _, s := range [...]dmState{stateC40, stateText, stateX12, stateEDIFACT, stateBase256,
		stateC40 + 2, stateText + 2} {
		try(s, 0, 0)
	}
	for tail := 1; tail <= min(4, n); tail++ {
		words := dmASCIIRunLength(units[n-tail:], ecis)
		if words <= 2 {
			try(stateEDIFACT, tail, words)
		}
		if words == 1 {
			try(stateC40, tail, 1)
			try(stateText, tail, 1)
			try(stateX12, tail, 1)
		}
	}
	return best
}

// trace finds the encodation of each unit on the path to the end.
func (p *datamatrixPaths) trace(units []unit, ecis []ECI, end dmEnd) {
	n := len(units)
	if cap(p.plan) < n {
		p.plan = make([]uint8, n+n/2)
	}
	p.plan = p.plan[:n]
	i := n - end.tail
	for k := i; k < n; k++ {
		p.plan[k] = dmASCII
	}
	for s := end.state; i > 0; {
		i, s = p.back(units, ecis, i, s)
	}
}

// back takes one step back from state s at position i, and plans the units between.
func (p *datamatrixPaths) back(units []unit, ecis []ECI, i int, s dmState) (int, dmState) {
	row := &p.rows[i]
	c := &row.cost
	switch {
	case s == stateASCII:
		return p.backASCII(units, ecis, i)
	case s == stateBase256:
		for k := int(row.start); k < i; k++ {
			p.plan[k] = dmBase256
		}
		return int(row.start), stateASCII
	case (s == stateEDIFACT || s < stateEDIFACT && (s-stateC40)%3 == 0) && c[s] == c[stateASCII]+1:
		return i, stateASCII
	case s >= stateEDIFACT:
		p.plan[i-1] = dmEDIFACT
		return i - 1, stateEDIFACT + (s-stateEDIFACT+3)%4
	}
	class := dmClassOf(units[i-1])
	mode := (s - stateC40) / 3
	p.plan[i-1] = uint8(dmC40 + mode)
	values := [...]uint8{class.c40, class.text, class.x12}[mode]
	base := stateC40 + 3*mode
	return i - 1, base + (s-base+6-dmState(values))%3
}

func (p *datamatrixPaths) backASCII(units []unit, ecis []ECI, i int) (int, dmState) {
	row := &p.rows[i]
	c := &row.cost
	u := units[i-1]
	switch {
	case i > 1 && u.isDigit() && units[i-2].isDigit() &&
		p.rows[i-2].cost[stateASCII]+1 == c[stateASCII]:
		p.plan[i-1], p.plan[i-2] = dmASCII, dmASCII
		return i - 2, stateASCII
	case p.rows[i-1].cost[stateASCII]+uint16(dmASCIILength(u, ecis)) == c[stateASCII]:
		p.plan[i-1] = dmASCII
		return i - 1, stateASCII
	case row.base256(i) == c[stateASCII]:
		return i, stateBase256
	case c[stateEDIFACT+3] == c[stateASCII]:
		return i, stateEDIFACT + 3
	}
	for _, s := range [...]dmState{stateC40, stateText, stateX12,
		stateEDIFACT, stateEDIFACT + 1, stateEDIFACT + 2} {
		if c[s]+1 == c[stateASCII] {
			return i, s
		}
	}
	panic("symbol: data matrix: no state leads back")
}
