package calendar

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestCalendarIsThatOfPackageTime takes every day from 1960 to 10010 apart, and random moments in
// zones of all kinds.
func TestCalendarIsThatOfPackageTime(t *testing.T) {
	c := Calendar{weeks: true}
	compare := func(at time.Time) {
		var m Moment
		c.Take(at, &m)
		y, w := at.ISOWeek()
		var want Moment
		for u, v := range [units]int{at.Year(), y, int(at.Month()), at.Day(), at.YearDay(), w,
			(int(at.Weekday())+6)%7 + 1, at.Hour(), at.Minute()} {
			want[u] = int16(v)
		}
		if m != want {
			t.Fatalf("%s: %v, want %v", at, m, want)
		}
	}
	for at := time.Date(1960, 1, 1, 13, 5, 0, 0, time.UTC); at.Year() < 10010; at = at.AddDate(0, 0,
		1) {
		compare(at)
		y, mon, d := at.Date()
		if at.Unix() > 0 && int(at.Unix()/daySeconds) != dayOf(y, int(mon), d) {
			t.Fatalf("%s is day %d", at, dayOf(y, int(mon), d))
		}
		if before := at.AddDate(0, 0, -1); d == 1 &&
			before.Day() != monthDays(before.Year(), int(before.Month())) {
			t.Fatalf("%s ends a month of %d", before, monthDays(before.Year(), int(before.Month())))
		}
	}
	r := rand.New(rand.NewPCG(1970, 1))
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland",
		"Asia/Kathmandu", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia"} {
		loc, err := time.LoadLocation(name)
		require.NoError(t, err)
		z := newZone(loc)
		for range 20_000 {
			at := time.Unix(r.Int64N(1<<34)-1<<32, 0).In(loc)
			compare(at)
			_, offset := at.Zone()
			require.Equal(t, offset, z.offset(at.Unix()), "%s", at)
		}
		for i, from := range z.from { // on both sides of each change
			for _, sec := range []int64{from - 1, from} {
				_, offset := time.Unix(sec, 0).In(loc).Zone()
				require.Equal(t, offset, z.offset(sec), "%s change %d", name, i)
			}
		}
		require.Less(t, len(z.from), 500)
	}
	for _, at := range []time.Time{time.Unix(1<<62, 0), time.Unix(-1<<62, 0), {}} {
		var m Moment
		c.Take(at, &m)
		require.False(t, m.InYears())
	}
}

func TestSystemsWithoutTimeZones(t *testing.T) {
	none := func(name string) (*time.Location, error) {
		if name == "UTC" {
			return time.UTC, nil
		}
		return nil, errors.New("unknown time zone " + name)
	}
	_, err := load("UTC", none)
	require.NoError(t, err)
	_, err = load("America/New_York", none)
	require.ErrorContains(t, err, "time/tzdata")
	_, err = load("Mars/Olympus", time.LoadLocation)
	require.ErrorContains(t, err, "IANA")
	_, err = load("Local", time.LoadLocation)
	require.Error(t, err, "it would be another on each machine")
}
