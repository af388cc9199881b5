package raster_test

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/internal/labeltest"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
)

// The heads that labels are made for: "203 dpi", both kinds of "300 dpi", "600 dpi".
var heads = []label.Device{{DotsPerMM: 8}, {DotsPerMM: 300 / 25.4}, {DotsPerMM: 12},
	{DotsPerMM: 24}}

// udiContent is what the symbol of labeltest.UDI carries.
const udiContent = "0109506000134352112611201729111910L2611-042\x1d21K7Q2M9XW4T0C"

func draw(t testing.TB, l *label.Label, d label.Device) *raster.Bitmap {
	t.Helper()
	b, err := raster.Draw(l, d)
	require.NoError(t, err)
	return b
}

// read decodes a symbol from the dots of its quiet zone.
func read(t *testing.T, b *raster.Bitmap, s *label.Symbol, d label.Device) string {
	t.Helper()
	at, err := s.Layout(d)
	require.NoError(t, err)
	picture := b.Crop(raster.Dots(at.Quiet, d))
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	require.NoError(t, err)
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true,
		gozxing.DecodeHintType_ASSUME_GS1: true}
	var reader gozxing.Reader = datamatrix.NewDataMatrixReader()
	if s.Symbology.Linear() {
		reader = oned.NewCode128Reader()
	}
	result, err := reader.Decode(bitmap, hints)
	require.NoError(t, err)
	text := result.GetText()
	for _, fnc1 := range []string{"]C1", "\x1d"} {
		text = strings.TrimPrefix(text, fnc1)
	}
	return text
}

func TestSymbolsDecodeFromTheDots(t *testing.T) {
	for _, d := range heads {
		l := labeltest.Label(t, "udi.json", labeltest.UDI())
		require.Equal(t, udiContent, read(t, draw(t, l, d), labeltest.Symbol(t, l, "udi"), d))

		l = labeltest.Label(t, "logistic.json", labeltest.Logistic())
		b := draw(t, l, d)
		require.Equal(t, "00395060000000012347", read(t, b, labeltest.Symbol(t, l, "sscc"), d))
		require.Equal(t, "02195060001343593748", read(t, b, labeltest.Symbol(t, l, "content"), d))
	}
}

func TestSymbolsDecodeWhenRotated(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	for rotation := label.Rotate0; rotation <= label.Rotate270; rotation++ {
		s := &label.Symbol{X: 15, Y: 15, Rotation: rotation,
			Symbology: symbol.SymbologyCode128, XDimension: 0.25, BarHeight: 10,
			Text: "LOT-4711", HRI: label.HRI{Place: label.Below, Size: 2}}
		m := &label.Symbol{X: 55, Y: 55, Rotation: rotation,
			Symbology: symbol.SymbologyDataMatrix, XDimension: 0.5, Text: "LOT-4711",
			HRI: label.HRI{Place: label.Beside, Size: 2}}
		l := &label.Label{Width: 80, Height: 80, Elements: []label.Element{s, m}}
		require.Empty(t, l.Preflight(d), rotation)
		b := draw(t, l, d)
		at, err := s.Layout(d)
		require.NoError(t, err)
		bars := b.Crop(raster.Dots(at.Quiet, d))
		require.Equal(t, rotation%2 == 1, bars.Height > bars.Width, "rotated by %d degrees",
			rotation.Degrees())
		require.Equal(t, "LOT-4711", decodeTurned(t, bars, rotation))
		at, err = m.Layout(d)
		require.NoError(t, err)
		bitmap, err := gozxing.NewBinaryBitmapFromImage(b.Crop(raster.Dots(at.Quiet, d)))
		require.NoError(t, err)
		result, err := datamatrix.NewDataMatrixReader().DecodeWithoutHints(bitmap)
		require.NoError(t, err)
		require.Equal(t, "LOT-4711", result.GetText())
	}
}

