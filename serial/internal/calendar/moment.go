package calendar

// A Unit is a unit of time that a token writes.
type Unit uint8

const (
	Year Unit = iota
	WeekYear
	Month
	Day
	YearDay
	Week
	Weekday
	Hour
	Minute
	units
)

// String returns the unit's name for messages.
func (u Unit) String() string {
	return [...]string{"year", "year of the week", "month", "day of the month", "day of the year",
		"week", "day of the week", "hour", "minute"}[u]
}

// isYear reports whether the unit counts years, of which a token may write only a remainder.
func (u Unit) isYear() bool { return u <= WeekYear }

// A Moment is a time split into its units on the plant's clocks. Its day is the production day.
type Moment [units]int16

// InYears reports whether the moment is from [FirstYear] to [LastYear].
func (m *Moment) InYears() bool {
	return m[Year] >= FirstYear && m[WeekYear] >= FirstYear &&
		m[Year] <= LastYear && m[WeekYear] <= LastYear
}

// setDay sets all units of a day but the week's, from the number of days since 1970-01-01. The
// years it counts in begin in March, so that the leap day is their last: C. Neri and L.
// Schneider, Euclidean affine functions and their application to calendar algorithms (2022).
func (m *Moment) setDay(date int) {
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
	d := int(n3&0xffff)/2141 + 1
	m[Year], m[Month], m[Day], m[YearDay] = int16(y), int16(mon), int16(d), int16(yd)
	m[WeekYear] = int16(y)
}

// setWeek sets the ISO week, its year and the weekday. A week belongs to the year of its Thursday
// (ISO 8601).
func (m *Moment) setWeek(date int) {
	wd := int(uint32(date+3+daysUp) % 7) // 1970-01-01 was a Thursday; Monday is 0
	y, yd := int(m[Year]), int(m[YearDay])+3-wd
	if yd < 1 {
		y--
		yd += yearDays(y)
	} else if n := yearDays(y); yd > n {
		y++
		yd -= n
	}
	m[WeekYear], m[Week], m[Weekday] = int16(y), int16((yd-1)/7+1), int16(wd+1)
}
