package pattern

import (
	"strings"

	"github.com/gonameplate/nameplate/internal/editdistance"
	"github.com/gonameplate/nameplate/serial/internal/calendar"
	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// Bounds of a field that has no width.
const (
	maxField = 20
	maxKeyID = 1
)

func (c *compiler) field(n *node) error {
	if err := c.misspelled(n); err != nil {
		return err
	}
	f := &Field{Name: n.name, Builtin: BuiltinOf(n.name), Min: 1, Max: maxField,
		Chars: number.NewAlphabet(number.Named["alnum"])}
	if n.name == KeyName {
		f.Max = maxKeyID
		c.KeyPart = true
	}
	var err error
	switch {
	case strings.Contains(n.arg, "="):
		err = c.table(n, f)
	case n.arg != "":
		f.Min, f.Max, err = c.width(n)
	}
	if err != nil {
		return err
	}
	p := Part{Kind: FieldPart, node: n, Name: n.name, Field: f}
	for _, o := range n.opts {
		if err := c.fieldOption(n, o, &p); err != nil {
			return err
		}
	}
	if f.Pad != 0 && !f.Chars.Has(f.Pad) {
		return c.at(n, "pad=%c is not in the alphabet %s", f.Pad, f.Chars.Chars)
	}
	p.Min, p.Max, p.Chars = f.Min, f.Max, f.Chars
	if f.Pad != 0 {
		f.Min, p.Min = f.Max, p.Max
	}
	return c.add(p)
}

// misspelled rejects a name that is nearly that of another part: no field of the user's own may
// have it.
func (c *compiler) misspelled(n *node) error {
	for _, known := range []string{"index", "check", "reset", "given", "zone", "daystart", "odds",
		"product", "plant", "shift"} {
		if n.name != known && editdistance.Between(n.name, known) <= 1 {
			return c.at(n, "no such part").hint("did you mean %s?", known)
		}
	}
	if date := calendar.Near(n.name); date != "" {
		return c.at(n, "no such part").hint("did you mean {%s}? a field of your own needs "+
			"another name", date)
	}
	if 'A' <= n.name[0] && n.name[0] <= 'Z' {
		return c.at(n, "not a date, want tokens such as YYYY YY Y MM M DD D DDD GGGG GG G WW E "+
			"hh h mm").
			hint("field names begin with a small letter")
	}
	return nil
}

func (c *compiler) fieldOption(n *node, o option, p *Part) error {
	f := p.Field
	a, ok, err := c.alphabet(n, o, f.Chars)
	if err != nil {
		return err
	}
	switch {
	case ok && f.table != nil:
		return c.atOption(n, o, "a table has its own characters")
	case ok:
		f.Chars = a
	case o.name == "pad" && len(o.value) == 1:
		f.Pad = o.value[0]
	case o.name == "as":
		p.Name = o.value
	default:
		return c.unknownOption(n, o, "of", "without", "pad", "as")
	}
	return nil
}

// table reads Berlin=B,Austin=A.
func (c *compiler) table(n *node, f *Field) error {
	f.table, f.back = map[string]string{}, map[string]string{}
	var chars strings.Builder
	f.Min, f.Max = MaxSerial, 0
	for _, entry := range strings.Split(n.arg, ",") {
		value, text, _ := strings.Cut(entry, "=")
		if value == "" || text == "" {
			return c.atArg(n, "entry %s, want value=text", quote.Text(entry))
		}
		if _, twice := f.table[value]; twice {
			return c.atArg(n, "the table has the value %s twice", quote.Text(value))
		}
		if _, twice := f.back[text]; twice {
			return c.atArg(n, "the table has the text %s twice, so that it would not lead back",
				quote.Text(text))
		}
		f.table[value], f.back[text] = text, value
		f.Min, f.Max = min(f.Min, len(text)), max(f.Max, len(text))
		chars.WriteString(text)
	}
	f.Chars = number.NewAlphabet(number.Unique(chars.String()))
	return nil
}
