package calendar

import "time"

// A Calendar has the date tokens of a pattern and the clock that they refer to. It counts in days
// since 1970-01-01 and does without the arithmetic of package time, which would look up the zone
// for every question.
type Calendar struct {
	Zone  *Zone // nil: that of the time itself
	Start int   // minutes after midnight at which the production day begins

	used     bool
	best     [units]*Token // the token that has most of each unit; nil: there is none
	repeated []*Token      // the others
	weeks    bool          // there are ISO weeks, their years or weekdays
	plain    bool          // no token can contradict the others, but for week 53
	main     Unit          // the kind of year by which a time is found
	whole    *Token        // a year in full; of two, the week's
}

// Used reports whether there are date tokens at all.
func (c *Calendar) Used() bool { return c.used }

// Best returns the token that has most of a unit, nil if there is none.
func (c *Calendar) Best(u Unit) *Token { return c.best[u] }

// Add adds a token of the pattern. It reports false if too many tokens repeat a unit: see
// [MaxAgain].
func (c *Calendar) Add(t *Token) bool {
	c.used = true
	c.weeks = c.weeks || t.Unit == WeekYear || t.Unit == Week || t.Unit == Weekday
	switch best := c.best[t.Unit]; {
	case best == nil:
		c.best[t.Unit] = t
	case t.Unit.isYear() && t.cycle() > best.cycle():
		c.best[t.Unit] = t
		c.repeated = append(c.repeated, best)
		best.again = len(c.repeated)
	default:
		c.repeated = append(c.repeated, t)
		t.again = len(c.repeated)
	}
	c.classify()
	return len(c.repeated) <= MaxAgain
}

// classify sets what follows from the tokens together.
func (c *Calendar) classify() {
	c.main, c.whole = Year, nil
	if c.byWeeks() {
		c.main = WeekYear
	}
	for _, t := range c.best[:WeekYear+1] {
		if t != nil && t.exact() {
			c.whole = t
		}
	}
	c.plain = len(c.repeated) == 0
	yearDay, monthOrDay := c.best[YearDay] != nil, c.best[Month] != nil || c.best[Day] != nil
	if c.weeks {
		c.plain = c.plain && !yearDay && !monthOrDay && c.best[Year] == nil &&
			(c.best[Week] != nil || c.best[Weekday] == nil)
	} else {
		c.plain = c.plain && (!yearDay || !monthOrDay)
	}
}

// byWeeks reports whether a time is found by the year of the ISO week: because its token has more
// of the year than the calendar year's has, or because the day follows from the week.
func (c *Calendar) byWeeks() bool {
	has := &c.best
	if has[WeekYear] != nil && (has[Year] == nil || has[WeekYear].cycle() > has[Year].cycle()) {
		return true
	}
	wholeDay := has[YearDay] != nil || has[Month] != nil && has[Day] != nil
	return has[Week] != nil && !(has[Year] != nil && wholeDay)
}

// Take splits a time; one that is in no year of a scheme becomes a moment that isn't either.
func (c *Calendar) Take(t time.Time, m *Moment) {
	sec := t.Unix()
	if sec < -beyond || sec > beyond {
		*m = Moment{}
		return
	}
	offset := 0
	if c.Zone != nil {
		offset = c.Zone.offset(sec)
	} else {
		_, offset = t.Zone()
	}
	c.local(sec+int64(offset), m)
}

// local splits a time that is given in seconds since 1970 on local clocks.
func (c *Calendar) local(sec int64, m *Moment) {
	up := uint64(sec + daysUp*daySeconds)
	date := int(up/daySeconds) - daysUp
	at := int(up%daySeconds) / 60
	if at < c.Start {
		date--
	}
	m.setDay(date)
	if c.weeks {
		m.setWeek(date)
	}
	m[Hour], m[Minute] = int16(at/60), int16(at%60)
}

// agrees reports whether every token has the value for a moment that the reading has.
func (c *Calendar) agrees(r *Reading, m *Moment) bool {
	for u, t := range &c.best {
		if t != nil && t.value(m) != int(r.Moment[u]) {
			return false
		}
	}
	for i, t := range c.repeated {
		if t.value(m) != int(r.again[i]) {
			return false
		}
	}
	return true
}
