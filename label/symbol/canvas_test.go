package symbol_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/pdf"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/zpl"
)

// labelOf returns a template of 90 × 90 mm with one symbol, its interpretation below, and data for
// it.
func labelOf(t testing.TB, s symbol.Symbology, rotation int) (*template.Template, template.Data) {
	t.Helper()
	content, value := "{code}", sample(s)
	if s.GS1() {
		content, value = "(01){code}(10)L42", "09506000134352"
	}
	extra := ""
	if s.Linear() && s.Traits().BarHeight == 0 {
		extra = `"bar-height": 15, `
	}
	if rotation > 0 {
		extra += fmt.Sprintf(`"rotate": %d, `, rotation)
	}
	x, size, gap := 0.25, 2.0, 0.5
	if !s.Linear() {
		x, size, gap = 0.5, 1.5, 2.5
	}
	tpl, err := template.Parse(
		strings.NewReader(
			fmt.Sprintf(`{"width": 90, "height": 90, "fields": [{"name": "code"}], "elements": [
		{"type": "symbol", "symbology": %q, "x": 15, "y": 15, "x-dimension": %g, %s
		"hri": {"place": "below", "size": %g, "face": "mono", "gap": %g},
		"content": %q}]}`, s, x, extra, size, gap, content),
		),
	)
	require.NoError(t, err, "%v", s)
	return tpl, template.Data{"code": value}
}

var canvasDevice = label.Device{DotsPerMM: 8}

// drawn returns the label of a symbology as pixels, and as the pixels that its ZPL prints.
func drawn(t testing.TB, s symbol.Symbology,
	rotation int) (l *label.Label, png, printed *raster.Bitmap) {
	t.Helper()
	tpl, data := labelOf(t, s, rotation)
	l, err := tpl.Execute(data)
	require.NoError(t, err, "%v", s)
	for _, f := range l.Preflight(canvasDevice) {
		require.Equal(t, label.TextSize, f.Rule, "%v: %v", s, f)
	}
	png, err = raster.Draw(l, canvasDevice)
	require.NoError(t, err)
	var stream bytes.Buffer
	require.NoError(t, zpl.Render(&stream, l, canvasDevice))
	pages, err := zpl.Pages(&stream)
	require.NoError(t, err, "%v", s)
	printed, err = pages[0].Draw()
	require.NoError(t, err)
	return l, png, printed
}

// TestCanvasesDrawEverySymbology compares the symbols of a template as pixels and as ZPL, dot for
// dot.
func TestCanvasesDrawEverySymbology(t *testing.T) {
	for _, s := range symbol.Symbologies() {
		for rotation := 0; rotation < 360; rotation += 90 {
			l, png, printed := drawn(t, s, rotation)
			layout, err := l.Elements[0].(*label.Symbol).Layout(canvasDevice)
			require.NoError(t, err)
			at := raster.Dots(layout.Quiet, canvasDevice)
			require.Equal(t, png.Crop(at), printed.Crop(at), "%v turned by %d degrees", s, rotation)
		}
	}
}

// read returns what ZXingReader reports of a picture.
func read(t *testing.T, path string) (text, identifier string) {
	t.Helper()
	report, err := exec.Command("ZXingReader", "-errors", path).Output()
	require.NoError(t, err, "%s %s", path, report)
	for line := range strings.Lines(string(report)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch value = strings.TrimSpace(value); key {
		case "Text":
			text = strings.Trim(value, `"`)
		case "Identifier":
			identifier = value
		}
	}
	return text, identifier
}

