package serial

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
	"github.com/gonameplate/nameplate/serial/scramble"
)

// TestSmallSchemesExhausted goes through every index of small schemes: no serial twice, and each
// leads back.
func TestSmallSchemesExhausted(t *testing.T) {
	f := pageFields(t)
	for _, pattern := range []string{
		"{index:3}", "{index:1-4}", "A{index:2 hex}{check}", "{index like=A9|AA|9A}",
		"{index:1-2 letters without=IOQ}",
		"{index:3 from=17 to=801 step=3}{check:luhn}", "{index:2}{index:1 from=1 to=8}",
		"{index:1}-{index:2 of=XYZ}{index:1}",
		"{index:2 clear}{check:mod37-2}", "{YYMMDD}{index:3}", "{Y}{index:1-3}{check:verhoeff}",
		"{index:3 of=ABC stop=AB,BCB,CC}", "{index:1-4 of=AB stop=ABA,BB}",
		"{index:3 range=plant:Austin=0-99,Berlin=500-999 step=7}",
	} {
		s := compileKeyed(t, pattern)
		seen := map[string]bool{}
		for i := range s.Capacity() {
			out, err := s.Format(f, i)
			require.NoError(t, err)
			require.False(t, seen[out], "%s: %s twice", s, out)
			seen[out] = true
			_, back, err := s.Parse(f, out)
			require.NoError(t, err, "%s: %s", s, out)
			require.Equal(t, i, back, "%s: %s", s, out)
		}
		_, err := s.Format(f, s.Capacity())
		require.ErrorIs(t, err, ErrExhausted)
	}
}

// TestEveryTextIsReadOneWay tries all texts of a small scheme's length: those it reads it writes
// again, and there are as many as it issues.
func TestEveryTextIsReadOneWay(t *testing.T) {
	for _, pattern := range []string{"{index:2 of=ABC}{check:hybrid of=ABCD}", "{index:1-3 of=ABC}",
		"{index like=A1|1A|11 of=AB12}-", "{index:2 of=AB from=1}{index:1 of=CD}"} {
		s := MustCompile(pattern)
		least, most := s.Len()
		var count uint64
		var try func(text string)
		try = func(text string) {
			if len(text) >= least {
				if f, i, err := s.Parse(Fields{}, text); err == nil {
					again, err := s.Format(f, i)
					require.NoError(t, err)
					require.Equal(t, text, again, pattern)
					count++
				}
			}
			if len(text) < most {
				for _, c := range "ABCD12-" {
					try(text + string(c))
				}
			}
		}
		try("")
		require.Equal(t, s.Capacity(), count, pattern)
	}
}

func TestParseErrorsPoint(t *testing.T) {
	f := pageFields(t)
	s := compileKeyed(t, "SN{YYMMDD}{index:4 crockford}{check}")
	good, err := s.Format(f, 1000)
	require.NoError(t, err)
	for _, c := range []struct {
		serial string
		kind   error
		pos    int
	}{
		{"", ErrLength, 0},
		{"S", ErrLength, 1},
		{"XN" + good[2:], ErrCharacter, 0},
		{good[:8] + "I" + good[9:], ErrCharacter, 8},
		{good + "0", ErrLength, len(good)},
		{good[:len(good)-1], ErrLength, len(good) - 1},
		{good[:10] + "9" + good[11:], ErrCheck, len(good) - 1},
		{"SN26113" + good[7:], ErrDate, 6},
		{"SNO61130" + good[8:], ErrCharacter, 2},
	} {
		_, _, err := s.Parse(f, c.serial)
		require.ErrorIs(t, err, c.kind, c.serial)
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, c.pos, e.Pos, "%s: %v", c.serial, err)
	}
	payload := "SN261131" + good[8:len(good)-1]
	bad := payload
	for _, ch := range number.Named["alnum"] {
		if _, _, err = s.Parse(f, bad+string(ch)); err != nil &&
			!strings.Contains(err.Error(), "check") {
			break
		}
	}
	require.ErrorIs(t, err, ErrDate)
}

