package line

import (
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/pdf"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/zpl"
)

// A produced is an order of 200 units (40 with -short) with what was made of it.
type produced struct {
	messages []string // the element strings of the ledger's units, in order
	labels   []*label.Label
	paper    []zpl.Page
}

// produce carries out the order once.
func produce(t *testing.T) produced {
	t.Helper()
	var p produced
	b := newBench(t, fast)
	b.Job.Window = 100
	b.Commissioned = func(batch *Batch) error {
		for l, err := range batch.Labels() {
			require.NoError(t, err)
			p.labels = append(p.labels, l)
		}
		return nil
	}
	o := anOrder()
	o.Units = 200
	if testing.Short() {
		o.Units = 40
	}
	_, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	p.paper = b.paper.Printed()
	for _, s := range serials(t, b.Ledger) {
		// Written by hand, not by the template: GTIN, dates and lot as the order has them, FNC1
		// after the lot alone.
		p.messages = append(p.messages, "01"+o.Label["gtin"]+"11261120"+"17291120"+"10"+o.Lot+"\x1d"+"21"+s)
	}
	require.Len(t, p.messages, int(o.Units))
	require.Len(t, p.labels, int(o.Units))
	require.Len(t, p.paper, int(o.Units))
	return p
}

// TestEverySymbolIsItsUnit decodes the dots of all labels, and of what a printer makes of their
// ZPL, with a reader that isn't ours. It reads the ledger's unit, and the interpretation in
// letters is what is encoded.
func TestEverySymbolIsItsUnit(t *testing.T) {
	t.Parallel()
	p := produce(t)
	device := label.Device{DotsPerMM: 8}
	for i, l := range p.labels {
		bitmap, err := raster.Draw(l, device)
		require.NoError(t, err)
		require.Equal(t, p.messages[i], decode(t, bitmap), "label %d", i)

		drawn, err := p.paper[i].Draw()
		require.NoError(t, err)
		require.Equal(t, p.messages[i], decode(t, drawn), "label %d as printed", i)
		require.Equal(t, p.messages[i], interpretation(t, p.paper[i]), "the HRI of label %d", i)
	}
}

// decode reads the Data Matrix with gozxing, which gives an FNC1 as GS, the first one included.
func decode(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(symbolOf(img, 8))
	require.NoError(t, err)
	result, err := datamatrix.NewDataMatrixReader().Decode(bitmap, nil)
	require.NoError(t, err)
	text, gs1 := strings.CutPrefix(result.GetText(), "\x1d")
	require.True(t, gs1, "no FNC1 in first position")
	return text
}

// interpretation is the element string that a page's human-readable interpretation shows.
func interpretation(t *testing.T, page zpl.Page) string {
	t.Helper()
	var hri strings.Builder
	for _, f := range page.Fields {
		if f.Kind == zpl.TextField && strings.HasPrefix(f.Data, "(") {
			hri.WriteString(f.Data)
		}
	}
	m, err := gs1.ParseBracketed(hri.String())
	require.NoError(t, err)
	text, err := m.ElementString()
	require.NoError(t, err)
	return text[1:]
}

// TestProgramsReadThePDF has poppler turn the labels' PDF into pixels without a warning, and
// zxing-cpp read all symbols.
func TestProgramsReadThePDF(t *testing.T) {
	t.Parallel()
	toPixels, reader := ci.Program(t, "pdftoppm"), ci.Program(t, "ZXingReader")
	p := produce(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "labels.pdf")
	write(t, file, func(w io.Writer) error {
		return pdf.Write(w, func(yield func(*label.Label, error) bool) {
			for _, l := range p.labels {
				if !yield(l, nil) {
					return
				}
			}
		})
	})
	// The symbol alone: readers look for one in the middle.
	at := func(mm float64) string { return strconv.Itoa(int(mm * 300 / 25.4)) }
	out, err := exec.Command(toPixels, "-r", "300", "-gray", "-png", "-x", at(29), "-y", at(6), "-W", at(12), "-H", at(12),
		file, filepath.Join(dir, "page")).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Empty(t, string(out), "poppler warns")
	files, err := filepath.Glob(filepath.Join(dir, "page-*.png"))
	require.NoError(t, err)
	require.Len(t, files, len(p.messages))
	slices.Sort(files)
	out, err = exec.Command(reader, append([]string{"-bytes", "-format", "DataMatrix"}, files...)...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Equal(t, strings.Join(p.messages, ""), strings.ReplaceAll(string(out), "\n", ""))
}

func write(t *testing.T, file string, to func(io.Writer) error) {
	t.Helper()
	f, err := os.Create(file)
	require.NoError(t, err)
	require.NoError(t, to(f))
	require.NoError(t, f.Close())
}

// symbolOf is the part of a label's picture that has its symbol: readers look for one in the
// middle.
func symbolOf(img image.Image, dots float64) image.Image {
	at := func(mm float64) int { return int(mm * dots) }
	part := image.Rect(at(29), at(6), at(41), at(18))
	out := image.NewGray(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(out, out.Rect, img, part.Min, draw.Src)
	return out
}

// TestProgramsReadThePicture has two programs read a label's PNG, one of them the whole label.
func TestProgramsReadThePicture(t *testing.T) {
	t.Parallel()
	zxing, dmtx := ci.Program(t, "ZXingReader"), ci.Program(t, "dmtxread")
	p := produce(t)
	device := label.Device{DotsPerMM: 8}
	bitmap, err := raster.Draw(p.labels[0], device)
	require.NoError(t, err)
	dir := t.TempDir()
	whole, part := filepath.Join(dir, "label.png"), filepath.Join(dir, "symbol.png")
	write(t, whole, func(w io.Writer) error { return raster.WritePNG(w, bitmap, device) })
	write(t, part, func(w io.Writer) error { return png.Encode(w, symbolOf(bitmap, 8)) })
	out, err := exec.Command(dmtx, "-N1", "-G29", "-m5000", whole).Output()
	require.NoError(t, err)
	require.Equal(t, p.messages[0], strings.TrimPrefix(string(out), "\x1d"))
	out, err = exec.Command(zxing, "-bytes", "-format", "DataMatrix", part).Output()
	require.NoError(t, err)
	require.Equal(t, p.messages[0], string(out))
}