// decodeTurned turns bars back before it reads them.
func decodeTurned(t *testing.T, b *raster.Bitmap, r label.Rotation) string {
	t.Helper()
	upright := raster.NewBitmap(max(b.Width, b.Height), min(b.Width, b.Height))
	for y := range b.Height {
		for x := range b.Width {
			tx, ty := x, y
			switch r {
			case label.Rotate90:
				tx, ty = y, b.Width-1-x
			case label.Rotate180:
				tx, ty = b.Width-1-x, b.Height-1-y
			case label.Rotate270:
				tx, ty = b.Height-1-y, x
			}
			if b.Ink(x, y) {
				upright.Row(ty, tx, tx+1, true)
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(upright)
	require.NoError(t, err)
	result, err := oned.NewCode128Reader().DecodeWithoutHints(bitmap)
	require.NoError(t, err)
	return result.GetText()
}

func TestQRDecodesFromTheDots(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	for _, s := range []*label.Symbol{
		{X: 5, Y: 5, Symbology: symbol.SymbologyQR, XDimension: 0.5, Text: "https://example.com/01/09506000134352"},
		{X: 5, Y: 5, Symbology: symbol.SymbologyGS1QR, XDimension: 0.5, Message: gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "21", Value: "42"}}},
	} {
		l := &label.Label{Width: 30, Height: 30, Elements: []label.Element{s}}
		require.Empty(t, l.Preflight(d))
		at, err := s.Layout(d)
		require.NoError(t, err)
		require.Equal(t, 4*at.Module, at.Modules.X-at.Quiet.X, "four modules around it")
		bitmap, err := gozxing.NewBinaryBitmapFromImage(
			draw(t, l, d).Crop(raster.Dots(at.Quiet, d)))
		require.NoError(t, err)
		result, err := qrcode.NewQRCodeReader().DecodeWithoutHints(bitmap)
		require.NoError(t, err)
		want := s.Text
		if s.Symbology.GS1() {
			want = "01095060001343522142"
		}
		require.Equal(t, want, strings.TrimPrefix(result.GetText(), "]Q3"))
	}
}

func TestModulesAreWholeDots(t *testing.T) {
	for _, d := range heads {
		l := labeltest.Label(t, "udi.json", labeltest.UDI())
		s := labeltest.Symbol(t, l, "udi")
		b := draw(t, l, d)
		at, err := s.Layout(d)
		require.NoError(t, err)
		place, dots := raster.Dots(at.Modules, d), d.Dots(at.Module)
		require.Equal(t, s.Modules.Cols()*dots, place.Dx())
		for y := range place.Dy() {
			for x := range place.Dx() {
				require.Equal(t, s.Modules.Dark(y/dots, x/dots),
					b.Ink(place.Min.X+x, place.Min.Y+y), "dot %d, %d at %v dots/mm", x, y,
					d.DotsPerMM)
			}
		}
	}
}

func TestPNGKnowsItsSize(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	b := draw(t, labeltest.Label(t, "udi.json", labeltest.UDI()), d)
	var file bytes.Buffer
	require.NoError(t, raster.WritePNG(&file, b, d))
	at := bytes.Index(file.Bytes(), []byte("pHYs"))
	require.Positive(t, at)
	require.Equal(t, uint32(8000), binary.BigEndian.Uint32(file.Bytes()[at+4:]), "dots per metre")
	require.Equal(t, byte(1), file.Bytes()[24], "bits a dot")
	picture, err := png.Decode(&file)
	require.NoError(t, err, "the chunk's checksum holds")
	require.Equal(t, 400, picture.Bounds().Dx())
	require.Equal(t, 240, picture.Bounds().Dy())
}

func TestTextIsAsWideAsItsLayout(t *testing.T) {
	for _, face := range []font.Face{font.Regular, font.Bold, font.Mono} {
		for _, d := range heads {
			x := &label.Text{Frame: label.Rect{X: 5, Y: 5, Width: 60, Height: 3}, Face: face,
				Size: 2.13, Content: "IHamburgefonstivH 0123456789 I"}
			require.NoError(t, x.Layout())
			b := draw(t, &label.Label{Width: 70, Height: 20, Elements: []label.Element{x}}, d)
			ink := inkBounds(b)
			require.InDelta(t, d.Dots(5), ink.minX, 0.2*d.DotsPerMM+2)
			require.InDelta(t, d.Dots(5+x.Runs[0].Width), ink.maxX, 0.2*d.DotsPerMM+2)
		}
	}
}

func TestCapitalsStandOnWholeDots(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	for size := 0.9; size < 3; size += 0.07 {
		x := &label.Text{Frame: label.Rect{X: 2, Y: 4, Width: 60}, Size: size, Content: "EHOSTC038"}
		b := draw(t, &label.Label{Width: 70, Height: 20, Elements: []label.Element{x}}, d)
		ink := inkBounds(b)
		require.Equal(t, d.Dots(size), ink.maxY-ink.minY,
			"round and flat letters of %.2f mm are equally high", size)
		require.Equal(t, d.Dots(4+size), ink.maxY, "they stand on the baseline")
	}
}

type bounds struct{ minX, minY, maxX, maxY int }

func inkBounds(b *raster.Bitmap) bounds {
	r := bounds{minX: b.Width, minY: b.Height}
	for y := range b.Height {
		for x := range b.Width {
			if b.Ink(x, y) {
				r.minX, r.maxX = min(r.minX, x), max(r.maxX, x+1)
				r.minY, r.maxY = min(r.minY, y), max(r.maxY, y+1)
			}
		}
	}
	return r
}

func TestRotatedTextIsTheSameLetters(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	upright := &label.Text{Frame: label.Rect{X: 10, Y: 10, Width: 20, Height: 2}, Size: 2,
		Content: "Rg4,"}
	want := draw(t, &label.Label{Width: 40, Height: 40, Elements: []label.Element{upright}}, d)
	for r := label.Rotate90; r <= label.Rotate270; r++ {
		x := *upright
		x.Rotation = r
		// the same frame turned around the middle of the label
		switch r {
		case label.Rotate90:
			x.Frame = label.Rect{X: 40 - 10 - 2, Y: 10, Width: 2, Height: 20}
		case label.Rotate180:
			x.Frame = label.Rect{X: 10, Y: 40 - 10 - 2, Width: 20, Height: 2}
		case label.Rotate270:
			x.Frame = label.Rect{X: 10, Y: 10, Width: 2, Height: 20}
		}
		got := draw(t, &label.Label{Width: 40, Height: 40, Elements: []label.Element{&x}}, d)
		for y := range 320 {
			for i := range 320 {
				tx, ty := 319-y, i
				switch r {
				case label.Rotate180:
					tx, ty = 319-i, 319-y
				case label.Rotate270:
					tx, ty = y, 319-i
				}
				require.Equal(t, want.Ink(i, y), got.Ink(tx, ty), "%d degrees, dot %d, %d",
					r.Degrees(), i, y)
			}
		}
	}
}

func TestBoxesLinesAndReverse(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	l := &label.Label{Width: 20, Height: 10, Elements: []label.Element{
		&label.Box{Frame: label.Rect{X: 1, Y: 1, Width: 4, Height: 4}, Thickness: 0.25},
		&label.Box{Frame: label.Rect{X: 6, Y: 1, Width: 4, Height: 4}},
		&label.Box{Frame: label.Rect{X: 7, Y: 2, Width: 1, Height: 1}, White: true},
		&label.Box{Frame: label.Rect{X: 1, Y: 8, Width: 18, Height: 0.01}},
	}}
	b := draw(t, l, d)
	ink := func(x, y float64) bool { return b.Ink(int(x*8), int(y*8)) }
	require.True(t, ink(1.1, 3) && ink(3, 1.1) && ink(4.9, 3) && ink(3, 4.9), "outline")
	require.False(t, ink(3, 3), "inside the outline")
	require.False(t, ink(0.9, 3) || ink(5.1, 3), "outside")
	require.True(t, ink(6.1, 1.1) && ink(9.9, 4.9), "filled")
	require.False(t, ink(7.5, 2.5), "erased")
	require.True(t, ink(10, 8), "a line thinner than a dot is one dot")
	require.False(t, ink(10, 8.2))
}

func TestImagesKeepTheirPixelsEven(t *testing.T) {
	checks := raster.NewBitmap(5, 5)
	for i := range 25 {
		if i%2 == 0 {
			checks.Row(i/5, i%5, i%5+1, true)
		}
	}
	l := &label.Label{
		Width:  20,
		Height: 20,
		Elements: []label.Element{
			&label.Image{Frame: label.Rect{X: 1, Y: 1, Width: 4, Height: 9}, Ink: checks}},
	}
	b := draw(t, l, label.Device{DotsPerMM: 8}) // 32 dots for 5 pixels: 6 dots each
	for y := range 160 {
		for x := range 160 {
			want := x >= 8 && y >= 8 && checks.Ink((x-8)/6, (y-8)/6)
			require.Equal(t, want, b.Ink(x, y), "dot %d, %d", x, y)
		}
	}
}

func TestDrawRefuses(t *testing.T) {
	for _, c := range []struct {
		l label.Label
		d label.Device
	}{
		{label.Label{Width: 50, Height: 30}, label.Device{}},
		{label.Label{Width: 50, Height: 30}, label.Device{DotsPerMM: -8}},
		{label.Label{Width: 0, Height: 30}, label.Device{DotsPerMM: 8}},
		{label.Label{Width: 1e9, Height: 1e9}, label.Device{DotsPerMM: 8}},
	} {
		_, err := raster.Draw(&c.l, c.d)
		require.ErrorIs(t, err, raster.ErrSize)
	}
	_, err := raster.Draw(&label.Label{Width: 50, Height: 30, Elements: []label.Element{
		&label.Text{Frame: label.Rect{Width: 1e5}, Size: 1e4, Content: "I"},
	}}, label.Device{DotsPerMM: 8})
	require.ErrorIs(t, err, raster.ErrSize)
	_, err = raster.Draw(&label.Label{Width: 50, Height: 30, Elements: []label.Element{
		&label.Text{Name: "title", Frame: label.Rect{Width: 2}, Size: 2, Content: "too wide"},
	}}, label.Device{DotsPerMM: 8})
	var fit *label.FitError
	require.ErrorAs(t, err, &fit)
	require.ErrorContains(t, err, "element 1 (title)")
}

func TestPathsFillBetweenTheirContours(t *testing.T) {
	square := func(x, y, side float64) []label.Point {
		return []label.Point{{X: x, Y: y}, {X: x + side, Y: y}, {X: x + side, Y: y + side},
			{X: x, Y: y + side}}
	}
	l := &label.Label{Width: 10, Height: 10, Elements: []label.Element{
		&label.Path{
			Contours: [][]label.Point{square(-100, -100, 106), square(2, 2, 3)},
		}, // reaches far over the edge
		&label.Path{White: true, Contours: [][]label.Point{square(1, 1, 0.5)}},
		&label.Path{Contours: [][]label.Point{square(1e6, 1e6, 1e6)}}, // wholly outside
	}}
	b := draw(t, l, label.Device{DotsPerMM: 8})
	for y := range 80 {
		for x := range 80 {
			in := func(from, to int) bool { return x >= from && y >= from && x < to && y < to }
			require.Equal(t, in(0, 48) && !in(16, 40) && !in(8, 12), b.Ink(x, y), "dot %d, %d", x,
				y)
		}
	}
}

// What reaches over the edge is cut off there, and never wraps to the other side.
func TestDrawingOverTheEdge(t *testing.T) {
	l := &label.Label{Width: 5, Height: 5, Elements: []label.Element{
		&label.Text{Frame: label.Rect{X: -1, Y: -1, Width: 60}, Size: 3, Content: "WWWWWW"},
		&label.Box{Frame: label.Rect{X: -3, Y: -3, Width: 4, Height: 100}},
	}}
	b := draw(t, l, label.Device{DotsPerMM: 8})
	require.True(t, b.Ink(0, 39))
	require.False(t, b.Ink(39, 39))
}

func TestProgramsReadTheDots(t *testing.T) {
	ci.Programs(t, "ZXingReader", "dmtxread")
	d := label.Device{DotsPerMM: 8}
	file := filepath.Join(t.TempDir(), "label.png")
	f, err := os.Create(file)
	require.NoError(t, err)
	require.NoError(t,
		raster.WritePNG(f, draw(t, labeltest.Label(t, "udi.json", labeltest.UDI()), d), d))
	require.NoError(t, f.Close())
	out, err := exec.Command("ZXingReader", "-bytes", "-format", "DataMatrix", file).Output()
	require.NoError(t, err)
	require.Equal(t, udiContent, string(out))
	out, err = exec.Command("dmtxread", "-N1", "-G29", "-m5000", file).Output()
	require.NoError(t, err)
	require.Equal(t, udiContent, strings.TrimPrefix(string(out), "\x1d"))
}

func BenchmarkDraw(b *testing.B) {
	for _, c := range []struct {
		name string
		data template.Data
	}{{"udi", labeltest.UDI()}, {"logistic", labeltest.Logistic()}} {
		l := labeltest.Label(b, c.name+".json", c.data)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := raster.Draw(l, label.Device{DotsPerMM: 8}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