func TestFieldErrors(t *testing.T) {
	s := MustCompile("{line:1}{plant:Berlin=B,Austin=A}{YY}{index:3}")
	f := pageFields(t)
	for name, change := range map[string]func(*Fields){
		"line":  func(f *Fields) { f.Line = "" },
		"line ": func(f *Fields) { f.Line = "10" },
		"plant": func(f *Fields) { f.Plant = "Paris" },
		"time":  func(f *Fields) { f.Time = time.Time{} },
	} {
		g := f
		change(&g)
		_, err := s.Format(g, 0)
		require.ErrorIs(t, err, ErrField)
		require.ErrorContains(t, err, "field "+strings.TrimSpace(name))
	}
	f.Time = time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC)
	_, err := s.Format(f, 0)
	require.ErrorIs(t, err, ErrDate)
}

func TestDatesLeadBack(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, pattern := range []string{
		"{YYYYMMDDhhmm}{index:1}", "{YY}{MM}{index:1}", "{Y}{DDD}{index:1}", "{GG}{WW}{E}{index:1}",
		"{G}{WW}{index:1}", "{Y:vin}{MM}{index:1}", "{DD}{index:1}", "{hh}{index:1}",
		"{YYMMDD}{index:1}{daystart:06:00}",
		"{YYMMDDhh}{index:1}{daystart:22:30}{zone:Europe/Berlin}",
		"{GGWW}{index:1}{daystart:06:00}", "{WW}{index:1}", "{DDD}{index:1}",
		"{MM}{YY}{E}{index:1}",
	} {
		s, err := Compile(pattern)
		require.NoError(t, err)
		for day := range 800 {
			at := time.Date(2027, 12, 20, 13*day%24, 7*day%60, 0, 0, berlin).AddDate(0, 0, -day)
			f := Fields{Time: at}
			checkLaws(t, s, f, 3)
			// The same with a reference of years later, if the date does not repeat by then.
			out, err := s.Format(f, 3)
			require.NoError(t, err)
			back, _, err := s.Parse(Fields{Time: at.AddDate(0, 0, 1)}, out)
			require.NoError(t, err)
			require.False(t, back.Time.After(at.AddDate(0, 0, 2)), "%s %s", s, out)
			_, _, err = s.Parse(Fields{}, out)
			require.NoError(t, err, "%s %s without a reference", s, out)
		}
	}
}

func TestImpossibleDates(t *testing.T) {
	for pattern, bad := range map[string][]string{
		"{YYMMDD}{index:1}":     {"2602290", "2600010", "2613010", "2604310"},
		"{YYYYMMDD}{index:1}":   {"190001010", "196912310", "202302290"},
		"{YDDD}{index:1}":       {"53660", "60000", "33660"},
		"{GGWW}{index:1}":       {"27530", "26000", "26540"},
		"{YY}{MM}{YY}{index:1}": {"2601270"},
		"{hh}{index:1}":         {"240"},
	} {
		s := MustCompile(pattern)
		for _, text := range bad {
			_, _, err := s.Parse(Fields{Time: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}, text)
			require.ErrorIs(t, err, ErrDate, "%s %s", pattern, text)
		}
	}
	// 2026 has 53 weeks, 2024 a 29 February.
	_, _, err := MustCompile("{GGWW}{index:1}").Parse(Fields{}, "26530")
	require.NoError(t, err)
	_, _, err = MustCompile("{YYMMDD}{index:1}").Parse(Fields{}, "2402290")
	require.NoError(t, err)
}

func TestScopes(t *testing.T) {
	f := pageFields(t)
	for pattern, want := range map[string]string{
		"{index:4}":                                        "",
		"{index:4}{reset:never}":                           "",
		"{YYMMDD}{index:4}{reset:day}":                     "26-11-22",
		"{YYMMDD}{index:4}{reset:month}":                   "26-11",
		"{Y}{M:123456789OND}{index:4}{reset:month}":        "6-N",
		"{GG}{WW}{index:4}{reset:week}":                    "26-47",
		"{YY}{DDD}{line:2 pad=0}{index:4}{reset:day,line}": "26-326-03",
		"{index:4}{given:lot}{reset:lot}":                  "L42",
	} {
		got, err := MustCompile(pattern).Scope(f)
		require.NoError(t, err)
		require.Equal(t, want, got, pattern)
	}
	g := f
	g.Lot = `A-1\2`
	got, err := MustCompile("{index:4}{given:lot}{reset:lot}").Scope(g)
	require.NoError(t, err)
	require.Equal(t, `A\-1\\2`, got)
	g.Lot = ""
	_, err = MustCompile("{index:4}{given:lot}{reset:lot}").Scope(g)
	require.ErrorIs(t, err, ErrField)
}

