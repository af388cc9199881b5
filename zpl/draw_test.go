package zpl_test

import (
	"crypto/sha256"
	"fmt"
	"image"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/zpl"
)

// inked returns the smallest rectangle with all ink of a page that has these fields.
func inked(t *testing.T, fields string) image.Rectangle {
	t.Helper()
	b, err := page(t, "^XA^PW600^LL600^CI28"+fields+"^XZ").Draw()
	require.NoError(t, err)
	return bounds(b)
}

func bounds(b *raster.Bitmap) (r image.Rectangle) {
	for y := range b.Height {
		for x := range b.Width {
			if b.Ink(x, y) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func TestDrawPlaces(t *testing.T) {
	require.Equal(t, image.Rect(10, 20, 50, 50), inked(t, "^FO10,20^GB40,30,3^FS"))
	require.Equal(t, image.Rect(10, 20, 50, 50), inked(t, "^FT10,50^GB40,30,3^FS"))
	require.Equal(t, image.Rect(10, 20, 26, 22), inked(t, "^FO10,20^GFA,4,4,2,FFFFFFFF^FS"))
	require.Equal(t, image.Rect(10, 18, 26, 20), inked(t, "^FT10,20^GFA,4,4,2,FFFFFFFF^FS"))
	symbol := "^BXN,5,200,,,,_^FDa^FS"
	require.Equal(t, image.Rect(10, 20, 60, 70), inked(t, "^FO10,20"+symbol))
	require.Equal(t, image.Rect(10, 20, 60, 70), inked(t, "^FT10,70"+symbol))
	bars := "^BY2^BCN,30,N^FD>:A^FS" // start, a character, check and stop: 46 modules
	require.Equal(t, image.Rect(10, 20, 102, 50), inked(t, "^FO10,20"+bars))
	require.Equal(t, image.Rect(10, 20, 102, 50), inked(t, "^FT10,50"+bars))
	require.Equal(t, image.Rect(10, 20, 40, 112),
		inked(t, "^FO10,20"+strings.Replace(bars, "BCN", "BCR", 1)))
	require.Equal(t, image.Rect(10, 20, 40, 112),
		inked(t, "^FO10,20"+strings.Replace(bars, "BCN", "BCB", 1)))
	require.Equal(t, image.Rect(10, 20, 102, 50),
		inked(t, "^FO10,20"+strings.Replace(bars, "BCN", "BCI", 1)))
}

// A frame is as thick as it says on each side, and white erases.
func TestDrawBoxes(t *testing.T) {
	b, err := page(t, "^XA^PW100^LL100^FO10,20^GB40,30,3^FS^XZ").Draw()
	require.NoError(t, err)
	ink := 0
	for y := range 100 {
		for x := range 100 {
			if b.Ink(x, y) {
				ink++
			}
		}
	}
	require.Equal(t, 40*30-34*24, ink)
	b, err = page(t, "^XA^PW100^LL100^FO10,20^GB40,30,30^FS^FO20,25^GB10,10,10,W^FS^XZ").Draw()
	require.NoError(t, err)
	require.True(t, b.Ink(19, 30))
	require.False(t, b.Ink(20, 25))
	require.False(t, b.Ink(29, 34))
	require.True(t, b.Ink(30, 34))
	b, err = page(t, "^XA^PW100^LL100^FO10,20^GB40,30,30^FS^FO40,25^FR^GB20,10,10^FS^XZ").Draw()
	require.NoError(t, err)
	require.False(t, b.Ink(45, 30), "reversed on black is white")
	require.True(t, b.Ink(55, 30), "and black beside it")
}

// The baseline of a text is three quarters down its cell; H stands on it.
func TestDrawTextPlaces(t *testing.T) {
	const size = 100 // of the em
	h := font.Regular.Glyph('H')
	left, width := int(h.Left*size/font.UnitsPerEm), h.Advance*size/font.UnitsPerEm
	const capHeight = size * font.CapHeight / font.UnitsPerEm
	for fields, want := range map[string]image.Point{ // the baseline's y, and where H begins
		"^FT50,200^A0N,100^FDH^FS":                  {50, 200},
		"^FO50,200^A0N,100^FDH^FS":                  {50, 275},
		"^FT50,200^A0N,100^FB300,1,0,L^FDH^FS":      {50, 200},
		"^FT50,200^A0N,100^FB300,1,0,C^FDH^FS":      {50 + (300-width)/2, 200},
		"^FT50,200^A0N,100^FB300,1,0,R^FDH^FS":      {50 + 300 - width, 200},
		"^FT50,400^A0N,100^FB300,2,10,L^FDH\\&H^FS": {50, 400},
		"^FO50,100^A0N,100^FB300,2,10,L^FDH\\&H^FS": {50, 100 + 75 + 110},
		"^FO50,100^A0N,100^FB80,3,0,L^FDH H H^FS":   {50, 100 + 75 + 200},
		"^FO50,100^A0N,100^FB80,2,0,L^FDH H H^FS":   {50, 100 + 75 + 100},
		"^FO50,100^A0N,100^FB300,3,0,L^FDH H H^FS":  {50, 100 + 75},
	} {
		got := inked(t, fields)
		require.InDelta(t, want.Y, got.Max.Y, 2, "%s", fields)
		require.InDelta(t, want.X+left, got.Min.X, 2, "%s", fields)
		if !strings.Contains(fields, "H^FS") || strings.Count(fields, "H") == 1 {
			require.InDelta(t, capHeight, got.Dy(), 2, "%s", fields)
		}
	}
	upright := inked(t, "^FO100,100^A0N,60^FDHHL^FS")
	for orientation, sideways := range map[string]bool{"R": true, "I": false, "B": true} {
		turned := inked(t, "^FO100,100^A0"+orientation+",60^FDHHL^FS")
		if sideways {
			require.InDelta(t, upright.Dx(), turned.Dy(), 3)
			require.InDelta(t, upright.Dy(), turned.Dx(), 3)
		} else {
			require.InDelta(t, upright.Dx(), turned.Dx(), 3)
		}
		require.GreaterOrEqual(t, turned.Min.X, 99)
		require.GreaterOrEqual(t, turned.Min.Y, 99)
		require.Less(t, turned.Max.X, 100+200)
		require.Less(t, turned.Max.Y, 100+200)
	}
	for orientation, want := range map[string]image.Rectangle{
		"N": image.Rect(200, 100, 400, 201), "R": image.Rect(199, 200, 300, 400),
		"I": image.Rect(0, 199, 201, 300), "B": image.Rect(100, 0, 201, 201),
	} {
		got := inked(t, "^FT200,200^A0"+orientation+",80^FDHH^FS")
		require.True(t, got.In(want), "%s: %v in %v", orientation, got, want)
	}
}

func TestDrawRejects(t *testing.T) {
	for fields, what := range map[string]string{
		"^FO0,0^BQN,2,5^FDMA,a^FS": "QR symbol",
		"^FO0,0^BCN,9^FD>:a^FS":    "interpretation line",
		"^FO0,0^GB9,9,1,B,2^FS":    "rounded corners",
		"^FT9,9^BXR,4,200^FDa^FS":  "turned symbol",
	} {
		_, err := page(t, "^XA^PW100^LL100"+fields+"^XZ").Draw()
		require.ErrorIs(t, err, zpl.ErrUnsupported)
		require.ErrorContains(t, err, what)
	}
	for _, in := range []string{"^XA^PW100^FO0,0^FDa^FS^XZ", "^XA^LL100^FO0,0^FDa^FS^XZ"} {
		_, err := page(t, in).Draw()
		require.ErrorIs(t, err, zpl.ErrUnsupported)
		require.ErrorContains(t, err, "unknown size; set ^PW and ^LL")
	}
}

// all is a label with texts and symbols of all turns and alignments, near the edges and away.
func all() *label.Label {
	l := &label.Label{Width: 100, Height: 100}
	for r := label.Rotate0; r <= label.Rotate270; r++ {
		for a := label.Start; a <= label.End; a++ {
			x, y := 1+25*float64(r), 1+30*float64(a)
			frame := label.Rect{X: x, Y: y, Width: 15, Height: 4}
			if r&1 == 1 {
				frame.Width, frame.Height = 4, 15
			}
			l.Elements = append(l.Elements, &label.Text{Frame: frame, Rotation: r, Align: a,
				Size: 2, Content: "Abc"})
		}
		l.Elements = append(l.Elements, &label.Symbol{X: 5 + 20*float64(r), Y: 80, Rotation: r,
			XDimension: 0.25,
			BarHeight:  5, Symbology: symbol.SymbologyCode128, Text: "7",
			HRI: label.HRI{Place: label.Below, Size: 1.5}})
	}
	return &label.Label{Width: 100, Height: 100, Elements: append(l.Elements,
		&label.Text{Frame: label.Rect{X: 60, Y: 60, Width: 30}, Size: 2, White: true,
			Content: "white"},
		&label.Text{Frame: label.Rect{X: 60, Y: 64, Width: 30}, Size: 2, Content: "ſ"}, // U+017F
		&label.Text{Frame: label.Rect{X: 60, Y: 68, Width: 30}, Size: 2, Content: "ƒ"}, // U+0192
		&label.Text{Frame: label.Rect{X: 60, Y: 72, Width: 30}, Size: 2, Content: "–€™"},
		&label.Box{Frame: label.Rect{X: 1, Y: 95, Width: 8, Height: 4}, Thickness: 0.5},
		&label.Box{Frame: label.Rect{X: 11, Y: 95, Width: 8, Height: 4}},
		&label.Box{Frame: label.Rect{X: 21, Y: 95, Width: 8, Height: 0.01}, White: true},
		&label.Box{Frame: label.Rect{X: 31, Y: 95, Width: 0.01, Height: 4}, Thickness: 0.01},
		&label.Symbol{X: 40, Y: 90, Symbology: symbol.SymbologyDataMatrix, XDimension: 0.5,
			Text: "a"},
		&label.Symbol{X: 50, Y: 90, Symbology: symbol.SymbologyDataMatrix, XDimension: 0.5,
			Text: "ä"},
		&label.Symbol{X: 60, Y: 90, Symbology: symbol.SymbologyDataMatrixRectangle, XDimension: 0.5,
			Text: "a"},
		&label.Symbol{X: 75, Y: 90, Symbology: symbol.SymbologyQR, XDimension: 0.3, Text: "a"},
		&label.Path{Contours: [][]label.Point{{{X: 90, Y: 90}, {X: 95, Y: 90}, {X: 90, Y: 95}}}},
		&label.Path{White: true, Contours: [][]label.Point{{{X: 91, Y: 91}, {X: 92, Y: 91},
			{X: 91, Y: 92}}}},
	)}
}

// TestWriteKept compares what is written of a label of all elements with what was, which
// [TestDrawEqualsRaster] and the readers of symbols vouch for. Pictures are told by their hash.
func TestWriteKept(t *testing.T) {
	var out strings.Builder
	for _, d := range []label.Device{{DotsPerMM: 8}, {DotsPerMM: 11.81}} {
		b, err := zpl.Options{}.Append(nil, all(), d)
		require.NoError(t, err)
		for line := range strings.SplitSeq(string(b), "\n") {
			if at := strings.Index(line, "^GF"); at >= 0 {
				line = fmt.Sprintf("%s^GF %x", line[:at], sha256.Sum256([]byte(line[at:])))
			}
			fmt.Fprintln(&out, line)
		}
	}
	const kept = "testdata/all.zpl"
	if ci.Update() {
		require.NoError(t, os.WriteFile(kept, []byte(out.String()), 0o644))
	}
	want, err := os.ReadFile(kept)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
}

// A line that is not aligned at its start has room for half its width more, where the label has it.
func TestAlignedTextHasSlack(t *testing.T) {
	block := func(x float64, a label.Align) (int, *zpl.TextBlock, int) {
		text := &label.Text{Frame: label.Rect{X: x, Y: 5, Width: 20}, Align: a, Size: 2,
			Content: "Abcdef"}
		require.NoError(t, text.Layout())
		b, err := zpl.Options{}.Append(nil, &label.Label{Width: 60, Height: 10,
			Elements: []label.Element{text}},
			label.Device{DotsPerMM: 8})
		require.NoError(t, err)
		f := page(t, string(b)).Fields[0]
		return f.X, f.Block, label.Device{DotsPerMM: 8}.Dots(text.Runs[0].Width)
	}
	x, b, width := block(20, label.End)
	require.Equal(t, zpl.TextBlock{Width: width + width/2, Lines: 1, Justify: 'R'}, *b)
	require.InDelta(t, 40*8, x+b.Width, 1)
	x, b, _ = block(20, label.Center)
	require.Equal(t, zpl.TextBlock{Width: width + 2*(width/2), Lines: 1, Justify: 'C'}, *b)
	require.InDelta(t, 30*8, float64(x)+float64(b.Width)/2, 1)
	for _, a := range []label.Align{label.End, label.Center} {
		near := float64(width)/8 + 0.5 - 20 // half a millimetre from the label's edge
		if a == label.Center {
			near = float64(width)/16 + 0.5 - 10
		}
		x, b, _ = block(near, a)
		require.InDelta(t, 0, x, 1, "no farther than the label's edge")
		require.InDelta(t, width+4*(1+int(a&1)), b.Width, 2)
	}
	_, b, _ = block(20, label.Start)
	require.Nil(t, b)
}

// The resident font is trusted up to U+017F.
func TestResidentCharacters(t *testing.T) {
	for r, resident := range map[string]bool{"a": true, "ſ": true, "ƀ": false, "–": true, "™": true,
		"Ω": false} {
		text := &label.Text{Frame: label.Rect{X: 1, Y: 1, Width: 20}, Size: 2, Runs: []label.Run{
			{Text: r, X: 2, Y: 5, Width: 2, Size: 2},
		}}
		b, err := zpl.Options{}.Append(nil, &label.Label{Width: 30, Height: 10,
			Elements: []label.Element{text}},
			label.Device{DotsPerMM: 8})
		require.NoError(t, err)
		if resident {
			require.Contains(t, string(b), "^FD"+r+"^FS")
		} else {
			require.NotContains(t, string(b), "^FD")
		}
	}
	small := &label.Text{Frame: label.Rect{Width: 9}, Size: 0.9, Content: "a"} // an em of 9.9 dots
	l := &label.Label{Width: 9, Height: 9, Elements: []label.Element{small}}
	_, err := zpl.Options{}.Append(nil, l, label.Device{DotsPerMM: 8})
	require.NoError(t, err)
	small.Size = 0.85
	_, err = zpl.Options{}.Append(nil, l, label.Device{DotsPerMM: 8})
	require.ErrorIs(t, err, zpl.ErrSize)
	require.EqualError(t, err,
		`zpl: element 1: invalid size: text "a" in a font of 9 dots, want at least 10; `+
			`set it larger, or send it as a picture`)
}
