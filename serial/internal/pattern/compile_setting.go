package pattern

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/internal/editdistance"
	"github.com/gonameplate/nameplate/serial/internal/calendar"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// settings are the names of nodes that write nothing.
var settings = []string{"reset", "given", "zone", "daystart", "odds"}

func (c *compiler) setting(n *node) error {
	if len(n.opts) > 0 {
		return c.atOption(n, n.opts[0], "takes no options")
	}
	if n.arg == "" {
		return c.at(n, "want a value after a colon")
	}
	switch n.name {
	case "reset":
		c.resets = append(c.resets, n)
	case "given":
		return c.given(n)
	case "zone":
		zone, err := calendar.LoadZone(n.arg)
		if err != nil {
			return c.at(n, "%v", err)
		}
		c.Calendar.Zone = zone
	case "daystart":
		t, err := time.Parse("15:04", n.arg)
		if err != nil {
			return c.at(n, "want the time at which the production day begins, as in "+
				"{daystart:06:00}")
		}
		c.Calendar.Start = t.Hour()*60 + t.Minute()
	case "odds":
		of, ok := strings.CutPrefix(strings.TrimPrefix(n.arg, "<"), "1/")
		oneIn, err := strconv.ParseUint(of, 10, 64)
		if !ok || err != nil || oneIn == 0 {
			return c.at(n, "want odds such as 1/10000")
		}
		c.odds, c.oneIn = n, oneIn
	}
	return nil
}

func (c *compiler) given(n *node) error {
	c.Given = append(c.Given, strings.Split(n.arg, ",")...)
	for _, name := range c.Given {
		isName := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == "" && name != ""
		if !isName && BuiltinOf(name) == Custom {
			return c.at(n, "no field can be named %s", quote.Text(name))
		}
	}
	return nil
}

// reset adds what the counter starts again with.
func (c *compiler) reset(n *node, name string) error {
	const y, g, m, d = calendar.Year, calendar.WeekYear, calendar.Month, calendar.Day
	const yd, w, wd, h = calendar.YearDay, calendar.Week, calendar.Weekday, calendar.Hour
	type units = []calendar.Unit
	switch name {
	case "never", "product":
		return nil // each product has a counter of its own anyway
	case "year":
		return c.resetDate(n, name, units{y}, units{g})
	case "month":
		return c.resetDate(n, name, units{y, m})
	case "week":
		return c.resetDate(n, name, units{g, w})
	case "day":
		return c.resetDate(n, name, units{y, m, d}, units{y, yd}, units{g, w, wd})
	case "hour":
		return c.resetDate(n, name, units{y, m, d, h}, units{y, yd, h}, units{g, w, wd, h})
	}
	for i := range c.Parts {
		if f := c.Parts[i].Field; f != nil && f.Name == name {
			c.Scope = append(c.Scope, ScopeItem{Source: &Source{Name: name, Place: i, Field: f}})
			return nil
		}
	}
	if slices.Contains(c.Given, name) {
		c.Scope = append(c.Scope, ScopeItem{Given: name})
		return nil
	}
	for i := range c.Indexes {
		if r := c.Indexes[i].Ranges; r != nil && r.Field == name {
			return nil // each of its values has a counter of its own anyway
		}
	}
	for _, period := range []string{"never", "year", "month", "week", "day", "hour"} {
		if editdistance.Between(strings.TrimSuffix(name, "ly"), period) <= 1 {
			return c.at(n, "nothing is named %s", quote.Text(name)).hint("did you mean %s?", period)
		}
	}
	return c.at(n, "the serial doesn't contain %s, so that two units would share a serial",
		quote.Text(name)).
		hint("add a part for it, or {given:%s} if whoever reads a serial knows it", name)
}

// resetDate takes the first list of units that the serial has in full.
func (c *compiler) resetDate(n *node, name string, lists ...[]calendar.Unit) error {
	for _, list := range lists {
		var items []ScopeItem
		for _, u := range list {
			if t := c.Calendar.Best(u); t != nil {
				items = append(items, ScopeItem{Token: t})
			}
		}
		if len(items) == len(list) {
			c.Scope = append(c.Scope, items...)
			return nil
		}
	}
	return c.at(n, "the serial doesn't contain the whole %s, so that two units would share a "+
		"serial", name).
		hint("add date parts such as {YYMMDD}, {YYDDD} or {GGWW}")
}