func TestScrambledSequencesDiffer(t *testing.T) {
	s := compileKeyed(t, "{YYMMDD}{index:8 crockford scrambled}{reset:day}")
	f := pageFields(t)
	other := f
	other.Product = "09506000134369"
	tomorrow := f
	tomorrow.Time = f.Time.AddDate(0, 0, 1)
	for i := range uint64(100) {
		a, err := s.Format(f, i)
		require.NoError(t, err)
		b, err := s.Format(other, i)
		require.NoError(t, err)
		c, err := s.Format(tomorrow, i)
		require.NoError(t, err)
		require.NotEqual(t, a[6:], b[6:])
		require.NotEqual(t, a[6:], c[6:])
	}
	f.Product = ""
	_, err := s.Format(f, 0)
	require.ErrorIs(t, err, ErrField)
	_, err = MustCompile("{index:8 scrambled}").Format(pageFields(t), 0)
	require.ErrorIs(t, err, ErrKey)
}

func TestKeyRotation(t *testing.T) {
	ring := pageKeys(t)
	b, err := GenerateKey("B")
	require.NoError(t, err)
	both, err := ring.With(b)
	require.NoError(t, err)
	plain := MustCompile("{key}{index:8 clear scrambled}")
	s1, err := plain.WithKeys(ring)
	require.NoError(t, err)
	s2, err := plain.WithKeys(both)
	require.NoError(t, err)
	require.Equal(t, s1.Version(), s2.Version(),
		"the serial contains its key, so a new one remaps nothing")
	f := pageFields(t)
	old, err := s1.Format(f, 7)
	require.NoError(t, err)
	back, i, err := s2.Parse(f, old)
	require.NoError(t, err)
	require.Equal(t, uint64(7), i)
	again, err := s2.Format(back, i)
	require.NoError(t, err)
	require.Equal(t, old, again)
	fresh, err := s2.Format(f, 7)
	require.NoError(t, err)
	require.Equal(t, "B", fresh[:1])
	_, _, err = s1.Parse(f, fresh)
	require.ErrorIs(t, err, ErrKey)

	named := MustCompile("{index:8 clear scrambled key=B}")
	_, err = named.WithKeys(ring)
	require.ErrorIs(t, err, ErrKey)
	_, err = MustCompile("{index:8 clear scrambled}").WithKeys(Keyring{})
	require.ErrorIs(t, err, ErrKey)
	one, err := MustCompile("{index:8 clear scrambled}").WithKeys(ring)
	require.NoError(t, err)
	two, err := MustCompile("{index:8 clear scrambled}").WithKeys(both)
	require.NoError(t, err)
	require.NotEqual(t, one.Version(), two.Version(), "another key remaps all")
}

func TestVersion(t *testing.T) {
	version := func(p string) string { return MustCompile(p).Version() }
	require.Len(t, version("{index:6}"), 16)
	require.Equal(t, version("SN{-}{index:6 group=3}"), version("SN{index:6}"))
	require.NotEqual(t, version("SN{index:6}"), version("SM{index:6}"))
	require.NotEqual(t, version("{index:6 clear}"), version("{index:6 crockford}"))
	require.NotEqual(t, version("{YYMMDD}{index:6}"), version("{YYMMDD}{index:6}{daystart:06:00}"))
}

func TestOdds(t *testing.T) {
	s := compileKeyed(t, "{YY}{index:8 scrambled}{check}{odds:1/10000}")
	require.Equal(t, uint64(9999), s.Capacity())
	require.Less(t, s.Odds(s.Capacity()), 1.0/10000)
	require.Equal(t, 1.0, MustCompile("{index:8}").Odds(1))
	require.Equal(t, 0.0, s.Odds(0))
	_, err := s.Format(pageFields(t), 9999)
	require.ErrorIs(t, err, ErrExhausted)
	// Who has seen one serial knows the first part of the next million.
	two := MustCompile("{index:6 scrambled}{index:7 scrambled}{odds:1/1000}")
	require.Equal(t, uint64(999), two.Capacity())
	require.Equal(t, 0.5, two.Odds(500_000))
	// Domains past 2^64 count as 2^64 − 1, capacity too.
	for _, pattern := range []string{"{index:20 alnum scrambled}", "{index:255 alnum scrambled}",
		"{index:13 alnum scrambled}{index:13 alnum scrambled}"} {
		big := MustCompile(pattern)
		require.Equal(t, uint64(math.MaxUint64), big.Capacity(), pattern)
		require.LessOrEqual(t, big.Odds(1), 1.0/math.MaxUint64)
		require.Equal(t, 1.0, big.Odds(math.MaxUint64))
	}
	require.Equal(t, uint64(math.MaxUint64)/10_000,
		MustCompile("{index:20 alnum scrambled}{odds:1/10000}").Capacity())
	require.Equal(t, uint64(math.MaxUint64), MustCompile("{index:20 alnum}").Capacity())
}

