package serial

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/internal/calendar"
)

// maxSerial is the length of the longest serial, in characters.
const maxSerial = 255

// TestRoundTripsByTheMillion holds both laws for a million random units over all kinds of parts.
func TestRoundTripsByTheMillion(t *testing.T) {
	rounds := 1_000_000 / len(fuzzPatterns)
	if testing.Short() {
		rounds = 2000
	}
	r := rand.New(rand.NewPCG(2026, 11))
	for _, pattern := range fuzzPatterns {
		s := compileKeyed(t, pattern)
		f := pageFields(t)
		buf, again := make([]byte, 0, maxSerial), make([]byte, 0, maxSerial)
		for range rounds {
			f.Time = time.Unix(r.Int64N(1<<33), 0).In(f.Time.Location())
			index := r.Uint64N(s.Capacity())
			out, err := s.AppendFormat(buf, f, index)
			if err != nil {
				t.Fatal(err)
			}
			back, i, err := s.Parse(f, string(out))
			if err != nil || i != index {
				t.Fatalf("%s: %s is %d, not %d: %v", s, out, i, index, err)
			}
			if again, err = s.AppendFormat(again[:0], back, i); err != nil ||
				string(again) != string(out) {
				t.Fatalf("%s: %s becomes %s: %v", s, out, again, err)
			}
		}
	}
}

// TestDatesOfAllKinds joins date tokens at random, in zones and with production days of all
// kinds: whatever compiles leads back, from a reference of the same time, of a day later, and
// from none if the years are of this century.
func TestDatesOfAllKinds(t *testing.T) {
	rounds := 60_000
	if testing.Short() {
		rounds = 3000
	}
	names := []string{"YYYY", "YY", "Y", "{Y:vin}", "{Y:ABCDEFGHJK since=2020}", "GGGG", "GG", "G",
		"MM", "{M:123456789OND}", "DDD", "DD", "{D:123456789ABCDEFGHIJKLMNOPQRSTUV}", "WW", "E",
		"hh", "mm"}
	settings := []string{"", "{daystart:06:00}", "{daystart:22:30}", "{zone:UTC}{daystart:00:01}",
		"{zone:America/New_York}", "{zone:Asia/Kathmandu}{daystart:04:00}"}
	r := rand.New(rand.NewPCG(8601, 1))
	refused := 0
	for range rounds {
		pattern := "{index:1}"
		for range 1 + r.IntN(4) {
			name := names[r.IntN(len(names))]
			if name[0] != '{' {
				name = "{" + name + "}"
			}
			pattern += name
		}
		pattern += settings[r.IntN(len(settings))]
		s, err := Compile(pattern)
		if err != nil {
			require.ErrorContains(t, err, "whose year is GG", pattern)
			refused++
			continue
		}
		at := time.Unix(r.Int64N(1<<32), 0).In(time.FixedZone("", 3600*(r.IntN(25)-12)))
		if r.IntN(4) == 0 { // near New Year
			at = time.Date(1971+r.IntN(120), time.January, r.IntN(9)-4, r.IntN(24), r.IntN(60), 0,
				0, at.Location())
		}
		f := Fields{Time: at}
		out, err := s.Format(f, 7)
		if err != nil {
			require.ErrorIs(t, err, ErrDate)
			continue
		}
		for _, reference := range []time.Time{at, at.AddDate(0, 0, 1), {}} {
			back, _, err := s.Parse(Fields{Time: reference}, out)
			require.NoError(t, err, "%s %s made %s, read at %s", pattern, out, at, reference)
			again, err := s.Format(back, 7)
			require.NoError(t, err, "%s %s", pattern, out)
			require.Equal(t, out, again, "%s made %s, read as %s", pattern, at, back.Time)
		}
	}
	require.Less(t, refused, rounds/4)
}

// changing are zones whose clocks change: at night in the north and in the south, at midnight, by
// half an hour, four times a year, by a whole day.
var changing = []string{"Europe/Berlin", "America/Santiago", "America/Havana",
	"Australia/Lord_Howe", "Pacific/Auckland", "Africa/Casablanca", "Pacific/Apia"}

var locations sync.Map // by their names, as loading one takes longer than a serial

func location(t testing.TB, name string) *time.Location {
	if loc, ok := locations.Load(name); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	locations.Store(name, loc)
	return loc
}

// changes returns the Unix seconds from 2000 to 2100 at which a zone's clocks change.
func changes(t testing.TB, name string) []int64 {
	zone, err := calendar.LoadZone(name)
	require.NoError(t, err)
	return zone.Changes()
}

// TestLawsWhereClocksChange formats around each change of some zones, with the zone in the pattern
// and in the time.
func TestLawsWhereClocksChange(t *testing.T) {
	for _, name := range changing {
		loc := location(t, name)
		from := changes(t, name)
		if testing.Short() {
			from = from[:min(24, len(from))]
		}
		for _, pattern := range []string{"{YYMMDDhhmm}{index:1}", "{YYMMDD}{index:1}",
			"{YY}{DDD}{hh}{index:1}", "{GGWWE}{index:1}", "{GGWWE}{hhmm}{YY}{index:1}",
			"{YYMMDDhh}{index:1}{daystart:02:30}", "{YYMMDD}{index:1}{daystart:02:30}",
			"{YYDDDmm}{index:1}{daystart:23:30}", "{DD}{hhmm}{index:1}{daystart:00:30}"} {
			local, spelled := MustCompile(pattern), MustCompile(pattern+"{zone:"+name+"}")
			for _, change := range from {
				for _, by := range []int64{-86_400, -7200, -3600, -1800, -1, 0, 1, 1799, 1800, 3599,
					3600, 7200, 84_000, 86_399} {
					at := time.Unix(change+by, 0)
					checkLaws(t, local, Fields{Time: at.In(loc)}, 7)
					checkLaws(t, spelled, Fields{Time: at.UTC()}, 7)
				}
			}
		}
	}
}

// TestWrongCharactersAreCaught tries every other character in every place of serials with a
// check: each is rejected, and the error points at or after the place, as a check can't show
// where.
func TestWrongCharactersAreCaught(t *testing.T) {
	f := pageFields(t)
	for _, pattern := range []string{"SN{index:8 crockford scrambled}{check}",
		"{index:10}{check:damm}", "{YYMMDD}{index:5 hex}{check:mod1271-36}"} {
		s := compileKeyed(t, pattern)
		for index := range uint64(50) {
			text, err := s.Format(f, index)
			require.NoError(t, err)
			for i := range len(text) {
				for c := byte(' '); c <= '~'; c++ {
					bad := text[:i] + string(c) + text[i+1:]
					_, _, err := s.Parse(f, bad)
					if bad == text {
						require.NoError(t, err)
						continue
					}
					e, ok := err.(*Error)
					if !ok || e.Err == ErrCharacter && e.Pos != i {
						t.Fatalf("%s for %s: %v", bad, text, err)
					}
				}
			}
		}
	}
}
