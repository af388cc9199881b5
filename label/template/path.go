package template

import (
	"math"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/label"
)

// parsePath reads path data as in SVG 1.1, 8.3, without arcs, and scales them from a view to a
// frame on the label. Every subpath is closed; curves become chords that are at most a hundredth
// of a millimetre away from them.
func parsePath(src string, frame label.Rect, view [2]float64) ([][]label.Point, *mistake) {
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
		r.err = mistakef(0, "begin with M and draw lines", "the path encloses nothing")
	}
	return r.contours, r.err
}

type pathReader struct {
	src      string
	i        int
	frame    label.Rect
	view     [2]float64
	last     byte        // the command under way, repeated by further numbers
	pen      label.Point // in the view
	start    label.Point
	contour  []label.Point
	contours [][]label.Point
	points   int
	err      *mistake
}

// maxPathPoints bounds what a path may cost.
const maxPathPoints = 100_000

func (r *pathReader) space() {
	for r.i < len(r.src) && strings.IndexByte(" \t\r\n,", r.src[r.i]) >= 0 {
		r.i++
	}
}

// command reads one command, or the numbers that repeat the one before.
func (r *pathReader) command() {
	c, ok := r.letter()
	if !ok {
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
	case 'H', 'V':
		r.straight(c&^0x20 == 'H', relative)
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

// letter reads a command's letter. Numbers in its place repeat the command before; after a move
// they are lines.
func (r *pathReader) letter() (byte, bool) {
	c := r.src[r.i]
	switch {
	case strings.IndexByte("MmLlHhVvCcQqZz", c) >= 0:
		if r.last == 0 && c != 'M' && c != 'm' {
			r.err = mistakef(r.i, "begin with M", "a path that begins with %q", c)
			return 0, false
		}
		r.i++
		return c, true
	case r.last != 0 && r.last != 'Z' && r.last != 'z' &&
		strings.IndexByte("+-.0123456789", c) >= 0:
		if r.last == 'M' || r.last == 'm' {
			return r.last - ('M' - 'L'), true
		}
		return r.last, true
	}
	r.err = mistakef(r.i, "use M L H V C Q Z, and curves in place of arcs",
		"unknown path command %q", string(rune(c)))
	return 0, false
}

// straight draws a horizontal or vertical line.
func (r *pathReader) straight(horizontal, relative bool) {
	v, end := r.number(), r.pen
	at := &end.Y
	if horizontal {
		at = &end.X
	}
	if relative {
		v += *at
	}
	*at = v
	r.to(end)
}

func (r *pathReader) number() float64 {
	if r.err != nil {
		return 0
	}
	r.space()
	begin := r.i
	if r.i < len(r.src) && (r.src[r.i] == '-' || r.src[r.i] == '+') {
		r.i++
	}
	for dot := false; r.i < len(r.src) && (r.src[r.i] >= '0' && r.src[r.i] <= '9' ||
		r.src[r.i] == '.' && !dot); r.i++ {
		dot = dot || r.src[r.i] == '.'
	}
	f, err := strconv.ParseFloat(r.src[begin:r.i], 64)
	if err != nil || math.Abs(f) > 1e6 {
		r.err = mistakef(begin, "write one such as 1.5", "the path's %q lacks a number",
			string(rune(r.last)))
		return 0
	}
	return f
}

func (r *pathReader) point(relative bool) label.Point {
	p := label.Point{X: r.number(), Y: r.number()}
	if relative {
		p.X += r.pen.X
		p.Y += r.pen.Y
	}
	return p
}

// to draws a line.
func (r *pathReader) to(p label.Point) {
	if r.points++; r.points > maxPathPoints && r.err == nil {
		r.err = mistakef(r.i, "", "the path has more than %d points", maxPathPoints)
	}
	if r.err != nil {
		return
	}
	r.pen = p
	r.contour = append(r.contour, r.scaled(p))
}

func (r *pathReader) scaled(p label.Point) label.Point {
	return label.Point{
		X: r.frame.X + p.X*r.frame.Width/r.view[0],
		Y: r.frame.Y + p.Y*r.frame.Height/r.view[1],
	}
}

// curve draws a cubic Bézier curve as chords. n chords are at most d/n² away from it, where d is
// three quarters of its larger second difference, |p0−2p1+p2| or |p1−2p2+p3|.
func (r *pathReader) curve(from, a, b, end label.Point) {
	p := [4]label.Point{r.scaled(from), r.scaled(a), r.scaled(b), r.scaled(end)}
	d := 0.75 * max(bend(p[0], p[1], p[2]), bend(p[1], p[2], p[3]))
	n := int(min(max(2, math.Ceil(math.Sqrt(d/flatness))), maxPathPoints+1))
	for i := 1; i <= n && r.err == nil; i++ {
		t := float64(i) / float64(n)
		ab, bc, cd := mix(from, a, t), mix(a, b, t), mix(b, end, t)
		r.to(mix(mix(ab, bc, t), mix(bc, cd, t), t))
	}
}

// flatness is how far chords may be from their curve, in mm.
const flatness = 0.01

// bend returns the length of the second difference of three points.
func bend(a, b, c label.Point) float64 { return math.Hypot(a.X-2*b.X+c.X, a.Y-2*b.Y+c.Y) }

func mix(a, b label.Point, t float64) label.Point {
	return label.Point{X: a.X + (b.X-a.X)*t, Y: a.Y + (b.Y-a.Y)*t}
}

// close ends the contour under way.
func (r *pathReader) close() {
	if len(r.contour) > 2 {
		r.contours = append(r.contours, r.contour)
	}
	r.contour = nil
}
