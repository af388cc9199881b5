package epc

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

// TestAllocations checks that the hot paths allocate nothing, and a message its text only.
func TestAllocations(t *testing.T) {
	for _, scheme := range []string{"sgtin-96", "sgtin-198", "sscc-96", "sgtin+"} {
		bits := unhexed(t, benchmarkTags[scheme])
		tag, err := Decode(bits)
		require.NoError(t, err)
		m, err := tag.Message()
		require.NoError(t, err)
		prefix, _ := tag.EPC.Prefix()
		o := Options{Scheme: tag.Scheme, Filter: tag.Filter, PrefixLength: len(prefix)}
		dst := make([]byte, 0, 128)
		allocations := func(f func()) float64 { return testing.AllocsPerRun(100, f) }
		require.Zero(t, allocations(func() { tag, err = Decode(bits) }), scheme)
		require.Zero(t, allocations(func() { dst, err = tag.AppendEncode(dst[:0]) }), scheme)
		require.Zero(t, allocations(func() { tag, err = NewTag(m, o) }), scheme)
		if tag.EPC.prefix > 0 {
			require.Zero(t, allocations(func() { dst = tag.AppendURI(dst[:0]) }), scheme)
			require.Zero(t, allocations(func() { dst = tag.EPC.AppendURI(dst[:0]) }), scheme)
		}
		room := make(gs1.Message, 0, 4)
		one := allocations(func() { room, err = tag.AppendMessage(room[:0]) })
		require.Equal(t, 1.0, one, scheme)
	}
}
