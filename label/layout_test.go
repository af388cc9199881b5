package label_test

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/symbol"
)

// recorder is a canvas that writes down what it is to draw.
type recorder struct {
	strings.Builder
	device label.Device
	fail   string // the kind of part at which it fails
}

var errCanvas = errors.New("the canvas is full")

func (c *recorder) line(kind, format string, a ...any) error {
	fmt.Fprintf(c, kind+" "+format+"\n", a...)
	if c.fail == kind {
		return errCanvas
	}
	return nil
}

func (c *recorder) Device() label.Device { return c.device }

func (c *recorder) Run(r label.Run) error {
	return c.line("run", "%q at %.3f,%.3f width %.3f size %.3f %s %d° white %v",
		r.Text, r.X, r.Y, r.Width, r.Size, r.Face, r.Rotation.Degrees(), r.White)
}

func (c *recorder) Symbol(s *label.Symbol, l label.SymbolLayout) error {
	area, n := 0.0, 0
	for r := range l.Dark(s) {
		area += r.Width * r.Height
		n++
	}
	return c.line("symbol", "%s modules %s quiet %s module %.3f ink %.3f in %d",
		s.Symbology, rect(l.Modules), rect(l.Quiet), l.Module, area, n)
}

func (c *recorder) Box(b *label.Box) error {
	err := c.line("box", "%s white %v", b.Name, b.White)
	for _, side := range b.Sides(c.device) {
		fmt.Fprintf(c, "  %s\n", rect(side))
	}
	return err
}

func (c *recorder) Path(p *label.Path) error { return c.line("path", "%s", rect(p.Bounds())) }

func (c *recorder) Image(m *label.Image) error {
	at := m.Layout(c.device)
	err := c.line("image", "%s", rect(at))
	for r := range m.Dark(at) {
		fmt.Fprintf(c, "  %s\n", rect(r))
	}
	return err
}

func rect(r label.Rect) string {
	return fmt.Sprintf("%.3f,%.3f+%.3f×%.3f", r.X, r.Y, r.Width, r.Height)
}

// picture is 4 × 2 pixels, its ink in three stretches, with a corner that is not 0,0.
func picture() *image.Paletted {
	p := image.NewPaletted(image.Rect(5, 7, 9, 9), color.Palette{color.White, color.Black})
	for _, at := range [][2]int{{5, 7}, {6, 7}, {5, 8}, {6, 8}, {8, 8}} {
		p.SetColorIndex(at[0], at[1], 1)
	}
	return p
}

// everything is a label with elements of all kinds, each turned to all sides.
func everything() *label.Label {
	message := gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "10", Value: "L42"}}
	l := &label.Label{Width: 300, Height: 300}
	for r := label.Rotate0; r <= label.Rotate270; r++ {
		x := 10 + 70*float64(r)
		hri := label.HRI{Place: label.Below, Size: 2}
		above := label.HRI{Place: label.Above, Size: 2, Gap: 0.7, Face: font.Bold}
		beside := label.HRI{Place: label.Beside, Size: 1.5}
		l.Elements = append(l.Elements,
			&label.Text{Name: "text", Frame: label.Rect{X: x, Y: 5, Width: 30, Height: 20},
				Rotation: r,
				Size:     2.03, Wrap: true, Align: label.Align(r % 3),
				VAlign:  label.Align((r + 1) % 3),
				Content: "Aj one two three four five\nsix", LineHeight: 1.3},
			&label.Symbol{Name: "bars", X: x, Y: 40.03, Rotation: r, XDimension: 0.25,
				BarHeight: 12.1,
				Symbology: symbol.SymbologyGS1128, Message: message, HRI: hri},
			&label.Symbol{X: x, Y: 100, Width: 60, Align: label.Align(r % 3), Rotation: r,
				XDimension: 0.25, BarHeight: 12, Symbology: symbol.SymbologyGS1128,
				Message: message,
				HRI:     above},
			&label.Symbol{X: x, Y: 130, Rotation: r, XDimension: 0.5, Text: "4711",
				Symbology: symbol.SymbologyDataMatrix, HRI: hri},
			&label.Symbol{X: x, Y: 160, Rotation: r, XDimension: 0.33, Message: message,
				Symbology: symbol.SymbologyGS1QR, HRI: beside},
			&label.Symbol{X: x, Y: 190, Rotation: r, XDimension: 0.33, Text: "9506000134352",
				Symbology: symbol.SymbologyEAN13, HRI: hri},
			&label.Symbol{X: x, Y: 220, Rotation: r, XDimension: 0.25, Text: "036000291452",
				Symbology: symbol.SymbologyUPCA, HRI: hri},
			&label.Symbol{X: x, Y: 250, Rotation: r, XDimension: 0.5, BarHeight: 20,
				Text: "19506000134359", Symbology: symbol.SymbologyITF14, HRI: hri},
		)
	}
	return l
}

