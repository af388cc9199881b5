package serial

import (
	"slices"
	"strings"
)

// A unit is what a date token spells.
type unit uint8

const (
	year unit = iota
	weekYear
	month
	day
	yearDay
	week
	weekday
	hour
	minute
	units
)

func (u unit) String() string {
	return [...]string{"year", "year of the week", "month", "day of the month", "day of the year", "week", "day of the week", "hour", "minute"}[u]
}

// A token spells one unit in decimal digits, or by a code of one character.
type token struct {
	unit  unit
	width int
	first int    // the unit's least value: 1 for months, 0 for hours
	last  int    // its greatest
	code  string // one character for each value from first on; "": digits
	since int    // the year of the code's first character
	again bool   // another token tells as much or more of the unit
}

// tokens in the order in which a name is cut into them: the longest first.
var tokens = []struct {
	name string
	token
}{
	{"YYYY", token{unit: year, width: 4, last: 9999}},
	{"YY", token{unit: year, width: 2, last: 99}},
	{"Y", token{unit: year, width: 1, last: 9}},
	{"GGGG", token{unit: weekYear, width: 4, last: 9999}},
	{"GG", token{unit: weekYear, width: 2, last: 99}},
	{"G", token{unit: weekYear, width: 1, last: 9}},
	{"MM", token{unit: month, width: 2, first: 1, last: 12}},
	{"M", token{unit: month, width: 1, first: 1, last: 12}},
	{"DDD", token{unit: yearDay, width: 3, first: 1, last: 366}},
	{"DD", token{unit: day, width: 2, first: 1, last: 31}},
	{"D", token{unit: day, width: 1, first: 1, last: 31}},
	{"WW", token{unit: week, width: 2, first: 1, last: 53}},
	{"E", token{unit: weekday, width: 1, first: 1, last: 7}},
	{"hh", token{unit: hour, width: 2, last: 23}},
	{"h", token{unit: hour, width: 1, last: 23}},
	{"mm", token{unit: minute, width: 2, last: 59}},
}

// vinYears is the model year code of 49 CFR 565.15: A is 1980, and 2010 again.
const (
	vinYears = "ABCDEFGHJKLMNPRSTVWXY123456789"
	vinSince = 1980
)

// cutTokens reads a name such as YYMMDD; ok is false if it is not made of tokens only.
func cutTokens(name string) (list []token, ok bool) {
	for name != "" {
		found := false
		for _, t := range tokens {
			if strings.HasPrefix(name, t.name) {
				list, name, found = append(list, t.token), name[len(t.name):], true
				break
			}
		}
		if !found {
			return nil, false
		}
	}
	return list, true
}

// meantDate is the date that someone spells out, or writes in small letters: YYMMDD for yymmdd; "" for other names.
func meantDate(name string) string {
	switch name {
	case "date":
		return "YYMMDD"
	case "year":
		return "YYYY"
	case "month":
		return "MM"
	case "week":
		return "GGWW"
	case "day":
		return "DD"
	case "hour":
		return "hh"
	case "minute":
		return "mm"
	}
	capitals := strings.ToUpper(name)
	list, ok := cutTokens(capitals)
	if !ok || slices.ContainsFunc(list, func(t token) bool { return t.width == 1 }) {
		return "" // dye and gem are other things
	}
	return capitals
}

// exact reports whether the token tells its unit's value and not only a remainder of it.
func (t *token) exact() bool { return t.unit > weekYear || t.code == "" && t.width == 4 }

// cycle is the number of years after which the token repeats.
func (t *token) cycle() int {
	if t.code != "" {
		return len(t.code)
	}
	return t.last + 1
}

// value is what the token spells of a moment: 0 … last, or the place in its code.
func (t *token) value(m *moment) int {
	v := m[t.unit]
	if t.unit > weekYear {
		return v
	}
	cycle := t.cycle()
	return int(uint32(v-t.since+cycle*(lastYear+1)) % uint32(cycle)) // the sum is above 0
}

func (t *token) append(dst []byte, m *moment) []byte {
	v := t.value(m)
	if t.code != "" {
		return append(dst, t.code[v-t.first])
	}
	u := uint32(v)
	switch t.width {
	case 1:
		return append(dst, byte('0'+u))
	case 2:
		return append(dst, byte('0'+u/10), byte('0'+u%10))
	case 3:
		return append(dst, byte('0'+u/100), byte('0'+u/10%10), byte('0'+u%10))
	}
	return append(dst, byte('0'+u/1000), byte('0'+u/100%10), byte('0'+u/10%10), byte('0'+u%10))
}

var pow10 = [...]int{1, 10, 100, 1000}

// parse reads a token from text of its width into m, or tells the first wrong position. ok is false if it is no value of its unit.
func (t *token) parse(text string, m *moment) (bad int, ok bool) {
	v := 0
	if t.code != "" {
		i := strings.IndexByte(t.code, text[0])
		if i < 0 {
			return 0, false
		}
		v = i + t.first
	} else {
		for i := range len(text) {
			d := text[i] - '0'
			if d > 9 {
				return i, false
			}
			v = v*10 + int(d)
		}
	}
	if !t.again {
		m[t.unit] = v
	}
	return len(text), t.first <= v && v <= t.last
}
