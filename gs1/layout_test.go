package gs1

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// pressed returns what a computer with layout l makes of the keys that a reader presses for text on
// layout reader: a dead key and a letter become one where there is such a letter.
func pressed(text string, reader, l *layout, caps, shiftLock bool) string {
	from, to := []rune(reader.alone+reader.shifted), []rune(l.alone+l.shifted)
	if shiftLock {
		to = []rune(l.shifted + l.alone)
	}
	var b strings.Builder
	for _, r := range text {
		for i, k := range from {
			if k == r {
				r = to[i]
				break
			}
		}
		if caps {
			if r = unicode.ToUpper(r); unicode.IsUpper(r) && strings.ContainsRune(b.String()+text, unicode.ToLower(r)) {
				r = unicode.ToLower(r)
			}
		}
		b.WriteRune(r)
	}
	typed := b.String()
	three := []rune(composed)
	for i := 0; i < len(three); i += 3 {
		if !strings.ContainsRune(l.alone+l.shifted, three[i]) {
			typed = strings.ReplaceAll(typed, string(three[i+1:i+3]), string(three[i]))
		}
	}
	return typed
}

func TestLayouts(t *testing.T) {
	for _, l := range append(layouts[:], us) {
		require.Equal(t, 47, utf8.RuneCountInString(l.alone), l.name)
		require.Equal(t, 47, utf8.RuneCountInString(l.shifted), l.name)
		for _, keys := range []string{l.alone, l.shifted} {
			for _, r := range strings.ReplaceAll(keys, " ", "") {
				require.Equal(t, 1, strings.Count(keys, string(r)), "%s %c", l.name, r)
			}
		}
		for _, r := range "abcdefghijklmnopqrstuvwxyz" {
			require.Equal(t, 1, strings.Count(l.alone, string(r)), "%s %c", l.name, r)
			require.Equal(t, 1, strings.Count(l.shifted, string(unicode.ToUpper(r))), "%s %c", l.name, r)
		}
		for _, r := range "0123456789" {
			require.Equal(t, 1, strings.Count(l.alone+l.shifted, string(r)), "%s %c", l.name, r)
		}
	}
	require.Zero(t, len([]rune(composed))%3)
}

// TestEveryLayout types scans on each keyboard. What comes out is what was scanned; or an error,
// where other layouts make other sense of it; or, where the keys of all characters agree, the scan
// is valid as it is.
func TestEveryLayout(t *testing.T) {
	scans := []string{
		"]C10109521234543213" + "17260131" + "10L42",
		"]d20109521234543213" + "17260131" + "10LZ-42/7" + "\x1d" + "21AYQW=M+1",
		"]Q30109521234543213" + "21zyqwam:_12",
		"]e00109521234543213" + "3103001250",
		"]J100095212340000000013" + "02095212345432133712",
		"]d20109521234543213" + "10ABCDEFGHIJKLMNOPQRSZ" + "\x1d" + "21Y\"1",
	}
	for i := range layouts {
		l := &layouts[i]
		repaired := 0
		for _, s := range scans {
			want, err := ParseScan(s)
			require.NoError(t, err)
			typed := pressed(s, &us, l, false, false)
			if !strings.Contains(s, "-42/7") { // Ctrl and ] say nothing on most computers
				typed = strings.ReplaceAll(typed, "\x1d", "")
			}
			if typed == s { // these keys are where they are in the USA
				repaired++
				continue
			}
			scan, repairs, err := RepairScan(typed + "\r\n")
			if err != nil {
				t.Logf("%s: %q is ambiguous", l.name, typed)
				continue
			}
			repaired++
			require.True(t, scan.says(want), "%s: %q: %v, %v", l.name, typed, scan, repairs)
			require.Contains(t, repairs[1].What, l.name, typed)
		}
		require.GreaterOrEqual(t, repaired, 4, l.name)
	}
}
