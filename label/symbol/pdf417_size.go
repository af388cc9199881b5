package symbol

import "fmt"

// A pdf417Size is a size of PDF417 symbol: rows, columns of data codewords, and the error
// correction level, 0 to 8.
type pdf417Size struct{ rows, cols, level int }

func (z pdf417Size) height() int     { return z.rows * pdf417RowHeight }
func (z pdf417Size) width() int      { return pdf417Frame + z.cols*pdf417PerWord }
func (z pdf417Size) modules() int    { return z.height() * z.width() }
func (z pdf417Size) words() int      { return z.rows * z.cols }
func (z pdf417Size) correction() int { return 2 << z.level }
func (z pdf417Size) dataWords() int  { return z.words() - z.correction() }

// indicator returns the codeword left of a row's data for turn 0, and that right of it for turn 2:
// between them the three rows of a group carry the numbers of rows and columns and the level
// (ISO/IEC 15438, 5.11).
func (z pdf417Size) indicator(row, turn int) int {
	word := 30 * (row / 3)
	switch (row + turn) % 3 {
	case 0:
		return word + (z.rows-1)/3
	case 1:
		return word + 3*z.level + (z.rows-1)%3
	}
	return word + z.cols - 1
}

// pdf417Recommended returns the least error correction level for a number of data codewords
// (ISO/IEC 15438, Annex E).
func pdf417Recommended(words int) int {
	switch {
	case words <= 40:
		return 2
	case words <= 160:
		return 3
	case words <= 320:
		return 4
	}
	return 5
}

// pdf417LeastLevel is the level for little data, and for data that leaves no room for more.
const pdf417LeastLevel = 2

// pdf417Flattest is how many times as wide as high a symbol may be where no option bounds it.
const pdf417Flattest = 4

// A pdf417Choice is what options ask for, in modules.
type pdf417Choice struct {
	maxHeight, maxWidth int
	height, width       int // the fixed size
	fixed, anyShape     bool
}

func choosePDF417(options []Option) (pdf417Choice, error) {
	c := pdf417Choice{maxHeight: anySide, maxWidth: anySide}
	for _, o := range options {
		switch c.anyShape = true; o.kind {
		case optionSize:
			c.fixed, c.height, c.width = true, o.a, o.b
		case optionMaxHeight:
			c.maxHeight = min(c.maxHeight, o.a)
		case optionMaxWidth:
			c.maxWidth = min(c.maxWidth, o.a)
		default:
			return c, o.reject(SymbologyPDF417)
		}
	}
	return c, nil
}

func (c *pdf417Choice) allows(z pdf417Size) bool {
	return z.height() <= c.maxHeight && z.width() <= c.maxWidth &&
		(!c.fixed || z.height() == c.height && z.width() == c.width)
}

// find returns the size for a number of data codewords, or an error that names one that would do.
func (c *pdf417Choice) find(words int) (pdf417Size, error) {
	for level := pdf417Recommended(words); level >= pdf417LeastLevel; level-- {
		if z, ok := c.smallest(words + 2<<level); ok {
			for z.level = level; z.level < 8 && words+4<<z.level <= z.words(); {
				z.level++
			}
			return z, nil
		}
	}
	fits, ok := (&pdf417Choice{maxHeight: anySide, maxWidth: anySide}).smallest(
		words + 2<<pdf417LeastLevel)
	if !ok {
		return fits, fault(SymbologyPDF417, ErrTooLong,
			"%d codewords, and the largest symbol holds %d", words,
			pdf417MaxWords-2<<pdf417LeastLevel)
	}
	why := "no allowed size holds the data"
	if c.fixed {
		why = fmt.Sprintf("%d x %d does not hold the data or is no size", c.height, c.width)
	}
	return fits, fault(SymbologyPDF417, ErrSize, "%s",
		why).with("%d x %d does", fits.height(), fits.width())
}

// smallest returns the allowed size of the fewest modules with room for a number of codewords, and
// whether there is one. Of shapes that are too flat it takes the least flat.
func (c *pdf417Choice) smallest(words int) (best pdf417Size, ok bool) {
	flat := func(z pdf417Size) int {
		if c.anyShape {
			return 0
		}
		return max(0, z.width()-pdf417Flattest*z.height())
	}
	for cols := pdf417MinCols; cols <= pdf417Cols; cols++ {
		for rows := pdf417MinRows; rows <= pdf417Rows && rows*cols <= pdf417MaxWords; rows++ {
			z := pdf417Size{rows: rows, cols: cols}
			if z.words() < words || !c.allows(z) {
				continue
			}
			f, g := flat(z), flat(best)
			if !ok || f < g || f == g && z.modules() < best.modules() {
				best, ok = z, true
			}
		}
	}
	return best, ok
}
