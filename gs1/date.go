package gs1

import (
	"strconv"
	"time"

	"github.com/gonameplate/nameplate/gs1/internal/syntax"
)

// ParseDate reads a date YYMMDD, as AIs (11) to (17) have it. The century is the one that brings the year nearest to now's: from
// 49 years back to 50 years ahead (GS1 General Specifications, 7.12). Day 00 stands for the last day of the month
// (3.4.2). The result is midnight UTC.
func ParseDate(s string, now time.Time) (time.Time, error) {
	kind, pos, n, want := syntax.Lookup("11").Check(s)
	if kind != 0 {
		return time.Time{}, &Error{Kind: kind, Input: s, Pos: pos, Len: n, Want: want}
	}
	year, month, day := two(s), time.Month(two(s[2:])), two(s[4:])
	if year = century(year, now.Year()); day == 0 {
		month, day = month+1, 0
	}
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC), nil
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
		return dst, &Error{Kind: ErrContent, Input: input, Len: len(input) - len("-MM-DD"),
			Want: "a year from " + strconv.Itoa(now.Year()-49) + " to " + strconv.Itoa(now.Year()+50)}
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
