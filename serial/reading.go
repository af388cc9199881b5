package serial

import "time"

// resolve makes of what the date tokens of a serial say, which is in the moment of st, the moment that it stands for: of those that repeat, the
// latest that isn't more than a day after the reference, or the first from 2000 on if the reference is zero.
func (s *Scheme) resolve(st *state) (time.Time, bool) {
	c, r := &s.calendar, &st.moment
	reference := st.fields.Time
	from, to, step, limit := 2000, lastYear+1, 1, int64(beyond)
	if !reference.IsZero() {
		limit = min(max(reference.Unix(), -beyond), beyond) + daySeconds
		from, to, step = min(firstYear+int(limit/meanYear)+1, lastYear), firstYear-1, -1
	}
	if t := c.whole; t != nil { // of the two years one may be a year ahead
		from, to, step, limit = r[t.unit]-1, r[t.unit]+2, 1, beyond
	}
	var x search // field by field: a literal would be made beside it and copied
	x.scheme, x.reading, x.state, x.limit, x.last = s, r, st, limit, step < 0
	if t := c.units[c.main]; t != nil { // go on with the years that are spelled so
		cycle := t.cycle()
		off := int(uint32(from-t.since-r[c.main]+cycle*(lastYear+1)) % uint32(cycle))
		if step > 0 && off > 0 {
			off -= cycle
		}
		from, step = from-off, step*cycle
	}
	for y := from; (to-y)*step > 0; y += step {
		if x.inYear(c.main, y) {
			place := reference.Location()
			if c.zone != nil {
				place = c.zone.Location
			}
			return time.Unix(x.found, 0).In(place), true
		}
	}
	return time.Time{}, false
}

// meanYear is the length of a year of the calendar in seconds.
const meanYear = eraDays * daySeconds / 400

// byWeeks reports whether a reading is to be found by the year of the ISO week: because that tells more than the calendar year does, or because
// the week is what tells the day.
func (c *calendar) byWeeks() bool {
	tells := &c.units
	if tells[weekYear] != nil && (tells[year] == nil || tells[weekYear].cycle() > tells[year].cycle()) {
		return true
	}
	return tells[week] != nil && !(tells[year] != nil && (tells[yearDay] != nil || tells[month] != nil && tells[day] != nil))
}

// agrees reports whether a moment is what the reading says.
func (c *calendar) agrees(r, m *moment) bool {
	for u, t := range &c.units {
		if t != nil && t.value(m) != r[u] {
			return false
		}
	}
	return true
}

// A search looks for the time that a reading stands for.
type search struct {
	scheme  *Scheme
	reading *moment // that of the state until it is found
	state   *state
	limit   int64 // the Unix time up to which it lies
	last    bool  // the last time of a year is wanted, not the first
	found   int64 // the Unix time
}

func (x *search) known(u unit) bool { return x.scheme.calendar.units[u] != nil }

// or returns what the reading says of a unit, or v if it says nothing.
func (x *search) or(u unit, v int) int {
	if x.known(u) {
		return x.reading[u]
	}
	return v
}

// span returns the values that a unit may have: the one that is known, or else 1 alone, or up to most if they must be tried.
func (x *search) span(u unit, most int, all bool) (from, to int) {
	switch {
	case x.known(u):
		return x.reading[u], x.reading[u]
	case all:
		return 1, most
	}
	return 1, 1
}

// inYear finds the first moment, or the last, of a year that a reading stands for.
func (x *search) inYear(u unit, y int) bool {
	switch {
	case y < firstYear:
		return false
	case u == year:
		return x.days(y)
	case !x.known(week) && (x.known(weekday) || x.known(year) || x.known(yearDay) || x.known(month) || x.known(day)):
		return x.days(y) || x.days(y+1) || x.days(y-1) // the ends of a week's year lie in its neighbours
	}
	fourth := dayOf(y, 1, 4) // always in week 1
	monday := fourth - int(uint32(fourth+3)%7) + 7*(x.or(week, 1)-1)
	from, to := x.span(weekday, 7, true)
	for wd := from; wd <= to; wd++ {
		if x.try(y, monday+wd-1) {
			return true
		}
	}
	return false
}

