package symbol

import "fmt"

// A dmSize is a size of Data Matrix symbol: modules, data regions, and codewords of data and error
// correction, which interleaved blocks share.
type dmSize struct {
	rows, cols             int
	regionRows, regionCols int // data regions down and across
	data, ecc, blocks      int
}

func (z *dmSize) modules() int { return z.rows * z.cols }

// mapRows and mapCols are the sides of the mapping matrix: the symbol without finder and clock
// patterns.
func (z *dmSize) mapRows() int { return z.rows - 2*z.regionRows }
func (z *dmSize) mapCols() int { return z.cols - 2*z.regionCols }

// isExtended reports whether the size is one of ISO/IEC 21471.
func (z *dmSize) isExtended() bool {
	for i := range dmExtended {
		if z == &dmExtended[i] {
			return true
		}
	}
	return false
}

// dmSquares are the sizes of ISO/IEC 16022, Table 7.
var dmSquares = []dmSize{
	{10, 10, 1, 1, 3, 5, 1}, {12, 12, 1, 1, 5, 7, 1}, {14, 14, 1, 1, 8, 10, 1},
	{16, 16, 1, 1, 12, 12, 1},
	{18, 18, 1, 1, 18, 14, 1}, {20, 20, 1, 1, 22, 18, 1}, {22, 22, 1, 1, 30, 20, 1},
	{24, 24, 1, 1, 36, 24, 1},
	{26, 26, 1, 1, 44, 28, 1}, {32, 32, 2, 2, 62, 36, 1}, {36, 36, 2, 2, 86, 42, 1},
	{40, 40, 2, 2, 114, 48, 1},
	{44, 44, 2, 2, 144, 56, 1}, {48, 48, 2, 2, 174, 68, 1}, {52, 52, 2, 2, 204, 84, 2},
	{64, 64, 4, 4, 280, 112, 2},
	{72, 72, 4, 4, 368, 144, 4}, {80, 80, 4, 4, 456, 192, 4}, {88, 88, 4, 4, 576, 224, 4},
	{96, 96, 4, 4, 696, 272, 4},
	{104, 104, 4, 4, 816, 336, 6}, {120, 120, 6, 6, 1050, 408, 6}, {132, 132, 6, 6, 1304, 496, 8},
	{144, 144, 6, 6, 1558, 620, 10},
}

// dmRectangles are the rectangles of ISO/IEC 16022, Table 7.
var dmRectangles = []dmSize{
	{8, 18, 1, 1, 5, 7, 1}, {8, 32, 1, 2, 10, 11, 1}, {12, 26, 1, 1, 16, 14, 1},
	{12, 36, 1, 2, 22, 18, 1}, {16, 36, 1, 2, 32, 24, 1}, {16, 48, 1, 2, 49, 28, 1},
}

// dmExtended are the rectangles of ISO/IEC 21471 (DMRE).
var dmExtended = []dmSize{
	{8, 48, 1, 2, 18, 15, 1}, {8, 64, 1, 4, 24, 18, 1}, {8, 80, 1, 4, 32, 22, 1},
	{8, 96, 1, 4, 38, 28, 1},
	{8, 120, 1, 6, 49, 32, 1}, {8, 144, 1, 6, 63, 36, 1}, {12, 64, 1, 4, 43, 27, 1},
	{12, 88, 1, 4, 64, 36, 1},
	{16, 64, 1, 4, 62, 36, 1}, {20, 36, 1, 2, 44, 28, 1}, {20, 44, 1, 2, 56, 34, 1},
	{20, 64, 1, 4, 84, 42, 1},
	{22, 48, 1, 2, 72, 38, 1}, {24, 48, 1, 2, 80, 41, 1}, {24, 64, 1, 4, 108, 46, 1},
	{26, 40, 1, 2, 70, 38, 1},
	{26, 48, 1, 2, 90, 42, 1}, {26, 64, 1, 4, 118, 50, 1},
}

// anySide is no bound to a side.
const anySide = 0xFFFF

// A dmChoice is the set of sizes that options leave.
type dmChoice struct {
	squares, rectangles, extended bool
	maxRows, maxCols              int
	fixed                         bool
	rows, cols                    int     // the fixed size
	prefix                        [4]byte // of prefixed codewords
	prefixed                      int
}

func chooseDataMatrix(options []Option) (dmChoice, error) {
	c := dmChoice{squares: true, maxRows: anySide, maxCols: anySide}
	for _, o := range options {
		switch o.kind {
		case optionRectangles:
			c.rectangles = true
		case optionOnlyRectangles:
			c.squares, c.rectangles = false, true
		case optionDMRE:
			c.rectangles, c.extended = true, true
		case optionSize:
			c.fixed, c.rows, c.cols = true, o.a, o.b
		case optionMaxHeight:
			c.maxRows = min(c.maxRows, o.a)
		case optionMaxWidth:
			c.maxCols = min(c.maxCols, o.a)
		case optionReaderProgramming, optionStructuredAppend:
			if c.prefixed > 0 {
				return c, fault(SymbologyDataMatrix, ErrOption,
					"two of reader programming and structured append, want one")
			}
			if err := c.setPrefix(o); err != nil {
				return c, err
			}
		default:
			return c, o.reject(SymbologyDataMatrix)
		}
	}
	if c.fixed {
		square := c.rows == c.cols
		c.squares, c.rectangles, c.extended = c.squares && square, !square, !square
	}
	return c, nil
}

// setPrefix makes the codewords that come first in the symbol (ISO/IEC 16022).
func (c *dmChoice) setPrefix(o Option) error {
	if o == ReaderProgramming {
		c.prefix[0], c.prefixed = dmProgram, 1
		return nil
	}
	position, total, id := o.a, o.b, o.c
	if total < 2 || total > 16 || position < 1 || position > total || id < 1 || id > 254*254 {
		return fault(SymbologyDataMatrix, ErrOption, "structured append of symbol %d of %d "+
			"with id %d, want 2 to 16 symbols and an id from 1 to 64516", position, total, id)
	}
	c.prefix = [4]byte{
		dmAppend, byte((position-1)<<4 | (17 - total)), byte((id-1)/254 + 1), byte((id-1)%254 + 1),
	}
	c.prefixed = 4
	return nil
}

func (c *dmChoice) allows(z *dmSize) bool {
	return z.rows <= c.maxRows && z.cols <= c.maxCols &&
		(!c.fixed || z.rows == c.rows && z.cols == c.cols)
}

// each calls try with each size that the choice allows.
func (c *dmChoice) each(try func(*dmSize)) {
	for _, kind := range [...]struct {
		allowed bool
		sizes   []dmSize
	}{{c.squares, dmSquares}, {c.rectangles, dmRectangles}, {c.extended, dmExtended}} {
		for i := range kind.sizes {
			if kind.allowed && c.allows(&kind.sizes[i]) {
				try(&kind.sizes[i])
			}
		}
	}
}

// smallest returns the allowed size of the fewest modules with room for n data codewords, or nil;
// of two with the same number of modules the one with more room for error correction.
func (c *dmChoice) smallest(n int) (best *dmSize) {
	c.each(func(z *dmSize) {
		switch {
		case z.data < n, best != nil && z.modules() > best.modules():
		case best != nil && z.modules() == best.modules() && z.ecc <= best.ecc:
		default:
			best = z
		}
	})
	return best
}

// find returns the size for n data codewords, or an error that names one that fits.
func (c *dmChoice) find(n int) (*dmSize, error) {
	if z := c.smallest(n); z != nil {
		return z, nil
	}
	all := dmChoice{
		maxRows: anySide, maxCols: anySide,
		squares: c.squares, rectangles: c.rectangles, extended: c.extended,
	}
	fits := all.smallest(n)
	if fits == nil {
		return nil, fault(SymbologyDataMatrix, ErrTooLong,
			"%d codewords, and the largest allowed symbol holds %d", n, all.most())
	}
	why := fmt.Sprintf("%d codewords, and the largest allowed size holds %d", n, c.most())
	switch exists := c.smallest(0) != nil; {
	case exists:
	case c.fixed:
		why = fmt.Sprintf("there is no allowed size of %d rows and %d columns", c.rows, c.cols)
	default:
		why = "no allowed size is that small"
	}
	return nil, fault(SymbologyDataMatrix, ErrSize, "%s", why).
		with("the smallest that fits is %d x %d", fits.rows, fits.cols)
}

// most returns the most data codewords that an allowed size holds.
func (c *dmChoice) most() (n int) {
	c.each(func(z *dmSize) { n = max(n, z.data) })
	return n
}
