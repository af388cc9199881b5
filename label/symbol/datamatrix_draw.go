package symbol

import (
	"slices"
	"sync"
)

// drawDataMatrix sets the modules of a symbol of size z from its data codewords.
func (e *Encoder) drawDataMatrix(z *dmSize) {
	s := &e.symbol
	e.words = appendDMCorrection(append(e.words[:0], s.words...), z)
	layout := dmLayoutOf(z)
	if cap(e.grid) < layout.stride*z.mapRows() {
		e.grid = make([]uint64, layout.stride*z.mapRows())
	}
	grid := e.grid[:layout.stride*z.mapRows()]
	layout.fill(grid, e.words)
	s.size(z.rows, z.cols)
	for row := range z.rows {
		s.drawDMRow(z, row, layout.stride, grid)
	}
}

// drawDMRow draws a row of modules: each data region has a solid border left and below, and one of
// alternating modules above and to the right.
func (s *Symbol) drawDMRow(z *dmSize, row, stride int, grid []uint64) {
	high, wide := z.rows/z.regionRows, z.cols/z.regionCols
	y, inner := row%high, wide-2
	out := bitWriter{dst: s.bits[row*s.stride():]}
	switch y {
	case 0:
		for range z.cols / 2 {
			out.write(0b10, 2)
		}
	case high - 1:
		for range z.cols / 2 {
			out.write(0b11, 2)
		}
	default:
		line := grid[(row/high*(high-2)+y-1)*stride:][:stride]
		for col := 0; col < z.mapCols(); col += inner {
			data := line[col/64] << (col % 64)
			if col%64+inner > 64 {
				data |= line[col/64+1] >> (64 - col%64)
			}
			out.write(1<<(inner+1)|data>>(64-inner)<<1|uint64(y&1), wide)
		}
	}
	out.flush()
}

// dmCorrectors are in the field of ISO/IEC 16022, Annex E: x^8 + x^5 + x^3 + x^2 + 1.
var dmCorrectors = correctors{field: newGalois(0x12D), first: 1}

// appendDMCorrection appends the error correction codewords. Codewords belong to the blocks in
// turn, those of error correction going on where those of data end.
func appendDMCorrection(words []byte, z *dmSize) []byte {
	n := z.ecc / z.blocks
	corrector := dmCorrectors.of(n)
	words = slices.Grow(words, z.ecc)[:z.data+z.ecc]
	for block := range z.blocks {
		r := corrector.divide(words[block:z.data], z.blocks)
		at := z.data + (block+z.blocks-z.data%z.blocks)%z.blocks
		for j := range n {
			words[at+j*z.blocks] = r.at(j)
		}
	}
	return words
}

// A dmLayout maps codewords to modules of the mapping matrix, whose rows are stride words, the
// leftmost module in the highest bit. Most codewords are utahs: two modules above three above
// three.
type dmLayout struct {
	stride int
	utahs  []dmUtah
	bits   []dmBit // of the codewords that an edge divides
	dark   []dmBit // modules that are always dark; their word is not used
}

type dmUtah struct {
	word  uint16 // the codeword
	at    uint16 // the word of the grid with its upper modules
	shift uint8  // of its right column
}

type dmBit struct {
	bit   uint16 // of the codewords, from the highest bit of the first
	at    uint16
	shift uint8
}

// fill sets the mapping matrix from the codewords.
func (l *dmLayout) fill(grid []uint64, words []byte) {
	clear(grid)
	for _, u := range l.utahs {
		word, at := uint64(words[u.word]), int(u.at)
		grid[at] |= word >> 6 << 1 << (u.shift & 63)
		grid[at+l.stride] |= word >> 3 & 7 << (u.shift & 63)
		grid[at+2*l.stride] |= word & 7 << (u.shift & 63)
	}
	for _, b := range l.bits {
		grid[b.at] |= uint64(words[b.bit/8]>>(7-b.bit%8)&1) << b.shift
	}
	for _, b := range l.dark {
		grid[b.at] |= 1 << b.shift
	}
}

var dmLayouts sync.Map // *dmSize to *dmLayout

func dmLayoutOf(z *dmSize) *dmLayout {
	if layout, ok := dmLayouts.Load(z); ok {
		return layout.(*dmLayout)
	}
	layout := newDMLayout(z.mapRows(), z.mapCols())
	dmLayouts.Store(z, layout)
	return layout
}

