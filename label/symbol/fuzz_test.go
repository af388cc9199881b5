package symbol

import (
	"testing"

	"github.com/makiuchi-d/gozxing/datamatrix/decoder"
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
		if s, err := e.Code128Bytes([]byte(data)); err == nil {
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
			require.Equal(t, data, readAsLatin1(t, s).GetText())
			require.NotEmpty(t, s.Explain())
		}
		if s, err := e.QRBytes([]byte(data), Level(M)); err == nil {
			require.Equal(t, data, latin1(readAsLatin1(t, s).GetText()))
		}
		for _, encode := range []func(string, ...Option) (*Symbol, error){e.Code128, e.DataMatrix} {
			if s, err := encode(data); err == nil {
				require.Equal(t, data, s.Content())
			}
		}
	})
}