// shapes is a label of boxes, paths and pictures.
func shapes() *label.Label {
	return &label.Label{Width: 60, Height: 40, Elements: []label.Element{
		&label.Box{Name: "filled", Frame: label.Rect{X: 1, Y: 2, Width: 3, Height: 4}},
		&label.Box{Name: "frame", Frame: label.Rect{X: 10, Y: 2, Width: 30, Height: 20},
			Thickness: 0.3},
		&label.Box{Name: "thin", Frame: label.Rect{X: 10, Y: 2, Width: 30, Height: 20},
			Thickness: 0.01},
		&label.Box{Name: "narrow", Frame: label.Rect{X: 1, Y: 2, Width: 1, Height: 4},
			Thickness: 0.5},
		&label.Box{Name: "hollow", Frame: label.Rect{X: 1, Y: 2, Width: 1.1, Height: 4},
			Thickness: 0.5},
		&label.Path{Name: "path", Contours: [][]label.Point{
			{{X: 3, Y: 9}, {X: 5, Y: 4}, {X: 7, Y: 11}}, {{X: 1, Y: 7}, {X: 2, Y: 6}, {X: 2, Y: 7}},
		}},
		&label.Image{Name: "image", Frame: label.Rect{X: 1.03, Y: 2.03, Width: 10, Height: 10},
			Ink: picture()},
		&label.Image{Frame: label.Rect{X: 1, Y: 2, Width: 9, Height: 0.3}, Ink: picture()},
		&label.Image{Frame: label.Rect{X: 1, Y: 2, Width: 0.4, Height: 9}, Ink: picture()},
		&label.Image{Frame: label.Rect{X: 1, Y: 2, Width: 0.5, Height: 9}, Ink: picture()},
		&label.Image{Frame: label.Rect{X: 1, Y: 2, Width: 1, Height: 1},
			Ink: image.NewPaletted(image.Rect(0, 0, 3, 0), nil)},
	}}
}

// TestLayout compares the places of everything on a label with kept ones, which
// [TestLayoutIsRight] and the tests of the canvases vouch for.
func TestLayout(t *testing.T) {
	var all strings.Builder
	for _, d := range []label.Device{{}, {DotsPerMM: 8}, {DotsPerMM: 300 / 25.4}} {
		c := &recorder{device: d}
		require.NoError(t, everything().Draw(c))
		require.NoError(t, shapes().Draw(c))
		fmt.Fprintf(&all, "# at %.2f dots/mm\n%s", d.DotsPerMM, c)
		for _, f := range append(everything().Preflight(d), shapes().Preflight(d)...) {
			fmt.Fprintln(&all, f)
		}
	}
	keep(t, "testdata/layout.txt", all.String())
}

