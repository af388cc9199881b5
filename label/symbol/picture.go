package symbol

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
)

// maxPNGSide bounds the pictures that WritePNG makes, in dots.
const maxPNGSide = 1 << 16

// WritePNG writes the symbol with its quiet zone as a PNG of one bit per dot, each module
// dotsPerModule dots wide. The bars of a linear symbol are [Symbol.BarHeight] modules high. The
// error wraps [ErrPicture] when the symbol has no modules, when dotsPerModule is below 1, or when a
// side would be over 65,536 dots; others are those of w.
func (s *Symbol) WritePNG(w io.Writer, dotsPerModule int) error {
	p := s.picture()
	if p.width == 0 {
		return fmt.Errorf("symbol: a symbol without modules: %w", ErrPicture)
	}
	if dotsPerModule < 1 {
		return fmt.Errorf("symbol: %d dots per module, want at least 1: %w", dotsPerModule,
			ErrPicture)
	}
	if most := maxPNGSide / max(p.width, p.height); dotsPerModule > most {
		return fmt.Errorf("symbol: %d dots per module, want at most %d for sides up to %d dots: %w",
			dotsPerModule, most, maxPNGSide, ErrPicture)
	}
	p.dots = dotsPerModule
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	return encoder.Encode(w, p)
}

// WriteSVG writes the symbol with its quiet zone as an SVG document in units of one module. It
// fails when w fails.
func (s *Symbol) WriteSVG(w io.Writer) error {
	p := s.picture()
	out := bufio.NewWriter(w)
	fmt.Fprintf(
		out,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`,
		p.width,
		p.height,
	)
	fmt.Fprintf(out, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, p.width, p.height)
	barHeight := 1
	if s.linear() {
		barHeight = p.height
	}
	for row := range s.rows {
		for from, to := range s.darkRuns(row) {
			fmt.Fprintf(out, "M%d %dh%dv%dh-%dz", p.left+from, p.top+row, to-from, barHeight,
				to-from)
		}
	}
	out.WriteString(`"/></svg>` + "\n")
	return out.Flush()
}

// darkRuns yields the columns [from, to) of each run of dark modules in a row.
func (s *Symbol) darkRuns(row int) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for col := 0; col < s.cols; col++ {
			from := col
			for s.Dark(row, col) {
				col++
			}
			if col > from && !yield(from, col) {
				return
			}
		}
	}
}

// BarHeight returns the height in modules of the bars in a picture of a linear symbol: 15 % of the
// symbol's length, as ISO/IEC 15417 has it for reading by hand, and at least 30. A label sets its
// own. For a matrix symbol it is the number of rows.
func (s *Symbol) BarHeight() int {
	if !s.linear() {
		return s.rows
	}
	return max(30, (s.cols*15+99)/100)
}

// A picture is a symbol with its quiet zone, enlarged. Width, height, left and top are in modules.
type picture struct {
	*Symbol
	width, height, left, top, dots int
}

func (s *Symbol) picture() picture {
	p := picture{Symbol: s, left: s.QuietZone(), top: s.QuietZone()}
	if s.linear() {
		p.top = 0
	}
	p.width, p.height = s.cols+2*p.left, s.BarHeight()+2*p.top
	return p
}

func (p picture) Bounds() image.Rectangle {
	return image.Rect(0, 0, p.width*p.dots, p.height*p.dots)
}

func (p picture) At(x, y int) color.Color { return palette[p.ColorIndexAt(x, y)] }

func (p picture) ColorIndexAt(x, y int) uint8 {
	row := y/p.dots - p.top
	if p.linear() {
		row = 0
	}
	return p.Symbol.ColorIndexAt(x/p.dots-p.left, row)
}
