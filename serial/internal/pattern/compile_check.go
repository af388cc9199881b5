package pattern

import (
	"errors"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/internal/editdistance"
	"github.com/gonameplate/nameplate/serial/checkdigit"
	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

func (c *compiler) check(n *node) error {
	name, of := n.arg, ""
	if name == "" {
		name = checkdigit.Mod37_36.String()
	}
	k := &Check{names: "before"}
	p := Part{Kind: CheckPart, node: n, Name: n.name, Check: k}
	for _, o := range n.opts {
		switch o.name {
		case "over":
			k.names = o.value
		case "of":
			of = o.value
		case "skip":
			k.skip = true
		case "as":
			p.Name = o.value
		default:
			return c.atOption(n, o, "no such option %s, want over=, of=, skip or as=",
				quote.Text(o.name))
		}
	}
	var err error
	switch {
	case of == "":
		if k.System, err = checkdigit.ParseSystem(name); err != nil {
			return c.noSystem(n)
		}
	case name == "luhn":
		k.System, err = checkdigit.NewLuhn(of)
	case name == "hybrid":
		k.System, err = checkdigit.NewHybrid(of)
	default:
		return c.at(n, "of= goes with luhn or hybrid")
	}
	if err != nil {
		return c.at(n, "%v", err)
	}
	p.Min, p.Max = k.System.CheckLen(), k.System.CheckLen()
	p.Chars = number.NewAlphabet(k.System.CheckAlphabet())
	c.Checks = append(c.Checks, len(c.Parts))
	return c.add(p)
}

// noSystem lists the systems that an unknown one may be, or else all.
func (c *compiler) noSystem(n *node) *Error {
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
	return c.atArg(n, "no such check-character system, want one of %v", near)
}

// cover resolves what the check at a place covers, and tries whether its system takes that.
func (c *compiler) cover(place int) error {
	p := &c.Parts[place]
	k := p.Check
	for _, name := range strings.Split(k.names, ",") {
		before := len(k.Over)
		for j := range c.Parts {
			q := &c.Parts[j]
			if j == place || !q.isCalled(name, j < place) {
				continue
			}
			if q.Check != nil && j > place {
				return c.at(p.node, "it can't cover the check after it")
			}
			k.Over = append(k.Over, Covered{Part: j})
		}
		if len(k.Over) == before && slices.Contains(c.Given, name) {
			k.Over = append(k.Over, Covered{Given: name})
		}
		if len(k.Over) == before {
			return c.at(p.node,
				"over=%s: no such part, want before, all, or names of parts or {given} fields",
				name)
		}
	}
	k.Run = true
	for i, o := range k.Over {
		k.Run = k.Run && o.Given == "" && o.Part == k.Over[0].Part+i
	}
	inside := k.System == checkdigit.VIN || k.System == checkdigit.IBAN
	k.Tail = k.Run && k.Over[len(k.Over)-1].Part == place-1 && !inside
	if err := c.tryCheck(p); err != nil {
		return err
	}
	return c.tryCharacters(p)
}

// isCalled reports whether over=name covers the part, which is before the check or behind it.
func (p *Part) isCalled(name string, before bool) bool {
	return name == "before" && before || name == "all" && p.Check == nil || p.Name == name &&
		p.Literal == ""
}

// otherSystem is the hint for a check that can't be computed.
const otherSystem = "name the parts that it covers, as in over=index, or take another system"

// tryCheck computes the check over the least and the greatest text of each length.
func (c *compiler) tryCheck(p *Part) error {
	k := p.Check
	for _, longest := range []bool{false, true} {
		for _, last := range []bool{false, true} {
			var b strings.Builder
			for _, o := range k.Over {
				if o.Given != "" {
					b.WriteString(k.System.Alphabet()[:1])
					continue
				}
				c.Parts[o.Part].sample(&b, longest, last)
			}
			full, err := k.System.Complete(b.String())
			if err != nil && !errors.Is(err, checkdigit.ErrNone) {
				return c.at(p.node, "%v", err).hint(otherSystem)
			}
			if err == nil && len(full) == b.Len() {
				return c.at(p.node, "%s would pass over one of the %s that it covers", k.System,
					quote.Count(b.Len(), "character"))
			}
		}
	}
	return nil
}

// tryCharacters checks that the system has every character that it covers.
func (c *compiler) tryCharacters(p *Part) error {
	for _, o := range p.Check.Over {
		if o.Given != "" {
			continue
		}
		q := &c.Parts[o.Part]
		for _, ch := range q.Chars.Chars {
			if !strings.ContainsRune(p.Check.System.Alphabet(), ch) {
				return c.at(p.node, "%s has no %q, which %s may have", p.Check.System, ch,
					q.Name).hint(otherSystem)
			}
		}
	}
	return nil
}

// skip ties a check that leaves numbers out to the index that it covers.
func (c *compiler) skip(p *Part) error {
	k := p.Check
	system, _ := k.System.(checkdigit.System)
	possible, needed := number.Skips(system)
	if k.skip && !possible {
		return c.at(p.node, "skip goes with iso6346, mod11-2, isbn10, issn, pzn or eic, some of "+
			"whose numbers have no digit or letter for a check")
	}
	indexes := 0
	for _, o := range k.Over {
		if o.Given == "" && c.Parts[o.Part].Kind == IndexPart {
			indexes++
		}
	}
	if !k.skip && (!needed || indexes == 0) {
		return nil
	}
	last := k.Over[len(k.Over)-1]
	if indexes != 1 || last.Given != "" || c.Parts[last.Part].Kind != IndexPart {
		return c.at(p.node, "to leave out numbers that have no check of %s it must cover one "+
			"index, as the last part", system)
	}
	for _, o := range k.Over {
		if o.Given != "" || c.Parts[o.Part].Min < c.Parts[o.Part].Max || o.Part > last.Part {
			return c.at(p.node,
				"to leave out numbers that have no check of %s it must cover parts of one width, "+
					"all of them before the index", system)
		}
	}
	q := &c.Parts[last.Part]
	x := &c.Indexes[q.Index]
	if !x.skippable() {
		return c.at(q.node, "beside a check that leaves numbers out an index has one width, 1 to "+
			"%d, and no from= to= step= range= stop= like=", number.MaxSkip)
	}
	c.addSkip(system, k.Over[:len(k.Over)-1], x)
	return nil
}

// skippable reports whether the index has one plain format, from its first number to its last.
func (x *Index) skippable() bool {
	if len(x.Formats) != 1 || x.Skip != nil || x.Ranges != nil || x.From != 0 || x.Step != 1 {
		return false
	}
	f := &x.Formats[0]
	return !f.Filtered() && x.Size == f.Count && len(f.Places) <= number.MaxSkip
}

func (c *compiler) addSkip(system checkdigit.System, before []Covered, x *Index) {
	var alphabets []*number.Alphabet
	for _, o := range before {
		p := &c.Parts[o.Part]
		x.Before = append(x.Before, o.Part)
		for j := range p.Max {
			if p.Literal != "" {
				alphabets = append(alphabets, number.NewAlphabet(p.Literal[j:j+1]))
			} else {
				alphabets = append(alphabets, p.Chars)
			}
		}
	}
	x.Skip = number.NewSkip(system, alphabets, &x.Formats[0])
	x.Size = x.Skip.Least()
}
