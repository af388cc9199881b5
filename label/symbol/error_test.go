package symbol

import (
	"errors"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/stretchr/testify/require"
)

func TestBadInput(t *testing.T) {
	for _, c := range []struct {
		name   string
		encode func() (*Symbol, error)
		kind   error
		says   string
	}{
		{"empty", func() (*Symbol, error) { return Code128("") }, ErrEmpty, "symbol: code128: there is no data; give at least one character"},
		{"empty", func() (*Symbol, error) { return DataMatrixBytes(nil) }, ErrEmpty, "datamatrix: there is no data"},
		{"no element", func() (*Symbol, error) { return GS1DataMatrix(nil) }, ErrEmpty, "the message has no element"},
		{"utf-8", func() (*Symbol, error) { return Code128("ab\xff") }, ErrUTF8, `symbol: code128 at byte 3 of "ab\xff": not valid UTF-8: byte 0xff; give raw data as Bytes`},
		{"utf-8", func() (*Symbol, error) { return DataMatrix("Ā\xe9") }, ErrUTF8, "at byte 3"},
		{"character", func() (*Symbol, error) { return Code128("5 µm ± 1 €") }, ErrCharacter, `at byte 12 of "5 µm ± 1 €": the symbology lacks the character: '€' (U+20AC)`},
		{"gs1-128 of 49", func() (*Symbol, error) {
			return GS1128(gs1.Message{{AI: "91", Value: strings.Repeat("7", 47)}})
		}, ErrTooLong, "49 data characters with separators, want at most 48; split"},
		{"too long", func() (*Symbol, error) { return Code128(strings.Repeat("a", 1000)) }, ErrTooLong, "1003 symbol characters, want at most 1000"},
		{"too long", func() (*Symbol, error) { return DataMatrix(strings.Repeat("7", 3117)) }, ErrTooLong, "3117 characters"},
		{"too long", func() (*Symbol, error) { return DataMatrix(strings.Repeat("a", 3000)) }, ErrTooLong, "2001 codewords, and the largest allowed symbol holds 1558"},
		{"size", func() (*Symbol, error) { return DataMatrix("abcdefghijklm", Size(10, 10)) }, ErrSize, "the smallest that fits is 16 x 16"},
		{"no such size", func() (*Symbol, error) { return DataMatrix("a", Size(11, 11)) }, ErrSize, "there is no allowed size of 11 rows and 11 columns; the smallest that fits is 10 x 10"},
		{"size above a bound", func() (*Symbol, error) { return DataMatrix("a", MaxHeight(18), Size(20, 20)) }, ErrSize, "no allowed size of 20 rows and 20 columns; the smallest that fits is 10 x 10"},
		{"no width", func() (*Symbol, error) { return DataMatrix("a", MaxWidth(-1)) }, ErrSize, "no allowed size is that small; the smallest that fits is 10 x 10"},
		{"qr size above a bound", func() (*Symbol, error) { return QR("a", MaxWidth(21), Size(25, 25)) }, ErrSize, "size 25 is above the bound of 21"},
		{"option of another", func() (*Symbol, error) { return DataMatrix("a", Level(H)) }, ErrOption, "datamatrix has no Level(H)"},
		{"option of another", func() (*Symbol, error) { return QR("a", ReaderProgramming) }, ErrOption, "qr has no ReaderProgramming"},
		{"no option", func() (*Symbol, error) { return QR("a", Option{}) }, ErrOption, "qr has no Option{}"},
		{"append twice", func() (*Symbol, error) { return QR("a", StructuredAppend(1, 2, 3), StructuredAppend(2, 2, 3)) }, ErrOption, "structured append twice"},
		{"fnc1 after reader programming", func() (*Symbol, error) { return GS1DataMatrix(udi, ReaderProgramming) }, ErrOption, "FNC1 first, or after"},
		{"fnc1 after one digit", func() (*Symbol, error) { return DataMatrixSegments([]Segment{Text("1"), FNC1, Text("2")}) }, ErrCharacter, "FNC1 as character 2"},
		{"height", func() (*Symbol, error) { return DataMatrix(strings.Repeat("A", 100), AllowRectangles, MaxHeight(8)) }, ErrSize, "the largest allowed size holds 10"},
		{"qr size", func() (*Symbol, error) { return QR(strings.Repeat("a", 100), Size(21, 21)) }, ErrSize, "the largest allowed size is 21; the smallest that fits is 37 x 37"},
		{"qr too long", func() (*Symbol, error) { return QR(strings.Repeat("a", 3000), Level(H)) }, ErrTooLong, "the largest symbol of level H holds 10208"},
		{"qr fnc1", func() (*Symbol, error) { return QRSegments([]Segment{Text("abc"), FNC1}) }, ErrCharacter, "FNC1 as character 4"},
		{"fnc of another", func() (*Symbol, error) { return DataMatrixSegments([]Segment{Text("a"), FNC3}) }, ErrCharacter, "symbol: datamatrix of segment 1: the symbology lacks the character: FNC3"},
		{"utf-8 in a segment", func() (*Symbol, error) { return Code128Segments([]Segment{FNC1, Text("a\xff")}) }, ErrUTF8, "symbol: code128 at byte 2 of segment 1"},
		{"eci", func() (*Symbol, error) { return Code128Segments([]Segment{ECI(3), Text("a")}) }, ErrCharacter, "ECI 3"},
		{"option", func() (*Symbol, error) { return Code128("a", AllowDMRE) }, ErrOption, "symbol: code128: the option does not apply: code128 has no AllowDMRE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := c.encode()
			require.Nil(t, s)
			require.ErrorIs(t, err, c.kind)
			require.ErrorContains(t, err, c.says)
			var e *Error
			require.ErrorAs(t, err, &e)
		})
	}
}

// TestNamedSizeFits checks that the size an error names takes the data, and that the next smaller
// one of its shape doesn't.
func TestNamedSizeFits(t *testing.T) {
	named := regexp.MustCompile(`the smallest that fits is (\d+) x (\d+)`)
	r := rand.New(rand.NewPCG(24, 6))
	tried := 0
	for range 2000 {
		data := []byte(randomData(r, 300))
		least := []Option{Size(10, 10), Size(8, 18)}[r.IntN(2)]
		_, err := DataMatrixBytes(data, least)
		if err == nil || errors.Is(err, ErrTooLong) {
			continue
		}
		require.ErrorIs(t, err, ErrSize)
		size := named.FindStringSubmatch(err.Error())
		require.NotNil(t, size, err)
		rows, _ := strconv.Atoi(size[1])
		cols, _ := strconv.Atoi(size[2])
		s, err := DataMatrixBytes(data, Size(rows, cols))
		require.NoError(t, err)
		for _, kind := range [][]dmSize{dmSquares, dmRectangles, dmExtended} {
			for _, z := range kind {
				if z.modules() < s.Rows()*s.Cols() && (z.rows == z.cols) == (rows == cols) {
					_, err := DataMatrixBytes(data, Size(z.rows, z.cols))
					require.ErrorIs(t, err, ErrSize, "%d x %d", z.rows, z.cols)
				}
			}
		}
		tried++
	}
	require.Greater(t, tried, 1000)
}
