package symbol

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFromCode128 makes symbols from the codewords of others, and gets the same.
func TestFromCode128(t *testing.T) {
	var segments [][]Segment
	for _, text := range []string{"Lot 4711\t0815", "a\xe9", "ÿþa\x01é12345678éé", "1", "12", "\x00\x1f\x7f"} {
		segments = append(segments, []Segment{Text(text)},
			[]Segment{FNC1, Text(text), FNC1, Text("1234")})
	}
	segments[2], segments[3] = []Segment{Bytes("a\xe9")}, []Segment{FNC1, Bytes("a\xe9")}
	segments = append(segments, []Segment{Text("A"), FNC1, Text("B"), FNC1},
		[]Segment{Text("37"), FNC1, Text("B")}, []Segment{Text("1"), FNC1, Text("B")},
		[]Segment{FNC3, Text("é")}, []Segment{FNC2, Text("ab"), FNC1, FNC1})
	r := rand.New(rand.NewPCG(12, 8))
	for range 2000 {
		segments = append(segments,
			[]Segment{Bytes(randomData(r, 30)), FNC1, Bytes(randomData(r, 10))})
	}
	for _, parts := range segments {
		want, err := Code128Segments(parts)
		require.NoError(t, err)
		words := want.Codewords()
		for _, given := range [][]int{words, words[:len(words)-2]} {
			got, err := FromCode128(given)
			require.NoError(t, err)
			require.Equal(t, words, got.Codewords())
			require.Equal(t, want.bits, got.bits)
			require.Equal(t, want.SymbologyIdentifier(), got.SymbologyIdentifier())
			used, total := got.Capacity()
			require.Equal(t, []int{len(words), len(words)}, []int{used, total})
		}
		got, err := FromCode128(words)
		require.NoError(t, err)
		content := got.Content()
		if slices.ContainsFunc(parts, func(s Segment) bool { _, raw := s.(Bytes); return raw }) {
			content = latin1(content) // bytes are read as the characters of ISO/IEC 8859-1
		}
		require.Equal(t, want.Content(), content, "%v", parts)
	}
}

func TestFromCode128ReadsEverySet(t *testing.T) {
	for _, c := range []struct {
		words   []int
		content string
		id      string
	}{
		{[]int{103, 64, 33, 101, 33}, "\x00A\u00c1", "]C0"},
		{[]int{103, 101, 101, 33, 34, 101, 35, 101, 101, 36}, "\u00c1\u00c2CD", "]C0"},
		{[]int{104, 65, 98, 65, 65}, "a\x01a", "]C0"},
		{[]int{105, 96, 97, 98, 99, 0, 100, 16, 99, 0}, "96979899000" + "00", "]C0"},
		{[]int{105, 102, 1, 102, 2}, "01\x1d02", "]C1"},
		{[]int{105, 37, 102, 2}, "3702", "]C2"},
		{[]int{104, 33, 102, 34, 102}, "AB\x1d", "]C2"},
		{[]int{104, 16, 102, 34}, "0\x1dB", "]C0"},
		{[]int{104, 97, 96, 34}, "B", "]C0"},
	} {
		s, err := FromCode128(c.words)
		require.NoError(t, err)
		require.Equal(t, c.content, s.Content())
		require.Equal(t, c.id, s.SymbologyIdentifier())
	}
}

func TestFromCode128Rejects(t *testing.T) {
	for _, c := range []struct {
		words []int
		kind  error
	}{
		{nil, ErrEmpty}, {[]int{104}, ErrEmpty}, {[]int{104, 106}, ErrEmpty},
		{[]int{104, 1, 106}, ErrEmpty},
		{[]int{33, 34}, ErrCodeword}, {[]int{106, 34}, ErrCodeword}, {[]int{102, 34}, ErrCodeword},
		{[]int{104, -1}, ErrCodeword},
		{[]int{104, 107}, ErrCodeword}, {[]int{104, 1, 103}, ErrCodeword},
		{[]int{104, 1, 105, 1}, ErrCodeword},
		{[]int{104, 1, 106, 1}, ErrCodeword}, {[]int{104, 1, 3, 106}, ErrCodeword},
		{append([]int{104}, make([]int, 998)...), ErrTooLong},
	} {
		_, err := FromCode128(c.words)
		require.ErrorIs(t, err, c.kind, "%v", c.words)
	}
	_, err := FromCode128(append([]int{104}, make([]int, 997)...))
	require.NoError(t, err)
}
