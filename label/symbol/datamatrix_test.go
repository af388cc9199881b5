package symbol

import (
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/stretchr/testify/require"
)

func TestDataMatrixDecodes(t *testing.T) {
	for _, text := range []string{
		"A", "123456", "ABCDEFGHIJKL", "abcdefghijklm", "Wikipedia", "AB", "ABC", "ABCD", "AB\r*>12", "A:B:C:D:E:F:G:H:I:J:K", "HELLO, WORLD. 12345-67890 / 42",
		strings.Repeat("ABCDEFGH", 10), strings.Repeat("aBcDeFgH", 100), strings.Repeat("7", 3116), "\x00\x01\x02",
	} {
		s, err := DataMatrix(text)
		require.NoError(t, err, "%q", text)
		require.Equal(t, text, readByGozxing(t, s).GetText(), "%q %v", text, s.Codewords())
		require.Equal(t, "]d1", s.SymbologyIdentifier())
		require.Equal(t, text, s.Content())
	}
}

// TestDataMatrixStandard is the example of ISO/IEC 16022, Annex O.
func TestDataMatrixStandard(t *testing.T) {
	s, err := DataMatrix("123456")
	require.NoError(t, err)
	require.Equal(t, []int{142, 164, 186}, s.Codewords())
	require.Equal(t, 10, s.Rows())
}

func TestDataMatrixSizes(t *testing.T) {
	for _, kind := range [][]dmSize{dmSquares, dmRectangles, dmExtended} {
		for i := range kind {
			z := &kind[i]
			require.Equal(t, z.mapRows()*z.mapCols()/8, z.data+z.ecc)
			text := strings.Repeat("12", z.data)
			s, err := DataMatrix(text, Size(z.rows, z.cols))
			require.NoError(t, err)
			require.Equal(t, []int{z.rows, z.cols}, []int{s.Rows(), s.Cols()})
			require.Equal(t, text, readByGozxing(t, s).GetText())
		}
	}
}

func TestGS1DataMatrixDecodes(t *testing.T) {
	msg := gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "17", Value: "270131"}, {AI: "10", Value: "LOT42a"}, {AI: "21", Value: "ABC12345"}}
	s, err := GS1DataMatrix(msg)
	require.NoError(t, err)
	require.Equal(t, "]d2", s.SymbologyIdentifier())
	require.Equal(t, "\x1d"+s.Content(), readByGozxing(t, s).GetText())
	require.Equal(t, dmFNC1, s.Codewords()[0])
}
