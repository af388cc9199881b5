package template

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
)

var unit = label.Rect{Width: 1, Height: 1}

func contours(t *testing.T, d string, frame label.Rect, view [2]float64) [][]label.Point {
	t.Helper()
	c, err := parsePath(d, frame, view)
	require.Nil(t, err, "%s: %v", d, err)
	return c
}

// A circle of four cubic curves stays within a hundredth of a millimetre of itself at every size.
func TestCurvesAreSmooth(t *testing.T) {
	const k = 0.5522847498307936 // of the control points of a quarter

	circle := fmt.Sprintf("M1,0 C1,%[1]v %[1]v,1 0,1 C-%[1]v,1 -1,%[1]v -1,0 C-1,-%[1]v -%[1]v,-1 0,-1 "+
		"C%[1]v,-1 1,-%[1]v 1,0 Z", k)
	for _, radius := range []float64{0.1, 1, 2, 10, 50, 200, 5000} {
		frame := label.Rect{X: 3, Y: 4, Width: radius, Height: radius}
		all := contours(t, circle, frame, [2]float64{1, 1})
		require.Len(t, all, 1)
		points := all[0]
		low := math.Inf(1)
		for i := range points {
			a, b := points[i], points[(i+1)%len(points)]
			mid := math.Hypot((a.X+b.X)/2-3, (a.Y+b.Y)/2-4) // of the chord
			low = min(low, mid)
			require.InDelta(t, radius, math.Hypot(a.X-3, a.Y-4), radius*0.0003+1e-9,
				"the cubic's own error")
		}
		require.Less(t, radius-low, 0.01+radius*0.0003,
			"a chord of a circle of %v mm is that far inside", radius)
		require.Less(t, float64(len(points)), 20+80*math.Sqrt(radius),
			"and no more points than that takes")
	}
}

// A quadratic curve is the parabola that it is.
func TestQuadraticCurves(t *testing.T) {
	points := contours(t, "M0 0Q10 20 20 0Z", label.Rect{Width: 20, Height: 20},
		[2]float64{20, 20})[0]
	require.Greater(t, len(points), 8)
	for _, p := range points {
		require.InDelta(t, p.X*(20-p.X)/10, p.Y, 1e-9)
	}
	relative := contours(t, "m0 0q10 20 20 0z", label.Rect{Width: 20, Height: 20},
		[2]float64{20, 20})[0]
	require.Equal(t, points, relative)
	c := contours(t, "M1 2C3 4 5 6 7 8", unit, [2]float64{1, 1})[0]
	require.InDeltaSlice(t, []float64{7, 8}, []float64{c[len(c)-1].X, c[len(c)-1].Y}, 1e-9)
	d := contours(t, "M1 2c2 2 4 4 6 6", unit, [2]float64{1, 1})[0]
	require.InDeltaSlice(t, []float64{7, 8}, []float64{d[len(d)-1].X, d[len(d)-1].Y}, 1e-9)
	require.Len(t, d, len(c))
}

func TestPathCommands(t *testing.T) {
	p := func(xy ...float64) (points []label.Point) {
		for i := 0; i < len(xy); i += 2 {
			points = append(points, label.Point{X: xy[i], Y: xy[i+1]})
		}
		return points
	}
	for d, want := range map[string][][]label.Point{
		"M1 2L3 4L5 0Z":                 {p(1, 2, 3, 4, 5, 0)},
		"M1 2 3 4 5 0":                  {p(1, 2, 3, 4, 5, 0)},
		"m1 2 2 2 2-4":                  {p(1, 2, 3, 4, 5, 0)},
		"M1,2l2,2 2-4z":                 {p(1, 2, 3, 4, 5, 0)},
		"M1 2H5V6H1":                    {p(1, 2, 5, 2, 5, 6, 1, 6)},
		"M1 2h4v4h-4z":                  {p(1, 2, 5, 2, 5, 6, 1, 6)},
		"M+1-2L.5.25 1.5e0":             nil,
		"M1 2L3 4L5 0ZM7 7L8 8L9 7":     {p(1, 2, 3, 4, 5, 0), p(7, 7, 8, 8, 9, 7)},
		"M1 2L3 4L5 0ZL6 6L7 3":         {p(1, 2, 3, 4, 5, 0), p(1, 2, 6, 6, 7, 3)},
		"M1 2L3 4L5 0zm1 1l1 1l1-1":     {p(1, 2, 3, 4, 5, 0), p(2, 3, 3, 4, 4, 3)},
		"M0 0L1 1M1 2L3 4L5 0":          {p(1, 2, 3, 4, 5, 0)},
		" M 1 , 2 L 3\t4\r\nL5 0 \n Z ": {p(1, 2, 3, 4, 5, 0)},
	} {
		got, err := parsePath(d, unit, [2]float64{1, 1})
		if want == nil {
			require.NotNil(t, err, d)
			continue
		}
		require.Nil(t, err, d)
		require.Equal(t, want, got, d)
	}
	scaled := contours(t, "M0 0L10 0L10 20Z", label.Rect{X: 5, Y: 6, Width: 20, Height: 10},
		[2]float64{10, 20})
	require.Equal(t, [][]label.Point{p(5, 6, 25, 6, 25, 16)}, scaled)
}

func TestPathMistakes(t *testing.T) {
	for d, want := range map[string]mistake{
		"":         {0, "the path encloses nothing", "begin with M and draw lines"},
		"M0 0L1 1": {0, "the path encloses nothing", "begin with M and draw lines"},
		"  L1 1":   {2, "a path that begins with 'L'", "begin with M"},
		"M0 0A1": {4, `unknown path command "A"`,
			"use M L H V C Q Z, and curves in place of arcs"},
		"1 1": {0, `unknown path command "1"`,
			"use M L H V C Q Z, and curves in place of arcs"},
		"M0 0L1 1L2 0Z1": {13, `unknown path command "1"`,
			"use M L H V C Q Z, and curves in place of arcs"},
		"M0 0L1":         {6, `the path's "L" lacks a number`, "write one such as 1.5"},
		"M0 0L1 -":       {7, `the path's "L" lacks a number`, "write one such as 1.5"},
		"M0 0L1000001 1": {5, `the path's "L" lacks a number`, "write one such as 1.5"},
		"M0 0H":          {5, `the path's "H" lacks a number`, "write one such as 1.5"},
	} {
		_, err := parsePath(d, unit, [2]float64{1, 1})
		require.NotNil(t, err, d)
		require.Equal(t, want, *err, d)
	}
	_, err := parsePath("M0 0L1000000 1L-1000000 0", unit, [2]float64{1, 1})
	require.Nil(t, err)
	long := "M0 0" + strings.Repeat("h1", maxPathPoints-1)
	_, err = parsePath(long, unit, [2]float64{1, 1})
	require.Nil(t, err)
	_, err = parsePath(long+"h1", unit, [2]float64{1, 1})
	require.NotNil(t, err)
	require.Equal(t, "the path has more than 100000 points", err.detail)
	_, err = parsePath("M0 0C1 1 1e6 1e6 0 0", label.Rect{Width: 1e4, Height: 1e4},
		[2]float64{1e-6, 1e-6})
	require.NotNil(t, err, "however far apart: no time is lost")
}

// What is darker than the threshold is ink, what is as dark is not.
func TestThreshold(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 256, 1))
	for x := range 256 {
		grey.SetGray(x, 0, color.Gray{Y: uint8(x)})
	}
	var file bytes.Buffer
	require.NoError(t, png.Encode(&file, grey))
	for threshold, want := range map[float64]int{0: 0, 0.2: 51, 0.5: 128, 0.6: 153, 1: 255} {
		ink, err := decodePicture("logo.png", file.Bytes(), threshold)
		require.NoError(t, err)
		n := 0
		for x := range 256 {
			n += int(ink.ColorIndexAt(x, 0))
		}
		require.Equal(t, want, n, "of %v", threshold)
		if want > 0 {
			require.EqualValues(t, 1, ink.ColorIndexAt(want-1, 0))
		}
	}
}

func TestPicturesAreWeighed(t *testing.T) {
	picture := image.NewNRGBA(image.Rect(0, 0, 7, 1))
	for x, c := range []color.NRGBA{
		{R: 255, A: 255}, {G: 255, A: 255}, {B: 255, A: 255}, // 0.299, 0.587, 0.114
		{A: 255}, {A: 128}, {A: 127}, {R: 255, G: 255, B: 255, A: 255},
	} {
		picture.SetNRGBA(x, 0, c)
	}
	var file bytes.Buffer
	require.NoError(t, png.Encode(&file, picture))
	for threshold, want := range map[float64][]uint8{
		0.5: {1, 0, 1, 1, 1, 0, 0}, 0.298: {0, 0, 1, 1, 0, 0, 0}, 0.3: {1, 0, 1, 1, 0, 0, 0},
		0.586: {1, 0, 1, 1, 1, 1, 0}, 0.588: {1, 1, 1, 1, 1, 1, 0}, 0.113: {0, 0, 0, 1, 0, 0, 0},
		0.115: {0, 0, 1, 1, 0, 0, 0},
	} {
		ink, err := decodePicture("logo.png", file.Bytes(), threshold)
		require.NoError(t, err)
		require.Equal(t, want, ink.Pix, threshold)
	}
	for name, data := range map[string][]byte{"too large": header(4097, 4097),
		"cut off": file.Bytes()[:60], "empty": nil} {
		_, err := decodePicture("logo.png", data, 0.5)
		require.ErrorContains(t, err, `picture "logo.png": `, name)
	}
	_, err := decodePicture("logo.png", header(4097, 4097), 0.5)
	require.ErrorContains(t, err, "4097 × 4097 pixels, want at most 16777216 in all")
}

