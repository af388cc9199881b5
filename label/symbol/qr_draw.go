package symbol

import (
	"encoding/binary"
	"sync/atomic"
)

// qrCorrectors are in the field of ISO/IEC 18004, 7.5.2: x^8 + x^4 + x^3 + x^2 + 1.
var qrCorrectors = correctors{field: newGalois(0x11D), first: 0}

// drawQR sets the modules of a symbol of size z from its data codewords.
func (e *Encoder) drawQR(z *qrSize) {
	layout := qrLayoutOf(*z)
	e.words = appendQRBlocks(e.words[:0], e.symbol.words, *z)
	rows := e.gridOf(layout.words + layout.scratch())
	layout.fill(rows[:layout.words], e.words)
	mask := layout.masks[layout.best(rows[:layout.words], rows[layout.words:])]
	s := &e.symbol
	s.size(layout.side, layout.side)
	var line [8]byte
	for row := range layout.side {
		out := s.bits[row*s.stride():][:s.stride()]
		at := row * layout.stride
		next := rows[at] ^ mask[at]
		for w := range layout.stride {
			word := next << qrMargin
			if next = 0; w+1 < layout.stride {
				next = rows[at+w+1] ^ mask[at+w+1]
			}
			binary.BigEndian.PutUint64(line[:], word|next>>(64-qrMargin))
			copy(out[min(8*w, len(out)):], line[:])
		}
	}
}

// gridOf returns n words that hold anything.
func (e *Encoder) gridOf(n int) []uint64 {
	if cap(e.grid) < n {
		e.grid = make([]uint64, n)
	}
	return e.grid[:n]
}

// qrSpare are the zeros after the codewords that appendQRBlocks leaves: for the modules that
// remain, and so that fill may read 64 bits at once.
const qrSpare = 9

// appendQRBlocks appends the data codewords with their error correction as they are placed: block
// by block in turn. The last blocks may have one data codeword more.
func appendQRBlocks(dst, data []byte, z qrSize) []byte {
	n, blocks := z.correction()
	short, long := len(data)/blocks, len(data)%blocks
	corrector := qrCorrectors.of(n)
	total := z.totalWords()
	if cap(dst) < total+qrSpare {
		dst = make([]byte, total+qrSpare)
	}
	dst = dst[:total+qrSpare]
	clear(dst[total:])
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

// A qrLayout is what all symbols of a version and level have in common. Modules are kept as rows of
// stride words, the first of a row below qrMargin zeros in the highest bits of its word.
type qrLayout struct {
	side, stride, words int
	fixed               []uint64    // rows of the function patterns
	runs                []qrRun     // where the codewords go
	masks               [8][]uint64 // rows of each mask with its format information
	strips              []qrStrip
}

// qrMargin is odd so that no two columns that codewords fill together are in different words, and
// at least the four light modules that qrStrip looks at before a pattern.
const qrMargin = 5

func (l *qrLayout) place(row, col int) (word int, shift uint8) {
	col += qrMargin
	return row*l.stride + col/64, uint8(63 - col%64)
}

func (l *qrLayout) set(grid []uint64, row, col int) {
	word, shift := l.place(row, col)
	grid[word] |= 1 << shift
}

func (l *qrLayout) has(grid []uint64, row, col int) bool {
	word, shift := l.place(row, col)
	return grid[word]>>shift&1 == 1
}

// A qrRun is modules of consecutive rows, one or two in each, that codewords fill one after
// another.
type qrRun struct {
	word  int32 // of the first row
	step  int8  // to the next row's
	shift uint8 // of the rightmost module
	pairs bool
	count uint8 // rows
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

const (
	evenBits = 0xAAAAAAAAAAAAAAAA // the first, third ...
	oddBits  = evenBits >> 1
)

// fill sets the modules from the codewords, without mask. Of two modules in a row the right one is
// first.
func (l *qrLayout) fill(rows []uint64, words []byte) {
	copy(rows, l.fixed)
	at := 0 // bit
	for _, run := range l.runs {
		word, step, shift := int(run.word), int(run.step), run.shift&63
		for left := int(run.count); left > 0; left -= 28 {
			bits := binary.BigEndian.Uint64(words[at>>3:]) << (at & 7)
			n := min(left, 28)
			if !run.pairs {
				for range n {
					rows[word] |= bits >> 63 << shift
					bits <<= 1
					word += step
				}
				at += n
				continue
			}
			bits = bits&evenBits>>1 | bits&oddBits<<1
			for range n {
				rows[word] |= bits >> 62 << shift
				bits <<= 2
				word += step
			}
			at += 2 * n
		}
	}
}

// newQRLayout draws the function patterns, and for each mask the format information (ISO/IEC 18004,
// 6.3 and 7.7 to 7.10).
func newQRLayout(z qrSize) *qrLayout {
	side := z.side()
	l := &qrLayout{side: side, stride: (side + qrMargin + 63) / 64}
	l.words = side * l.stride
	l.fixed = make([]uint64, l.words)
	taken := make([]uint64, l.words)
	pattern := func(row, col int, dark bool) {
		l.set(taken, row, col)
		if dark {
			l.set(l.fixed, row, col)
		}
	}
	drawQRTiming(side, pattern)
	drawQRAlignment(z, pattern)
	drawQRFinders(side, pattern)
	drawQRVersion(z, pattern)
	eachQRFormat(side, 0, pattern) // only takes the modules
	pattern(side-8, 8, true)
	l.findRuns(taken)
	for m := range l.masks {
		mask := make([]uint64, l.words)
		for row := range side {
			for col := range side {
				if qrMasked(m, row, col) && !l.has(taken, row, col) {
					l.set(mask, row, col)
				}
			}
		}
		eachQRFormat(side, qrFormat(z.level, m), func(row, col int, dark bool) {
			if dark {
				l.set(mask, row, col)
			}
		})
		l.masks[m] = mask
	}
	l.cutStrips()
	return l
}

// findRuns finds the places of the codewords' bits: up and down in columns of two modules, from the
// right.
func (l *qrLayout) findRuns(taken []uint64) {
	for right := l.side - 1; right > 0; right -= 2 {
		if right == 6 { // the vertical timing pattern
			right--
		}
		row, step := 0, 1
		if (right+1)&2 == 0 {
			row, step = l.side-1, -1
		}
		width := 0 // of the run that the row before belongs to
		for range l.side {
			before := width
			width = 2
			last := right // the rightmost module
			if l.has(taken, row, right) {
				last, width = right-1, 1
			}
			if l.has(taken, row, right-1) {
				width--
			}
			word, shift := l.place(row, last)
			switch {
			case width == 0:
			case width == before && l.runs[len(l.runs)-1].shift == shift:
				l.runs[len(l.runs)-1].count++
			default:
				l.runs = append(l.runs,
					qrRun{int32(word), int8(step * l.stride), shift, width == 2, 1})
			}
			row += step
		}
	}
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
