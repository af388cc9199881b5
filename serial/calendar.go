package serial

import (
	"errors"
	"time"
)

// Years that a scheme can spell. A clock before 1970 is one that was never set.
const (
	firstYear = 1970
	lastYear  = 9999
)

// A moment is a time taken apart in the plant's zone. Its day is the production day.
type moment [units]int

func (m *moment) inYears() bool {
	return m[year] >= firstYear && m[weekYear] >= firstYear && m[year] <= lastYear && m[weekYear] <= lastYear
}

// calendar is how a scheme takes times apart. It counts in days since 1970-01-01 and does without package time's own arithmetic, which
// would look the zone up anew for every question.
type calendar struct {
	zone  *zone         // nil: that of the time itself
	start int           // minutes after midnight at which the production day begins
	used  bool          // the pattern spells a date
	units [units]*token // what tells most of each unit; nil: nothing does
	twice bool          // some unit is spelled more than once
	weeks bool          // ISO weeks, their year or weekdays are spelled
	plain bool          // nothing is spelled that could contradict the rest, but for week 53
	main  unit          // the year by which a reading is found
	whole *token        // spells a year in full; of two, the week's
}

// add takes a token of the pattern into account.
func (c *calendar) add(t *token) {
	c.used = true
	c.weeks = c.weeks || t.unit == weekYear || t.unit == week || t.unit == weekday
	switch best := c.units[t.unit]; {
	case best == nil:
		c.units[t.unit] = t
	case t.unit <= weekYear && t.cycle() > best.cycle():
		c.twice, best.again, c.units[t.unit] = true, true, t
	default:
		c.twice, t.again = true, true
	}
	c.main, c.whole = year, nil
	if c.byWeeks() {
		c.main = weekYear
	}
	for _, t := range c.units[:month] {
		if t != nil && t.exact() {
			c.whole = t
		}
	}
	days := c.units[yearDay] != nil || c.units[month] != nil || c.units[day] != nil
	if c.weeks {
		c.plain = !c.twice && !days && c.units[year] == nil && (c.units[week] != nil || c.units[weekday] == nil)
	} else {
		c.plain = !c.twice && (c.units[yearDay] == nil || c.units[month] == nil && c.units[day] == nil)
	}
}

const (
	daySeconds = 24 * 60 * 60
	beyond     = (lastYear + 2) * 366 * daySeconds // seconds from 1970 that are in no year of a scheme
)

// take takes a time apart; one that is in no year of a scheme becomes a moment that isn't either.
func (c *calendar) take(t time.Time, m *moment) {
	sec := t.Unix()
	if sec < -beyond || sec > beyond {
		*m = moment{}
		return
	}
	offset := 0
	if c.zone != nil {
		offset = c.zone.offset(sec)
	} else {
		_, offset = t.Zone()
	}
	c.local(sec+int64(offset), m)
}

// local takes a time apart that is given in seconds since 1970 on local clocks.
func (c *calendar) local(sec int64, m *moment) {
	up := uint64(sec + daysUp*daySeconds)
	date := int(up/daySeconds) - daysUp
	at := int(up%daySeconds) / 60
	if at < c.start {
		date--
	}
	m.setDay(date)
	if c.weeks {
		m.setWeek(date)
	}
	m[hour], m[minute] = at/60, at%60
}

// Days and years are counted from so many periods of 400 years before 1970, so that none is negative.
const (
	eras     = 28
	eraDays  = 146_097
	daysUp   = eras * eraDays
	marchDay = 719_468 // 1970-01-01, counted from 0000-03-01
)

