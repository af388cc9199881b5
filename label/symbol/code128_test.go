package symbol

import (
	"strings"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/gonameplate/nameplate/gs1"
	"github.com/stretchr/testify/require"
)

func TestCode128Decodes(t *testing.T) {
	for _, text := range []string{
		"A", "1", "12", "123", "ab12345678cd", "\x00\x01abc\x02", "LOT\r\n4711", "a\x1fb\x1fc", "é", "éàü", "abcéd", "\u0080\u00ff\u009f",
		"éàü12345678éàü", "1234\u00e9", strings.Repeat("0123456789", 10), "~\x7f ", "aééébcdefgéééé\x05",
	} {
		s, err := Code128(text)
		require.NoError(t, err, "%q", text)
		require.Equal(t, latin1(text), readByGozxing(t, s).GetText(), "%q %v", text, s.Codewords())
		require.Equal(t, "]C0", s.SymbologyIdentifier())
		require.Equal(t, text, s.Content())
	}
}

func TestGS1128Decodes(t *testing.T) {
	msg := gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "10", Value: "ABC123"},
		{AI: "21", Value: "12345"}}
	s, err := GS1128(msg)
	require.NoError(t, err)
	require.Equal(t, "]C1", s.SymbologyIdentifier())
	require.Equal(t, "010950600013435210ABC123\x1d2112345", s.Content())
	require.Equal(t, s.Content(), strings.TrimPrefix(readByGozxing(t, s).GetText(), "]C1"))
}

func TestSymbolIsABarcode(t *testing.T) {
	s, err := Code128("NAMEPLATE")
	require.NoError(t, err)
	scaled, err := barcode.Scale(s, 3*s.Cols(), 40)
	require.NoError(t, err)
	require.Equal(t, 3*s.Cols(), scaled.Bounds().Dx())
	for x := range scaled.Bounds().Dx() {
		require.Equal(t, s.At(x/3, 0), scaled.At(x, 20))
	}
}

// TestEveryByteDecodes has each byte read, in the middle of digits and twice between letters.
func TestEveryByteDecodes(t *testing.T) {
	t.Parallel()
	for b := range 256 {
		for _, text := range []string{"12\x0034", "a\x00\x00a"} {
			data := []byte(strings.ReplaceAll(text, "\x00", string([]byte{byte(b)})))
			s, err := Code128Bytes(data)
			require.NoError(t, err)
			require.Equal(t, string(data), readByGozxing(t, s).GetText(), "%q", data)
			s, err = QRBytes(data)
			require.NoError(t, err)
			require.Equal(t, string(data), latin1(qrText(t, s)), "%q", data)
		}
	}
}
