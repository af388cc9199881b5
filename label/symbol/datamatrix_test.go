package symbol

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/stretchr/testify/require"
)

func TestDataMatrixDecodes(t *testing.T) {
	for _, text := range []string{
		"A", "123456", "ABCDEFGHIJKL", "abcdefghijklm", "Wikipedia", "AB", "ABC", "ABCD",
		"AB\r*>12", "A:B:C:D:E:F:G:H:I:J:K", "HELLO, WORLD. 12345-67890 / 42",
		strings.Repeat("ABCDEFGH", 10), strings.Repeat("aBcDeFgH", 100), strings.Repeat("7", 3116),
		"\x00\x01\x02",
		"https://id.gs1.org/01/09506000134352/10/L42?17=270131",
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
	msg := gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "17", Value: "270131"},
		{AI: "10", Value: "LOT42a"}, {AI: "21", Value: "ABC12345"}}
	s, err := GS1DataMatrix(msg)
	require.NoError(t, err)
	require.Equal(t, "]d2", s.SymbologyIdentifier())
	require.Equal(t, "\x1d"+s.Content(), readByGozxing(t, s).GetText())
	require.Equal(t, dmFNC1, s.Codewords()[0])
}

func TestDataMatrixMacro(t *testing.T) {
	for format, first := range map[string]int{"05": 236, "06": 237, "12": 92} {
		text, err := Envelope(format, "17V0CVA5", "1P4327", "S786950")
		require.NoError(t, err)
		require.Equal(t, "[)>\x1e"+format+"\x1d17V0CVA5\x1d1P4327\x1dS786950\x1e\x04", text)
		s, err := DataMatrix(text)
		require.NoError(t, err)
		require.Equal(t, first, s.Codewords()[0])
		require.Equal(t, text, readByGozxing(t, s).GetText())
	}
	text, err := Envelope("06", "1P東京")
	require.NoError(t, err)
	s, err := DataMatrix(text)
	require.NoError(t, err)
	require.Equal(t, []int{237, 241, 27}, s.Codewords()[:3])
	_, err = Envelope("06", "1P\x1d")
	require.ErrorIs(t, err, ErrCharacter)
	_, err = Envelope("6", "1P")
	require.ErrorContains(t, err, "want two digits or DD")
}

func TestDataMatrixPrefixes(t *testing.T) {
	s, err := DataMatrix("ABC", ReaderProgramming)
	require.NoError(t, err)
	require.Equal(t, []int{234, 'A' + 1, 'B' + 1, 'C' + 1}, s.Codewords()[:4])
	s, err = DataMatrix("ABC", StructuredAppend(3, 7, 255))
	require.NoError(t, err)
	require.Equal(t, []int{233, 0b0010_1010, 2, 1, 'A' + 1}, s.Codewords()[:5])
	for total := 2; total <= 16; total++ {
		for position := 1; position <= total; position++ {
			s, err = DataMatrix("ABC", StructuredAppend(position, total, 64516))
			require.NoError(t, err)
			require.Equal(t, []int{233, (position-1)*16 + 17 - total, 254, 254}, s.Codewords()[:4])
		}
	}
	for _, o := range []Option{
		StructuredAppend(0, 2, 1), StructuredAppend(3, 2, 1),
		StructuredAppend(1, 17, 1), StructuredAppend(1, 2, 0),
	} {
		_, err = DataMatrix("ABC", o)
		require.ErrorIs(t, err, ErrOption)
	}
}

func TestDataMatrixIndicator(t *testing.T) {
	s, err := DataMatrixSegments([]Segment{Text("A"), FNC1, Text("data"), ECI(3), Bytes{0xE9}})
	require.NoError(t, err)
	require.Equal(t, "]d6", s.SymbologyIdentifier())
	require.Equal(t, []int{'A' + 1, 232}, s.Codewords()[:2])
	require.Equal(t, "Adata\xe9", s.Content())
}

// TestDataMatrixTakesFewestModules compares the size that options leave with the least of all fixed
// sizes that take the data.
func TestDataMatrixTakesFewestModules(t *testing.T) {
	shapes := [...][]Option{nil, {AllowRectangles}, {AllowDMRE}}
	kinds := [...][]dmSize{dmSquares, dmRectangles, dmExtended}
	r := rand.New(rand.NewPCG(21471, 1))
	sizes := map[[2]int]bool{}
	for range 3000 {
		data := []byte(randomData(r, 90))
		shape := r.IntN(3)
		options, most := shapes[shape], [2]int{1000, 1000}
		if r.IntN(2) == 0 {
			most = [2]int{8 + r.IntN(30), 18 + r.IntN(60)}
			options = append(options[:len(options):len(options)], MaxHeight(most[0]),
				MaxWidth(most[1]))
		}
		least := 0
		for _, kind := range kinds[:shape+1] {
			for _, z := range kind {
				if z.rows > most[0] || z.cols > most[1] || least > 0 && z.rows*z.cols >= least {
					continue
				}
				if _, err := DataMatrixBytes(data, Size(z.rows, z.cols)); err == nil {
					least = z.rows * z.cols
				}
			}
		}
		s, err := DataMatrixBytes(data, options...)
		if least == 0 {
			require.ErrorIs(t, err, ErrSize)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, least, s.Rows()*s.Cols(), "%q %v", data, options)
		require.True(t, s.Rows() <= most[0] && s.Cols() <= most[1], "%q %v", data, options)
		sizes[[2]int{s.Rows(), s.Cols()}] = true
	}
	require.Greater(t, len(sizes), 25)
}
