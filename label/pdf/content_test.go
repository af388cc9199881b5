package pdf_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/pdf"
	"github.com/gonameplate/nameplate/label/symbol"
)

// parts is a label with every kind of element, in black and in white.
func parts() *label.Label {
	ink := image.NewPaletted(image.Rect(0, 0, 3, 2), color.Palette{color.White, color.Black})
	ink.SetColorIndex(0, 0, 1)
	ink.SetColorIndex(2, 1, 1)
	triangle := [][]label.Point{
		{{X: 30, Y: 10}, {X: 35, Y: 10}, {X: 30, Y: 15}},
		{{X: 31, Y: 11}, {X: 32, Y: 11}, {X: 31, Y: 12}},
	}
	text := func(x float64, face font.Face, size float64, white bool) *label.Text {
		frame := label.Rect{X: x, Y: 3, Width: 30}
		return &label.Text{Frame: frame, Size: size, Face: face, White: white, Content: "Aé"}
	}
	turned := text(2, font.Regular, 2, false)
	turned.Rotation, turned.Frame = label.Rotate90, label.Rect{X: 50, Y: 10, Width: 4, Height: 20}
	return &label.Label{Width: 80, Height: 40, Elements: []label.Element{
		text(2, font.Regular, 2, false), text(12, font.Regular, 2, false),
		text(22, font.Regular, 3, false),
		text(32, font.Bold, 3, false), text(42, font.Bold, 3, true), text(52, font.Mono, 2, false),
		turned,
		&label.Text{Frame: label.Rect{X: 1, Y: 1, Width: 5}, Size: 2},
		&label.Box{Frame: label.Rect{X: 2, Y: 10, Width: 10, Height: 5}},
		&label.Box{Frame: label.Rect{X: 3, Y: 11, Width: 8, Height: 3}, White: true},
		&label.Box{Frame: label.Rect{X: 14, Y: 10, Width: 10, Height: 5}, Thickness: 0.5},
		&label.Path{Contours: triangle},
		&label.Path{Contours: triangle[1:], White: true},
		&label.Image{Frame: label.Rect{X: 40, Y: 10, Width: 6, Height: 6}, Ink: ink},
		&label.Image{Frame: label.Rect{X: 40, Y: 20, Width: 6, Height: 6},
			Ink: image.NewPaletted(image.Rect(0, 0, 0, 3), nil)},
		&label.Symbol{X: 5, Y: 20, Symbology: symbol.SymbologyDataMatrix, XDimension: 0.5,
			Text: "42"},
		&label.Symbol{X: 60, Y: 12, Symbology: symbol.SymbologyCode128, Rotation: label.Rotate270,
			XDimension: 0.25, BarHeight: 6, Text: "7",
			HRI: label.HRI{Place: label.Below, Size: 1.5}},
	}}
}

var streams = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)

// contents returns the operators of each page of a document.
func contents(t *testing.T, file []byte) (pages []string) {
	t.Helper()
	for _, m := range streams.FindAllSubmatch(file, -1) {
		z, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue
		}
		text, err := io.ReadAll(z)
		require.NoError(t, err)
		if bytes.HasPrefix(text, []byte("0 J\n")) {
			pages = append(pages, fmt.Sprintf("%+q", text))
		}
	}
	return pages
}

// TestContent compares the operators of two equal pages with kept ones, which the programs that
// read and draw PDF vouch for.
func TestContent(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, pdf.Write(&b, label.All(parts(), parts())))
	pages := contents(t, b.Bytes())
	require.Len(t, pages, 2)
	got := strings.ReplaceAll(strings.Join(pages, "\n"), `\n`, "\n") + "\n"
	const kept = "testdata/content.txt"
	if ci.Update() {
		require.NoError(t, os.WriteFile(kept, []byte(got), 0o644))
	}
	want, err := os.ReadFile(kept)
	require.NoError(t, err)
	require.Equal(t, string(want), got)

	file := b.String()
	require.Equal(t, 2, strings.Count(file, "/MediaBox [0 0 226.77 113.39]"))
	require.Contains(t, file, "/CreationDate (D:20000101000000)")
	require.Contains(t, file, "/ModDate (D:20000101000000)")
	require.Contains(t, file, "/Producer (")
	require.Equal(t, 3, strings.Count(file, "/FontFile2"), "each face is in the document once")
}

// Rectangles of the content add up to the ink of their elements: 72 points are 25.4 mm.
func TestContentMeasures(t *testing.T) {
	l := &label.Label{Width: 50.8, Height: 25.4, Elements: []label.Element{
		&label.Box{Frame: label.Rect{X: 12.7, Y: 6.35, Width: 25.4, Height: 12.7}},
	}}
	var b bytes.Buffer
	require.NoError(t, pdf.Write(&b, label.All(l)))
	require.Contains(t, b.String(), "/MediaBox [0 0 144.00 72.00]")
	require.Contains(t, contents(t, b.Bytes())[0], `36 18 72 36 re\nf`)
}

// Pages have sides of 3 to 14,400 points.
func TestPageSizes(t *testing.T) {
	const point = 25.4 / 72
	for side, ok := range map[float64]bool{
		3 * point: true, 2.999 * point: false, 14_400 * point: true, 14_400.1 * point: false,
		math.NaN(): false,
	} {
		for _, l := range []*label.Label{{Width: side, Height: 30}, {Width: 30, Height: side}} {
			err := pdf.Write(io.Discard, label.All(l))
			if ok {
				require.NoError(t, err, side)
				continue
			}
			require.ErrorIs(t, err, pdf.ErrSize)
			require.ErrorContains(t, err, "pdf: label 1: a page of ")
			require.ErrorContains(t, err, ", want sides of 1.06 to 5080 mm")
		}
	}
}

// An error of any element stops the document at its label.
func TestWriteNamesLabelAndElement(t *testing.T) {
	bad := &label.Label{Width: 50, Height: 30, Elements: []label.Element{
		&label.Text{Name: "lot", Frame: label.Rect{Width: 1}, Size: 2, Content: "too wide"},
	}}
	var out bytes.Buffer
	err := pdf.Write(&out, label.All(parts(), bad, parts()))
	var element *label.ElementError
	require.ErrorAs(t, err, &element)
	require.ErrorContains(t, err, `pdf: label 2: element 1 (lot): text "too wide" is `)
	require.Zero(t, out.Len())

	broken := errors.New("broken pipe")
	require.ErrorIs(t, pdf.Write(failing{broken}, label.All(parts())), broken)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
