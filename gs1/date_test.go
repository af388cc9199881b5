package gs1_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

// The century rule of the General Specifications, 7.12: for each present year, the years that two
// digits may mean.
func TestCenturyRule(t *testing.T) {
	for year := 1980; year <= 2130; year++ {
		now := time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)
		for y := year - 49; y <= year+50; y++ {
			want := time.Date(y, 2, 1, 0, 0, 0, 0, time.UTC)
			s, err := gs1.FormatDate(want, now)
			require.NoError(t, err)
			got, err := gs1.ParseDate(s, now)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
		for _, y := range []int{year - 50, year + 51} {
			_, err := gs1.FormatDate(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), now)
			require.ErrorIs(t, err, gs1.ErrContent)
		}
	}
}

// Whether 000229 can be depends on the century.
func TestLeapDayOf2100(t *testing.T) {
	leap := gs1.Element{AI: "17", Value: "000229"}
	_, ok := gs1.ParseTime(leap, time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC))
	require.True(t, ok)
	now := time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC)
	_, ok = gs1.ParseTime(leap, now)
	require.False(t, ok)
	_, err := gs1.ParseDate("000229", now)
	require.ErrorContains(t, err, `at byte 5 of "000229": impossible value: found "29", want a day that February 2100 has`)
	day, err := gs1.ParseDate("000200", now)
	require.NoError(t, err)
	require.Equal(t, "2100-02-28", day.Format(time.DateOnly))
}

func TestDayZeroIsTheLastOfTheMonth(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for s, want := range map[string]string{"260200": "2026-02-28", "280200": "2028-02-29", "261200": "2026-12-31", "260430": "2026-04-30"} {
		got, err := gs1.ParseDate(s, now)
		require.NoError(t, err)
		require.Equal(t, want, got.Format(time.DateOnly))
	}
	for _, bad := range []string{"", "26010", "2601011", "26010a", "261301", "260229", "260001"} {
		_, err := gs1.ParseDate(bad, now)
		require.Error(t, err, bad)
	}
}

func TestParseTime(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ ai, value, want string }{
		{"17", "260131", "2026-01-31T00:00:00Z"},
		{"4324", "2601312359", "2026-01-31T23:59:00Z"},
		{"4326", "760131", "2076-01-31T00:00:00Z"},
		{"7003", "7701310000", "1977-01-31T00:00:00Z"},
		{"7007", "260131260201", "2026-01-31T00:00:00Z"},
		{"7011", "2601311200", "2026-01-31T12:00:00Z"},
		{"7250", "19691231", "1969-12-31T00:00:00Z"},
		{"7251", "196912312301", "1969-12-31T23:01:00Z"},
		{"8008", "26013123", "2026-01-31T23:00:00Z"},
		{"8008", "260131235958", "2026-01-31T23:59:58Z"},
	} {
		got, ok := gs1.ParseTime(gs1.Element{AI: c.ai, Value: c.value}, now)
		require.True(t, ok, c)
		require.Equal(t, c.want, got.Format(time.RFC3339), c)
	}
	for _, e := range []gs1.Element{{"10", "260131"}, {"17", "260132"}, {"17", ""}, {"7250", "19691301"}, {"8008", "260131"}, {"x", ""}} {
		_, ok := gs1.ParseTime(e, now)
		require.False(t, ok, e)
	}
}

func ExampleParsePeriod() {
	now := time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)
	first, last, _ := gs1.ParsePeriod(gs1.Element{AI: "7007", Value: "260412260419"}, now)
	fmt.Println(first.Format(time.DateOnly), "to", last.Format(time.DateOnly))
	// Output: 2026-04-12 to 2026-04-19
}

func TestParsePeriod(t *testing.T) {
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for e, want := range map[gs1.Element]string{
		{"17", "260131"}:         "2026-01-31 2026-01-31",
		{"17", "280200"}:         "2028-02-01 2028-02-29",
		{"15", "261200"}:         "2026-12-01 2026-12-31",
		{"4324", "2604002359"}:   "2026-04-01 2026-04-30",
		{"7003", "2601312359"}:   "2026-01-31 2026-01-31",
		{"7007", "260131"}:       "2026-01-31 2026-01-31",
		{"7007", "251230260102"}: "2025-12-30 2026-01-02",
		{"7251", "194902281100"}: "1949-02-28 1949-02-28",
		{"8008", "260131235959"}: "2026-01-31 2026-01-31",
	} {
		first, last, ok := gs1.ParsePeriod(e, now)
		require.True(t, ok, e)
		require.Equal(t, want, first.Format(time.DateOnly)+" "+last.Format(time.DateOnly), e)
	}
	for _, e := range []gs1.Element{{"17", "260230"}, {"7007", "260131260231"}, {"10", "260131"}, {"7251", "19490228"}} {
		_, _, ok := gs1.ParsePeriod(e, now)
		require.False(t, ok, e)
	}
}