// TestZXingReadsEverySymbologyFromEveryCanvas reads the symbols from a PNG, from the dots that ZPL
// prints, and from a PDF.
func TestZXingReadsEverySymbologyFromEveryCanvas(t *testing.T) {
	ci.Programs(t, "ZXingReader", "pdftoppm")
	for _, s := range symbol.Symbologies() {
		t.Run(s.String(), func(t *testing.T) {
			l, png, printed := drawn(t, s, 0)
			dir := t.TempDir()
			if keep := os.Getenv("NAMEPLATE_PICTURES"); keep != "" {
				dir = filepath.Join(keep, s.String())
				require.NoError(t, os.MkdirAll(dir, 0o755))
			}
			// Cut out, for zxing-cpp 1.4 looks for a matrix symbol in the middle, and aborts on
			// some pictures of pages.
			layout, err := l.Elements[0].(*label.Symbol).Layout(canvasDevice)
			require.NoError(t, err)
			place := layout.Quiet.Grow(1, 1)
			if s.Linear() {
				place = layout.Quiet.Grow(1, 4) // with its interpretation
			}
			for name, b := range map[string]*raster.Bitmap{"png.png": png, "zpl.png": printed} {
				f, err := os.Create(filepath.Join(dir, name))
				require.NoError(t, err)
				require.NoError(t,
					raster.WritePNG(f, b.Crop(raster.Dots(place, canvasDevice)), canvasDevice))
				require.NoError(t, f.Close())
			}
			var file bytes.Buffer
			require.NoError(t,
				pdf.Write(&file, func(yield func(*label.Label, error) bool) { yield(l, nil) }))
			path := filepath.Join(dir, "pdf")
			require.NoError(t, os.WriteFile(path+".pdf", file.Bytes(), 0o644))
			cut := raster.Dots(place, label.Device{DotsPerMM: 16})
			require.NoError(t, exec.Command("pdftoppm", "-png", "-singlefile", "-r", "406.4", "-x",
				fmt.Sprint(cut.Min.X), "-y", fmt.Sprint(cut.Min.Y), "-W", fmt.Sprint(cut.Dx()),
				"-H", fmt.Sprint(cut.Dy()), path+".pdf", path).Run())
			for _, name := range []string{"png.png", "zpl.png", "pdf.png"} {
				text, identifier := read(t, filepath.Join(dir, name))
				switch s {
				case symbol.SymbologyCode39FullASCII: // it isn't configured for full ASCII
					continue
				case symbol.SymbologyCodabar:
					require.Equal(t, "40156", text)
				case symbol.SymbologyUPCA, symbol.SymbologyUPCE:
					require.NotEmpty(t, text)
				default:
					if !s.GS1() {
						require.Equal(t, sample(s), text, name)
					}
				}
				require.Equal(t, s.Traits().Identifier, identifier, name)
			}
		})
	}
}

// layoutOf returns the layout of a symbol with an X-dimension of 1 mm and its top left module at
// 20, 10.
func layoutOf(t *testing.T, s *label.Symbol) label.SymbolLayout {
	t.Helper()
	s.X, s.Y, s.XDimension = 20, 10, 1
	l, err := s.Layout(label.Device{})
	require.NoError(t, err)
	return l
}

// middle returns the middle of a run of the interpretation, in modules from the symbol's left edge.
func middle(r label.Run) float64 { return r.X + r.Width/2 - 20 }

func TestDigitsOfRetailSymbols(t *testing.T) {
	below := label.HRI{Place: label.Below, Size: 8}
	for _, c := range []struct {
		symbology symbol.Symbology
		text      string
		groups    string
		middles   []float64
	}{
		{symbol.SymbologyEAN13, "950600013435", "9 506000 134352", []float64{-7.5, 24, 71}},
		{symbol.SymbologyEAN8, "9638507", "9638 5074", []float64{17, 50}},
		{symbol.SymbologyUPCA, "61414100003", "6 14141 00003 6", []float64{-7, 27.5, 67.5, 102}},
		{symbol.SymbologyUPCE, "0123453", "0 123453 1", []float64{-7, 24, 56}},
		{symbol.SymbologyITF14, "1950600013435", "19506000134359", []float64{67.5}},
	} {
		s := &label.Symbol{Symbology: c.symbology, Text: c.text, HRI: below, BarHeight: 60}
		l := layoutOf(t, s)
		var groups []string
		for i, r := range l.HRI {
			groups = append(groups, r.Text)
			require.InDelta(t, c.middles[i], middle(r), 1e-9, "%v: %s", c.symbology, r.Text)
			baseline := 10 + 60 + 1 + 8.0
			if c.symbology == symbol.SymbologyITF14 {
				baseline = 10 + 60 + 2 + 0.6*8 + 8
			}
			require.InDelta(t, baseline, r.Y, 1e-9, "%v: all stand on one line", c.symbology)
			if outer := i == 0 || i == len(c.middles)-1; outer &&
				strings.HasPrefix(c.symbology.String(), "upc") {
				require.InDelta(t, 4, r.Width, 1e-9, "a small digit is four modules wide")
			} else {
				require.Equal(t, 8.0, r.Size)
			}
		}
		require.Equal(t, c.groups, strings.Join(groups, " "))

		s.HRI.Place = label.Above
		l = layoutOf(t, s)
		require.Equal(t, c.groups, l.HRI[0].Text, "elsewhere it is one line")
		require.Zero(t, l.Guards)
	}
}