// TestWhereOneToOneNeedsCare goes through what makes a serial mean two units.
func TestWhereOneToOneNeedsCare(t *testing.T) {
	scope := func(pattern string, at time.Time) string {
		got, err := MustCompile(pattern).Scope(Fields{Time: at, Line: "3", Lot: "L1"})
		require.NoError(t, err)
		return got
	}
	in := func(y int, mon time.Month, d, h int) time.Time {
		return time.Date(y, mon, d, h, 0, 0, 0, time.UTC)
	}
	// A counter is kept by the scope as the serial contains it: a year that comes again goes on
	// with the counter of the first.
	require.Equal(t, scope("{Y}{index:3}{reset:year}", in(2016, 5, 1, 0)),
		scope("{Y}{index:3}{reset:year}", in(2026, 11, 22, 0)))
	require.Equal(t, scope("{Y:vin}{index:3}{reset:year}", in(1996, 5, 1, 0)),
		scope("{Y:vin}{index:3}{reset:year}", in(2026, 11, 22, 0)))
	require.NotEqual(t, scope("{YY}{index:3}{reset:year}", in(2016, 5, 1, 0)),
		scope("{YY}{index:3}{reset:year}", in(2026, 11, 22, 0)))
	// The ISO week has a year of its own.
	require.Equal(t, "26-53", scope("{GGWW}{index:3}{reset:week}", in(2027, 1, 1, 0)))
	require.Equal(t, "25-01", scope("{GGWW}{index:3}{reset:week}", in(2024, 12, 30, 0)))
	// The production day begins at six in the plant.
	require.Equal(t, "26-11-21",
		scope("{YYMMDD}{index:3}{reset:day}{daystart:06:00}", in(2026, 11, 22, 5)))
	require.Equal(t, "26-11-22",
		scope("{YYMMDD}{index:3}{reset:day}{daystart:06:00}{zone:Europe/Berlin}",
			in(2026, 11, 22, 5)))
	// What a counter resets by is written or given.
	for _, by := range []string{"hour", "day", "week", "month", "year", "lot", "line", "station"} {
		_, err := Compile("{index:3}{reset:" + by + "}")
		require.ErrorContains(t, err, "doesn't contain", by)
	}
	for _, by := range []string{"lot", "line", "station"} {
		s, err := Compile("{index:3}{reset:" + by + "}{given:" + by + "}")
		require.NoError(t, err)
		_, _, err = s.Parse(Fields{}, "000")
		require.ErrorIs(t, err, ErrField, "whoever reads must give the %s", by)
	}
	require.Empty(t, scope("{index:3}{reset:product}", in(2026, 1, 1, 0)),
		"a counter is the product's own")
	// One more word remaps serials, so that it is another version.
	require.NotEqual(t, MustCompile("{index:3 stop=13}").Version(),
		MustCompile("{index:3 stop=13,4}").Version())
}

func TestBeyond64Bits(t *testing.T) {
	s := compileKeyed(t, "{index:20 crockford scrambled}")
	plain := MustCompile("{index:20 crockford}")
	for _, i := range []uint64{0, 1, math.MaxUint64 - 1} {
		checkLaws(t, s, pageFields(t), i)
		checkLaws(t, plain, pageFields(t), i)
	}
	_, _, err := plain.Parse(Fields{}, "ZZZZZZZZZZZZZZZZZZZZ")
	require.ErrorIs(t, err, ErrIndex)
	_, err = plain.Format(Fields{}, math.MaxUint64)
	require.ErrorIs(t, err, ErrExhausted)
}

func TestKeysNeverShow(t *testing.T) {
	secret := []byte("KKKKKKKKKKKKKKKK")
	k, err := NewKey("A", secret)
	require.NoError(t, err)
	ring, err := NewKeyring(k)
	require.NoError(t, err)
	s, err := MustCompile("{index:8 scrambled}").WithKeys(ring)
	require.NoError(t, err)
	type holder struct {
		k Key
		r Keyring
		S *Scheme
	}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X"} {
		for _, v := range []any{k, &k, ring, &ring, s, *s, holder{k, ring, s}, &holder{k, ring, s},
			[]Key{k}, map[string]Keyring{"a": ring}} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "k", k, "r", ring, "s", s, "h",
		holder{k, ring, s})
	slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "k", k, "r", ring, "s", s, "h",
		holder{k, ring, s})
	require.NoError(t, json.NewEncoder(&out).Encode([]any{k, ring, holder{k, ring, nil}}))
	_, err = NewKey("", secret)
	out.WriteString(err.Error())
	_, err = ParseKeyring([]byte(keyringHead + "\nA KKKKKKKKKKKKKKKK"))
	out.WriteString(err.Error())
	text := out.String()
	for _, shown := range []string{"KKK", "4b4b", "4B4B", "75 75", "75,75", "0x4b", "S0tL",
		"1263225675"} {
		require.False(t, strings.Contains(text, shown), shown)
	}
}

func TestKeyringFile(t *testing.T) {
	a, err := GenerateKey("A")
	require.NoError(t, err)
	b, err := GenerateKey("2026-b")
	require.NoError(t, err)
	ring, err := NewKeyring(a, b)
	require.NoError(t, err)
	text := ring.RevealKeys()
	back, err := ParseKeyring(text)
	require.NoError(t, err)
	require.Equal(t, text, back.RevealKeys())
	_, err = ParseKeyring(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")))
	require.NoError(t, err)
	for _, bad := range []string{"", "hello", keyringHead + "\nA", keyringHead + "\nA zz",
		keyringHead + "\nA 00", keyringHead + "\nA " + strings.Repeat("00", 16) + "\nA " +
			strings.Repeat("01", 16)} {
		_, err := ParseKeyring([]byte(bad))
		require.ErrorIs(t, err, ErrKey, "%q", bad)
	}
}

func FuzzParseKeyring(f *testing.F) {
	f.Add([]byte(keyringHead + "\nA 00112233445566778899aabbccddeeff\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		ring, err := ParseKeyring(text)
		if err != nil {
			require.ErrorIs(t, err, ErrKey)
			return
		}
		back, err := ParseKeyring(ring.RevealKeys())
		require.NoError(t, err)
		require.Equal(t, ring.IDs(), back.IDs())
	})
}

// TestStopWords holds the numbering of texts without words equal to counting them out.
func TestStopWords(t *testing.T) {
	words := []string{"AB", "BCB", "CC", "CABAC"}
	s := MustCompile("{index:6 of=ABC stop=" + strings.Join(words, ",") + "}")
	all := MustCompile("{index:6 of=ABC}")
	var next uint64
	for i := range all.Capacity() {
		text, err := all.Format(Fields{}, i)
		require.NoError(t, err)
		bad := false
		for _, w := range words {
			bad = bad || strings.Contains(text, w)
		}
		_, got, err := s.Parse(Fields{}, text)
		if bad {
			require.ErrorIs(t, err, ErrIndex, text)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, next, got, text)
		out, err := s.Format(Fields{}, next)
		require.NoError(t, err)
		require.Equal(t, text, out)
		next++
	}
	require.Equal(t, s.Capacity(), next)
}

func TestSites(t *testing.T) {
	s := compileKeyed(t, "{index:8 range=plant:Austin=0-49999999,Berlin=50000000-99999999 "+
		"scrambled}{check}")
	f := pageFields(t)
	seen := map[string]bool{}
	for _, plant := range []string{"Austin", "Berlin"} {
		f.Plant = plant
		scope, err := s.Scope(f)
		require.NoError(t, err)
		require.Equal(t, plant, scope)
		for i := range uint64(1000) {
			out, err := s.Format(f, i)
			require.NoError(t, err)
			require.False(t, seen[out])
			seen[out] = true
			back, j, err := s.Parse(Fields{Product: f.Product}, out)
			require.NoError(t, err)
			require.Equal(t, plant, back.Plant)
			require.Equal(t, i, j)
		}
	}
	f.Plant = "Paris"
	_, err := s.Format(f, 0)
	require.ErrorIs(t, err, ErrField)
}

var fuzzPatterns = []string{
	"{index:6 alnum stop=ASS,FUK,13 scrambled}",
	"{index:6 range=plant:Austin=0-4999,Berlin=500000-999999}{check:damm}",
	"SN{YYMMDD}{line:1}{index:5 crockford}{check}", "{index:8 crockford scrambled}{check}",
	"{Y}{DDD}{index:1-6}", "{lot}-{index like=A999|AA99}",
	"{key}{index:7 clear scrambled}{check:mod1271-36}",
	"{GGWW}{plant:Berlin=B,Austin=A}{index:6 from=200000 step=3}",
	"{check:mod97-10 over=index}{index:3}-{index:2}",
}

// TestCompileIsQuick compiles the largest patterns that there are.
func TestCompileIsQuick(t *testing.T) {
	for _, pattern := range []string{
		"{index:1-255 alnum}", "{index:1-200 alnum stop=A}", "{index:200 alnum stop=" +
			strings.Repeat("AB1", 330) + "}",
		"{plant:" + strings.Repeat("A=B,", 1000) + "C=D}{index:3}", "{index like=" +
			strings.Repeat("A|", 2000) + "A}",
		"{index:3}{check over=" + strings.Repeat("before,", 500) + "all}", "{index:3}{given:" +
			strings.Repeat("a,", 2000) + "a}",
	} {
		start := time.Now()
		_, _ = Compile(pattern)
		require.Less(t, time.Since(start), 5*time.Second, quote.Text(pattern))
	}
}

// FuzzLaws compiles whatever pattern it is given, formats an index and parses a text: both laws,
// and no panic.
func FuzzLaws(f *testing.F) {
	for i, p := range fuzzPatterns {
		f.Add(p, uint64(i*i*1000), "SN261122300000Z", int64(1795353900))
	}
	for i, name := range changing {
		loc := location(f, name)
		for _, change := range changes(f, name)[i:][:3] {
			for _, by := range []int64{-1, 0, 1800} {
				at := time.Unix(change+by, 0).UTC()
				f.Add("{YYMMDDhhmm}{index:1}{zone:"+name+"}", uint64(i),
					at.In(loc).Format("06010215047"), change+by)
				f.Add("{YYMMDDhh}{index:1}{daystart:02:30}{zone:"+name+"}", uint64(i),
					at.In(loc).Format("060102157"), change+by)
				f.Add("{index:1}-{GGWWE}{YYDDD}{zone:"+name+"}", uint64(i),
					"7-"+at.In(loc).Format("06"), change+by)
				f.Add("{YYMMDDhh}{index:1}", uint64(i+1), at.Format("060102157"), change+by)
			}
		}
	}
	f.Fuzz(func(t *testing.T, pattern string, index uint64, text string, unix int64) {
		s, err := Compile(pattern)
		if err != nil {
			require.ErrorIs(t, err, ErrPattern)
			require.NotEmpty(t, err.Error())
			return
		}
		if keyed, err := s.WithKeys(pageKeys(t)); err == nil {
			s = keyed
		}
		fields := pageFields(t)
		place := fields.Time.Location()
		if n := index % uint64(len(changing)+1); n > 0 {
			place = location(t, changing[n-1])
		}
		fields.Time = time.Unix(unix%(1<<36), 0).In(place)
		if _, err := s.Format(fields, index%s.Capacity()); err == nil {
			checkLaws(t, s, fields, index%s.Capacity())
		}
		if back, i, err := s.Parse(fields, text); err == nil {
			again, err := s.Format(back, i)
			require.NoError(t, err)
			require.Equal(t, text, again)
		}
	})
}

// TestScrambledByFF1Alone follows the last chapter of pattern.md with nothing but FF1.
func TestScrambledByFF1Alone(t *testing.T) {
	s := compileKeyed(t, "{YYMMDD}{index:8 crockford scrambled}{reset:day}")
	f := pageFields(t)
	ff1, err := scramble.NewFF1([]byte("sixteen byte key"), 1024) // 1024^4 = 32^8
	require.NoError(t, err)
	tweak := "\x00\x0e" + "09506000134352" + "\x00" + "26-11-22"
	for _, index := range []uint64{0, 1, 41, 1<<40 - 1} {
		in := []uint16{uint16(index >> 30), uint16(index >> 20 & 1023), uint16(index >> 10 & 1023),
			uint16(index & 1023)}
		out, err := ff1.Encrypt([]byte(tweak), in)
		require.NoError(t, err)
		v := uint64(out[0])<<30 | uint64(out[1])<<20 | uint64(out[2])<<10 | uint64(out[3])
		want := "261122"
		for shift := 35; shift >= 0; shift -= 5 {
			want += number.Named["crockford"][v>>shift&31:][:1]
		}
		got, err := s.Format(f, index)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}
