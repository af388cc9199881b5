package symbol

import (
	"encoding/binary"
	"math/bits"
	"sync/atomic"
)

// qrCorrectors are in the field of ISO/IEC 18004, 7.5.2: x^8 + x^4 + x^3 + x^2 + 1.
var qrCorrectors = correctors{field: newGalois(0x11D), first: 0}

// drawQR sets the modules of a symbol of size z from its data codewords.
func (e *Encoder) drawQR(z *qrSize) {
	layout := qrLayoutOf(*z)
	e.words = appendQRBlocks(e.words[:0], e.symbol.words, *z)
	n := layout.lines.size()
	if cap(e.grid) < 2*n {
		e.grid = make([]uint64, 2*n)
	}
	rows, cols := e.grid[:n], e.grid[n:2*n]
	layout.fill(rows, e.words)
	layout.lines.transpose(cols, rows)
	mask := layout.best(rows, cols)
	side := z.side()
	s := &e.symbol
	s.size(side, side)
	var line [8]byte
	for row := range side {
		out := s.bits[row*s.stride():][:s.stride()]
		for w := range layout.lines.stride {
			at := row*layout.lines.stride + w
			binary.BigEndian.PutUint64(line[:], rows[at]^mask[at])
			copy(out[min(8*w, len(out)):], line[:])
		}
	}
}

// appendQRBlocks appends the data codewords with their error correction as they are placed: block by block in turn. The last
// blocks may have one data codeword more.
func appendQRBlocks(dst, data []byte, z qrSize) []byte {
	n, blocks := z.correction()
	short, long := len(data)/blocks, len(data)%blocks
	corrector := qrCorrectors.of(n)
	total := z.totalWords()
	if cap(dst) < total {
		dst = make([]byte, total)
	}
	dst = dst[:total]
	at := 0
	for block := range blocks {
		size := short
		if block >= blocks-long {
			size++
		}
		own := data[at : at+size]
		at += size
		for i, word := range own[:short] {
			dst[i*blocks+block] = word
		}
		if size > short {
			dst[short*blocks+block-(blocks-long)] = own[short]
		}
		r := corrector.divide(own, 1)
		for i := range n {
			dst[len(data)+i*blocks+block] = r.at(i)
		}
	}
	return dst
}

// A qrLayout is what all symbols of a version and level have in common.
type qrLayout struct {
	lines lines
	fixed []uint64    // rows of the function patterns
	bits  []qrPlace   // of the codewords, in their order
	masks [8][]uint64 // rows, then columns, of each mask with its format information
}

type qrPlace struct {
	at    uint16
	shift uint8
}

var qrLayouts [4][41]atomic.Pointer[qrLayout]

func qrLayoutOf(z qrSize) *qrLayout {
	slot := &qrLayouts[z.level][z.version]
	if layout := slot.Load(); layout != nil {
		return layout
	}
	layout := newQRLayout(z)
	slot.Store(layout)
	return layout
}

// fill sets the modules from the codewords, without mask.
func (l *qrLayout) fill(rows []uint64, words []byte) {
	copy(rows, l.fixed)
	for i, word := range words {
		places := l.bits[8*i : 8*i+8]
		for j := range places {
			rows[places[j].at] |= uint64(word>>(7-j)&1) << (places[j].shift & 63)
		}
	}
}

// best returns the mask of the least penalty, the first of those with the same (ISO/IEC 18004, 7.8.3).
func (l *qrLayout) best(rows, cols []uint64) []uint64 {
	n := len(rows)
	best, least := 0, int(^uint(0)>>1)
	for m, mask := range l.masks {
		penalty := l.lines.penaltyOfBalance(rows, mask[:n])
		penalty += l.lines.penalty(rows, mask[:n], true, least-penalty)
		if penalty < least {
			penalty += l.lines.penalty(cols, mask[n:], false, least-penalty)
		}
		if penalty < least {
			best, least = m, penalty
		}
	}
	return l.masks[best]
}

// newQRLayout draws the function patterns, and for each mask the format information (ISO/IEC 18004, 6.3 and 7.7 to 7.10).
func newQRLayout(z qrSize) *qrLayout {
	side := z.side()
	l := &qrLayout{lines: newLines(side)}
	n := l.lines.size()
	l.fixed = make([]uint64, n)
	taken := make([]uint64, n)
	pattern := func(row, col int, dark bool) {
		l.lines.set(taken, row, col)
		if dark {
			l.lines.set(l.fixed, row, col)
		}
	}
	drawQRTiming(side, pattern)
	drawQRAlignment(z, pattern)
	drawQRFinders(side, pattern)
	drawQRVersion(z, pattern)
	eachQRFormat(side, 0, pattern) // only takes the modules
	pattern(side-8, 8, true)
	l.place(side, taken)
	for m := range l.masks {
		mask := make([]uint64, 2*n)
		for _, place := range l.bits {
			row, col := l.lines.position(place)
			if qrMasked(m, row, col) {
				mask[place.at] |= 1 << place.shift
			}
		}
		l.maskRest(mask, taken, m)
		eachQRFormat(side, qrFormat(z.level, m), func(row, col int, dark bool) {
			if dark {
				l.lines.set(mask, row, col)
			}
		})
		l.lines.transpose(mask[n:], mask[:n])
		l.masks[m] = mask
	}
	return l
}

