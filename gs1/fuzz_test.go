package gs1_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

// FuzzParse checks that what Parse accepts is valid, and that each writer's output reads back as
// the same message.
func FuzzParse(f *testing.F) {
	for _, v := range verdicts {
		for _, s := range slices.Concat(v.accept, v.refuse) {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := gs1.Parse(s)
		if err != nil {
			require.Empty(t, m)
			var e *gs1.Error
			require.ErrorAs(t, err, &e)
			require.GreaterOrEqual(t, e.Pos, 0, err)
			require.LessOrEqual(t, e.Pos+e.Len, len(e.Input), err)
			return
		}
		if len(m) == 0 {
			return // text, or an EAN/UPC symbol
		}
		require.NoError(t, m.Validate())
		again, err := gs1.ParseBracketed(m.String())
		require.NoError(t, err)
		require.Equal(t, m, again)
		data, err := m.ElementString()
		require.NoError(t, err)
		again, err = gs1.ParseElementString(data)
		require.NoError(t, err)
		require.Equal(t, m, again)
		sent, err := m.ScanData("]d2")
		require.NoError(t, err)
		if len(sent) > 8000 {
			return // more than a reader sends
		}
		scan, err := gs1.ParseScan(sent)
		require.NoError(t, err)
		require.Equal(t, m, scan.Message)
	})
}
