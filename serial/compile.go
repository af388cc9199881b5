package serial

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial/scramble"
)

// Compile reads a pattern, whose language pattern.md describes. Its error is of type [*Error] with [ErrPattern] and points at the place
// in the pattern.
func Compile(pattern string) (*Scheme, error) {
	r := &reader{text: pattern}
	nodes, err := r.read()
	if err != nil {
		return nil, err
	}
	c := &compiler{reader: r, scheme: &Scheme{pattern: pattern}}
	for i := range nodes {
		if err := c.node(&nodes[i]); err != nil {
			return nil, err
		}
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	c.scheme.setVersion()
	return c.scheme, nil
}

// A compiler makes parts and settings of nodes.
type compiler struct {
	*reader
	scheme *Scheme
	resets []*node
	odds   *node
	oneIn  uint64
}

func (c *compiler) at(n *node, format string, args ...any) error {
	return c.fail(n.pos, n.end-n.pos, n.name, format, args...)
}

func (c *compiler) atOption(n *node, o option, format string, args ...any) error {
	return c.fail(o.pos, max(len(o.name), 1), n.name, format, args...)
}

func (c *compiler) node(n *node) error {
	s := c.scheme
	if n.eye != "" {
		s.eyes = append(s.eyes, eye{before: len(s.parts), text: n.eye})
		return nil
	}
	if n.name == "" {
		return c.part(part{node: n, name: clip(n.literal), min: len(n.literal), max: len(n.literal), literal: n.literal})
	}
	s.canonical += canonical(n)
	switch n.name {
	case "index":
		return c.index(n)
	case "check":
		return c.check(n)
	case "reset", "given", "zone", "daystart", "odds":
		return c.setting(n)
	}
	if tokens, ok := cutTokens(n.name); ok {
		return c.date(n, tokens)
	}
	return c.field(n)
}

// canonical writes a node without what changes no serial.
func canonical(n *node) string {
	if n.name == "odds" {
		return ""
	}
	s := "{" + strconv.Quote(n.name) + ":" + strconv.Quote(n.arg)
	for _, o := range n.opts {
		if o.name != "group" {
			s += " " + strconv.Quote(o.name) + "=" + strconv.Quote(o.value)
		}
	}
	return s + "}"
}

func (c *compiler) part(p part) error {
	s := c.scheme
	if len(s.parts) == maxParts {
		return c.at(p.node, "more than %d parts", maxParts)
	}
	if p.literal != "" {
		s.canonical += strconv.Quote(p.literal)
		p.chars = newAlphabet(p.literal)
	}
	if s.longest += p.max; s.longest > maxSerial {
		return c.at(p.node, "the serial becomes longer than %d characters", maxSerial)
	}
	s.parts = append(s.parts, p)
	return nil
}

// width reads "6" or "1-6".
func (c *compiler) width(n *node, arg string) (least, most int, err error) {
	from, to, span := strings.Cut(arg, "-")
	if !span {
		to = from
	}
	least, err1 := strconv.Atoi(from)
	most, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || least < 1 || most < least || most > maxSerial {
		return 0, 0, c.fail(n.argPos, max(len(arg), 1), n.name, "want a width such as 6, or 1-6 for a number without leading zeros; at most %d", maxSerial)
	}
	return least, most, nil
}

// characters reads an option that tells an alphabet; ok is false if it is another option.
func (c *compiler) characters(n *node, o option, a *alphabet) (_ *alphabet, ok bool, err error) {
	if chars, found := named[o.name]; found && o.value == "" {
		return newAlphabet(chars), true, nil
	}
	switch o.name {
	case "of":
		a, err = customAlphabet(o.value)
	case "without":
		a, err = customAlphabet(a.without(o.value).chars)
	default:
		return a, false, nil
	}
	if err != nil {
		return nil, true, c.atOption(n, o, "%v", err)
	}
	return a, true, nil
}

func (c *compiler) number(n *node, o option) (uint64, error) {
	v, err := strconv.ParseUint(o.value, 10, 64)
	if err != nil {
		return 0, c.atOption(n, o, "want %s= and a number from 0 to 2^64-1", o.name)
	}
	return v, nil
}

func (c *compiler) setting(n *node) error {
	s := c.scheme
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
		s.given = append(s.given, strings.Split(n.arg, ",")...)
		for _, name := range s.given {
			if !isBuiltin(name) && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || name == "" {
				return c.at(n, "no field can be named %s", clip(name))
			}
		}
	case "zone":
		zone, err := loadZone(n.arg, time.LoadLocation)
		if err != nil {
			return c.at(n, "%v", err)
		}
		s.calendar.zone = newZone(zone)
	case "daystart":
		t, err := time.Parse("15:04", n.arg)
		if err != nil {
			return c.at(n, "want the time at which the production day begins, as in {daystart:06:00}")
		}
		s.calendar.start = t.Hour()*60 + t.Minute()
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

// finish sees to what concerns the whole pattern.
func (c *compiler) finish() error {
	s := c.scheme
	if len(s.slots) == 0 {
		return c.fail(0, 0, "", `it has no {index}: without one all units of a day have the same serial`)
	}
	if err := c.extents(); err != nil {
		return err
	}
	if err := c.weeks(); err != nil {
		return err
	}
	for _, i := range s.checks {
		if err := c.cover(i); err != nil {
			return err
		}
	}
	if err := c.skips(); err != nil {
		return err
	}
	s.issue = 1
	for i := range s.parts {
		if p := &s.parts[i]; p.kind == indexPart {
			x := &s.slots[p.slot]
			if x.scrambled && x.size < scramble.MinDomain {
				return c.at(p.node, "a scrambled index needs room for 1,000,000 numbers (NIST SP 800-38G) and has %d: make it %s", x.size, c.wideEnough(x))
			}
			s.issue = mulSaturating(s.issue, x.size)
		}
	}
	for _, n := range c.resets {
		for _, name := range strings.Split(n.arg, ",") {
			if err := c.reset(n, name); err != nil {
				return err
			}
		}
	}
	for i := range s.parts { // sites count on their own
		if p := &s.parts[i]; p.kind == indexPart && s.slots[p.slot].sites != nil {
			x := &s.slots[p.slot]
			s.scope = append(s.scope, scopeItem{told: source{name: x.sites.field, part: p, place: i, slot: x}})
		}
	}
	if err := c.repeats(); err != nil {
		return err
	}
	return c.secrets()
}

// repeats lists the fields that the serial tells more than once.
func (c *compiler) repeats() error {
	s := c.scheme
	first := map[string]source{}
	for i := range s.parts {
		p := &s.parts[i]
		by := source{part: p, place: i}
		switch {
		case p.kind == fieldPart:
			by.name = p.field.name
			s.custom = s.custom || p.field.builtin == 0
		case p.kind == indexPart && s.slots[p.slot].sites != nil:
			by.slot = &s.slots[p.slot]
			by.name = by.slot.sites.field
			s.custom = s.custom || by.slot.sites.builtin == 0
		default:
			continue
		}
		before, again := first[by.name]
		if !again {
			first[by.name] = by
			continue
		}
		for _, one := range []source{before, by} { // the zeros of "03" would become part of the value
			if f := one.part.field; f != nil && f.pad != 0 && (before.part.field == nil || p.field == nil || before.part.field.max != p.field.max || before.part.field.pad != p.field.pad) {
				return c.at(p.node, "%s is told twice, once with pad=: give both parts the same width and pad=", by.name)
			}
		}
		s.same = append(s.same, [2]source{before, by})
	}
	return nil
}

// weeks refuses the ISO week beside the calendar year: at New Year the two name different weeks alike.
func (c *compiler) weeks() error {
	if c.spells(week) == nil || c.spells(year) == nil || c.spells(weekYear) != nil || c.spells(yearDay) != nil || c.spells(month) != nil && c.spells(day) != nil {
		return nil
	}
	for i := range c.scheme.parts {
		if p := &c.scheme.parts[i]; slices.ContainsFunc(p.date, func(t token) bool { return t.unit == week }) {
			return c.at(p.node, "WW is the ISO week, whose year is GG and not YY: 1 January 2027 is in week 53 of 2026. Write GG or GGGG for the year")
		}
	}
	return nil
}

// extents sees to it that every part's end can be told.
func (c *compiler) extents() error {
	s := c.scheme
	s.rest = make([]int, len(s.parts)+1)
	for i := len(s.parts) - 1; i >= 0; i-- {
		p := &s.parts[i]
		if p.min == p.max && s.rest[i+1] >= 0 {
			s.rest[i] = s.rest[i+1] + p.max
			continue
		}
		s.rest[i] = -1
		if p.min == p.max || s.rest[i+1] >= 0 {
			continue
		}
		if next := &s.parts[i+1]; next.literal == "" || p.chars.has(next.literal[0]) {
			return c.at(p.node, "its length varies, and so does that of a later part: give it one width, or let a character follow that it can't have, such as -")
		}
	}
	return nil
}

// secrets sees to keys and odds.
func (c *compiler) secrets() error {
	s := c.scheme
	name := ""
	for i := range s.parts {
		if p := &s.parts[i]; p.kind == indexPart {
			x := &s.slots[p.slot]
			if x.key != "" && (s.keyPart || name != "" && name != x.key) {
				return c.at(p.node, "the key is named twice: a scheme has one key, or a {key} part that spells it")
			}
			if x.key != "" {
				name = x.key
			}
		}
	}
	if c.odds == nil {
		return nil
	}
	if !s.scrambled {
		return c.at(c.odds, "a scheme without a scrambled index can be guessed with certainty: add scrambled to the {index}")
	}
	// issued / domain < 1 / oneIn
	if s.issue = min(s.issue, (s.secret()-1)/c.oneIn); s.issue == 0 {
		return c.at(c.odds, "not one serial can be issued at these odds: make the scrambled index longer")
	}
	return nil
}

// setVersion hashes what leads from an index to a serial.
func (s *Scheme) setVersion() {
	h := sha256.New()
	fmt.Fprintf(h, "nameplate scheme 1\n%s\n", s.canonical)
	if !s.keyPart { // where the serial spells its key, a further one remaps nothing
		for _, k := range s.keys {
			fmt.Fprintf(h, "%q\n", k.id)
		}
	}
	s.version = hex.EncodeToString(h.Sum(nil)[:8])
}
