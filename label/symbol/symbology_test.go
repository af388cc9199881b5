package symbol_test

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/pdf"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/zpl"
)

func TestEverySymbologyHasItsName(t *testing.T) {
	all := symbol.Symbologies()
	require.Len(t, all, int(symbol.SymbologyPDF417))
	names := map[string]bool{}
	for _, s := range all {
		name := s.String()
		require.NotEmpty(t, name)
		require.False(t, names[name], "%s twice", name)
		names[name] = true
		parsed, ok := symbol.ParseSymbology(name)
		require.True(t, ok)
		require.Equal(t, s, parsed)
		require.Equal(t, name, s.Traits().Name)
		require.Equal(t, s.Base(), s.Base().Base(), name)
		require.Len(t, s.Traits().Identifier, 3, name)
	}
	for _, name := range []string{"", "code 128", "GS1-128"} {
		_, ok := symbol.ParseSymbology(name)
		require.False(t, ok, name)
	}
	require.Empty(t, symbol.Symbology(0).String())
	require.Empty(t, symbol.Symbology(200).String())
}

// sample is text that a symbology which carries no GS1 message takes.
func sample(s symbol.Symbology) string {
	switch s {
	case symbol.SymbologyEAN13:
		return "9506000134352"
	case symbol.SymbologyEAN8:
		return "96385074"
	case symbol.SymbologyUPCA:
		return "614141000036"
	case symbol.SymbologyUPCE:
		return "01234531"
	case symbol.SymbologyITF14:
		return "19506000134359"
	case symbol.SymbologyCodabar:
		return "A40156B"
	}
	return "REF 12-A"
}

var sampleMessage = gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "10", Value: "L42"}}

func TestEncodeTakesEverySymbology(t *testing.T) {
	for _, s := range symbol.Symbologies() {
		made, err := symbol.Encode(s, sample(s), sampleMessage)
		require.NoError(t, err, "%v", s)
		require.Equal(t, s, made.Symbology())
		require.Equal(t, s.Linear(), made.Rows() == 1, "%v", s)
		require.Equal(t, s.Traits().Identifier, made.SymbologyIdentifier(), "%v", s)
		require.Equal(t, s.Traits().Kind, made.Metadata().CodeKind)
		want := sample(s)
		if s.GS1() {
			want = "010950600013435210L42"
		}
		require.Equal(t, want, made.Content(), "%v", s)
		_, err = symbol.Encode(s, sample(s), sampleMessage, symbol.StructuredAppend(1, 1, 1))
		var e *symbol.Error
		require.ErrorAs(t, err, &e, "%v", s)
		require.Equal(t, s, e.Symbology)
		require.ErrorIs(t, err, symbol.ErrOption)
	}
	for _, s := range []symbol.Symbology{0, 200} {
		_, err := symbol.Encode(s, "a", nil)
		require.ErrorIs(t, err, symbol.ErrSymbology)
	}
}

func TestEncodeSetsTheDefaultsOfASymbology(t *testing.T) {
	made, err := symbol.Encode(symbol.SymbologyDataMatrixRectangle, "12345", nil)
	require.NoError(t, err)
	require.Equal(t, []int{8, 18}, []int{made.Rows(), made.Cols()},
		"a rectangle, though 10 x 10 would do")
	_, err = symbol.Encode(symbol.SymbologyDataMatrixRectangle, strings.Repeat("a", 200), nil)
	require.ErrorIs(t, err, symbol.ErrTooLong)
	qr, err := symbol.Encode(symbol.SymbologyQR, "ABCDEFGHIJKLMNOPQRSTUVWX", nil)
	require.NoError(t, err)
	require.Equal(t, 25, qr.Rows(), "24 letters are a version 1 at level L, and a version 2 at M")
	qr, err = symbol.Encode(symbol.SymbologyQR, "ABCDEFGHIJKLMNOPQRSTUVWX", nil,
		symbol.Level(symbol.L))
	require.NoError(t, err)
	require.Equal(t, 21, qr.Rows())
}

// TestANewSymbologyIsOneRow adds a symbology to the table and nothing else, and finds it in
// templates and on every canvas.
func TestANewSymbologyIsOneRow(t *testing.T) {
	_, remove := symbol.AddSymbology(symbol.Traits{
		Name: "house", Linear: true, QuietLeft: 12, QuietRight: 12, Identifier: "]X0",
	}, func(e *symbol.Encoder, text string) (*symbol.Symbol, error) { return e.Code128("H" + text) })
	defer remove()

	tpl, err := template.Parse(
		strings.NewReader(`{"width": 60, "height": 25, "fields": [{"name": "lot"}], "elements": [
		{"type": "symbol", "symbology": "house", "x": 5, "y": 5, "x-dimension": 0.25, "bar-height": 10,
		"hri": {"place": "below", "size": 2}, "content": "{lot}"}]}`),
	)
	require.NoError(t, err)
	d := label.Device{DotsPerMM: 8}
	l, err := tpl.Execute(template.Data{"lot": "4711"})
	require.NoError(t, err)
	require.Empty(t, l.Preflight(d))

	bitmap, err := raster.Draw(l, d)
	require.NoError(t, err)
	s := l.Elements[0].(*label.Symbol)
	for col := range s.Modules.Cols() {
		require.Equal(t, s.Modules.Dark(0, col), bitmap.Ink(40+2*col, 60), "column %d", col)
	}
	format, err := zpl.Compile(tpl, d)
	require.NoError(t, err)
	stream, err := format.Append(nil, template.Data{"lot": "4711"})
	require.NoError(t, err)
	require.Contains(t, string(stream), "^GFA", "a printer does not know it: it is a picture")
	pages, err := zpl.Pages(bytes.NewReader(stream))
	require.NoError(t, err)
	drawn, err := pages[0].Draw()
	require.NoError(t, err)
	for y := range 120 {
		for x := range 480 {
			require.Equal(t, bitmap.Ink(x, y), drawn.Ink(x, y), "dot %d, %d", x, y)
		}
	}
	var file bytes.Buffer
	require.NoError(t,
		pdf.Write(&file, func(yield func(*label.Label, error) bool) { yield(l, nil) }))
	ci.Programs(t, "pdftoppm", "ZXingReader")
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "label.pdf"), file.Bytes(), 0o644))
	require.NoError(
		t,
		exec.Command("pdftoppm", "-png", "-r", "406.4", filepath.Join(dir, "label.pdf"), filepath.Join(dir, "page")).
			Run(),
	)
	picture, err := os.Open(filepath.Join(dir, "page-1.png"))
	require.NoError(t, err)
	defer picture.Close()
	_, err = png.DecodeConfig(picture)
	require.NoError(t, err)
	report, err := exec.Command("ZXingReader", filepath.Join(dir, "page-1.png")).Output()
	require.NoError(t, err)
	require.Contains(t, string(report), `"H4711"`)
}