func newDMLayout(rows, cols int) *dmLayout {
	l := &dmLayout{stride: (cols + 63) / 64}
	places := make([]int, rows*cols) // of each bit
	place := func(bit, module int) dmBit {
		row, col := module/cols, module%cols
		return dmBit{uint16(bit), uint16(row*l.stride + col/64), uint8(63 - col%64)}
	}
	for module, bit := range placeDM(rows, cols) {
		switch bit {
		case dmModuleDark:
			l.dark = append(l.dark, place(0, module))
		case dmModuleLight:
		default:
			places[bit] = module
		}
	}
	for word := range rows * cols / 8 {
		modules := places[8*word : 8*word+8]
		if isUtah(modules, cols) {
			first := place(0, modules[0])
			l.utahs = append(l.utahs, dmUtah{uint16(word), first.at, first.shift - 2})
			continue
		}
		for i, module := range modules {
			l.bits = append(l.bits, place(8*word+i, module))
		}
	}
	return l
}

// isUtah reports whether the modules of a codeword make the whole shape, and within one word of
// each row.
func isUtah(modules []int, cols int) bool {
	for i, offset := range [8]int{0, 1, cols, cols + 1, cols + 2,
		2 * cols, 2*cols + 1, 2*cols + 2} {
		if modules[i] != modules[0]+offset {
			return false
		}
	}
	return modules[0]%cols%64 < 62 && modules[0]%cols < cols-2
}

// What a module of a mapping matrix is that is no bit of a codeword.
const (
	dmModuleLight = -1
	dmModuleDark  = -2
)

// placeDM places the bits of codewords in a mapping matrix (ISO/IEC 16022, Annex F). Codewords lie
// along diagonals, up and down in turn; most have the shape of the state of Utah, which wraps at
// the edges.
func placeDM(rows, cols int) []int16 {
	p := dmPlacement{rows, cols, make([]int16, rows*cols), 0}
	for row, col := 4, 0; row < rows || col < cols; {
		p.corner(row, col)
		for ; row >= 0 && col < cols; row, col = row-2, col+2 {
			if row < rows && col >= 0 && p.at[row*cols+col] == 0 {
				p.utah(row, col)
			}
		}
		row, col = row+1, col+3
		for ; row < rows && col >= 0; row, col = row+2, col-2 {
			if row >= 0 && col < cols && p.at[row*cols+col] == 0 {
				p.utah(row, col)
			}
		}
		row, col = row+3, col+1
	}
	last := rows*cols - 1
	if p.at[last] == 0 { // four modules are left over in the lower right corner
		p.at[last], p.at[last-cols-1] = dmModuleDark, dmModuleDark
		p.at[last-1], p.at[last-cols] = dmModuleLight, dmModuleLight
	}
	for i := range p.at {
		if p.at[i] > 0 {
			p.at[i]--
		}
	}
	return p.at
}

// A dmPlacement fills a mapping matrix with the numbers of bits, from 1.
type dmPlacement struct {
	rows, cols int
	at         []int16
	next       int16 // number of bits placed
}

// set places the next bits at rows and columns, which count from the far edge where they are
// negative.
func (p *dmPlacement) set(places *[8][2]int, row, col int, wrap bool) {
	for _, place := range places {
		y, x := row+place[0], col+place[1]
		if wrap && y < 0 {
			y, x = y+p.rows, x+4-(p.rows+4)%8
		}
		if wrap && x < 0 {
			y, x = y+4-(p.cols+4)%8, x+p.cols
		}
		if wrap && y >= p.rows { // only in sizes of ISO/IEC 21471 (its Annex E)
			y -= p.rows
		}
		if !wrap {
			y, x = (y+p.rows)%p.rows, (x+p.cols)%p.cols
		}
		p.next++
		p.at[y*p.cols+x] = p.next
	}
}

func (p *dmPlacement) utah(row, col int) {
	p.set(&[8][2]int{{-2, -2}, {-2, -1}, {-1, -2}, {-1, -1}, {-1, 0}, {0, -2}, {0, -1}, {0, 0}},
		row, col, true)
}

// corner places a codeword that has a shape of its own at the lower left and upper right corners.
func (p *dmPlacement) corner(row, col int) {
	switch {
	case row == p.rows && col == 0:
		p.set(&[8][2]int{{-1, 0}, {-1, 1}, {-1, 2}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}}, 0,
			0, false)
	case row == p.rows-2 && col == 0 && p.cols%4 != 0:
		p.set(&[8][2]int{{-3, 0}, {-2, 0}, {-1, 0}, {0, -4}, {0, -3}, {0, -2}, {0, -1}, {1, -1}}, 0,
			0, false)
	case row == p.rows-2 && col == 0 && p.cols%8 == 4:
		p.set(&[8][2]int{{-3, 0}, {-2, 0}, {-1, 0}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}}, 0,
			0, false)
	case row == p.rows+4 && col == 2 && p.cols%8 == 0:
		p.set(&[8][2]int{{-1, 0}, {-1, -1}, {0, -3}, {0, -2}, {0, -1}, {1, -3}, {1, -2}, {1, -1}},
			0, 0, false)
	}
}