// setDay sets all that a day tells but the week, given in days since 1970-01-01. The years it counts in begin in March, so that the leap day is
// their last: C. Neri and L. Schneider, Euclidean affine functions and their application to calendar algorithms (2022).
func (m *moment) setDay(date int) {
	n1 := 4*uint32(date+marchDay+daysUp) + 3
	century := n1 / eraDays
	n2 := n1%eraDays | 3
	p2 := 2_939_745 * uint64(n2)
	doy := uint32(p2) / 2_939_745 / 4
	n3 := 2141*doy + 197_913
	y, mon, yd := int(100*century+uint32(p2>>32))-400*eras, int(n3>>16), int(doy)+60
	if doy >= 306 {
		y, mon, yd = y+1, mon-12, int(doy)-305
	} else if isLeap(y) {
		yd++
	}
	m[year], m[month], m[day], m[yearDay] = y, mon, int(n3&0xffff)/2141+1, yd
	m[weekYear] = y
}

// setWeek sets the ISO week, which is that of its Thursday (ISO 8601).
func (m *moment) setWeek(date int) {
	wd := int(uint32(date+3+daysUp) % 7) // 1970-01-01 was a Thursday; Monday is 0
	y, yd := m[year], m[yearDay]+3-wd
	if yd < 1 {
		y--
		yd += yearDays(y)
	} else if n := yearDays(y); yd > n {
		y++
		yd -= n
	}
	m[weekYear], m[week], m[weekday] = y, (yd-1)/7+1, wd+1
}

func isLeap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func yearDays(y int) int {
	if isLeap(y) {
		return 366
	}
	return 365
}

func monthDays(y, mon int) int {
	if mon == 2 && isLeap(y) {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[mon-1]
}

// dayOf is the number of a day since 1970-01-01; d may be more than the month has.
func dayOf(y, mon, d int) int {
	if mon <= 2 {
		y, mon = y-1, mon+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(mon-3)+2)/5 + d - 1 - marchDay
}

// Changes of zones are listed from 2000 to 2100, and found by periods of so many seconds.
const (
	firstChange = 946_684_800
	lastChange  = 4_102_444_800
	period      = 1 << 23
)

// A zone is a time zone whose changes of this century are listed, so that none must be computed from the zone's rule.
type zone struct {
	*time.Location
	from    []int64 // Unix seconds at which an offset begins to count
	offsets []int   // seconds east of UTC
	before  []int   // the last change up to the beginning of each period
	end     int64   // up to which they count
}

// loadZone finds a zone by its IANA name. On Windows, and in containers without files, a program has those that it embeds; this package doesn't do
// that for it, as it makes a program 450 kB larger.
func loadZone(name string, load func(string) (*time.Location, error)) (*time.Location, error) {
	loc, err := load(name)
	if err == nil && name != "Local" {
		return loc, nil
	}
	if _, err := load("Europe/Berlin"); err != nil {
		return nil, errors.New(`this system has no list of time zones: add import _ "time/tzdata" to the program`)
	}
	return nil, errors.New("no such time zone: want an IANA name such as Europe/Berlin")
}

func newZone(loc *time.Location) *zone {
	z := &zone{Location: loc, end: firstChange}
	for z.end < lastChange {
		t := time.Unix(z.end, 0).In(loc)
		_, offset := t.Zone()
		if n := len(z.offsets); n == 0 || z.offsets[n-1] != offset {
			z.from, z.offsets = append(z.from, z.end), append(z.offsets, offset)
		}
		_, end := t.ZoneBounds()
		switch {
		case end.IsZero():
			z.end = lastChange
		case end.After(t):
			z.end = min(lastChange, end.Unix())
		default: // Go 1.26 says so on 31 December of leap years that a zone's rule is for
			z.end += 3600
		}
	}
	n := 0
	for sec := int64(firstChange); sec < lastChange; sec += period {
		for n+1 < len(z.from) && z.from[n+1] <= sec {
			n++
		}
		z.before = append(z.before, n)
	}
	return z
}

// offset returns the seconds east of UTC that count at a Unix time.
func (z *zone) offset(sec int64) int {
	if sec < z.from[0] || sec >= z.end {
		_, offset := time.Unix(sec, 0).In(z.Location).Zone()
		return offset
	}
	n := z.before[(sec-firstChange)/period]
	for n+1 < len(z.from) && z.from[n+1] <= sec {
		n++
	}
	return z.offsets[n]
}
