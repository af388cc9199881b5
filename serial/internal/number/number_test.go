package number

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// texts lists all texts of a format in the order of its alphabets.
func texts(places []*Alphabet) []string {
	list := []string{""}
	for _, a := range places {
		var longer []string
		for _, t := range list {
			for _, c := range a.Chars {
				longer = append(longer, t+string(c))
			}
		}
		list = longer
	}
	return list
}

// holds checks that the numbers of a format are the texts of a list, in order.
func holds(t *testing.T, f Format, want []string) {
	require.Equal(t, uint64(len(want)), f.Count)
	buf := make([]byte, len(f.Places))
	for v, text := range want {
		f.Put(buf, uint64(v))
		require.Equal(t, text, string(buf))
		got, good, ok := f.Parse(text)
		require.True(t, ok, text)
		require.Equal(t, len(text), good)
		require.Equal(t, uint64(v), got, text)
	}
}

func TestFormats(t *testing.T) {
	digits, hex, abc := NewAlphabet(Digits), NewAlphabet(Named["hex"]), NewAlphabet("ABC")
	one := NewAlphabet("Z")
	for _, places := range [][]*Alphabet{
		{digits}, {digits, digits, digits}, {abc, digits}, {one, abc}, {hex, one, abc},
	} {
		holds(t, NewFormat(places...), texts(places))
	}
	f := NewFormat(abc, digits, digits)
	require.False(t, f.Filtered())
	for text, good := range map[string]int{"D00": 0, "A0A": 2, "AA0": 1, "A00": 3} {
		_, at, ok := f.Parse(text)
		require.Equal(t, good, at, text)
		require.Equal(t, good == 3, ok, text)
	}
}

// TestWideFormats has numbers up to 2^64 and beyond.
func TestWideFormats(t *testing.T) {
	alnum := NewAlphabet(Named["alnum"])
	var places []*Alphabet
	for range 13 { // 36^12 < 2^64 < 36^13
		places = append(places, alnum)
	}
	f := NewFormat(places...)
	require.Equal(t, uint64(math.MaxUint64), f.Count)
	require.Equal(t, uint64(4738381338321616896), NewFormat(places[:12]...).Count)
	buf := make([]byte, 13)
	for _, v := range []uint64{0, 35, 36, 1<<56 - 1, 1 << 56, 1<<63 + 12345, math.MaxUint64} {
		f.Put(buf, v)
		got, good, ok := f.Parse(string(buf))
		require.True(t, ok)
		require.Equal(t, 13, good)
		require.Equal(t, v, got)
	}
	for text, ok := range map[string]bool{
		"3W5E11264SGSF": true,  // 2^64 − 1
		"3W5E11264SGSG": false, // 2^64
		"ZZZZZZZZZZZZZ": false,
		"4000000000000": false,
	} {
		v, _, got := f.Parse(text)
		require.Equal(t, ok, got, text)
		require.True(t, !ok || v == math.MaxUint64)
	}
	_, good, ok := f.Parse("ZZZZZZZZZZZZz")
	require.Equal(t, 12, good)
	require.False(t, ok)
}

func TestLeaveOut(t *testing.T) {
	abc := NewAlphabet("ABC")
	for _, words := range [][]string{
		{"A"}, {"AB"}, {"ABA", "BB"}, {"AB", "BCB", "CC"}, {"AAB", "AB", "B"}, {"CCC"},
		{"ABC", "B"}, {"BABC", "AB"}, // a word within another
	} {
		formats := []Format{NewFormat(abc, abc), NewFormat(abc, abc, abc, abc)}
		require.True(t, LeaveOut(words, formats))
		for _, f := range formats {
			require.True(t, f.Filtered())
			var want []string
			for _, text := range texts(f.Places) {
				clean := true
				for _, w := range words {
					clean = clean && !strings.Contains(text, w)
				}
				if clean {
					want = append(want, text)
				} else {
					_, good, ok := f.Parse(text)
					require.Equal(t, len(text), good)
					require.False(t, ok, "%s %v", text, words)
				}
			}
			holds(t, f, want)
		}
		_, good, ok := formats[1].Parse("ABDA")
		require.Equal(t, 2, good)
		require.False(t, ok)
	}
	all := []Format{NewFormat(abc)}
	require.True(t, LeaveOut([]string{"A", "B", "C"}, all))
	require.Zero(t, all[0].Count)
}

// TestLeaveOutIsBounded has a list of words with as many states times places as are allowed, and
// one more place.
func TestLeaveOutIsBounded(t *testing.T) {
	ab := NewAlphabet("AB")
	word := strings.Repeat("AB", 511) + "A" // 1,024 states
	var places []*Alphabet
	for range 1023 {
		places = append(places, ab)
	}
	require.True(t, LeaveOut([]string{word}, []Format{NewFormat(places...)}))
	tooMany := []Format{NewFormat(append(places, ab)...)}
	require.False(t, LeaveOut([]string{word}, tooMany))
	require.False(t, tooMany[0].Filtered())
}

