package zebra

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStatus(t *testing.T) {
	first, second, third, err := Status([]byte("junk" + statusReply))
	require.NoError(t, err)
	require.Equal(t, 30, first.Number())
	require.False(t, first.Flag())
	first.Skip()
	require.Equal(t, 1245, first.Number())
	require.Equal(t, 1, second.Number())
	for range 4 {
		second.Skip()
	}
	require.Equal(t, 2, second.Mode())
	require.Equal(t, 6, second.Mode())
	require.Equal(t, 1234, third.Number())
	require.False(t, third.Flag())
	for _, s := range []Scanner{first, second, third} {
		require.NoError(t, s.Err)
	}
}

// Of twelve, eleven or more, and two values.
func TestStatusFrames(t *testing.T) {
	frame := func(n int) string { return "\x02" + strings.Repeat("0,", n-1) + "0\x03" }
	for _, c := range []struct {
		reply string
		ok    bool
	}{
		{frame(12) + frame(11) + frame(2), true}, {frame(12) + frame(13) + frame(2), true},
		{frame(11) + frame(11) + frame(2), false}, {frame(13) + frame(11) + frame(2), false},
		{frame(12) + frame(10) + frame(2), false}, {frame(12) + frame(11) + frame(1), false},
		{frame(12) + frame(11) + frame(3), false}, {frame(11) + frame(2), false}, {"", false},
		{frame(12) + frame(11) + frame(2) + frame(1), true},
		{frame(2) + frame(12) + frame(11) + frame(2), true},
	} {
		_, _, _, err := Status([]byte(c.reply))
		if c.ok {
			require.NoError(t, err, "%q", c.reply)
			continue
		}
		var e *Error
		require.ErrorAs(t, err, &e, "%q", c.reply)
		require.Equal(t, Error{"~HS", c.reply[:min(len(c.reply), 40)], len(c.reply),
			"three frames of 12, 11 and 2 values"}, *e)
	}
}

func TestFrames(t *testing.T) {
	for reply, want := range map[string][]Frame{
		"":                       nil,
		"\x02ab":                 nil,
		"ab\x03":                 nil,
		"\x02\x03":               {{[]byte{}, 1}},
		"\x03\x03\x02a\x03":      {{[]byte("a"), 3}},
		"x\x02ab\x03":            {{[]byte("ab"), 2}},
		"\x02a\x02b\x03c\x03":    {{[]byte("b"), 3}},
		"\x02a\x03\r\n\x02b\x03": {{[]byte("a"), 1}, {[]byte("b"), 6}},
	} {
		require.Equal(t, want, Frames([]byte(reply)), "%q", reply)
	}
	require.Equal(t, 1, Frame{}.Len())
	require.Equal(t, 3, Frame{Text: []byte("a,,b")}.Len())
}

func TestScanner(t *testing.T) {
	scan := func(text string) *Scanner {
		return &Scanner{query: "~HS", frame: Frame{[]byte(text),
			7}}
	}
	for text, want := range map[string]int{"0": 0, " 012 ": 12, "2147483647": 1<<31 - 1} {
		s := scan(text)
		require.Equal(t, want, s.Number())
		require.NoError(t, s.Err)
	}
	for text, want := range map[string]bool{"0": false, "000": false, "1": true, "010": true,
		"001": true} {
		s := scan(text)
		require.Equal(t, want, s.Flag(), text)
		require.NoError(t, s.Err)
	}
	for text, want := range map[string]int{"0": 0, "9": 9, "A": 10, "b": 11, "Z": 35} {
		s := scan(text)
		require.Equal(t, want, s.Mode())
		require.NoError(t, s.Err)
	}
	for _, c := range []struct {
		read func(*Scanner)
		text string
		err  Error
	}{
		{func(s *Scanner) { s.Number() }, "-1", Error{"~HS", "-1", 7, "a number"}},
		{func(s *Scanner) { s.Number() }, "2147483648", Error{"~HS", "2147483648", 7,
			"a number"}},
		{func(s *Scanner) { s.Skip(); s.Number() }, "ab,x", Error{"~HS", "x", 10, "a number"}},
		{func(s *Scanner) { s.Skip(); s.Number() }, "ab", Error{"~HS", "", 9, "a number"}},
		{func(s *Scanner) { s.Flag() }, "2", Error{"~HS", "2", 7, "0 or 1"}},
		{func(s *Scanner) { s.Flag() }, "", Error{"~HS", "", 7, "0 or 1"}},
		{func(s *Scanner) { s.Flag() }, "11", Error{"~HS", "11", 7, "0 or 1"}},
		{func(s *Scanner) { s.Mode() }, "!", Error{"~HS", "!", 7, "a mode"}},
		{func(s *Scanner) { s.Flag(); s.Number(); s.Mode() }, "x,y,!", Error{"~HS", "x", 7,
			"0 or 1"}},
	} {
		s := scan(c.text)
		c.read(s)
		require.Equal(t, &c.err, s.Err, c.text)
	}
	require.EqualError(t, newError("~HI", 0, []byte(strings.Repeat("x", 41)), "y"),
		`printer: reply to ~HI: at byte 1: "`+strings.Repeat("x", 40)+`", want y`)
}

func TestPrintsOnce(t *testing.T) {
	for format, want := range map[string]bool{
		"^XA^XZ": true, " ^XA^FDa^FS^XZ\r\n": true, "^XA^PQ1^XZ": true, "^XA^PQ01,0^XZ": true,
		"^XA^PQ^XZ": true, "^XA^PQ,1^XZ": true,
		"^XA^fda^fs^PQ1^XZ": true,
		"":                  false, "^XA": false, "^XZ": false, "^XA^XZ^XA^XZ": false,
		"^XA^xz^XZ": false, "^XA^PQ2^XZ": false, "^XA^pq10^XZ": false,
		"^XA^PQ0^XZ": false, "^XA^PQ00^XZ": false, "~HS^XA^XZ": false, "^XA^XZ~HS": false,
		"^XA^PQ1^PQ2^XZ": false,
	} {
		require.Equal(t, want, PrintsOnce([]byte(format)), "%q", format)
	}
	require.True(t, PrintsOnce([]byte(Prologue)))
	require.Equal(t, "^XA^JZN^XZ", Prologue)
}