// maskRest masks the modules that remain after the last codeword.
func (l *qrLayout) maskRest(mask, taken []uint64, m int) {
	side := l.lines.side
	for row := range side {
		for col := range side {
			if !l.lines.has(taken, row, col) && qrMasked(m, row, col) {
				l.lines.set(mask, row, col)
			}
		}
	}
}

// place finds the places of the codewords' bits: up and down in columns of two modules, from the right.
func (l *qrLayout) place(side int, taken []uint64) {
	for right := side - 1; right > 0; right -= 2 {
		if right == 6 { // the vertical timing pattern
			right--
		}
		upward := (right+1)&2 == 0
		for i := range side {
			row := i
			if upward {
				row = side - 1 - i
			}
			for _, col := range [2]int{right, right - 1} {
				if !l.lines.has(taken, row, col) {
					l.bits = append(l.bits, l.lines.place(row, col))
				}
			}
		}
	}
	l.bits = l.bits[:len(l.bits)/8*8]
}

func qrMasked(mask, row, col int) bool {
	switch mask {
	case 0:
		return (row+col)%2 == 0
	case 1:
		return row%2 == 0
	case 2:
		return col%3 == 0
	case 3:
		return (row+col)%3 == 0
	case 4:
		return (row/2+col/3)%2 == 0
	case 5:
		return row*col%2+row*col%3 == 0
	case 6:
		return (row*col%2+row*col%3)%2 == 0
	}
	return ((row+col)%2+row*col%3)%2 == 0
}

func drawQRTiming(side int, set func(row, col int, dark bool)) {
	for i := range side {
		set(6, i, i%2 == 0)
		set(i, 6, i%2 == 0)
	}
}

// drawQRFinders draws the three finder patterns with their separators.
func drawQRFinders(side int, set func(row, col int, dark bool)) {
	for _, corner := range [3][2]int{{0, 0}, {0, side - 7}, {side - 7, 0}} {
		for y := -1; y <= 7; y++ {
			for x := -1; x <= 7; x++ {
				row, col := corner[0]+y, corner[1]+x
				if row >= 0 && row < side && col >= 0 && col < side {
					ring := max(y-3, 3-y, x-3, 3-x)
					set(row, col, ring != 2 && ring != 4)
				}
			}
		}
	}
}

func drawQRAlignment(z qrSize, set func(row, col int, dark bool)) {
	centres := z.appendAlignment(nil)
	last := len(centres) - 1
	for i, row := range centres {
		for j, col := range centres {
			if i == 0 && (j == 0 || j == last) || i == last && j == 0 {
				continue // a finder is there
			}
			for y := -2; y <= 2; y++ {
				for x := -2; x <= 2; x++ {
					set(row+y, col+x, max(y, -y, x, -x) != 1)
				}
			}
		}
	}
}

// drawQRVersion draws the version information of versions from 7 on, with its Golay code.
func drawQRVersion(z qrSize, set func(row, col int, dark bool)) {
	if z.version < 7 {
		return
	}
	word := z.version << 12
	rest := word
	for i := 17; i >= 12; i-- {
		if rest>>i&1 == 1 {
			rest ^= 0x1F25 << (i - 12)
		}
	}
	word |= rest
	for i := range 18 {
		near, far := i/3, z.side()-11+i%3
		set(near, far, word>>i&1 == 1)
		set(far, near, word>>i&1 == 1)
	}
}

// qrFormat returns the format information of a level and mask, with its BCH code.
func qrFormat(level ErrorLevel, mask int) int {
	word := ([4]int{L: 1, M: 0, Q: 3, H: 2}[level]<<3 | mask) << 10
	rest := word
	for i := 14; i >= 10; i-- {
		if rest>>i&1 == 1 {
			rest ^= 0x537 << (i - 10)
		}
	}
	return (word | rest) ^ 0x5412
}

// eachQRFormat calls set with both places of each bit of the format information.
func eachQRFormat(side, word int, set func(row, col int, dark bool)) {
	for i := range 15 {
		dark := word>>i&1 == 1
		switch {
		case i < 6:
			set(i, 8, dark)
		case i < 8:
			set(i+1, 8, dark)
		case i == 8:
			set(8, 7, dark)
		default:
			set(8, 14-i, dark)
		}
		if i < 8 {
			set(8, side-1-i, dark)
		} else {
			set(side-15+i, 8, dark)
		}
	}
}

