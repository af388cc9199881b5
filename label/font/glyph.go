package font

import (
	"math"

	"golang.org/x/image/font/sfnt"
)

// A Glyph is the outline of one character, in font units with y upwards from the baseline. Its
// curves are flattened to straight lines; what they wind around is ink (non-zero winding rule).
type Glyph struct {
	Advance                int
	Contours               [][]Point // closed; the last point is not repeated
	Left, Right, Low, High float64   // the ink's bounds; all zero for a space
}

// A Point is a place on a glyph's outline.
type Point struct{ X, Y float64 }

// Glyph returns the outline of r, or that of the empty box when the face lacks it. It is shared: do
// not change it.
func (f Face) Glyph(r rune) *Glyph {
	t := f.face()
	if g, ok := t.glyphs.Load(r); ok {
		return g.(*Glyph)
	}
	advance, ok := f.Advance(r)
	if !ok {
		r = -1 // all missing ones share the box
	}
	g, _ := t.glyphs.LoadOrStore(r, t.outline(r, advance))
	return g.(*Glyph)
}

func (t *typeface) outline(r rune, advance int) *Glyph {
	var buf sfnt.Buffer
	index := sfnt.GlyphIndex(0)
	if r >= 0 {
		index, _ = t.font.GlyphIndex(&buf, r)
	}
	g := &Glyph{Advance: advance}
	segments, err := t.font.LoadGlyph(&buf, index, em, nil)
	if err != nil {
		return g
	}
	var pen Point
	var contour []Point
	for _, s := range segments {
		var p [3]Point
		for i, a := range s.Args {
			p[i] = Point{float64(a.X) / 64, -float64(a.Y) / 64}
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			g.close(contour)
			contour, pen = []Point{p[0]}, p[0]
		case sfnt.SegmentOpLineTo:
			contour, pen = append(contour, p[0]), p[0]
		case sfnt.SegmentOpQuadTo:
			n := chords(pen, p[0], p[1])
			for i := 1; i <= n; i++ {
				contour = append(contour, quad(pen, p[0], p[1], float64(i)/float64(n)))
			}
			pen = p[1]
		}
	}
	g.close(contour)
	return g
}

// A quadratic curve has at least minChords chords, and so many that none is further from the curve
// than maxDeviation font units. A thousandth of an em is 2.
const (
	minChords    = 8
	maxDeviation = 2.0
)

// chords returns how many chords a curve takes: n of the same share are a quarter of the distance
// from the control point to the middle of the other two, by n², from the curve.
func chords(a, b, c Point) int {
	bend := math.Hypot(a.X-2*b.X+c.X, a.Y-2*b.Y+c.Y)
	return max(minChords, int(math.Ceil(math.Sqrt(bend/4/maxDeviation))))
}

func quad(a, b, c Point, t float64) Point {
	u := 1 - t
	return Point{u*u*a.X + 2*u*t*b.X + t*t*c.X, u*u*a.Y + 2*u*t*b.Y + t*t*c.Y}
}

// close adds a contour, without its last point if that is the first, and widens the bounds.
func (g *Glyph) close(contour []Point) {
	if n := len(contour); n > 1 && contour[n-1] == contour[0] {
		contour = contour[:n-1]
	}
	if len(contour) < 3 {
		return
	}
	if len(g.Contours) == 0 {
		g.Left, g.Right, g.Low, g.High = contour[0].X, contour[0].X, contour[0].Y, contour[0].Y
	}
	for _, p := range contour {
		g.Left, g.Right = min(g.Left, p.X), max(g.Right, p.X)
		g.Low, g.High = min(g.Low, p.Y), max(g.High, p.Y)
	}
	g.Contours = append(g.Contours, contour)
}
