package symbol

import "math/bits"

// A mask is chosen by its penalty (ISO/IEC 18004:2015, 7.8.3, Table 11), in all columns and rows:
//
//	3 + i  for 5 + i adjacent modules of one colour
//	3      for each square of 2 x 2 modules of one colour: 3 (m - 1)(n - 1) for blocks of m x n
//	40     for dark, light, 3 dark, light, dark with four light modules before or after it
//	10 k   for a share of dark modules that is 5 k to 5 (k + 1) % from half
//
// The third is read as most encoders read it: the quiet zone is light, and light modules on both
// sides count once.

// qrFinderPenalty is what the finder patterns cost in every symbol: three rows and three columns of
// each.
const qrFinderPenalty = 3 * 6 * 40

// A qrStrip is columns of the symbol that are looked at together: a word for each row, which begins
// at column from, minus the margin. The penalties of what begins in its own columns are its share;
// the others are there as neighbours.
type qrStrip struct {
	from  int
	own   uint64
	inner uint64      // own without the last of the symbol, where a square can't begin
	fives uint64      // where five modules can begin, one before own included
	masks [8][]uint64 // a word for each row
}

// qrStripCols leaves room for the margin and for the 10 modules to the right that a pattern with
// four light ones needs.
const qrStripCols = 64 - qrMargin - 10

// scratch returns the number of words that best needs: the symbol in strips, and a strip under a
// mask with light rows above and below.
func (l *qrLayout) scratch() int { return len(l.strips)*l.side + qrMargin + l.side + 10 }

func (l *qrLayout) cutStrips() {
	for from := 0; from == 0 || from+10 < l.side; from += qrStripCols {
		s := qrStrip{from: from}
		last := from+10+qrStripCols >= l.side
		for i := range 64 {
			col, bit := from+i-qrMargin, uint64(1)<<(63-i)
			if col >= from && col < l.side && (last || col < from+qrStripCols) {
				s.own |= bit
			}
			if col >= 0 && col < l.side-4 {
				s.fives |= bit
			}
			if col == l.side-1 {
				s.inner = bit
			}
		}
		s.inner = s.own &^ s.inner
		for m := range s.masks {
			s.masks[m] = make([]uint64, l.side)
			s.cut(s.masks[m], l.masks[m], l.stride)
		}
		l.strips = append(l.strips, s)
	}
}

// cut copies the strip's words of rows.
func (s *qrStrip) cut(dst, rows []uint64, stride int) {
	word, shift := s.from/64, s.from%64
	for i := range dst {
		at := i*stride + word
		dst[i] = rows[at] << shift
		if word+1 < stride {
			dst[i] |= rows[at+1] >> (64 - shift)
		}
	}
}

// inStrips puts rows in strips, with space for one of them under a mask.
func (l *qrLayout) inStrips(rows, scratch []uint64) (grid, masked []uint64) {
	n := len(l.strips) * l.side
	grid, masked = scratch[:n], scratch[n:]
	for i := range l.strips {
		l.strips[i].cut(grid[i*l.side:][:l.side], rows, l.stride)
	}
	clear(masked[:qrMargin])
	clear(masked[qrMargin+l.side:])
	return grid, masked
}

// penalty returns a mask's penalty.
func (l *qrLayout) penalty(rows, scratch []uint64, m int) int {
	grid, masked := l.inStrips(rows, scratch)
	return l.plainPenalty(grid, m) + l.patternPenalty(grid, masked, m)
}

// best returns the mask of the least penalty, the first of those with the same. Patterns are looked
// for only where a mask may still be the best without them.
func (l *qrLayout) best(rows, scratch []uint64) int {
	grid, masked := l.inStrips(rows, scratch)
	var penalties [8]int
	for m := range penalties {
		penalties[m] = l.plainPenalty(grid, m)
	}
	best, least := 0, int(^uint(0)>>1)
	for range penalties {
		next := 0
		for m, penalty := range penalties {
			if penalty < penalties[next] {
				next = m
			}
		}
		penalty := penalties[next]
		if penalty+qrFinderPenalty > least {
			break
		}
		penalties[next] = int(^uint(0) >> 1)
		penalty += l.patternPenalty(grid, masked, next)
		if penalty < least || penalty == least && next < best {
			best, least = next, penalty
		}
	}
	return best
}

// plainPenalty returns a mask's penalty for all but patterns.
func (l *qrLayout) plainPenalty(grid []uint64, m int) (sum int) {
	dark := 0
	for i := range l.strips {
		penalty, darkHere := l.strips[i].plainPenalty(grid[i*l.side:], m)
		sum, dark = sum+penalty, dark+darkHere
	}
	modules := l.side * l.side
	return sum + 10*(max(2*dark-modules, modules-2*dark)*10/modules)
}

func (l *qrLayout) patternPenalty(grid, masked []uint64, m int) (sum int) {
	for i := range l.strips {
		s := &l.strips[i]
		s.mask(masked, grid[i*l.side:], m)
		sum += s.patternPenalty(masked)
	}
	return sum
}

func (s *qrStrip) mask(masked, grid []uint64, m int) {
	mask := s.masks[m]
	grid = grid[:len(mask)]
	masked = masked[qrMargin:][:len(mask)]
	for i, word := range mask {
		masked[i] = word ^ grid[i]
	}
}

// plainPenalty returns the penalty of rows under a mask for runs and squares, and the number of
// dark modules. A bit of the words that it calculates is a pattern that begins at its module, or
// downwards one that ends there.
func (s *qrStrip) plainPenalty(grid []uint64, m int) (penalty, dark int) {
	masks := s.masks[m]
	grid = grid[:len(masks)]
	var two, three, threeAbove, five uint64 // rows of one colour that end above
	above := ^(grid[0] ^ masks[0])          // of another colour than any of the first row
	for i, mask := range masks {
		row := grid[i] ^ mask
		dark += bits.OnesCount64(row & s.own)
		same := ^(row ^ row<<1)
		run := same & (same << 1)
		run &= run << 2 & s.fives
		penalty += bits.OnesCount64(run&s.own) + 2*bits.OnesCount64(run&^(run>>1)&s.own)
		down := ^(row ^ above)
		above = row
		penalty += 3 * bits.OnesCount64(same&down&(down<<1)&s.inner)
		down &= s.own
		fiveAbove := five
		five = down & two & threeAbove
		penalty += bits.OnesCount64(five) + 2*bits.OnesCount64(five&^fiveAbove)
		two, three, threeAbove = down, down&two, three
	}
	return penalty, dark
}

// patternPenalty returns the penalty for patterns. Before the rows are qrMargin light ones, and 10
// after them.
func (s *qrStrip) patternPenalty(rows []uint64) (penalty int) {
	for ; len(rows) > qrMargin+10; rows = rows[1:] {
		r := (*[qrMargin + 11]uint64)(rows)
		row := r[5]
		across := row & (row << 2) & (row << 3) & (row << 4) & (row << 6) &^ (row<<1 | row<<5)
		dark := row | row<<1
		dark |= dark << 2 // in any of four modules
		across &^= dark >> 4 & (dark << 7)
		down := row & r[7] & r[8] & r[9] & r[11] &^ (r[6] | r[10])
		down &^= (r[1] | r[2] | r[3] | r[4]) & (r[12] | r[13] | r[14] | r[15])
		penalty += 40 * (bits.OnesCount64(across&s.own) + bits.OnesCount64(down&s.own))
	}
	return penalty
}