func TestDigitsFitBetweenTheGuardBars(t *testing.T) {
	s := &label.Symbol{Symbology: symbol.SymbologyEAN13, Text: "950600013435",
		HRI: label.HRI{Place: label.Below, Size: 10}, XDimension: 1}
	_, err := s.Layout(label.Device{})
	var fit *label.FitError
	require.ErrorAs(t, err, &fit)
	require.Equal(t, 7.0, fit.Have, "a digit has seven modules")
	s.HRI.MinSize = 8
	l := layoutOf(t, s)
	require.InDelta(t, 42, l.HRI[1].Width, 1e-9)
	require.Equal(t, l.HRI[1].Size, l.HRI[0].Size)
}

func TestGuardAndBearerBars(t *testing.T) {
	guards := map[symbol.Symbology][]int{ // the dark columns that reach below the others
		symbol.SymbologyEAN13: {0, 2, 46, 48, 92, 94},
		symbol.SymbologyEAN8:  {0, 2, 32, 34, 64, 66},
		symbol.SymbologyUPCA:  {0, 2, 4, 6, 7, 8, 9, 46, 48, 85, 87, 92, 94},
		symbol.SymbologyUPCE:  {0, 2, 46, 48, 50},
	}
	for _, symbology := range symbol.Symbologies() {
		made, err := symbol.Encode(symbology, sample(symbology), sampleMessage)
		require.NoError(t, err)
		var columns []int
		for col := -20; col < made.Cols()+20; col++ {
			if made.Guard(col) && made.Dark(0, col) {
				columns = append(columns, col)
			}
		}
		require.Equal(t, guards[symbology], columns, "%v", symbology)
		s := &label.Symbol{Symbology: symbology, Text: sample(symbology),
			Message: sampleMessage, BarHeight: 50}
		require.NoError(t, s.Encode())
		require.Zero(t, layoutOf(t, s).Guards)
		s.HRI = label.HRI{Place: label.Below, Size: 5}
		l := layoutOf(t, s)
		long := map[float64]bool{}
		for r := range l.Dark(s) {
			switch {
			case symbology == symbol.SymbologyITF14 && r.Width == 135+2*10: // over the quiet zones
				require.Equal(t, 2.0, r.Height)
				require.Contains(t, []float64{10 - 2, 10 + 50}, r.Y)
				long[r.Y] = true
			case r.Bottom() > l.Modules.Bottom():
				require.Equal(t, l.Modules.Bottom()+5, r.Bottom())
				long[r.X] = true
			}
		}
		switch {
		case symbology == symbol.SymbologyITF14:
			require.Len(t, long, 2)
			require.Equal(t, 50.0+2*2, l.Quiet.Height)
		case guards[symbology] == nil:
			require.Empty(t, long, "%v", symbology)
		default:
			for _, col := range columns {
				require.True(t, long[float64(20+col)] || made.Dark(0, col-1), "%v: column %d",
					symbology, col)
			}
		}
	}
}

func TestNominalBarHeights(t *testing.T) {
	for symbology, height := range map[symbol.Symbology]float64{
		symbol.SymbologyEAN13: 22.85, symbol.SymbologyUPCA: 22.85, symbol.SymbologyUPCE: 22.85,
		symbol.SymbologyEAN8: 18.23,
	} {
		s := &label.Symbol{Symbology: symbology, Text: sample(symbology), XDimension: 0.33}
		l, err := s.Layout(label.Device{})
		require.NoError(t, err)
		require.InDelta(t, height, l.Modules.Height, 0.005, "%v", symbology)
	}
}

func TestQuietZones(t *testing.T) {
	for symbology, want := range map[symbol.Symbology][2]float64{
		symbol.SymbologyEAN13: {11, 7}, symbol.SymbologyEAN8: {7, 7}, symbol.SymbologyUPCA: {9, 9},
		symbol.SymbologyUPCE:  {9, 7},
		symbol.SymbologyITF14: {10, 10}, symbol.SymbologyGS1128: {10, 10},
		symbol.SymbologyPDF417: {2, 2},
	} {
		for rotation := label.Rotate0; rotation <= label.Rotate270; rotation++ {
			s := &label.Symbol{Symbology: symbology, Text: sample(symbology),
				Message: sampleMessage, BarHeight: 20, Rotation: rotation}
			l := layoutOf(t, s)
			before, after := l.Modules.X-l.Quiet.X, l.Quiet.Right()-l.Modules.Right()
			if rotation&1 == 1 {
				before, after = l.Modules.Y-l.Quiet.Y, l.Quiet.Bottom()-l.Modules.Bottom()
			}
			if rotation >= label.Rotate180 {
				before, after = after, before
			}
			require.InDelta(t, want[0], before, 1e-9, "%v", symbology)
			require.InDelta(t, want[1], after, 1e-9, "%v", symbology)
		}
	}
}
