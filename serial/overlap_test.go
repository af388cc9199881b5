package serial

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"SN{index:6}", "SN{index:6}", true},
		{"SN{index:6}", "SM{index:6}", false},
		{"SN{index:6}", "SN{index:7}", false},
		{"SN{index:1-7}", "{lot:2-5}{index:4}", true},
		{"{index:6 letters}", "{index:6}", false},
		{"{index like=A99}", "{index like=9A9}", false},
		{"{lot:1-3}-{index:3}", "{index:3}-{lot:1-3}", true},
		{"{MM}{index:2}", "9{index:3}", false},
		{"{MM}{index:2}", "1{index:3}", true},
		{"A{index:1-3 of=XY}", "{lot:1-2 of=XY}{index:1}", false},
		{"{index:8 clear}", "{index:8 of=01IO}", false},
	} {
		a, b := MustCompile(c.a), MustCompile(c.b)
		text, got := a.Overlap(b)
		require.Equal(t, c.want, got, "%s and %s: %q", a, b, text)
		back, again := b.Overlap(a)
		require.Equal(t, got, again)
		require.Equal(t, len(text), len(back))
		if !got {
			require.Empty(t, text)
		}
	}
}

// TestOverlapMissesNothing formats serials of one scheme and reads them under another: what both
// read must have been found.
func TestOverlapMissesNothing(t *testing.T) {
	f := pageFields(t)
	for _, p := range fuzzPatterns {
		for _, q := range fuzzPatterns {
			a, b := compileKeyed(t, p), compileKeyed(t, q)
			_, found := a.Overlap(b)
			for i := range min(uint64(200), a.Capacity()) {
				text, err := a.Format(f, i)
				require.NoError(t, err)
				if _, _, err := b.Parse(f, text); err == nil {
					require.True(t, found, "%s and %s: %s", a, b, text)
				}
			}
		}
	}
}