// lines are the rows or the columns of a square of modules: each of stride words, the first module in the highest bit.
type lines struct {
	side, stride int
	windows      [3][]uint64 // the modules at which a window of 2, 5 or 11 modules may begin
}

func newLines(side int) lines {
	l := lines{side: side, stride: (side + 63) / 64}
	for i, window := range [3]int{2, 5, 11} {
		l.windows[i] = make([]uint64, l.stride)
		for at := range side - window + 1 {
			l.windows[i][at/64] |= 1 << (63 - at%64)
		}
	}
	return l
}

func (l *lines) size() int { return l.side * l.stride }

func (l *lines) place(row, col int) qrPlace {
	return qrPlace{uint16(row*l.stride + col/64), uint8(63 - col%64)}
}

func (l *lines) position(p qrPlace) (row, col int) {
	return int(p.at) / l.stride, int(p.at)%l.stride*64 + 63 - int(p.shift)
}

func (l *lines) set(grid []uint64, row, col int) {
	p := l.place(row, col)
	grid[p.at] |= 1 << p.shift
}

func (l *lines) has(grid []uint64, row, col int) bool {
	p := l.place(row, col)
	return grid[p.at]>>p.shift&1 == 1
}

// transpose makes columns of rows, in blocks of 64 by 64.
func (l *lines) transpose(dst, src []uint64) {
	var block [64]uint64
	for y := range l.stride {
		high := min(64, l.side-64*y)
		for x := range l.stride {
			wide := min(64, l.side-64*x)
			clear(block[:])
			for i := range high {
				block[i] = src[(64*y+i)*l.stride+x]
			}
			transpose64(&block)
			for i := range wide {
				dst[(64*x+i)*l.stride+y] = block[i]
			}
		}
	}
}

// transpose64 swaps ever smaller quarters of the block.
func transpose64(block *[64]uint64) {
	mask := uint64(0x00000000FFFFFFFF)
	for size := 32; size > 0; size, mask = size/2, mask^mask<<(size/2) {
		for i := 0; i < 64; i = (i + size + 1) &^ size {
			swap := (block[i] ^ block[i+size]>>size) & mask
			block[i] ^= swap
			block[i+size] ^= swap << size
		}
	}
}

// penalty returns the penalty of lines under a mask for runs of one colour, for what looks like a finder pattern and, with
// blocks, for squares of one colour. It stops at limit.
func (l *lines) penalty(grid, mask []uint64, blocks bool, limit int) (sum int) {
	for line := 0; line < l.size() && sum < limit; line += l.stride {
		var ended uint64 // the last bit of the word before is of a run
		for w := range l.stride {
			x, next := l.words(grid, mask, line, w)
			at := func(k int) uint64 { return x<<k | next>>(64-k) }
			x1, x2, x3, x4 := at(1), at(2), at(3), at(4)
			five := (x&x1&x2&x3&x4 | ^(x | x1 | x2 | x3 | x4)) & l.windows[1][w]
			sum += bits.OnesCount64(five) + 2*bits.OnesCount64(five&^(five>>1|ended<<63))
			ended = five & 1
			x5, x6, x7, x8, x9, x10 := at(5), at(6), at(7), at(8), at(9), at(10)
			before := ^(x | x1 | x2 | x3 | x5 | x9) & x4 & x6 & x7 & x8 & x10
			after := x & x2 & x3 & x4 & x6 &^ (x1 | x5 | x7 | x8 | x9 | x10)
			sum += 40 * (bits.OnesCount64(before&l.windows[2][w]) + bits.OnesCount64(after&l.windows[2][w]))
			if blocks && line+l.stride < l.size() {
				y, nextY := l.words(grid, mask, line+l.stride, w)
				y1 := y<<1 | nextY>>63
				sum += 3 * bits.OnesCount64((x&x1&y&y1|^(x|x1|y|y1))&l.windows[0][w])
			}
		}
	}
	return sum
}

// words returns a word of a line under the mask, and the next of the line.
func (l *lines) words(grid, mask []uint64, line, w int) (word, next uint64) {
	word = grid[line+w] ^ mask[line+w]
	if w+1 < l.stride {
		next = grid[line+w+1] ^ mask[line+w+1]
	}
	return word, next
}

// penaltyOfBalance returns 10 for each full 5 % that the share of dark modules is from half.
func (l *lines) penaltyOfBalance(rows, mask []uint64) int {
	dark := 0
	for i, row := range rows {
		dark += bits.OnesCount64(row ^ mask[i])
	}
	modules := l.side * l.side
	return 10 * (max(2*dark-modules, modules-2*dark) * 10 / modules)
}
