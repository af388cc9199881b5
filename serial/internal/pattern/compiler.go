package pattern

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/internal/editdistance"
	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// A compiler makes parts and settings of nodes.
type compiler struct {
	*reader
	*Pattern
	resets []*node
	odds   *node
	oneIn  uint64
}

func (c *compiler) at(n *node, format string, args ...any) *Error {
	return c.fail(n.pos, n.end-n.pos, n.name, format, args...)
}

func (c *compiler) atArg(n *node, format string, args ...any) *Error {
	return c.fail(n.argPos, max(len(n.arg), 1), n.name, format, args...)
}

func (c *compiler) atOption(n *node, o option, format string, args ...any) *Error {
	return c.fail(o.pos, max(len(o.name), 1), n.name, format, args...)
}

// add adds a part.
func (c *compiler) add(p Part) error {
	if len(c.Parts) == MaxParts {
		return c.at(p.node, "more than %d parts", MaxParts)
	}
	if p.Literal != "" {
		c.Canonical += strconv.Quote(p.Literal)
		p.Chars = number.NewAlphabet(p.Literal)
	}
	if c.Longest += p.Max; c.Longest > MaxSerial {
		return c.at(p.node, "the serial becomes longer than %d characters", MaxSerial)
	}
	c.Parts = append(c.Parts, p)
	return nil
}

// width reads the argument "6" or "1-6".
func (c *compiler) width(n *node) (least, most int, err error) {
	from, to, span := strings.Cut(n.arg, "-")
	if !span {
		to = from
	}
	least, err1 := strconv.Atoi(from)
	most, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || least < 1 || most < least || most > MaxSerial {
		return 0, 0, c.atArg(n,
			"want a width such as 6, or 1-6 for a number without leading zeros, at most %d",
			MaxSerial)
	}
	return least, most, nil
}

// alphabet reads an option that replaces an alphabet; ok is false if it is another option.
func (c *compiler) alphabet(n *node, o option, a *number.Alphabet) (_ *number.Alphabet, ok bool,
	err error) {
	if chars, found := number.Named[o.name]; found && o.value == "" {
		return number.NewAlphabet(chars), true, nil
	}
	chars := o.value
	switch o.name {
	case "of":
	case "without":
		chars = a.Without(o.value).Chars
	default:
		return a, false, nil
	}
	if err := c.usable(n, o, chars); err != nil {
		return nil, true, err
	}
	return number.NewAlphabet(chars), true, nil
}

// usable checks the characters of an alphabet. Two serials that differ in case only would be
// taken for one another.
func (c *compiler) usable(n *node, o option, chars string) error {
	for i := range len(chars) {
		ch := chars[i]
		if strings.IndexByte(chars[:i], ch) >= 0 {
			return c.atOption(n, o, "alphabet %s has %q twice", quote.Text(chars), ch)
		}
		if small := ch + 'a' - 'A'; ch >= 'A' && ch <= 'Z' && strings.IndexByte(chars, small) >= 0 {
			return c.atOption(n, o,
				"alphabet %s has both %q and %q: no two serials may differ in case only",
				quote.Text(chars), ch, small)
		}
	}
	if len(chars) < 2 {
		return c.atOption(n, o, "alphabet %s, want at least 2 characters", quote.Text(chars))
	}
	return nil
}

func (c *compiler) number(n *node, o option) (uint64, error) {
	v, err := strconv.ParseUint(o.value, 10, 64)
	if err != nil {
		return 0, c.atOption(n, o, "want %s= and a number from 0 to 2^64-1", o.name)
	}
	return v, nil
}

// synonyms are words that people try, by the options that do what they expect.
var synonyms = map[string]string{
	"skip": "stop", "avoid": "stop", "stride": "step", "start": "from", "end": "to",
	"random":    "scrambled",
	"encrypted": "scrambled", "base": "of", "alphabet": "of", "chars": "of",
}

// unknownOption suggests the option that an unknown one may be, or else lists all and the
// alphabets.
func (c *compiler) unknownOption(n *node, o option, names ...string) *Error {
	e := c.atOption(n, o, "no such option %s", quote.Text(o.name))
	if name := synonyms[o.name]; slices.Contains(names, name) {
		return e.hint("did you mean %s?", name)
	}
	alphabets := slices.Sorted(maps.Keys(number.Named))
	if len(o.name) < 30 {
		for _, name := range append(alphabets, names...) {
			if editdistance.Between(o.name, name) <= 1+len(name)/6 {
				return e.hint("did you mean %s?", name)
			}
		}
	}
	e.Detail += ", want an alphabet (" + strings.Join(alphabets, " ") + ") or one of " +
		strings.Join(names, " ")
	return e
}
