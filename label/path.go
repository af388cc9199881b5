package label

import (
	"math"
	"strconv"
	"strings"
)

// parsePath reads the path data of SVG 1.1, 8.3, but for arcs, and scales them from a view to a frame on the label. Every subpath
// is closed; curves become chords no further than a hundredth of a millimetre from them.
func parsePath(src string, frame Rect, view [2]float64) ([][]Point, *exprError) {
	r := pathReader{src: src, frame: frame, view: view}
	for r.err == nil {
		r.space()
		if r.i == len(src) {
			break
		}
		r.command()
	}
	r.close()
	if r.err == nil && len(r.contours) == 0 {
		r.err = exprErrorf(0, "the path encloses nothing: begin with M and draw lines")
	}
	return r.contours, r.err
}

type pathReader struct {
	src      string
	i        int
	frame    Rect
	view     [2]float64
	last     byte  // the command under way, repeated by further numbers
	pen      Point // in the view
	start    Point
	contour  []Point
	contours [][]Point
	points   int
	err      *exprError
}

// maxPathPoints bounds what a path may cost.
const maxPathPoints = 100_000

func (r *pathReader) space() {
	for r.i < len(r.src) && strings.IndexByte(" \t\r\n,", r.src[r.i]) >= 0 {
		r.i++
	}
}

func (r *pathReader) command() {
	at := r.i
	c := r.src[r.i]
	switch {
	case strings.IndexByte("MmLlHhVvCcQqZz", c) >= 0:
		r.i++
		if r.last == 0 && c != 'M' && c != 'm' {
			r.err = exprErrorf(at, "a path begins with M, not with %q", c)
			return
		}
	case r.last != 0 && r.last != 'Z' && r.last != 'z' && strings.IndexByte("+-.0123456789", c) >= 0:
		c = r.last
		if c == 'M' || c == 'm' {
			c -= 'M' - 'L' // further pairs after a move are lines
		}
	default:
		r.err = exprErrorf(at, "unknown path command %q: use M L H V C Q Z, and curves in place of arcs", string(rune(c)))
		return
	}
	r.last = c
	relative := c >= 'a'
	switch c &^ 0x20 {
	case 'M':
		r.close()
		r.pen = r.point(relative)
		r.start = r.pen
		r.to(r.pen)
	case 'L':
		r.to(r.point(relative))
	case 'H':
		x := r.number()
		if relative {
			x += r.pen.X
		}
		r.to(Point{x, r.pen.Y})
	case 'V':
		y := r.number()
		if relative {
			y += r.pen.Y
		}
		r.to(Point{r.pen.X, y})
	case 'C':
		a, b, end := r.point(relative), r.point(relative), r.point(relative)
		r.curve(r.pen, a, b, end)
	case 'Q':
		a, end := r.point(relative), r.point(relative)
		from := r.pen
		r.curve(from, mix(from, a, 2./3), mix(end, a, 2./3), end)
	case 'Z':
		r.close()
		r.pen = r.start
		r.to(r.pen)
	}
}

// number reads a number.
func (r *pathReader) number() float64 {
	if r.err != nil {
		return 0
	}
	r.space()
	begin := r.i
	if r.i < len(r.src) && (r.src[r.i] == '-' || r.src[r.i] == '+') {
		r.i++
	}
	for dot := false; r.i < len(r.src) && (r.src[r.i] >= '0' && r.src[r.i] <= '9' || r.src[r.i] == '.' && !dot); r.i++ {
		dot = dot || r.src[r.i] == '.'
	}
	f, err := strconv.ParseFloat(r.src[begin:r.i], 64)
	if err != nil || math.Abs(f) > 1e6 {
		r.err = exprErrorf(begin, "the path's %q wants a number here, such as 1.5", string(rune(r.last)))
		return 0
	}
	return f
}

func (r *pathReader) point(relative bool) Point {
	p := Point{r.number(), r.number()}
	if relative {
		p.X += r.pen.X
		p.Y += r.pen.Y
	}
	return p
}

// to draws a line.
func (r *pathReader) to(p Point) {
	if r.points++; r.points > maxPathPoints && r.err == nil {
		r.err = exprErrorf(r.i, "a path has at most %d points", maxPathPoints)
	}
	if r.err != nil {
		return
	}
	r.pen = p
	r.contour = append(r.contour, r.scaled(p))
}

func (r *pathReader) scaled(p Point) Point {
	return Point{r.frame.X + p.X*r.frame.Width/r.view[0], r.frame.Y + p.Y*r.frame.Height/r.view[1]}
}

func (r *pathReader) curve(from, a, b, end Point) {
	p := [4]Point{r.scaled(from), r.scaled(a), r.scaled(b), r.scaled(end)}
	// A cubic's distance from n chords is at most d/n² with d = ¾·max(|p0-2p1+p2|, |p1-2p2+p3|) (second differences).
	bend := max(math.Hypot(p[0].X-2*p[1].X+p[2].X, p[0].Y-2*p[1].Y+p[2].Y), math.Hypot(p[1].X-2*p[2].X+p[3].X, p[1].Y-2*p[2].Y+p[3].Y))
	n := min(max(2, int(math.Ceil(math.Sqrt(0.75*bend/0.01)))), 100)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		ab, bc, cd := mix(from, a, t), mix(a, b, t), mix(b, end, t)
		r.to(mix(mix(ab, bc, t), mix(bc, cd, t), t))
	}
}

func mix(a, b Point, t float64) Point { return Point{a.X + (b.X-a.X)*t, a.Y + (b.Y-a.Y)*t} }

// close ends the contour under way.
func (r *pathReader) close() {
	if len(r.contour) > 2 {
		r.contours = append(r.contours, r.contour)
	}
	r.contour = nil
}