// TestSkip holds a skip to the texts whose check exists, behind every text before them.
func TestSkip(t *testing.T) {
	digits := NewAlphabet(Digits)
	for _, c := range []struct {
		system  checkdigit.System
		before  []string
		skipped string
	}{
		{checkdigit.PZN, []string{Digits, "35", Digits, "0", "12"}, ""},
		{checkdigit.ISBN10, []string{"0123", "7", Digits, "1", "9", "04"}, "X"},
		{checkdigit.ISSN, []string{"07", Digits, "2", "1"}, "X"},
		{checkdigit.Mod11_2, []string{Digits, "19"}, "X"},
		{checkdigit.EIC, []string{"12", "A", "X", "W", "ATZ", "-", "0", "0", "0", "0", "0", "-"},
			""},
		{checkdigit.ISO6346, []string{"AC", "S", "QZ", "U", "0", "3", "05"}, "10"},
	} {
		possible, needed := Skips(c.system)
		require.True(t, possible)
		require.Equal(t, c.skipped == "", needed, c.system)
		var before []*Alphabet
		for _, chars := range c.before {
			before = append(before, NewAlphabet(chars))
		}
		width := 3
		if n := 7 - len(before); c.system == checkdigit.PZN {
			width = n
		}
		places := []*Alphabet{digits, digits, digits}[:width]
		f := NewFormat(places...)
		k := NewSkip(c.system, before, &f)
		least := uint64(math.MaxUint64)
		buf := make([]byte, width)
		for _, prefix := range texts(before) {
			r, place := k.Before(k.Start(), 0, prefix[:1])
			r, place = k.Before(r, place, prefix[1:])
			require.Equal(t, len(prefix), place)
			var n uint64
			for _, text := range texts(places) {
				v, ok := k.Parse(text, r)
				require.Equal(t, !leftOut(c.system, prefix+text, c.skipped), ok, prefix+text)
				if ok {
					require.Equal(t, n, v, prefix+text)
					k.Put(buf, v, r)
					require.Equal(t, text, string(buf))
					n++
				}
			}
			least = min(least, n)
		}
		require.LessOrEqual(t, k.Least(), least)
		require.Greater(t, k.Least(), least*9/10)
	}
	possible, needed := Skips(checkdigit.Luhn)
	require.False(t, possible)
	require.False(t, needed)
}

// leftOut computes whether a payload's check is none, X, or ISO 6346's 10.
func leftOut(system checkdigit.System, payload, skipped string) bool {
	if skipped == "10" {
		sum := 0
		for i, c := range payload {
			v := strings.IndexRune("0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ", c)
			sum += v << i
		}
		return sum%11 == 10
	}
	check, err := system.Compute(payload)
	return err != nil || check == skipped
}

func TestAlphabets(t *testing.T) {
	a := NewAlphabet("0123ABC")
	require.Equal(t, "012AC", a.Without("3BX").Chars)
	require.Equal(t, "3B", a.Only("B3X").Chars)
	require.Equal(t, 4, a.FirstOutside("0123XY"))
	require.Equal(t, 3, a.FirstOutside("012"))
	require.True(t, a.Has('0') && a.Has('C'))
	require.False(t, a.Has('D') || a.Has(0) || a.Has(255))
	require.Equal(t, "ABC\xff\x00", Unique("ABACBA\xff\x00\xff"))
	for name, chars := range Named {
		require.Equal(t, chars, Unique(chars), name)
	}
	for size := 1; size <= 95; size++ {
		a := NewAlphabet(string(make([]byte, size)))
		for _, v := range []uint64{0, 1, uint64(size) - 1, uint64(size), 1<<56 - 1, 1 << 56,
			math.MaxUint64} {
			require.Equal(t, v/uint64(size), a.quotient(v), "%d / %d", v, size)
		}
	}
	require.Equal(t, uint64(math.MaxUint64), MulSaturating(1<<32, 1<<32))
	require.Equal(t, uint64(1<<63), MulSaturating(1<<32, 1<<31))
	require.Equal(t, uint64(math.MaxUint64), AddSaturating(math.MaxUint64, 1))
	require.Equal(t, uint64(math.MaxUint64), AddSaturating(math.MaxUint64-1, 1))
}

func TestDisjoint(t *testing.T) {
	digits, letters := NewAlphabet(Digits), NewAlphabet(Letters)
	a := NewFormat(letters, digits)
	for _, c := range []struct {
		other Format
		want  bool
	}{
		{NewFormat(letters, letters), true},
		{NewFormat(letters), true},
		{NewFormat(digits, digits), true},
		{NewFormat(letters, digits), false},
		{NewFormat(NewAlphabet("XYZ"), NewAlphabet("9")), false},
	} {
		require.Equal(t, c.want, a.Disjoint(&c.other))
		require.Equal(t, c.want, c.other.Disjoint(&a))
	}
}
