package gs1

import (
	"strconv"
	"time"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// ParseDate reads a date YYMMDD, as AIs (11) to (17) have it. The century is the one that brings the year nearest to now's: from
// 49 years back to 50 years ahead (GS1 General Specifications, 7.12). Day 00 stands for the last day of the month
// (3.4.2). The result is midnight UTC.
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
	if day == 29 && t.Day() == 1 { // of February 2100, which the value alone doesn't tell
		return time.Time{}, fail(fault{Kind: gs1syntax.BadContent, Input: s, Pos: 4, Len: 2, Want: "a day that February " + strconv.Itoa(year) + " has"})
	}
	return t, nil
}

// ParseTime returns what the date of an element says, with its time if it has one: AIs (11) to (17), (4324) to (4326), (7003), (7006),
// (7007), whose first day it is, (7011), (7250), (7251) and (8008). Dates of two-digit years are read as [ParseDate] reads them;
// the result is in UTC, for AIs tell no time zone. ok is false for other AIs and for values that are not valid.
func ParseTime(e Element, now time.Time) (t time.Time, ok bool) {
	shape := dateShape(e)
	if shape == "" {
		return time.Time{}, false
	}
	var day time.Time
	if shape == "YYYYMMDD" {
		day = time.Date(two(e.Value)*100+two(e.Value[2:]), time.Month(two(e.Value[4:])), two(e.Value[6:]), 0, 0, 0, 0, time.UTC)
	} else if day, ok = parseDay(e.Value, now); !ok {
		return time.Time{}, false
	}
	if e.AI == "7007" {
		return day, true
	}
	return day.Add(clock(e.Value[len(shape):])), true
}

// ParsePeriod returns the first and the last day of what [ParseTime] reads: those of the harvest for (7007), those of the
// month for a date with day 00, and twice the same day for others.
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

// dateShape tells how the date is written with which the value of e begins, or "" if e is no valid element with a date.
func dateShape(e Element) string {
	shape := "YYMMDD"
	switch e.AI {
	case "11", "12", "13", "15", "16", "17", "4324", "4325", "4326", "7003", "7006", "7007", "7011", "8008":
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

// parseDay reads the date with which s begins.
func parseDay(s string, now time.Time) (time.Time, bool) {
	day, err := ParseDate(s[:6], now)
	return day, err == nil
}

// clock reads hours, minutes and seconds of two digits each, as far as they are there.
func clock(s string) (d time.Duration) {
	for _, unit := range [...]time.Duration{time.Hour, time.Minute, time.Second} {
		if len(s) >= 2 {
			d += time.Duration(two(s)) * unit
			s = s[2:]
		}
	}
	return d
}

// FormatDate writes the calendar date of t (in t's location) as YYMMDD. A year that [ParseDate] would read in another century,
// now being what it is, is an error.
func FormatDate(t, now time.Time) (string, error) {
	b, err := AppendDate(make([]byte, 0, 6), t, now)
	return string(b), err
}

// AppendDate appends what [FormatDate] returns to dst.
func AppendDate(dst []byte, t, now time.Time) ([]byte, error) {
	year, month, day := t.Date()
	if year < 0 || century(year%100, now.Year()) != year {
		input := t.Format(time.DateOnly)
		return dst, fail(fault{Kind: gs1syntax.BadContent, Input: input, Len: len(input) - len("-MM-DD"),
			Want: "a year from " + strconv.Itoa(now.Year()-49) + " to " + strconv.Itoa(now.Year()+50)})
	}
	for _, n := range [...]int{year % 100, int(month), day} {
		dst = append(dst, '0'+byte(n/10), '0'+byte(n%10))
	}
	return dst, nil
}

// century adds to a year of two digits the century that the General Specifications give it in year now.
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

// two returns the number that the first two digits of s spell.
func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }
