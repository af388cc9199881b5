package gs1syntax

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadings finds all places where separators may be lost.
func TestReadings(t *testing.T) {
	const item = "0109521234543213"
	for s, want := range map[string][]string{
		item + "10L7\x1d21K7":                {"(10)L7(21)K7"},
		item + "10L721K7":                    {"(10)L7(21)K7", "(10)L721K7"},
		item + "17260131":                    {"(17)260131"},
		item + "1726013":                     nil,
		item + "10ABCDEFGHIJKLMNOPQRST21A1":  {"(10)ABCDEFGHIJKLMNOPQRST(21)A1"},
		item + "10ABCDEFGHIJKLMNOPQRSTU21A1": nil,
		item + "10A21B21C":                   {"(10)A(21)B21C", "(10)A21B(21)C", "(10)A21B21C"},
		"10A1726013121B" + item: {"(10)A(17)260131(21)B(01)09521234543213",
			"(10)A17260131(21)B(01)09521234543213", "(10)A1726013121B(01)09521234543213"},
		"":  nil,
		"x": nil,
	} {
		var got []string
		effort := 1 << 20
		complete := Readings(s, Options{}, &effort, func(m []Element, places []int) bool {
			if len(m) > 0 && m[0].AI == "01" {
				m = m[1:]
			}
			got = append(got, Text(m))
			return true
		})
		require.True(t, complete)
		require.ElementsMatch(t, want, got, "%q", s)
		other := len(want) > 1 || len(want) == 1 && want[0] != Text(asIs(s))
		require.Equal(t, other, HasOther(s, Options{}, 1<<20), "%q", s)
		if !strings.HasPrefix(s, item) {
			continue
		}
		effort = 10
		require.False(
			t,
			Readings(s+item, Options{}, &effort, func([]Element, []int) bool { return true }),
		)
		require.True(t, HasOther(s+item, Options{}, 10))
	}
	effort := 1 << 20
	n := 0
	Readings(
		item+"10A21B21C",
		Options{},
		&effort,
		func([]Element, []int) bool { n++; return false },
	)
	require.Equal(t, 1, n)
}

func TestInspect(t *testing.T) {
	for _, c := range []struct {
		value           string
		mayHold, marked bool
	}{
		{"L42", false, false},
		{"L4217", false, false},   // (421) is longer
		{"L9017", true, false},    // (90)
		{"9017", false, false},    // nothing is left of the lot
		{"L90", false, false},     // nothing is left of (90)
		{"L10A", false, false},    // another lot
		{"A10A", true, false},     // the same lot
		{"L21K", false, false},    // another serial
		{"L21S", true, false},     // the same serial
		{"L011234", false, false}, // too short for a GTIN
		{"L<GS>", false, true},
		{"L%1D21", false, true},
		{"L_", false, true},
	} {
		mayHold, marked := Inspect([]Element{{"17", "260190"}, {"10", c.value}, {"21", "S"}})
		require.Equal(t, []bool{c.mayHold, c.marked}, []bool{mayHold, marked}, c.value)
	}
}

// asIs returns the message of s without its first element, if it has a GTIN in front.
func asIs(s string) []Element {
	m, f := AppendElementString(nil, s, true, Options{})
	if f == nil && m[0].AI == "01" {
		m = m[1:]
	}
	return m
}
