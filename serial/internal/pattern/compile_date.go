package pattern

import (
	"github.com/gonameplate/nameplate/serial/internal/calendar"
	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

func (c *compiler) date(n *node, tokens []calendar.Token) error {
	p := Part{Kind: DatePart, node: n, Name: n.name, Date: tokens}
	since, err := c.dateOptions(n, &p)
	if err != nil {
		return err
	}
	if err := c.codes(n, tokens, since); err != nil {
		return err
	}
	set := ""
	for i := range tokens {
		t := &tokens[i]
		p.Min += t.Width
		set += t.Code
		if t.Code == "" {
			set += number.Digits
		}
		if !c.Calendar.Add(t) {
			return c.at(n, "more than %d date parts repeat what others have", calendar.MaxAgain)
		}
	}
	p.Max, p.Chars = p.Min, number.NewAlphabet(number.Unique(set))
	return c.add(p)
}

// dateOptions returns the year of since=, 0 if there is none.
func (c *compiler) dateOptions(n *node, p *Part) (since int, err error) {
	for _, o := range n.opts {
		switch o.name {
		case "as":
			p.Name = o.value
		case "since":
			v, err := c.number(n, o)
			if err != nil || v < calendar.FirstYear || v > calendar.LastYear {
				return 0, c.atOption(n, o, "want since= and the year of the code's first character")
			}
			since = int(v)
		default:
			return 0, c.atOption(n, o, "no such option %s, want since= or as=", quote.Text(o.name))
		}
	}
	return since, nil
}

// codes checks that tokens of one character have a code if they need one, and reads it.
func (c *compiler) codes(n *node, tokens []calendar.Token, since int) error {
	for i := range tokens {
		t := &tokens[i]
		if t.Width == 1 && t.Last > 9 && (n.arg == "" || len(tokens) > 1) {
			return c.at(n, "one character for %d values, want a code in a part of its own, as in "+
				"{M:123456789ABC}", t.Last-t.First+1)
		}
	}
	t := &tokens[0]
	switch {
	case n.arg == "" && since != 0:
		return c.at(n, "since= without a code, want one as in {Y:ABCDEFGHJK since=2020}")
	case n.arg == "":
		return nil
	case len(tokens) > 1 || t.Width > 1 || t.Unit == calendar.Weekday:
		return c.at(n, "a code goes with one of Y G M D h")
	}
	return c.code(n, t, since)
}

// code reads the characters for years, months, days or hours.
func (c *compiler) code(n *node, t *calendar.Token, since int) error {
	isYear := t.Unit == calendar.Year || t.Unit == calendar.WeekYear
	t.Code = n.arg
	if isYear && t.Code == "vin" {
		t.Code, since = calendar.VINYears, calendar.VINSince
	}
	if len(number.Unique(t.Code)) < len(t.Code) {
		return c.atArg(n, "the code has a character twice")
	}
	if isYear {
		if since == 0 || len(t.Code) < 2 {
			return c.at(n, "a year code needs the year of its first character, as in "+
				"{Y:ABCDEFGHJK since=2020}, or is {Y:vin}")
		}
		t.Since, t.First, t.Last = since, 0, len(t.Code)-1
		return nil
	}
	if want := t.Last - t.First + 1; len(t.Code) != want {
		return c.atArg(n, "the code has %s, want %d", quote.Count(len(t.Code), "character"), want)
	}
	return nil
}

// weeks rejects the ISO week beside the calendar year: at New Year the two name different weeks
// alike.
func (c *compiler) weeks() error {
	has := func(u calendar.Unit) bool { return c.Calendar.Best(u) != nil }
	wholeDay := has(calendar.YearDay) || has(calendar.Month) && has(calendar.Day)
	if !has(calendar.Week) || !has(calendar.Year) || has(calendar.WeekYear) || wholeDay {
		return nil
	}
	for i := range c.Parts {
		for _, t := range c.Parts[i].Date {
			if t.Unit == calendar.Week {
				return c.at(c.Parts[i].node,
					"WW is the ISO week, whose year is GG and not YY: 1 January 2027 is in week "+
						"53 of 2026").
					hint("write GG or GGGG for the year")
			}
		}
	}
	return nil
}