// days goes through the days of a calendar year that may be meant.
func (x *search) days(y int) bool {
	if x.known(yearDay) {
		return x.reading[yearDay] <= yearDays(y) && x.try(y, dayOf(y, 1, x.reading[yearDay]))
	}
	if x.known(month) && x.known(day) {
		return x.reading[day] <= monthDays(y, x.reading[month]) && x.try(y, dayOf(y, x.reading[month], x.reading[day]))
	}
	daily := x.scheme.calendar.weeks // tells days apart
	mon, lastMonth := x.span(month, 12, x.known(day) || daily)
	firstDay, lastDay := x.span(day, 31, daily)
	step := 1
	if x.last {
		mon, lastMonth, firstDay, lastDay, step = lastMonth, mon, lastDay, firstDay, -1
	}
	for ; (lastMonth-mon)*step >= 0; mon += step {
		for d := firstDay; (lastDay-d)*step >= 0; d += step {
			if d <= monthDays(y, mon) && x.try(y, dayOf(y, mon, d)) {
				return true
			}
		}
	}
	return false
}

// try sets found to the first moment of a production day of a year, if that is what the reading stands for.
func (x *search) try(y, date int) bool {
	if c := &x.scheme.calendar; c.units[hour] == nil && c.units[minute] == nil {
		return x.tryAt(y, date, c.start)
	}
	at := x.clock()
	if x.tryAt(y, date, at) {
		return true
	}
	// A production day that begins within an hour ends within it.
	return x.known(hour) && !x.known(minute) && at%60 > 0 && x.tryAt(y, date, at-at%60)
}

// tryAt is try for a minute of the day, or where clocks skip that, the first that the reading can stand for after it.
func (x *search) tryAt(y, date, at int) bool {
	c := &x.scheme.calendar
	if at < c.start {
		date++ // after midnight, still the production day before
	}
	local := int64(date)*daySeconds + int64(at)*60
	sec, offset := x.at(local)
	skipped := sec+int64(offset) != local
	if skipped {
		sec, offset = x.afterChange(sec, sec+int64(offset) < local)
	}
	if sec > x.limit {
		return false
	}
	x.found = sec
	if c.plain && !skipped && (!c.weeks || x.reading[week] < 53 && firstYear < y && y < lastYear) {
		x.reading[year], x.reading[weekYear] = y, y
		return y <= lastYear
	}
	var m moment
	c.local(sec+int64(offset), &m)
	if !m.inYears() || !c.agrees(x.reading, &m) || c.twice && !x.scheme.datesFit(x.state, &m) {
		return false
	}
	*x.reading = m
	return true
}

// afterChange returns the time at which clocks are put on, before or after another, or the first after it whose minute is that of the reading.
func (x *search) afterChange(sec int64, before bool) (_ int64, offset int) {
	place := x.state.fields.Time.Location()
	if z := x.scheme.calendar.zone; z != nil {
		place = z.Location
	}
	from, to := time.Unix(sec, 0).In(place).ZoneBounds()
	if sec = from.Unix(); before {
		sec = to.Unix()
	}
	offset = x.offset(sec)
	if x.known(minute) {
		sec += 60 * int64((x.reading[minute]+60-int(sec+int64(offset))/60%60)%60)
	}
	return sec, offset
}

// at returns the Unix time of a time on local clocks, and the seconds east of UTC there. Where clocks are put on, they are not those that it
// would have.
func (x *search) at(local int64) (sec int64, offset int) {
	guess := x.offset(local)
	offset = x.offset(local - int64(guess))
	sec = local - int64(offset)
	if offset != guess {
		offset = x.offset(sec)
	}
	return sec, offset
}

func (x *search) offset(sec int64) int {
	if z := x.scheme.calendar.zone; z != nil {
		return z.offset(sec)
	}
	place := x.state.fields.Time.Location()
	if place == time.UTC {
		return 0
	}
	_, offset := time.Unix(sec, 0).In(place).Zone()
	return offset
}

// clock returns the first minute of the production day, counted from midnight, that a reading stands for.
func (x *search) clock() int {
	start := x.scheme.calendar.start
	h, m := start/60, start%60
	switch {
	case x.known(hour) && x.reading[hour] != h:
		h, m = x.reading[hour], x.or(minute, 0)
	case x.known(minute):
		if x.reading[minute] < m && !x.known(hour) {
			h = (h + 1) % 24
		}
		m = x.reading[minute]
	}
	return h*60 + m
}

// datesFit reports whether all date tokens, also those that tell less than another of their unit, spell a moment as the serial does.
func (s *Scheme) datesFit(st *state, m *moment) bool {
	var buf [4]byte
	for i := range s.parts {
		at := int(st.spans[i].from)
		for j := range s.parts[i].date {
			t := &s.parts[i].date[j]
			if string(t.append(buf[:0], m)) != st.serial[at:at+t.width] {
				return false
			}
			at += t.width
		}
	}
	return true
}
