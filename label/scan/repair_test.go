package scan

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRepairs holds what is done to which characters.
func TestRepairs(t *testing.T) {
	const good = "]d20109521234543213" + "10L42\x1d21A1"
	const want = "(01)09521234543213(10)L42(21)A1"
	as := func(fnc1 string) string { return strings.Replace(good, "\x1d", fnc1, 1) }
	for _, c := range []struct {
		s, message string
		repairs    []string
	}{
		{good, want, nil},
		{good + "\r\n", want, []string{"line end removed: \r\n"}},
		{"\ufeff" + good + "\n", want,
			[]string{"characters before the data removed: \ufeff", "line end removed: \n"}},
		{"\x02" + good + "\x03", want,
			[]string{"characters before the data removed: \x02",
				"characters after the data removed: \x03"}},
		{as("<GS>"), want, []string{"FNC1 written as <GS>: <GS>"}},
		{as("#"), want, []string{"FNC1 written as #: #"}},
		{as("|"), want, []string{"FNC1 written as |: |"}},
		{as("^"), want, []string{"FNC1 written as ^: ^"}},
		{as("\t"), want, []string{"FNC1 written as \"\\t\": \t"}},
		{as("\x1b[19~"), want, []string{"FNC1 written as \"\\x1b[19~\": \x1b[19~"}},
		{as("~029"), want, []string{"FNC1 written as ~029: ~029"}},
		{as(`\F`), want, []string{`FNC1 written as \F: \F`}},
		{as("^]"), want, []string{"FNC1 written as ^]: ^]"}},
		{as("␝"), want, []string{"FNC1 written as ␝: ␝"}},
		{as("\x1d\x1d"), want, []string{"FNC1 too many removed: \x1d"}},
		{"]d2\x1d" + good[3:] + "\x00", want,
			[]string{"characters after the data removed: \x00", "FNC1 too many removed: \x1d"}},
		{"]C1(01)09521234543213(10)L42(21)A1", want,
			[]string{"brackets around the AIs removed: (01)09521234543213(10)L42(21)A1"}},
		{"]D20109521234543213" + "10l42\x1d21a1", want, []string{
			"case of the symbology identifier restored: D",
			"caps lock undone: 010952123454321310l42\x1d21a1"}},
		{good[1:], want, []string{"bracket of the symbology identifier put back: "}},
		{good[3:], want, []string{"symbology identifier missing: "}},
		{"\x1d" + good[3:] + "\r", want,
			[]string{"line end removed: \r", "FNC1 too many removed: \x1d"}},
		{"]C1" + "10ABCDEFGHIJKLMNOPQRST0109521234543213",
			"(10)ABCDEFGHIJKLMNOPQRST(01)09521234543213", []string{"lost FNC1 put back: "}},
		{"]d2010952123454321310ABCDEFGHIJKLMNOPQRST21A1",
			"(01)09521234543213(10)ABCDEFGHIJKLMNOPQRST(21)A1", []string{"lost FNC1 put back: "}},
		{"+d20109521234543213" + "10ZXß1", "(01)09521234543213(10)YX-1",
			[]string{"keyboard layout undone: German or Hungarian or Croatian or Serbian"}},
		{"+D20109521234543213" + "10zxß1", "(01)09521234543213(10)YX-1",
			[]string{"caps lock and keyboard layout undone: German"}},
	} {
		a, err := Read(c.s)
		require.NoError(t, err, "%q", c.s)
		require.Equal(t, c.message, a.Message.String(), "%q", c.s)
		require.Empty(t, a.Doubts, "%q", c.s)
		require.Equal(t, len(c.repairs), len(a.Repairs), "%q %v", c.s, a.Repairs)
		for i, r := range a.Repairs {
			got := r.What + ": " + c.s[r.Pos:r.Pos+r.Len]
			require.True(t, strings.HasPrefix(got, strings.SplitN(c.repairs[i], " or ", 2)[0]),
				"%q: %s, not %s", c.s, got, c.repairs[i])
		}
	}
}

// TestFewCharacters takes a few characters that could be typed with many layouts for text.
func TestFewCharacters(t *testing.T) {
	for _, s := range []string{"d1hello", "D1HELLO", "ç(é'", "Z0G9SX", "hello"} {
		a, err := Read(s)
		require.NoError(t, err)
		require.Equal(t, Text, a.Kind)
		require.Equal(t, s, a.Text)
	}
}

// TestBothNumbers doubts EAN-13 numbers that are element strings, too: (400).
func TestBothNumbers(t *testing.T) {
	a, err := Read("4006381333931")
	require.NoError(t, err)
	require.Equal(t, "04006381333931", a.Product)
	require.Empty(t, a.Doubts) // without a key the digits are a GTIN
}
