package symbol

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"
)

// readByGozxing decodes the symbol from the PNG that it writes.
func readByGozxing(t testing.TB, s *Symbol) *gozxing.Result {
	t.Helper()
	return readWithHints(t, s, map[gozxing.DecodeHintType]any{})
}

// readAsLatin1 is readByGozxing, but it doesn't let gozxing guess what bytes in QR are.
func readAsLatin1(t testing.TB, s *Symbol) *gozxing.Result {
	t.Helper()
	return readWithHints(t, s,
		map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: "ISO-8859-1"})
}

func readWithHints(t testing.TB, s *Symbol, hints map[gozxing.DecodeHintType]any) *gozxing.Result {
	t.Helper()
	var file bytes.Buffer
	require.NoError(t, s.WritePNG(&file, 2))
	picture, err := png.Decode(&file)
	require.NoError(t, err)
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	require.NoError(t, err)
	hints[gozxing.DecodeHintType_PURE_BARCODE] = true
	var reader gozxing.Reader
	switch s.Symbology().Base() {
	case SymbologyCode128:
		if s.SymbologyIdentifier() == "]C1" { // it takes a check character of 102 for FNC1
			hints[gozxing.DecodeHintType_ASSUME_GS1] = true
		}
		reader = oned.NewCode128Reader()
	case SymbologyDataMatrix:
		reader = datamatrix.NewDataMatrixReader()
	case SymbologyQR:
		reader = qrcode.NewQRCodeReader()
	}
	result, err := reader.Decode(bitmap, hints)
	require.NoError(t, err, "%v %dx%d %v %q", s.Symbology(), s.Rows(), s.Cols(), s.Codewords(),
		s.Content())
	return result
}

// writePNG writes the symbol to a file for a program to read.
func writePNG(t *testing.T, s *Symbol, dots int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "symbol.png")
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, s.WritePNG(file, dots))
	require.NoError(t, file.Close())
	return path
}

// latin1 returns text in ISO/IEC 8859-1, as gozxing reports it.
func latin1(text string) string {
	var raw []byte
	for _, c := range text {
		raw = append(raw, byte(c))
	}
	return string(raw)
}