func keep(t *testing.T, file, got string) {
	t.Helper()
	if ci.Update() {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// What a turned element prints is what it prints upright, turned around its frame's corner.
func TestLayoutIsRight(t *testing.T) {
	for _, e := range everything().Elements {
		s, ok := e.(*label.Symbol)
		if !ok {
			continue
		}
		require.NoError(t, s.Encode())
		l, err := s.Layout(label.Device{})
		require.NoError(t, err)
		upright := *s
		upright.Rotation = label.Rotate0
		u, err := upright.Layout(label.Device{})
		require.NoError(t, err)
		require.InDelta(t, u.Modules.Width*u.Modules.Height, l.Modules.Width*l.Modules.Height, 1e-9)
		require.InDelta(t, area(u.Dark(&upright)), area(l.Dark(s)), 1e-6)
		dark := 0.0
		for row := range s.Modules.Rows() {
			for col := range s.Modules.Cols() {
				if s.Modules.Dark(row, col) {
					dark++
				}
			}
		}
		share := dark / float64(s.Modules.Rows()*s.Modules.Cols())
		if traits := s.Symbology.Traits(); traits.GuardBars == 0 && traits.BearerBars == 0 {
			require.InDelta(t, share*l.Modules.Width*l.Modules.Height, area(l.Dark(s)), 1e-6)
		}
		for r := range l.Dark(s) {
			require.GreaterOrEqual(t, r.X, l.Quiet.X-l.Guards-1e-9)
			require.LessOrEqual(t, r.Right(), l.Quiet.Right()+l.Guards+1e-9)
		}
		require.Len(t, l.HRI, len(u.HRI))
		for i, r := range l.HRI {
			require.Equal(t, s.Rotation, r.Rotation)
			dx, dy := u.HRI[i].X-u.Modules.X, u.HRI[i].Y-u.Modules.Y
			x, y := turn(s.Rotation, l.Modules, dx, dy)
			require.InDelta(t, x, r.X, 1e-9, "%s %d°", s.Symbology, s.Rotation.Degrees())
			require.InDelta(t, y, r.Y, 1e-9)
		}
	}
}

func area(rects func(func(label.Rect) bool)) (mm2 float64) {
	for r := range rects {
		mm2 += r.Width * r.Height
	}
	return mm2
}

// turn is where a point of an upright frame is when the frame has been turned to r.
func turn(r label.Rotation, frame label.Rect, x, y float64) (float64, float64) {
	corner := map[label.Rotation][2]float64{
		label.Rotate0:   {frame.X, frame.Y},
		label.Rotate90:  {frame.X + frame.Width, frame.Y},
		label.Rotate180: {frame.X + frame.Width, frame.Y + frame.Height},
		label.Rotate270: {frame.X, frame.Y + frame.Height},
	}[r]
	sin, cos := math.Sincos(float64(r) * math.Pi / 2)
	return corner[0] + x*cos - y*sin, corner[1] + x*sin + y*cos
}

// The interpretation is 0.6 of its size away from the bars unless a gap is given.
func TestHRIGap(t *testing.T) {
	for _, c := range []struct {
		gap, size, want float64
	}{{0, 2, 1.2}, {0, 3, 1.8}, {0.5, 2, 0.5}} {
		s := label.Symbol{X: 20, Y: 20, Symbology: symbol.SymbologyCode128, XDimension: 0.25,
			BarHeight: 10, Text: "4711", HRI: label.HRI{Place: label.Below, Size: c.size,
				Gap: c.gap}}
		l, err := s.Layout(label.Device{})
		require.NoError(t, err)
		require.InDelta(t, c.want, l.HRI[0].Y-c.size-l.Modules.Bottom(), 1e-9)
		s.HRI.Place = label.Above
		l, err = s.Layout(label.Device{})
		require.NoError(t, err)
		require.InDelta(t, c.want, l.Modules.Y-l.HRI[0].Y, 1e-9)
		s.HRI.Place = label.Beside
		l, err = s.Layout(label.Device{})
		require.NoError(t, err)
		require.InDelta(t, 2.5, l.HRI[0].X-l.Modules.Right(), 1e-9, "ten modules: the quiet zone")
	}
}

// A text that does not fit is set smaller in steps of 5 percent.
func TestTextShrinksInSteps(t *testing.T) {
	width := func(x *label.Text) float64 { return x.Runs[0].Width / x.Runs[0].Size }
	x := &label.Text{Frame: label.Rect{Width: 100}, Size: 2, Content: "abcdef"}
	require.NoError(t, x.Layout())
	wide := width(x)
	for steps := range 8 {
		size := 2 * math.Pow(0.95, float64(steps))
		x.MinSize, x.Frame.Width = 0.5, wide*size*1.001
		require.NoError(t, x.Layout())
		require.InDelta(t, size, x.Runs[0].Size, 1e-9)
		x.Frame.Width = wide * size * 0.999
		require.NoError(t, x.Layout())
		require.InDelta(t, size*0.95, x.Runs[0].Size, 1e-9)
	}
	x.MinSize, x.Frame.Width = 1.97, wide*1.975
	require.NoError(t, x.Layout(), "the smallest size is tried even between steps")
	require.InDelta(t, 1.97, x.Runs[0].Size, 1e-9)
}

func TestTextIsSetOnlyAsSmallAsAllowed(t *testing.T) {
	x := &label.Text{Frame: label.Rect{Width: 5}, Size: 2, MinSize: 1.9, Content: "far too long"}
	var fit *label.FitError
	require.ErrorAs(t, x.Layout(), &fit)
	require.Equal(t, 1.9, fit.Size)
	require.True(t, fit.Across)
	require.Equal(t, "far too long", fit.Input)
	require.InDelta(t, float64(font.Regular.Width("far too long"))*1.9/font.CapHeight, fit.Need,
		1e-9)
	require.EqualError(t, fit,
		fmt.Sprintf(`label: text "far too long" is %.2f mm wide at a cap height`+
			` of 1.90 mm, want at most 5.00 mm; shorten it, widen the frame or allow a smaller size`,
			fit.Need))

	x = &label.Text{Frame: label.Rect{Width: 50, Height: 5.19}, Size: 2, Content: "a\nb"}
	require.ErrorAs(t, x.Layout(), &fit)
	require.EqualError(t, fit, `label: text "a\nb" is 5.20 mm high at a cap height of 2.00 mm, `+
		`want at most 5.19 mm; shorten it, give the frame more height or allow a smaller size`)
	x.Frame.Height = 5.2
	require.NoError(t, x.Layout())
}

func TestGlyphErrorHasThePlace(t *testing.T) {
	x := &label.Text{Frame: label.Rect{Width: 50}, Size: 2, Content: "naïve 東京"}
	var missing *label.GlyphError
	require.ErrorAs(t, x.Layout(), &missing)
	require.Equal(t, label.GlyphError{Input: "naïve 東京", Pos: 7, Rune: '東'}, *missing)
	require.EqualError(t, missing,
		`label: text "naïve 東京" at byte 8: the face regular has no glyph for '東' (U+6771)`)
}

// Draw stops at the first part that a canvas cannot draw, and names its element.
func TestDrawNamesTheElement(t *testing.T) {
	all := append(everything().Elements[:2], shapes().Elements...)
	want := map[string]string{
		"run": "element 1 (text)", "symbol": "element 2 (bars)", "box": "element 3 (filled)",
		"path": "element 8 (path)", "image": "element 9 (image)",
	}
	for kind, element := range want {
		c := &recorder{fail: kind}
		err := (&label.Label{Width: 300, Height: 300, Elements: all}).Draw(c)
		require.ErrorIs(t, err, errCanvas)
		require.EqualError(t, err, "label: "+element+": the canvas is full")
		require.Equal(t, 1, strings.Count("\n"+c.String(), "\n"+kind+" "), "nothing after it")
		var e *label.ElementError
		require.ErrorAs(t, err, &e)
		require.Equal(t, element, fmt.Sprintf("element %d (%s)", e.Element+1, e.Name))
		require.Equal(t, e.Name, label.ElementName(all[e.Element]))
	}
	for _, bad := range []label.Element{
		&label.Text{Frame: label.Rect{Width: 1}, Size: 2, Content: "too wide"},
		&label.Symbol{Symbology: symbol.SymbologyEAN13, XDimension: 0.33, Text: "1"},
		&label.Symbol{Symbology: symbol.SymbologyQR, XDimension: 0.33, Text: "a",
			HRI: label.HRI{Place: label.Below, Size: 2, Width: 0.1}},
	} {
		c := &recorder{}
		require.Error(t, (&label.Label{Elements: []label.Element{bad}}).Draw(c))
		require.Empty(t, c.String())
	}
	failing := &label.Symbol{Symbology: symbol.SymbologyQR, XDimension: 0.33, Text: "a",
		HRI: label.HRI{Place: label.Below, Size: 2}}
	require.ErrorIs(t,
		(&label.Label{Elements: []label.Element{failing}}).Draw(&recorder{fail: "run"}),
		errCanvas)
}

// A text that has been laid out is drawn as it was.
func TestDrawKeepsRuns(t *testing.T) {
	x := &label.Text{Frame: label.Rect{Width: 50}, Size: 2, Content: "new",
		Runs: []label.Run{{Text: "old"}}}
	c := &recorder{}
	require.NoError(t, (&label.Label{Elements: []label.Element{x}}).Draw(c))
	require.Contains(t, c.String(), `run "old"`)
	x.Runs = nil
	require.NoError(t, (&label.Label{Elements: []label.Element{x}}).Draw(c))
	require.Contains(t, c.String(), `run "new"`)
	require.Nil(t, x.Runs, "the label is not changed")
}

func TestDevice(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	require.Equal(t, []int{0, 0, 1, 8, -1}, []int{d.Dots(0), d.Dots(0.06), d.Dots(0.0625),
		d.Dots(1), d.Dots(-0.0625)})
	require.Equal(t, []float64{0, 0.125, 1}, []float64{d.Snap(0.06), d.Snap(0.0625), d.Snap(1.06)})
	require.Equal(t, []float64{0.125, 0.125, 0.25},
		[]float64{d.SnapSize(0.01), d.SnapSize(0.18), d.SnapSize(0.19)})
	v := label.Device{}
	require.Equal(t, []float64{0.06, 0.01}, []float64{v.Snap(0.06), v.SnapSize(0.01)})
}

func TestRect(t *testing.T) {
	r := label.Rect{X: 1, Y: 2, Width: 3, Height: 4}
	require.Equal(t, label.Rect{X: 0.5, Y: 1, Width: 4, Height: 6}, r.Grow(0.5, 1))
	for _, c := range []struct {
		x, y float64
		want bool
	}{{3.99, 5.99, true}, {4, 3, false}, {2, 6, false}, {-1.99, 0, true}, {-2, 3, false},
		{2, -2, false},
		{2, -1.99, true}, {3.9995, 3, false}, {2, 5.9995, false}} {
		s := label.Rect{X: c.x, Y: c.y, Width: 3, Height: 4}
		require.Equal(t, c.want, r.Overlaps(s), "%v", c)
		require.Equal(t, c.want, s.Overlaps(r), "%v", c)
	}
	for i, degrees := range []int{0, 90, 180, 270, 0} {
		require.Equal(t, degrees, label.Rotation(i).Degrees())
	}
}

func TestApplications(t *testing.T) {
	var names []string
	for _, a := range label.Applications() {
		names = append(names, a.String())
	}
	require.Equal(t, []string{
		"any", "general-distribution", "logistic-units", "regulated-healthcare", "retail-pharmacy",
	}, names)
	require.Equal(t, "retail-pharmacy", label.Application(99).String())
}

// All stops when its consumer does.
func TestAll(t *testing.T) {
	a, b := &label.Label{Width: 1}, &label.Label{Width: 2}
	var got []*label.Label
	for l, err := range label.All(a, b) {
		require.NoError(t, err)
		got = append(got, l)
	}
	require.Equal(t, []*label.Label{a, b}, got)
	for l := range label.All(a, b) {
		require.Same(t, a, l)
		break
	}
}

// Rectangles whose edges are a thousandth of a millimetre apart do not overlap.
func TestOverlapHasSlack(t *testing.T) {
	thin := label.Rect{Width: 1, Height: 0.001}
	flat := label.Rect{Width: 0.001, Height: 1}
	all := label.Rect{Width: 1, Height: 1}
	require.False(t, thin.Overlaps(all))
	require.False(t, all.Overlaps(thin))
	require.False(t, flat.Overlaps(all))
	require.False(t, all.Overlaps(flat))
}

// An interpretation may be exactly as small as allowed.
func TestHRIAtItsLeastSize(t *testing.T) {
	em := float64(font.Regular.Width("4711")) / font.CapHeight
	s := label.Symbol{Symbology: symbol.SymbologyCode128, XDimension: 0.25, BarHeight: 10, Text: "4711",
		HRI: label.HRI{Place: label.Below, Size: 3, Width: 5, MinSize: 5 / em}}
	l, err := s.Layout(label.Device{})
	require.NoError(t, err)
	require.Equal(t, 5/em, l.HRI[0].Size)
	s.HRI.MinSize *= 1.0001
	_, err = s.Layout(label.Device{})
	var fit *label.FitError
	require.ErrorAs(t, err, &fit)
	require.Equal(t, s.HRI.MinSize, fit.Size)
}
