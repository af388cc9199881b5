package calendar

import "time"

// Resolve returns the first instant that a reading can mean and sets the reading's moment to it.
// Of dates that repeat it is the latest that is at most a day after the reference; without a
// reference (the zero time) it is the first from 2000 on. ok is false if there is none.
func (c *Calendar) Resolve(r *Reading, reference time.Time) (_ time.Time, ok bool) {
	from, to, step, limit := 2000, LastYear+1, 1, int64(beyond)
	if !reference.IsZero() {
		limit = min(max(reference.Unix(), -beyond), beyond) + daySeconds
		from, to, step = min(FirstYear+int(limit/meanYear)+1, LastYear), FirstYear-1, -1
	}
	if t := c.whole; t != nil { // the other kind of year may be one off
		year := int(r.Moment[t.Unit])
		from, to, step, limit = year-1, year+2, 1, beyond
	}
	var x search // field by field: a literal would be made beside it and copied
	x.Calendar, x.reading, x.limit, x.last = c, *r, limit, step < 0
	if x.place = reference.Location(); c.Zone != nil {
		x.place = c.Zone.Location
	}
	if t := c.best[c.main]; t != nil { // only the years that the token writes so
		cycle := t.cycle()
		off := int(uint32(from-t.Since-int(r.Moment[c.main])+cycle*(LastYear+1)) % uint32(cycle))
		if step > 0 && off > 0 {
			off -= cycle
		}
		from, step = from-off, step*cycle
	}
	for y := from; (to-y)*step > 0; y += step {
		if x.inYear(c.main, y) {
			r.Moment = x.reading.Moment
			return time.Unix(x.found, 0).In(x.place), true
		}
	}
	return time.Time{}, false
}

// meanYear is the mean length of a year of the calendar, in seconds.
const meanYear = eraDays * daySeconds / 400

// A search looks for the time that a reading means.
type search struct {
	*Calendar
	reading Reading // a copy, as a pointer beside place would take the caller's to the heap
	place   *time.Location
	limit   int64 // the Unix time up to which the result may lie
	last    bool  // the last time of a year is wanted, not the first
	found   int64 // the Unix time
}

func (x *search) known(u Unit) bool { return x.best[u] != nil }

// value returns the reading's value of a unit.
func (x *search) value(u Unit) int { return int(x.reading.Moment[u]) }

// or returns the reading's value of a unit, or v if it has none.
func (x *search) or(u Unit, v int) int {
	if x.known(u) {
		return x.value(u)
	}
	return v
}

// span returns the values to try for a unit: the one that the reading has, else 1 alone, or 1 to
// most if all must be tried.
func (x *search) span(u Unit, most int, all bool) (from, to int) {
	switch {
	case x.known(u):
		return x.value(u), x.value(u)
	case all:
		return 1, most
	}
	return 1, 1
}

// inYear finds the first or the last time in a year that the reading can mean.
func (x *search) inYear(u Unit, y int) bool {
	switch {
	case y < FirstYear:
		return false
	case u == Year:
		return x.days(y)
	case !x.known(Week) && (x.known(Weekday) || x.known(Year) || x.known(YearDay) ||
		x.known(Month) || x.known(Day)):
		// A week's year begins and ends in its neighbours.
		return x.days(y) || x.days(y+1) || x.days(y-1)
	}
	fourth := dayOf(y, 1, 4) // always in week 1
	monday := fourth - int(uint32(fourth+3)%7) + 7*(x.or(Week, 1)-1)
	from, to := x.span(Weekday, 7, true)
	for wd := from; wd <= to; wd++ {
		if x.try(y, monday+wd-1) {
			return true
		}
	}
	return false
}

// days goes through the days of a calendar year that the reading can mean.
func (x *search) days(y int) bool {
	if x.known(YearDay) {
		d := x.value(YearDay)
		return d <= yearDays(y) && x.try(y, dayOf(y, 1, d))
	}
	if x.known(Month) && x.known(Day) {
		month, d := x.value(Month), x.value(Day)
		return d <= monthDays(y, month) && x.try(y, dayOf(y, month, d))
	}
	month, lastMonth := x.span(Month, 12, x.known(Day) || x.weeks)
	firstDay, lastDay := x.span(Day, 31, x.weeks)
	step := 1
	if x.last {
		month, lastMonth, firstDay, lastDay, step = lastMonth, month, lastDay, firstDay, -1
	}
	for ; (lastMonth-month)*step >= 0; month += step {
		for d := firstDay; (lastDay-d)*step >= 0; d += step {
			if d <= monthDays(y, month) && x.try(y, dayOf(y, month, d)) {
				return true
			}
		}
	}
	return false
}

// try sets found to the first instant of a production day, if the reading can mean it.
func (x *search) try(y, date int) bool {
	if !x.known(Hour) && !x.known(Minute) {
		return x.tryAt(y, date, x.Start)
	}
	at := x.clock()
	if x.tryAt(y, date, at) {
		return true
	}
	// A production day that begins within an hour ends within it.
	return x.known(Hour) && !x.known(Minute) && at%60 > 0 && x.tryAt(y, date, at-at%60)
}

// clock returns the first minute of the production day, counted from midnight, that the reading
// can mean.
func (x *search) clock() int {
	h, m := x.Start/60, x.Start%60
	switch {
	case x.known(Hour) && x.value(Hour) != h:
		h, m = x.value(Hour), x.or(Minute, 0)
	case x.known(Minute):
		if x.value(Minute) < m && !x.known(Hour) {
			h = (h + 1) % 24
		}
		m = x.value(Minute)
	}
	return h*60 + m
}

// tryAt is try for a minute of the day. If clocks skip that minute, it takes the first instant
// after the change that the reading can mean.
func (x *search) tryAt(y, date, at int) bool {
	c, r := x.Calendar, &x.reading
	if at < c.Start {
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
	if c.plain && !skipped && (!c.weeks || r.Moment[Week] < 53 && FirstYear < y && y < LastYear) {
		r.Moment[Year], r.Moment[WeekYear] = int16(y), int16(y)
		return y <= LastYear
	}
	var m Moment
	c.local(sec+int64(offset), &m)
	if !m.InYears() || !c.agrees(r, &m) {
		return false
	}
	r.Moment = m
	return true
}

// at returns the Unix time of a time on local clocks, and the seconds east of UTC there. If
// clocks skip that time, the two don't add up to it.
func (x *search) at(local int64) (sec int64, offset int) {
	guess := x.offset(local)
	offset = x.offset(local - int64(guess))
	sec = local - int64(offset)
	if offset != guess {
		offset = x.offset(sec)
	}
	return sec, offset
}

// afterChange returns the time at which clocks skip ahead, before or after another, or the first
// after it whose minute is the reading's.
func (x *search) afterChange(sec int64, before bool) (_ int64, offset int) {
	from, to := time.Unix(sec, 0).In(x.place).ZoneBounds()
	if sec = from.Unix(); before {
		sec = to.Unix()
	}
	offset = x.offset(sec)
	if x.known(Minute) {
		minute := int(sec+int64(offset)) / 60 % 60
		sec += 60 * int64((x.value(Minute)+60-minute)%60)
	}
	return sec, offset
}

func (x *search) offset(sec int64) int {
	if x.Zone != nil {
		return x.Zone.offset(sec)
	}
	if x.place == time.UTC {
		return 0
	}
	_, offset := time.Unix(sec, 0).In(x.place).Zone()
	return offset
}
