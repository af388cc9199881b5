package serial

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/internal/editdistance"
	"github.com/gonameplate/nameplate/serial/checkdigit"
)

func (c *compiler) check(n *node) error {
	name, over, of := n.arg, "before", ""
	if name == "" {
		name = checkdigit.Mod37_36.String()
	}
	p := part{kind: checkPart, node: n, name: n.name, check: &check{}}
	for _, o := range n.opts {
		switch o.name {
		case "over":
			over = o.value
		case "of":
			of = o.value
		case "skip":
			p.check.skip = true
		case "as":
			p.name = o.value
		default:
			return c.atOption(n, o, "no such option %s: want over=, of=, skip or as=", clip(o.name))
		}
	}
	var err error
	switch {
	case of != "" && name == "luhn":
		p.check.system, err = checkdigit.NewLuhn(of)
	case of != "" && name == "hybrid":
		p.check.system, err = checkdigit.NewHybrid(of)
	case of != "":
		err = fmt.Errorf("of= goes with luhn or hybrid")
	default:
		if p.check.system, err = checkdigit.ParseSystem(name); err != nil {
			return c.noSystem(n)
		}
	}
	if err != nil {
		return c.at(n, "%v", err)
	}
	p.min, p.max = p.check.system.CheckLen(), p.check.system.CheckLen()
	p.chars = newAlphabet(p.check.system.CheckAlphabet())
	p.check.names = over
	c.scheme.checks = append(c.scheme.checks, len(c.scheme.parts))
	return c.part(p)
}

// noSystem names the systems that an unknown one may be, or else all.
func (c *compiler) noSystem(n *node) error {
	all := checkdigit.Systems()
	var near []checkdigit.System
	if name := strings.ToLower(n.arg); len(name) < 30 {
		for _, s := range all {
			if strings.Contains(s.String(), name) || editdistance.Between(s.String(), name) <= 1 {
				near = append(near, s)
			}
		}
	}
	if len(near) == 0 {
		near = all
	}
	return c.fail(n.argPos, len(n.arg), n.name, "no such check-character system: want one of %v", near)
}

// cover resolves what a check covers, and tries whether its system takes that.
func (c *compiler) cover(i int) error {
	s := c.scheme
	p := &s.parts[i]
	for _, name := range strings.Split(p.check.names, ",") {
		found := false
		for j := range s.parts {
			q := &s.parts[j]
			if j != i && (name == "before" && j < i || name == "all" && q.check == nil || q.name == name && q.literal == "") {
				if q.check != nil && j > i {
					return c.at(p.node, "it can't cover the check after it")
				}
				p.check.over, found = append(p.check.over, covered{part: j}), true
			}
		}
		if !found && slices.Contains(s.given, name) {
			p.check.over, found = append(p.check.over, covered{given: name}), true
		}
		if !found {
			return c.at(p.node, "over=%s: no such part: want before, all, or names of parts or {given} fields", name)
		}
	}
	p.check.run = true
	for k, o := range p.check.over {
		p.check.run = p.check.run && o.given == "" && o.part == p.check.over[0].part+k
	}
	inside := p.check.system == checkdigit.VIN || p.check.system == checkdigit.IBAN
	p.check.tail = p.check.run && p.check.over[len(p.check.over)-1].part == i-1 && !inside
	return c.tryCheck(p)
}

// tryCheck computes the check over the least and the greatest text of each length.
func (c *compiler) tryCheck(p *part) error {
	s := c.scheme
	for _, longest := range []bool{false, true} {
		for _, last := range []bool{false, true} {
			var b strings.Builder
			for _, o := range p.check.over {
				if o.given != "" {
					b.WriteString(p.check.system.Alphabet()[:1])
					continue
				}
				s.parts[o.part].sample(&b, longest, last)
			}
			full, err := p.check.system.Complete(b.String())
			if err != nil && !errors.Is(err, checkdigit.ErrNone) {
				return c.at(p.node, "%v: name the parts that it covers, as in over=index, or take another system", err)
			}
			if err == nil && len(full) == b.Len() {
				return c.at(p.node, "%s would pass over one of the %s that it covers", p.check.system, plural(b.Len(), "character"))
			}
		}
	}
	for _, o := range p.check.over {
		if o.given != "" {
			continue
		}
		for _, ch := range s.parts[o.part].chars.chars {
			if !strings.ContainsRune(p.check.system.Alphabet(), ch) {
				return c.at(p.node, "%s has no %q, which %s may have: name the parts that it covers, as in over=index, or take another system", p.check.system, ch, s.parts[o.part].name)
			}
		}
	}
	return nil
}

// sample writes a text that the part can have.
func (p *part) sample(b *strings.Builder, longest, last bool) {
	n := p.min
	if longest {
		n = p.max
	}
	if p.literal != "" {
		b.WriteString(p.literal)
		return
	}
	ch := p.chars.chars[0]
	if last {
		ch = p.chars.chars[len(p.chars.chars)-1]
	}
	b.WriteString(strings.Repeat(string(ch), n))
}
