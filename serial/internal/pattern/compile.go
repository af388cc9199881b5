package pattern

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/serial/internal/calendar"
	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// Compile compiles a pattern. Its error is of type [*Error].
func Compile(text string) (*Pattern, error) {
	r := &reader{text: text}
	nodes, err := r.read()
	if err != nil {
		return nil, err
	}
	c := &compiler{reader: r, Pattern: &Pattern{Text: text}}
	for i := range nodes {
		if err := c.node(&nodes[i]); err != nil {
			return nil, err
		}
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	return c.Pattern, nil
}

func (c *compiler) node(n *node) error {
	if n.mark != "" {
		c.Marks = append(c.Marks, Mark{Before: len(c.Parts), Text: n.mark})
		return nil
	}
	if n.name == "" {
		length := len(n.literal)
		return c.add(Part{node: n, Name: quote.Text(n.literal), Min: length, Max: length,
			Literal: n.literal})
	}
	c.Canonical += canonical(n)
	switch {
	case n.name == "index":
		return c.index(n)
	case n.name == "check":
		return c.check(n)
	case slices.Contains(settings, n.name):
		return c.setting(n)
	}
	if tokens, ok := calendar.Cut(n.name); ok {
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

// finish checks and computes what concerns the whole pattern. Each step relies on those before
// it.
func (c *compiler) finish() error {
	if len(c.Indexes) == 0 {
		return c.fail(0, 0, "", "no {index}, so that all units of a day would have the same serial")
	}
	for _, step := range []func() error{c.extents, c.weeks, c.covers, c.skips, c.limit, c.scopes,
		c.repeats, c.secrets} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// extents checks that the end of every part can be found.
func (c *compiler) extents() error {
	c.Rest = make([]int, len(c.Parts)+1)
	for i := len(c.Parts) - 1; i >= 0; i-- {
		p := &c.Parts[i]
		if p.Min == p.Max && c.Rest[i+1] >= 0 {
			c.Rest[i] = c.Rest[i+1] + p.Max
			continue
		}
		c.Rest[i] = -1
		if p.Min == p.Max || c.Rest[i+1] >= 0 {
			continue
		}
		if next := &c.Parts[i+1]; next.Literal == "" || p.Chars.Has(next.Literal[0]) {
			return c.at(p.node, "its length varies, and so does that of a later part").
				hint("give it one width, or let a character follow that it can't have, such as -")
		}
	}
	return nil
}

func (c *compiler) covers() error {
	for _, i := range c.Checks {
		if err := c.cover(i); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) skips() error {
	for _, i := range c.Checks {
		if err := c.skip(&c.Parts[i]); err != nil {
			return err
		}
	}
	return nil
}

// limit counts the indices that are issued.
func (c *compiler) limit() error {
	c.Limit = 1
	for i := range c.Parts {
		p := &c.Parts[i]
		if p.Kind != IndexPart {
			continue
		}
		x := &c.Indexes[p.Index]
		if err := c.scrambleable(p, x); err != nil {
			return err
		}
		c.Limit = number.MulSaturating(c.Limit, x.Size)
	}
	return nil
}

// scopes lists what the counter starts again with.
func (c *compiler) scopes() error {
	for _, n := range c.resets {
		for _, name := range strings.Split(n.arg, ",") {
			if err := c.reset(n, name); err != nil {
				return err
			}
		}
	}
	for i := range c.Parts { // ranges count on their own
		if by := c.source(i); by != nil && by.Field == nil {
			c.Scope = append(c.Scope, ScopeItem{Source: by})
		}
	}
	return nil
}

// source returns the field that a part has, nil if it has none.
func (c *compiler) source(place int) *Source {
	switch p := &c.Parts[place]; {
	case p.Kind == FieldPart:
		return &Source{Name: p.Field.Name, Place: place, Field: p.Field}
	case p.Kind == IndexPart && c.Indexes[p.Index].Ranges != nil:
		return &Source{Name: c.Indexes[p.Index].Ranges.Field, Place: place, Index: p.Index}
	}
	return nil
}

// repeats lists the fields that the serial contains more than once.
func (c *compiler) repeats() error {
	first := map[string]*Source{}
	for i := range c.Parts {
		by := c.source(i)
		if by == nil {
			continue
		}
		c.Custom = c.Custom || BuiltinOf(by.Name) == Custom
		before := first[by.Name]
		if before == nil {
			first[by.Name] = by
			continue
		}
		if !samePadding(before.Field, by.Field) {
			return c.at(c.Parts[i].node, "%s is there twice, once with pad=", by.Name).
				hint("give both parts the same width and pad=")
		}
		c.Repeats = append(c.Repeats, [2]Source{*before, *by})
	}
	return nil
}

// samePadding reports whether two parts of a field write it alike. The zeros of "03" would become
// part of the value.
func samePadding(a, b *Field) bool {
	padded := a != nil && a.Pad != 0 || b != nil && b.Pad != 0
	return !padded || a != nil && b != nil && a.Pad == b.Pad && a.Max == b.Max
}

// secrets checks keys and odds.
func (c *compiler) secrets() error {
	name := ""
	for i := range c.Parts {
		p := &c.Parts[i]
		if p.Kind != IndexPart || c.Indexes[p.Index].Key == "" {
			continue
		}
		key := c.Indexes[p.Index].Key
		if c.KeyPart || name != "" && name != key {
			return c.at(p.node, "the key is named twice, want one key= or a {key} part")
		}
		name = key
	}
	if c.odds == nil {
		return nil
	}
	if !c.Scrambled {
		return c.at(c.odds, "a scheme without a scrambled index can be guessed with certainty").
			hint("add scrambled to the {index}")
	}
	// issued / domain < 1 / oneIn
	if c.Limit = min(c.Limit, (c.Secret()-1)/c.oneIn); c.Limit == 0 {
		return c.at(c.odds, "not one serial can be issued at these "+
			"odds").hint("make the scrambled index longer")
	}
	return nil
}
