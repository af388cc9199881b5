package symbol

import (
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix/decoder"
	qr "github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/stretchr/testify/require"
)

// FuzzEncode encodes any text and bytes, and reads back what was encoded.
func FuzzEncode(f *testing.F) {
	for _, seed := range []string{"", "A", "123456", "\xff", "é", "東京", "[)>\x1e06\x1d1P\x1e\x04", "AB*>\r12.?"} {
		f.Add(seed)
	}
	e := new(Encoder)
	f.Fuzz(func(t *testing.T, data string) {
		if len(data) > 400 {
			return
		}
		if s, err := e.Code128Bytes([]byte(data)); err == nil &&
			s.Cols() < 500 { // gozxing takes long for the picture of more
			require.Equal(t, data, readByGozxing(t, s).GetText())
		}
		if _, err := e.DataMatrixBytes([]byte(data)); err == nil {
			word, _ := dmMacro(e.units)
			if word == 0 {
				result, err := decoder.DecodedBitStreamParser_decode(e.symbol.words)
				require.NoError(t, err)
				require.Equal(t, e.datamatrix.asGozxing(e.units), result.GetText())
			}
			require.NotEmpty(t, e.symbol.Explain())
		}
		if s, err := e.QR(data); err == nil {
			require.Equal(t, data, qrText(t, s))
			require.NotEmpty(t, s.Explain())
		}
		if s, err := e.QRBytes([]byte(data), Level(M)); err == nil {
			require.Equal(t, data, latin1(qrText(t, s)))
		}
		for _, encode := range []func(string, ...Option) (*Symbol, error){e.Code128, e.DataMatrix} {
			if s, err := encode(data); err == nil {
				require.Equal(t, data, s.Content())
			}
		}
	})
}

// qrText has gozxing decode the codewords of a QR symbol, without the picture of them and without
// its guess what bytes are.
func qrText(t *testing.T, s *Symbol) string {
	version, err := qr.Version_GetVersionForNumber((s.Rows() - 17) / 4)
	require.NoError(t, err)
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: "ISO-8859-1"}
	result, err := qr.DecodedBitStreamParser_Decode(s.words, version, qr.ErrorCorrectionLevel_L,
		hints)
	require.NoError(t, err)
	return result.GetText()
}
