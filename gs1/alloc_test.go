package gs1_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

// TestOneAllocation keeps that of the functions that return a message: for its slice.
func TestOneAllocation(t *testing.T) {
	for _, s := range []string{"(01)09521234543213(17)260131(10)L42(21)S-1", raw, scanned, "https://id.gs1.org/01/09521234543213/10/L42?17=260131"} {
		require.Equal(t, 1.0, testing.AllocsPerRun(100, func() { gs1.Parse(s) }), s)
	}
	require.Equal(t, 1.0, testing.AllocsPerRun(100, func() { gs1.ParseScan(scanned) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { gs1.ParseScan("]Q1hello") }))
}

// TestNoAllocation keeps the promises of AppendParse, Validate and AppendElementString.
func TestNoAllocation(t *testing.T) {
	m := make(gs1.Message, 0, 8)
	var data []byte
	for _, s := range []string{"(01)09521234543213(17)260131(10)L42(21)S-1", raw, scanned, "https://id.gs1.org/01/09521234543213/10/L42?17=260131"} {
		require.Zero(t, testing.AllocsPerRun(100, func() {
			var err error
			if m, err = gs1.AppendParse(m[:0], s); err != nil {
				t.Error(err)
			}
			if err = m.Validate(); err != nil {
				t.Error(err)
			}
		}), s)
	}
	data = make([]byte, 0, 100)
	require.Zero(
		t,
		testing.AllocsPerRun(100, func() { data, _ = message.AppendElementString(data[:0]) }),
	)
}
