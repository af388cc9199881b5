package serial

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// TestHostilePatterns compiles what nobody would write: an error that points, no panic, and not
// for long.
func TestHostilePatterns(t *testing.T) {
	mega := 1 << 20
	for _, pattern := range []string{
		strings.Repeat("x", mega), strings.Repeat("{", mega), strings.Repeat("}", mega),
		strings.Repeat("{index:3}", mega/9), strings.Repeat("\"", 4000),
		strings.Repeat("{index:", 500), strings.Repeat("{a:", 600) + strings.Repeat("}", 600),
		"{index:{index:{index:3}}}", "{}", "{ }", "{:}", "{=}", "{index: }", "{index:3 }}",
		"{index:0}", "{index:1000000000}", "{index:-1}", "{index:99999999999999999999}",
		"{index:3-2}", "{index:1-}", "{lot:0}{index:1}", "{lot:1000000000}{index:1}",
		"{index:3 of=AA}", "{index:3 of=A}", "{index:3 of=}", "{index:3 of=Aa}",
		"{index:3 without=0123456789}", "{index:3 from=18446744073709551616}",
		"{index:3 step=0}",
		"{index:3 to=1000}", "{index:3 from=5 to=4}", "{Y:AA since=2020}{index:3}",
		"{Y:AB since=1969}{index:3}", "{Y:AB since=10000}{index:3}",
		"{zone:../../etc/passwd}{YY}{index:3}", "{zone:Local}{YY}{index:3}",
		"{daystart:24:00}{index:3}", "{odds:1/0}{index:8 scrambled}",
		"{odds:2/1}{index:8 scrambled}", "{plant:=}{index:3}", "{plant:A=}{index:3}",
		"{plant:=A}{index:3}",
		"\x00{index:3}", "\xff\xfe{index:3}", "é{index:3}", "{ïndex:3}", "{index:3}\n",
		"\ufeff{index:3}",
	} {
		start := time.Now()
		_, err := Compile(pattern)
		require.ErrorIs(t, err, ErrPattern, quote.Text(pattern))
		e := err.(*Error)
		require.LessOrEqual(t, e.Pos+e.Len, len(pattern), quote.Text(pattern))
		require.NotEmpty(t, e.Detail)
		require.Less(t, len(err.Error()), 600, quote.Text(pattern))
		require.Less(t, time.Since(start), 5*time.Second)
	}
}

// TestHostileSerials reads texts of all kinds under schemes of all kinds.
func TestHostileSerials(t *testing.T) {
	f := pageFields(t)
	texts := []string{"", "\x00", "\xff\xff\xff\xff\xff\xff", strings.Repeat("0", 255),
		strings.Repeat("0", 256), strings.Repeat("9", 1<<20), "９９９９９９", "ａ", "\u202eSN",
		strings.Repeat("é", 10)}
	for _, pattern := range append(fuzzPatterns, "{index:20 alnum}", "{lot:1-200}-{index:1-20}") {
		s := compileKeyed(t, pattern)
		for _, text := range texts {
			f2, i, err := s.Parse(f, text)
			if err == nil {
				again, err := s.Format(f2, i)
				require.NoError(t, err)
				require.Equal(t, text, again)
				continue
			}
			e, ok := err.(*Error)
			require.True(t, ok)
			require.LessOrEqual(t, e.Pos+e.Len, len(text), "%s %q: %v", s, quote.Text(text), err)
			require.Less(t, len(err.Error()), 700)
		}
	}
}

// TestHostileFields formats with fields that are missing, too long, of other characters or
// scripts, and with clocks that aren't set.
func TestHostileFields(t *testing.T) {
	s := MustCompile("{lot:1-5}-{station:2}{YYYY}{index:3}")
	good := func() Fields {
		f := pageFields(t)
		f.Values["station"] = "07"
		return f
	}
	checkLaws(t, s, good(), 7)
	for _, lot := range []string{"", "123456", "A-B", "ä", "\xff", "A\x00",
		strings.Repeat("A", 1<<20), "a"} {
		f := good()
		f.Lot = lot
		_, err := s.Format(f, 0)
		require.ErrorIs(t, err, ErrField, quote.Text(lot))
		require.ErrorContains(t, err, "field lot")
		require.Less(t, len(err.Error()), 300)
	}
	for _, station := range []string{"", "7", "007"} {
		f := good()
		f.Values["station"] = station
		_, err := s.Format(f, 0)
		require.ErrorIs(t, err, ErrField)
	}
	f := good()
	f.Values = nil
	_, err := s.Format(f, 0)
	require.ErrorIs(t, err, ErrField)
	for at, kind := range map[time.Time]error{
		{}:                     ErrField,
		time.Unix(-1, 0).UTC(): ErrDate,
		time.Unix(0, 0).UTC():  nil,
		time.Unix(1<<62, 0):    ErrDate,
		time.Unix(-1<<62, 0):   ErrDate,
		time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC): nil,
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC):     ErrDate,
	} {
		f := good()
		f.Time = at
		out, err := s.AppendFormat([]byte("kept"), f, 0)
		require.ErrorIs(t, err, kind, "%v", at)
		if kind != nil {
			require.Equal(t, "kept", string(out))
		} else {
			checkLaws(t, s, f, 0)
		}
	}
	for _, index := range []uint64{1000, 1001, 1 << 63, 1<<64 - 1} {
		_, err := s.Format(good(), index)
		require.ErrorIs(t, err, ErrExhausted)
	}
}

