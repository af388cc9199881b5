package main

import (
	"image"
	"image/draw"
	"image/png"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/zpl"
)

// A judged is a run of the order with what it made of it.
type judged struct {
	dir   string
	units []string // the element strings that the ledger's units stand for, in order
	paper []zpl.Page
	order *order
}

// judge runs the order once.
func judge(t *testing.T) judged {
	t.Helper()
	dir := t.TempDir()
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 2000})
	defer paper.Close()
	status, stdout, stderr := carry("-order", "order.json", "-out", dir, "-printer", paper.URL)
	require.Equal(t, exitDone, status, stdout+stderr)
	o, err := readOrder("order.json")
	require.NoError(t, err)
	j := judged{dir: dir, paper: paper.Printed(), order: o}
	for _, s := range serials(t, dir) {
		// Spelled out by hand, not by the template: GTIN, dates and lot as the order has them, FNC1 after the lot alone.
		j.units = append(j.units, "01"+o.Label["gtin"]+"11261120"+"17291120"+"10"+o.Lot+"\x1d"+"21"+s)
	}
	require.Len(t, j.units, 200)
	return j
}

// labels lays the order's labels out again.
func (j judged) labels(t *testing.T) iter.Seq2[int, *label.Label] {
	tpl, err := template.ParseFS(os.DirFS("."), j.order.Template)
	require.NoError(t, err)
	data, err := j.order.data(tpl)
	require.NoError(t, err)
	return func(yield func(int, *label.Label) bool) {
		for i, unit := range j.units {
			data["serial"] = unit[strings.Index(unit, "\x1d21")+3:]
			l, err := tpl.Execute(data)
			require.NoError(t, err)
			if !yield(i, l) {
				return
			}
		}
	}
}

// TestEverySymbolIsItsUnit decodes the dots of all 200 labels, and of what a printer makes of their ZPL, with a reader that isn't
// ours. What it reads is the ledger's unit, and what stands in letters is what is encoded.
func TestEverySymbolIsItsUnit(t *testing.T) {
	j := judge(t)
	device := label.Device{DotsPerMM: 8}
	for i, l := range j.labels(t) {
		bitmap, err := raster.Draw(l, device)
		require.NoError(t, err)
		require.Equal(t, j.units[i], decode(t, bitmap), "label %d", i)

		page := j.paper[i]
		drawn, err := page.Draw()
		require.NoError(t, err)
		require.Equal(t, j.units[i], decode(t, drawn), "label %d as printed", i)
		require.Equal(t, j.units[i], interpretation(t, page), "the HRI of label %d", i)
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

// interpretation is the element string that a page's human-readable interpretation stands for.
func interpretation(t *testing.T, page zpl.Page) string {
	t.Helper()
	var hri strings.Builder
	for _, f := range page.Fields {
		if f.Kind == zpl.Text && strings.HasPrefix(f.Data, "(") {
			hri.WriteString(f.Data)
		}
	}
	m, err := gs1.ParseBracketed(hri.String())
	require.NoError(t, err)
	text, err := m.ElementString()
	require.NoError(t, err)
	return text[1:]
}

// TestProgramsReadThePDF has poppler turn labels.pdf into pixels and zxing-cpp read all 200 symbols. Poppler has nothing to complain of.
func TestProgramsReadThePDF(t *testing.T) {
	toPixels, reader := ci.Program(t, "pdftoppm"), ci.Program(t, "ZXingReader")
	j := judge(t)
	pages := t.TempDir()
	out, err := exec.Command(toPixels, "-r", "300", "-gray", "-png", filepath.Join(j.dir, "labels.pdf"), filepath.Join(pages, "page")).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Empty(t, string(out), "poppler warns")
	files, err := filepath.Glob(filepath.Join(pages, "page-*.png"))
	require.NoError(t, err)
	require.Len(t, files, 200)
	slices.Sort(files)
	for i, file := range files {
		cutOut(t, file, 300/25.4)
		out, err := exec.Command(reader, "-bytes", "-format", "DataMatrix", file).CombinedOutput()
		require.NoError(t, err, "%s: %s", file, out)
		require.Equal(t, j.units[i], string(out))
	}
}

// cutOut keeps the symbol of a picture, which has dots per mm.
func cutOut(t *testing.T, name string, dots float64) {
	t.Helper()
	in, err := os.Open(name)
	require.NoError(t, err)
	img, err := png.Decode(in)
	require.NoError(t, err)
	require.NoError(t, in.Close())
	out, err := os.Create(name)
	require.NoError(t, err)
	require.NoError(t, png.Encode(out, symbolOf(img, dots)))
	require.NoError(t, out.Close())
}

// symbolOf is the part of a label's picture in which its symbol stands: readers look for one in the middle.
func symbolOf(img image.Image, dots float64) image.Image {
	at := func(mm float64) int { return int(mm * dots) }
	part := image.Rect(at(29), at(6), at(41), at(18))
	out := image.NewGray(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(out, out.Rect, img, part.Min, draw.Src)
	return out
}

// TestProgramsReadThePicture has two programs read label-1.png.
func TestProgramsReadThePicture(t *testing.T) {
	zxing, dmtx := ci.Program(t, "ZXingReader"), ci.Program(t, "dmtxread")
	j := judge(t)
	picture := filepath.Join(j.dir, "label-1.png")
	out, err := exec.Command(dmtx, "-N1", "-G29", "-m5000", picture).Output()
	require.NoError(t, err)
	require.Equal(t, j.units[0], strings.TrimPrefix(string(out), "\x1d"))
	cutOut(t, picture, 8)
	out, err = exec.Command(zxing, "-bytes", "-format", "DataMatrix", picture).Output()
	require.NoError(t, err)
	require.Equal(t, j.units[0], string(out))
}
