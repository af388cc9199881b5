package symbol

import "sync"

// dmField is the field of ISO/IEC 16022, Annex E: x^8 + x^5 + x^3 + x^2 + 1.
var dmField = newGalois(0x12D)

// drawDataMatrix sets the modules of a symbol of size z from its data codewords.
func (s *Symbol) drawDataMatrix(z *dmSize) {
	words := appendDMCorrection(append(make([]byte, 0, z.data+z.ecc), s.words...), z)
	s.size(z.rows, z.cols)
	layout := dmLayoutOf(z)
	for at, from := range layout {
		switch {
		case from == dmModuleDark, from >= 0 && words[from>>3]&(0x80>>(from&7)) != 0:
			row, col := at/z.cols, at%z.cols
			s.bits[row*s.stride()+col>>3] |= 0x80 >> (col & 7)
		}
	}
}

// appendDMCorrection appends the error correction codewords. Codewords belong to the blocks in turn, those of error
// correction going on where those of data end.
func appendDMCorrection(words []byte, z *dmSize) []byte {
	n := z.ecc / z.blocks
	generator := dmField.generator(n, 1)
	words = words[:z.data+z.ecc]
	for block := range z.blocks {
		var register [68]byte
		remainder := register[:n]
		for i := block; i < z.data; i += z.blocks {
			factor := words[i] ^ remainder[0]
			copy(remainder, remainder[1:])
			remainder[n-1] = 0
			for j, g := range generator {
				remainder[j] ^= dmField.mul(factor, g)
			}
		}
		at := block - z.data%z.blocks
		if at < 0 {
			at += z.blocks
		}
		for j, r := range remainder {
			words[z.data+at+j*z.blocks] = r
		}
	}
	return words
}

// What a module of a layout shows when it is no bit of a codeword.
const (
	dmModuleLight = -1
	dmModuleDark  = -2
)

var dmLayouts sync.Map // *dmSize to []int16

// dmLayoutOf returns for each module of a symbol what it shows: bit number n of the codewords, the highest of each first,
// or a fixed colour.
func dmLayoutOf(z *dmSize) []int16 {
	if layout, ok := dmLayouts.Load(z); ok {
		return layout.([]int16)
	}
	layout := make([]int16, z.rows*z.cols)
	placed := placeDM(z.mapRows(), z.mapCols())
	high, wide := z.rows/z.regionRows, z.cols/z.regionCol
	for row := range z.rows {
		for col := range z.cols {
			layout[row*z.cols+col] = dmModule(placed, row, col, high, wide, z.mapCols())
		}
	}
	dmLayouts.Store(z, layout)
	return layout
}

// dmModule returns what the module shows: each region of high by wide modules has a solid border left and below, and one
// of alternating modules above and to the right.
func dmModule(placed []int16, row, col, high, wide, mapCols int) int16 {
	dark := func(is bool) int16 {
		if is {
			return dmModuleDark
		}
		return dmModuleLight
	}
	y, x := row%high, col%wide
	switch {
	case x == 0 || y == high-1:
		return dmModuleDark
	case y == 0:
		return dark(x%2 == 0)
	case x == wide-1:
		return dark(y%2 == 1)
	}
	return placed[(row/high*(high-2)+y-1)*mapCols+col/wide*(wide-2)+x-1]
}

// placeDM places the bits of codewords in a mapping matrix (ISO/IEC 16022, Annex F). Codewords stand along diagonals, up and
// down in turn; most have the shape of the state of Utah, which wraps at the edges.
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

// set places the next bits at rows and columns, which count from the far edge where they are negative.
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
	p.set(&[8][2]int{{-2, -2}, {-2, -1}, {-1, -2}, {-1, -1}, {-1, 0}, {0, -2}, {0, -1}, {0, 0}}, row, col, true)
}

// corner places a codeword that has a shape of its own at the lower left and upper right corners.
func (p *dmPlacement) corner(row, col int) {
	switch {
	case row == p.rows && col == 0:
		p.set(&[8][2]int{{-1, 0}, {-1, 1}, {-1, 2}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}}, 0, 0, false)
	case row == p.rows-2 && col == 0 && p.cols%4 != 0:
		p.set(&[8][2]int{{-3, 0}, {-2, 0}, {-1, 0}, {0, -4}, {0, -3}, {0, -2}, {0, -1}, {1, -1}}, 0, 0, false)
	case row == p.rows-2 && col == 0 && p.cols%8 == 4:
		p.set(&[8][2]int{{-3, 0}, {-2, 0}, {-1, 0}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}}, 0, 0, false)
	case row == p.rows+4 && col == 2 && p.cols%8 == 0:
		p.set(&[8][2]int{{-1, 0}, {-1, -1}, {0, -3}, {0, -2}, {0, -1}, {1, -3}, {1, -2}, {1, -1}}, 0, 0, false)
	}
}
