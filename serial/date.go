package serial

import (
	"strings"
	"time"
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

// A token spells one unit in decimal digits, or by a code of one character.
type token struct {
	unit  unit
	width int
	first int    // the unit's least value: 1 for months, 0 for hours
	last  int    // its greatest
	code  string // one character for each value from first on; "": digits
	since int    // the year of the code's first character
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

// exact reports whether the token tells its unit's value and not only a remainder of it.
func (t *token) exact() bool { return t.unit > weekYear || t.code == "" && t.width == 4 }

// cycle is the number of years after which the token repeats.
func (t *token) cycle() int {
	if t.code != "" {
		return len(t.code)
	}
	return t.last + 1
}

// A moment is a time taken apart in the plant's zone. Its day is the production day.
type moment [units]int

// calendar is how a scheme takes times apart.
type calendar struct {
	zone  *time.Location // nil: that of the time itself
	used  bool           // the pattern spells a date
	start int            // minutes after midnight at which the production day begins
}

func (c *calendar) moment(t time.Time) (m moment) {
	if c.zone != nil {
		t = t.In(c.zone)
	}
	m[hour], m[minute], _ = t.Clock()
	y, mon, d := t.Date()
	if m[hour]*60+m[minute] < c.start {
		d--
	}
	date := time.Date(y, mon, d, 0, 0, 0, 0, time.UTC)
	y, mon, d = date.Date()
	m[year], m[month], m[day], m[yearDay] = y, int(mon), d, date.YearDay()
	m[weekYear], m[week] = date.ISOWeek()
	m[weekday] = (int(date.Weekday())+6)%7 + 1
	return m
}

// value is what the token spells of a moment: 0 … last, or the place in its code.
func (t *token) value(m *moment) int {
	v := m[t.unit]
	if t.unit > weekYear {
		return v
	}
	v -= t.since
	return (v%t.cycle() + t.cycle()) % t.cycle()
}

func (t *token) append(dst []byte, m *moment) []byte {
	v := t.value(m)
	if t.code != "" {
		return append(dst, t.code[v-t.first])
	}
	for div := pow10[t.width-1]; div > 0; div /= 10 {
		dst = append(dst, byte('0'+v/div%10))
	}
	return dst
}

var pow10 = [...]int{1, 10, 100, 1000}

// A reading is what the date tokens of a serial say.
type reading struct {
	value [units]int
	known [units]bool
	token [units]*token // the year tokens with the longest cycle
}

// parse reads a token from text of its width into r, or tells the first wrong position. ok is false if it says something
// else than an earlier token of the same unit, or no value of its unit.
func (t *token) parse(text string, r *reading) (bad int, ok bool) {
	v := 0
	if t.code != "" {
		i := strings.IndexByte(t.code, text[0])
		if i < 0 {
			return 0, false
		}
		v = i + t.first
	} else {
		for i := range len(text) {
			if text[i] < '0' || text[i] > '9' {
				return i, false
			}
			v = v*10 + int(text[i]-'0')
		}
	}
	if v < t.first || v > t.last {
		return len(text), false
	}
	if u := t.unit; !r.known[u] || u <= weekYear && r.token[u].cycle() < t.cycle() {
		r.value[u], r.known[u], r.token[u] = v, true, t
	}
	return len(text), true
}

// Years that a scheme can spell. A clock before 1970 is one that was never set.
const (
	firstYear = 1970
	lastYear  = 9999
)

// resolve finds the moment that a reading stands for: of those that repeat, the latest that isn't more than a day after the
// reference, or the first from 2000 on if the reference is zero. fits tells whether a time renders as the serial does.
func (c *calendar) resolve(r *reading, reference time.Time, fits func(time.Time) bool) (time.Time, bool) {
	zone := c.zone
	if zone == nil {
		zone = reference.Location()
	}
	u := year
	if r.inWeeks() {
		u = weekYear
	}
	from, to, step := 2000, lastYear+1, 1
	limit := time.Time{}
	if !reference.IsZero() {
		from, to, step = min(reference.Year()+1, lastYear), firstYear-1, -1
		limit = reference.AddDate(0, 0, 1)
	}
	for _, w := range [...]unit{year, weekYear} {
		if r.known[w] && r.token[w].exact() { // of the two years one may be a year ahead
			from, to, step, limit = r.value[w]-1, r.value[w]+2, 1, time.Time{}
		}
	}
	for y := from; y != to; y += step {
		if r.known[u] && (y-r.token[u].since-r.value[u])%r.token[u].cycle() != 0 {
			continue
		}
		t, ok := c.inYear(r, u, y, zone, step < 0, func(t time.Time) bool {
			return (limit.IsZero() || !t.After(limit)) && fits(t)
		})
		if ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// inWeeks reports whether a reading is to be found by the year of the ISO week: because that tells more than the calendar year does, or because
// the week is what tells the day.
func (r *reading) inWeeks() bool {
	if r.known[weekYear] && (!r.known[year] || r.token[weekYear].cycle() > r.token[year].cycle()) {
		return true
	}
	return r.known[week] && !(r.known[year] && (r.known[yearDay] || r.known[month] && r.known[day]))
}

// inYear finds the first moment, or the last, of a year that a reading stands for.
func (c *calendar) inYear(r *reading, u unit, y int, zone *time.Location, last bool, fits func(time.Time) bool) (time.Time, bool) {
	if y < firstYear {
		return time.Time{}, false
	}
	try := func(y, mon, d int) (time.Time, bool) {
		at := c.clock(r)
		if at < c.start {
			d++ // after midnight, still the production day before
		}
		t := time.Date(y, time.Month(mon), d, at/60, at%60, 0, 0, zone)
		return t, fits(t)
	}
	daily := r.known[weekday] || r.known[week] || r.known[weekYear] // tells days apart
	days := func(y int) (time.Time, bool) {
		if r.known[yearDay] {
			return try(y, 1, r.value[yearDay])
		}
		span := r.span(day, 31, daily)
		return search(r.span(month, 12, r.known[day] || daily), last, func(mon int) (time.Time, bool) {
			return search(span, last, func(d int) (time.Time, bool) { return try(y, mon, d) })
		})
	}
	switch {
	case u == year:
		return days(y)
	case !r.known[week] && (r.known[weekday] || r.known[year] || r.known[yearDay] || r.known[month] || r.known[day]):
		for _, y := range [...]int{y, y + 1, y - 1} { // the ends of a week's year lie in its neighbours
			if t, ok := days(y); ok {
				return t, true
			}
		}
		return time.Time{}, false
	}
	// 4 January is always in week 1.
	fourth := time.Date(y, time.January, 4, 0, 0, 0, 0, time.UTC)
	monday := 4 - (int(fourth.Weekday())+6)%7 + 7*(r.or(week, 1)-1)
	return search(r.span(weekday, 7, true), false, func(d int) (time.Time, bool) { return try(y, 1, monday+d-1) })
}

// clock returns the minute of the day that a reading stands for: without an hour, that at which the production day begins.
func (c *calendar) clock(r *reading) int {
	if !r.known[hour] && !r.known[minute] {
		return c.start
	}
	return r.or(hour, c.start/60)*60 + r.or(minute, 0)
}

// or returns what the reading says of a unit, or v if it says nothing.
func (r *reading) or(u unit, v int) int {
	if r.known[u] {
		return r.value[u]
	}
	return v
}

// span returns the values that a unit may have: the one that is known, or else 1 alone, or up to most if they must be tried.
func (r *reading) span(u unit, most int, try bool) [2]int {
	switch {
	case r.known[u]:
		return [2]int{r.value[u], r.value[u]}
	case try:
		return [2]int{1, most}
	}
	return [2]int{1, 1}
}

// search tries the values of a span, the last first if asked to.
func search(span [2]int, last bool, try func(int) (time.Time, bool)) (time.Time, bool) {
	for i := range span[1] - span[0] + 1 {
		v := span[0] + i
		if last {
			v = span[1] - i
		}
		if t, ok := try(v); ok {
			return t, true
		}
	}
	return time.Time{}, false
}