// TestSchemesAreShared uses one scheme from many goroutines; the race detector watches in CI.
func TestSchemesAreShared(t *testing.T) {
	for _, pattern := range []string{
		"SN{YYMMDD}{line:1}{index:5 crockford}{check}{zone:Europe/Berlin}",
		"{key}{station:1}{index:7 clear scrambled}{check}",
		"CSQU{index:6}{check:iso6346 skip}"} {
		s := compileKeyed(t, pattern)
		var wait sync.WaitGroup
		for g := range uint64(8) {
			f := pageFields(t)
			wait.Go(func() {
				for i := range uint64(300) {
					out, err := s.Format(f, g*300+i)
					if err != nil {
						t.Error(err)
						return
					}
					if _, j, err := s.Parse(f, out); err != nil || j != g*300+i {
						t.Errorf("%s is %d: %v", out, j, err)
					}
				}
			})
		}
		wait.Wait()
	}
}

// TestVersionsTellSchemesApart changes a pattern in every way that leads an index elsewhere:
// another version each time.
func TestVersionsTellSchemesApart(t *testing.T) {
	seen := map[string]string{}
	for _, pattern := range []string{
		"SN{YYMMDD}{index:6}{check}", "SM{YYMMDD}{index:6}{check}", "SN{YYMMDD}{index:7}{check}",
		"SN{YYMMDD}{index:6 hex}{check}", "SN{YYMMDD}{index:6 of=0123456798}{check}",
		"SN{YYMMDD}{index:6 from=1}{check}", "SN{YYMMDD}{index:6 to=99999}{check}",
		"SN{YYMMDD}{index:6 step=2}{check}", "SN{YYMMDD}{index:6 stop=13}{check}",
		"SN{YYMMDD}{index:6 stop=31}{check}",
		"SN{YYMMDD}{index like=999999}{check}", "SN{YYMMDD}{index:6 scrambled}{check}",
		"SN{YYMMDD}{index:6}{check:luhn over=index}", "SN{YYMMDD}{index:6}{check over=index}",
		"SN{YYMMDD}{index:6}{check}{reset:day}", "SN{YYMMDD}{index:6}{check}{reset:month}",
		"SN{YYMMDD}{index:6}{check}{zone:UTC}",
		"SN{YYMMDD}{index:6}{check}{zone:Europe/Berlin}",
		"SN{YYMMDD}{index:6}{check}{daystart:06:00}", "SN{YYMMDD}{index:6}{check}{given:lot}",
		"SN{YYDDD}{index:6}{check}", "{YYMMDD}SN{index:6}{check}",
		"SN{YYMMDD}{index:3}{index:3}{check}",
		"SN{YYMMDD}{index:6 range=plant:A=0-9,B=10-19}{check}",
		"SN{YYMMDD}{index:6 range=plant:A=0-9,B=11-20}{check}", "{index:6}{check:mod11-2}",
		"{index:6}{check:mod11-2 skip}",
		"{plant:A=1,B=2}{index:3}", "{plant:A=2,B=1}{index:3}", "{Y:ABC since=2020}{index:3}",
		"{Y:ABC since=2021}{index:3}", "{lot:3}{index:3}", "{lot:3 pad=0}{index:3}",
		"{line:3}{index:3}",
	} {
		v := MustCompile(pattern).Version()
		require.Empty(t, seen[v], "%s", pattern)
		seen[v] = pattern
		require.Equal(t, v, MustCompile(pattern).Version())
	}
	// What changes no serial changes no version.
	same := MustCompile("SN{index:6}{check}")
	for _, pattern := range []string{"SN{-}{index:6}{check}", "SN{index:6 group=3}{check}",
		"SN{index:6}{ }{check}{/}"} {
		require.True(t, same.Equal(MustCompile(pattern)), pattern)
	}
	// Versions stand in ledgers: these were there before.
	for pattern, want := range map[string]string{} {
		require.Equal(t, want, MustCompile(pattern).Version(), pattern)
	}
}
