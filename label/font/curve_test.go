package font_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/gonameplate/nameplate/label/font"
)

// TestCurvesAreFine compares outlines with the curves of the font files: no chord is further from
// its curve than a thousandth of an em.
func TestCurvesAreFine(t *testing.T) {
	furthest := 0.0
	for _, face := range faces {
		f, err := sfnt.Parse(face.TTF())
		require.NoError(t, err)
		var buf sfnt.Buffer
		for char := '!'; char < 0x180; char++ {
			index, err := f.GlyphIndex(&buf, char)
			require.NoError(t, err)
			if index == 0 {
				continue
			}
			segments, err := f.LoadGlyph(&buf, index, fixed.I(font.UnitsPerEm), nil)
			require.NoError(t, err)
			furthest = math.Max(furthest, deviation(segments, face.Glyph(char)))
		}
	}
	require.Less(t, furthest, font.UnitsPerEm/1000.0)
}

// deviation is how far the curves of a glyph are from its outline at most.
func deviation(segments sfnt.Segments, g *font.Glyph) (furthest float64) {
	at := func(p fixed.Point26_6) font.Point {
		return font.Point{X: float64(p.X) / 64, Y: -float64(p.Y) / 64}
	}
	var pen font.Point
	for _, s := range segments {
		if s.Op != sfnt.SegmentOpQuadTo {
			pen = at(s.Args[0])
			continue
		}
		a, b, c := pen, at(s.Args[0]), at(s.Args[1])
		for i := range 17 {
			u := float64(i) / 16
			p := font.Point{
				X: (1-u)*(1-u)*a.X + 2*u*(1-u)*b.X + u*u*c.X,
				Y: (1-u)*(1-u)*a.Y + 2*u*(1-u)*b.Y + u*u*c.Y,
			}
			furthest = max(furthest, distance(p, g))
		}
		pen = c
	}
	return furthest
}

// distance is how far a point is from the nearest edge of an outline.
func distance(p font.Point, g *font.Glyph) float64 {
	nearest := math.Inf(1)
	for _, contour := range g.Contours {
		for i, a := range contour {
			b := contour[(i+1)%len(contour)]
			dx, dy := b.X-a.X, b.Y-a.Y
			u := 0.0
			if length := dx*dx + dy*dy; length > 0 {
				u = min(1, max(0, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/length))
			}
			nearest = min(nearest, math.Hypot(p.X-a.X-u*dx, p.Y-a.Y-u*dy))
		}
	}
	return nearest
}

// TestBounds compares a glyph's bounds with its outline.
func TestBounds(t *testing.T) {
	for _, face := range faces {
		for char := '!'; char < 0x460; char++ {
			g := face.Glyph(char)
			left, right := math.Inf(1), math.Inf(-1)
			low, high := math.Inf(1), math.Inf(-1)
			for _, contour := range g.Contours {
				require.NotEqual(t, contour[0], contour[len(contour)-1], "%c is closed", char)
				for _, p := range contour {
					left, right = min(left, p.X), max(right, p.X)
					low, high = min(low, p.Y), max(high, p.Y)
				}
			}
			if len(g.Contours) == 0 {
				left, right, low, high = 0, 0, 0, 0
			}
			require.Equal(t, [4]float64{left, right, low, high},
				[4]float64{g.Left, g.Right, g.Low, g.High}, "%s %c", face, char)
		}
	}
}

// TestConstants compares the constants with the metrics of the font files.
func TestConstants(t *testing.T) {
	for _, face := range faces {
		f, err := sfnt.Parse(face.TTF())
		require.NoError(t, err)
		m, err := f.Metrics(new(sfnt.Buffer), fixed.I(font.UnitsPerEm), xfont.HintingNone)
		require.NoError(t, err)
		require.Equal(t, font.CapHeight, m.CapHeight.Round())
	}
	require.Equal(t, "regular", font.Regular.String())
	require.Equal(t, font.Regular.TTF(), font.Face(3).TTF(), "an unknown face is the first")
}

func TestFaces(t *testing.T) {
	require.Equal(t, []string{"regular", "bold", "mono"}, font.Faces())
}
