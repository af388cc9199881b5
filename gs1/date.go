package gs1

import (
	"strconv"
	"time"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// ParseDate parses a date YYMMDD, as AIs (11) to (17) have it. The century is resolved to the year
// nearest to now's: from 49 years back to 50 years ahead (GS1 General Specifications, 7.12). Day 00
// is the last day of the month (3.4.2). The result is midnight UTC.
func ParseDate(s string, now time.Time) (time.Time, error) {
	kind, pos, n, want := gs1syntax.Lookup("11").Check(s)
	if kind != 0 {
		return time.Time{}, fail(fault{Kind: kind, Input: s, Pos: pos, Len: n, Want: want})
	}
	year, month, day := two(s), time.Month(two(s[2:])), two(s[4:])
	if year = century(year, now.Year()); day == 0 {
		month, day = month+1, 0
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if day == 29 && t.Day() == 1 { // February 2100: whether the date exists depends on the century
		return time.Time{}, fail(fault{Kind: gs1syntax.BadContent, Input: s, Pos: 4, Len: 2,
			Want: "a day that February " + strconv.Itoa(year) + " has"})
	}
	return t, nil
}

// ParseTime returns the date of an element, with its time of day if it has one: AIs (11) to (17),
// (4324) to (4326), (7003), (7006), (7007), of which it is the first day, (7011), (7250), (7251)
// and (8008). Years of two digits are resolved as by [ParseDate]. The result is in UTC, because AIs
// have no time zone. ok is false for other AIs and for values that are not valid.
func ParseTime(e Element, now time.Time) (t time.Time, ok bool) {
	shape := dateShape(e)
	if shape == "" {
		return time.Time{}, false
	}
	var day time.Time
	if shape == "YYYYMMDD" {
		year := two(e.Value)*100 + two(e.Value[2:])
		day = time.Date(year, time.Month(two(e.Value[4:])), two(e.Value[6:]), 0, 0, 0, 0, time.UTC)
	} else if day, ok = parseDay(e.Value, now); !ok {
		return time.Time{}, false
	}
	if e.AI == "7007" {
		return day, true
	}
	return day.Add(clock(e.Value[len(shape):])), true
}

// ParsePeriod returns the first and the last day of the date that [ParseTime] accepts: of the
// harvest for (7007), of the month for a date with day 00; for others both are the same day.
func ParsePeriod(e Element, now time.Time) (first, last time.Time, ok bool) {
	t, ok := ParseTime(e, now)
	if !ok {
		return time.Time{}, time.Time{}, false
	}
	first = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	last = first
	switch {
	case e.AI == "7007" && len(e.Value) == 12:
		last, ok = parseDay(e.Value[6:], now)
	case dateShape(e) == "YYMMDD" && e.Value[4:6] == "00":
		first = first.AddDate(0, 0, 1-first.Day())
	}
	return first, last, ok
}

// dateShape returns the format of the date that begins the value of e, or "" if e is not a valid
// element with a date.
func dateShape(e Element) string {
	shape := "YYMMDD"
	switch e.AI {
	case "11",
		"12",
		"13",
		"15",
		"16",
		"17",
		"4324",
		"4325",
		"4326",
		"7003",
		"7006",
		"7007",
		"7011",
		"8008":
	case "7250", "7251":
		shape = "YYYYMMDD"
	default:
		return ""
	}
	if kind, _, _, _ := gs1syntax.Lookup(e.AI).Check(e.Value); kind != 0 {
		return ""
	}
	return shape
}

// parseDay returns the date that begins s.
func parseDay(s string, now time.Time) (time.Time, bool) {
	day, err := ParseDate(s[:6], now)
	return day, err == nil
}

// clock returns the time of day of hours, minutes and seconds of two digits each; the later ones
// may be missing.
func clock(s string) (d time.Duration) {
	for _, unit := range [...]time.Duration{time.Hour, time.Minute, time.Second} {
		if len(s) >= 2 {
			d += time.Duration(two(s)) * unit
			s = s[2:]
		}
	}
	return d
}

// FormatDate returns the calendar date of t, in t's location, as YYMMDD. A year that [ParseDate]
// would resolve to another century at the time now is an error that wraps [ErrContent].
func FormatDate(t, now time.Time) (string, error) {
	b, err := AppendDate(make([]byte, 0, 6), t, now)
	return string(b), err
}

// AppendDate appends what [FormatDate] returns to dst. On error it returns dst unchanged.
func AppendDate(dst []byte, t, now time.Time) ([]byte, error) {
	year, month, day := t.Date()
	if year < 0 || century(year%100, now.Year()) != year {
		input := t.Format(time.DateOnly)
		return dst, fail(
			fault{Kind: gs1syntax.BadContent, Input: input, Len: len(input) - len("-MM-DD"),
				Want: "a year from " + strconv.Itoa(
					now.Year()-49,
				) + " to " + strconv.Itoa(
					now.Year()+50,
				)},
		)
	}
	for _, n := range [...]int{year % 100, int(month), day} {
		dst = append(dst, '0'+byte(n/10), '0'+byte(n%10))
	}
	return dst, nil
}

// century returns the year of two digits in the century that the General Specifications give it in
// the year now.
func century(year, now int) int {
	year += now - now%100
	switch diff := year - now; {
	case diff > 50:
		return year - 100
	case diff <= -50:
		return year + 100
	}
	return year
}

// two returns the number of the first two digits of s.
func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }
