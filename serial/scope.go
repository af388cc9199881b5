package serial

import (
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/internal/editdistance"
)

// A scopeItem is what the counter's scope is made of: a date token, a field that the serial spells, or one that is given or told by the range
// that the number is in.
type scopeItem struct {
	token *token
	told  source // with a part
	given string
}

// Scope returns what the counter counts within, as the serial spells it: "" if the index never starts again, "26-11-22" for one
// that starts again each day. A counter is kept for each (product, version, scope), for ever: a one-digit year comes again, and with it
// the counter of ten years ago. Its errors are those of Format.
func (s *Scheme) Scope(f Fields) (string, error) {
	st := state{fields: &f}
	if len(s.scope) == 0 {
		return "", nil
	}
	if err := s.givens(&st); err != nil {
		return "", err
	}
	if err := s.time(&st); err != nil {
		return "", err
	}
	out, err := s.appendScope(nil, &st)
	return string(out), err
}

// appendScope joins the items with hyphens; a hyphen or backslash within one is escaped.
func (s *Scheme) appendScope(dst []byte, st *state) ([]byte, error) {
	for i := range s.scope {
		if i > 0 {
			dst = append(dst, '-')
		}
		item := &s.scope[i]
		if item.token != nil {
			dst = item.token.append(dst, &st.moment)
			continue
		}
		start := len(dst)
		switch x := item.told.slot; {
		case item.told.part == nil:
			dst = append(dst, st.fields.value(item.given)...)
		case st.serial != "" && x != nil:
			dst = append(dst, x.sites.ranges[st.ranges[item.told.part.slot]].value...)
		case st.serial != "":
			dst = append(dst, st.text(item.told.place)...)
		case x != nil:
			dst = append(dst, st.fields.valueOf(x.sites.builtin, x.sites.field)...)
		default:
			var err error
			if dst, err = item.told.part.field.append(dst, st); err != nil {
				return dst, err
			}
		}
		dst = escapeHyphens(dst, start)
	}
	return dst, nil
}

func escapeHyphens(dst []byte, start int) []byte {
	for i := start; i < len(dst); i++ {
		if dst[i] == '-' || dst[i] == '\\' {
			dst = append(dst, 0)
			copy(dst[i+1:], dst[i:])
			dst[i] = '\\'
			i++
		}
	}
	return dst
}

// reset adds what the counter starts again with.
func (c *compiler) reset(n *node, name string) error {
	s := c.scheme
	switch name {
	case "never", "product":
		return nil // a counter is the product's own anyway
	case "year":
		return c.resetDate(n, name, []unit{year}, []unit{weekYear})
	case "month":
		return c.resetDate(n, name, []unit{year, month})
	case "week":
		return c.resetDate(n, name, []unit{weekYear, week})
	case "day":
		return c.resetDate(n, name, []unit{year, month, day}, []unit{year, yearDay}, []unit{weekYear, week, weekday})
	case "hour":
		return c.resetDate(n, name, []unit{year, month, day, hour}, []unit{year, yearDay, hour}, []unit{weekYear, week, weekday, hour})
	}
	for i := range s.parts {
		if f := s.parts[i].field; f != nil && f.name == name {
			s.scope = append(s.scope, scopeItem{told: source{name: name, part: &s.parts[i], place: i}})
			return nil
		}
	}
	if slices.Contains(s.given, name) {
		s.scope = append(s.scope, scopeItem{given: name})
		return nil
	}
	for i := range s.slots {
		if x := s.slots[i].sites; x != nil && x.field == name {
			return nil // its values count on their own anyway
		}
	}
	for _, period := range []string{"never", "year", "month", "week", "day", "hour"} {
		if editdistance.Between(strings.TrimSuffix(name, "ly"), period) <= 1 {
			return c.at(n, "nothing is named %s: did you mean %s?", clip(name), period)
		}
	}
	return c.at(n, "the serial doesn't spell %s, so that two units would share a serial: add a part for it, or {given:%s} if whoever reads a serial knows it", clip(name), name)
}

// resetDate takes the first list of units that the serial spells in full.
func (c *compiler) resetDate(n *node, name string, lists ...[]unit) error {
	for _, list := range lists {
		var items []scopeItem
		for _, u := range list {
			if t := c.spells(u); t != nil {
				items = append(items, scopeItem{token: t})
			}
		}
		if len(items) == len(list) {
			c.scheme.scope = append(c.scheme.scope, items...)
			return nil
		}
	}
	return c.at(n, "the serial doesn't spell the %s in full, so that two units would share a serial: add date parts such as {YYMMDD}, {YYDDD} or {GGWW}", name)
}

// spells returns the token that tells most of a unit.
func (c *compiler) spells(u unit) (best *token) {
	s := c.scheme
	for i := range s.parts {
		for j := range s.parts[i].date {
			t := &s.parts[i].date[j]
			if t.unit == u && (best == nil || u <= weekYear && (t.exact() || !best.exact() && t.cycle() > best.cycle())) {
				best = t
			}
		}
	}
	return best
}