// header is the beginning of a PNG of a size.
func header(width, height int) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)))
	return b.Bytes()[:40]
}

func TestDefaultsOfElements(t *testing.T) {
	tpl, err := ParseFS(fstest.MapFS{"t.json": {Data: []byte(`{"width": 60, "height": 40,
		"application": "retail-pharmacy", "elements": [
		{"type": "text", "name": "t", "x": 1, "y": 2, "width": 30, "height": 9, "rotate": 180, "face": "mono",
		 "size": 3, "min-size": 1, "line-height": 2, "align": "right", "valign": "bottom", "wrap": true,
		 "white": true, "content": "a b"},
		{"type": "text", "width": 30, "size": 3, "content": "a"},
		{"type": "symbol", "name": "s", "symbology": "gs1-128", "x": 3, "y": 4, "x-dimension": 0.25,
		 "bar-height": 9, "width": 40, "align": "center", "rotate": 270, "content": "(00)395060000000012347",
		 "hri": {"place": "above", "face": "bold", "size": 2, "gap": 1, "width": 35, "min-size": 1.5}},
		{"type": "box", "name": "b", "x": 1, "y": 2, "width": 3, "height": 4, "thickness": 0.5, "white": true},
		{"type": "line", "name": "h", "x": 1, "y": 2, "width": 3, "thickness": 0.5, "white": true},
		{"type": "line", "name": "v", "x": 1, "y": 2, "height": 3, "thickness": 0.5},
		{"type": "path", "name": "p", "x": 1, "y": 2, "width": 3, "height": 4, "white": true, "d": "M0 0H3V4Z"}
	]}`)}}, "t.json")
	require.NoError(t, err)
	width, height := tpl.Size()
	require.Equal(t, []float64{60, 40}, []float64{width, height})
	require.Equal(t, label.RetailPharmacy, tpl.Application())
	l, err := tpl.Execute(nil)
	require.NoError(t, err)
	require.Equal(t, label.RetailPharmacy, l.Application)
	text := l.Elements[0].(*label.Text)
	text.Runs = nil
	require.Equal(t, label.Text{Name: "t", Frame: label.Rect{X: 1, Y: 2, Width: 30, Height: 9},
		Rotation: 2,
		Face:     2, Size: 3, MinSize: 1, LineHeight: 2, Align: label.End, VAlign: label.End,
		Wrap:  true,
		White: true, Content: "a b"}, *text)
	text = l.Elements[1].(*label.Text)
	require.NotNil(t, text.Runs)
	text.Runs = nil
	require.Equal(t, label.Text{Frame: label.Rect{Width: 30}, Size: 3, Content: "a"}, *text)
	s := l.Elements[2].(*label.Symbol)
	require.NotNil(t, s.Modules)
	s.Modules = nil
	require.Equal(t, "(00)395060000000012347", s.Message.String())
	s.Message = nil
	require.Equal(t, "gs1-128", s.Symbology.String())
	s.Symbology = 0
	require.Equal(t, label.Symbol{Name: "s", X: 3, Y: 4, Width: 40, Align: label.Center,
		Rotation:   3,
		XDimension: 0.25, BarHeight: 9, HRI: label.HRI{
			Place: label.Above, Face: 1, Size: 2, Gap: 1, Width: 35, MinSize: 1.5,
		}}, *s)
	require.Equal(t, &label.Box{Name: "b", Frame: label.Rect{X: 1, Y: 2, Width: 3, Height: 4},
		Thickness: 0.5,
		White:     true}, l.Elements[3])
	require.Equal(t, &label.Box{Name: "h", Frame: label.Rect{X: 1, Y: 2, Width: 3, Height: 0.5},
		White: true},
		l.Elements[4])
	require.Equal(t, &label.Box{Name: "v", Frame: label.Rect{X: 1, Y: 2, Width: 0.5, Height: 3}},
		l.Elements[5])
	require.Equal(t, &label.Path{Name: "p", White: true,
		Contours: [][]label.Point{{{X: 1, Y: 2}, {X: 4, Y: 2},
			{X: 4, Y: 6}}}}, l.Elements[6])
}
