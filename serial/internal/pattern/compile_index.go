package pattern

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/quote"
	"github.com/gonameplate/nameplate/serial/scramble"
)

// unbounded is the greatest number of an index whose pattern has no to=.
const unbounded = ^uint64(0)

// maxWords bounds a list of words, in characters.
const maxWords = 1000

// An indexCompiler compiles one {index}.
type indexCompiler struct {
	*compiler
	*node
	x     Index
	part  Part
	chars *number.Alphabet
	less  string // what without= takes away
	like  string
	to    uint64
	words []string
	group int
}

func (c *compiler) index(n *node) error {
	if len(c.Indexes) == MaxIndexes {
		return c.at(n, "more than %d index parts", MaxIndexes)
	}
	i := indexCompiler{compiler: c, node: n, x: Index{Step: 1}, to: unbounded}
	i.part = Part{node: n, Name: n.name, Kind: IndexPart, Index: len(c.Indexes)}
	i.chars = number.NewAlphabet(number.Digits)
	for _, o := range n.opts {
		if err := i.option(o); err != nil {
			return err
		}
	}
	if err := i.formats(); err != nil {
		return err
	}
	if len(i.words) > 0 && !number.LeaveOut(i.words, i.x.Formats) {
		return c.at(n, "stop= has too many words for so many places")
	}
	if err := i.bounds(); err != nil {
		return err
	}
	if i.x.Key != "" && !i.x.Scrambled {
		return c.at(n, "key= without scrambled")
	}
	if i.group > 0 {
		c.Marks = append(c.Marks, Mark{Before: len(c.Parts), Text: "-", Group: i.group})
	}
	i.part.Min, i.part.Max = i.x.width()
	i.part.Chars = i.x.chars()
	c.Indexes = append(c.Indexes, i.x)
	c.Scrambled = c.Scrambled || i.x.Scrambled
	return c.add(i.part)
}

func (i *indexCompiler) option(o option) error {
	a, ok, err := i.alphabet(i.node, o, i.chars)
	if err != nil {
		return err
	}
	if ok {
		if i.chars = a; o.name == "without" {
			i.less += o.value
		}
		return nil
	}
	switch o.name {
	case "scrambled":
		i.x.Scrambled = true
	case "key":
		if i.x.Key = o.value; i.x.Key == "" {
			return i.atOption(i.node, o, "want key= and a key's identifier")
		}
	case "from":
		i.x.From, err = i.number(i.node, o)
	case "to":
		i.to, err = i.number(i.node, o)
	case "step":
		if i.x.Step, err = i.number(i.node, o); err == nil && i.x.Step == 0 {
			return i.atOption(i.node, o, "want a step of 1 or more")
		}
	case "like":
		i.like = o.value
	case "range":
		return i.ranges(o)
	case "stop":
		if i.words = strings.Split(o.value, ","); slices.Contains(i.words, "") ||
			len(o.value) > maxWords {
			return i.atOption(i.node, o,
				"want stop= and words separated by commas, %d characters at most", maxWords)
		}
	case "group":
		if i.group, err = strconv.Atoi(o.value); err != nil || i.group < 1 {
			return i.atOption(i.node, o,
				"want group= and the number of characters between two marks")
		}
	case "as":
		i.part.Name = o.value
	default:
		return i.unknownOption(i.node, o, "of", "without", "like", "from", "to", "step", "range",
			"stop", "scrambled", "key", "group", "as")
	}
	return err
}

// ranges reads range=plant:Berlin=0-4999,Austin=5000-9999. All ranges have room for as many
// numbers as the smallest.
func (i *indexCompiler) ranges(o option) error {
	field, list, ok := strings.Cut(o.value, ":")
	if !ok || field == "" {
		return i.atOption(i.node, o,
			"want range= with a field and its values, as in "+
				"range=plant:Berlin=0-4999,Austin=5000-9999")
	}
	r := &Ranges{Field: field, Builtin: BuiltinOf(field)}
	i.x.Ranges = r
	i.x.Size = ^uint64(0)
	var ends []uint64
	for _, entry := range strings.Split(list, ",") {
		value, numbers, _ := strings.Cut(entry, "=")
		low, high, _ := strings.Cut(numbers, "-")
		from, err1 := strconv.ParseUint(low, 10, 64)
		to, err2 := strconv.ParseUint(high, 10, 64)
		if value == "" || err1 != nil || err2 != nil || from > to || to-from == ^uint64(0) {
			return i.atOption(i.node, o, "range %s, want value=from-to", quote.Text(entry))
		}
		for k, other := range r.List {
			if from <= ends[k] && other.From <= to || other.Value == value {
				return i.atOption(i.node, o, "range %s overlaps that of %s", quote.Text(entry),
					other.Value)
			}
		}
		ends = append(ends, to)
		r.List = append(r.List, Range{value, from})
		r.last = max(r.last, to)
		i.x.Size = min(i.x.Size, to-from+1)
	}
	return nil
}

// formats makes the formats in which the index writes numbers.
func (i *indexCompiler) formats() error {
	switch {
	case i.like == "" && i.arg == "":
		return i.at(i.node, "want a width, as in {index:6}")
	case i.like == "":
		return i.widths()
	case i.arg != "":
		return i.at(i.node, "want either a width or like=, not both")
	}
	if !strings.ContainsAny(i.chars.Chars, number.Letters) { // the letters of forms are A–Z
		more := number.NewAlphabet(number.Letters).Without(i.less).Chars
		i.chars = number.NewAlphabet(i.chars.Chars + more)
		if i.less != "" {
			i.Canonical += "without letters"
		}
	}
	for _, form := range strings.Split(i.like, "|") {
		f, err := i.form(form)
		if err != nil {
			return err
		}
		for k := range i.x.Formats {
			if !f.Disjoint(&i.x.Formats[k]) {
				return i.at(i.node, "two forms of like= share texts: %s", quote.Text(i.like))
			}
		}
		i.x.Formats = append(i.x.Formats, f)
	}
	return nil
}

// widths makes a format for each width; with several, only the shortest begins with a zero.
func (i *indexCompiler) widths() error {
	least, most, err := i.width(i.node)
	if err != nil {
		return err
	}
	nonzero := number.NewAlphabet(i.chars.Chars[1:])
	for w := least; w <= most; w++ {
		places := slices.Repeat([]*number.Alphabet{i.chars}, w)
		if w > least {
			places[0] = nonzero
		}
		i.x.Formats = append(i.x.Formats, number.NewFormat(places...))
	}
	return nil
}

// form makes the format of a form such as A999: a letter for every letter, a digit for every
// digit.
func (i *indexCompiler) form(form string) (f number.Format, err error) {
	var places []*number.Alphabet
	for k := range len(form) {
		var a *number.Alphabet
		switch ch := form[k]; {
		case '0' <= ch && ch <= '9':
			a = i.chars.Only(number.Digits)
		case 'A' <= ch && ch <= 'Z':
			a = i.chars.Only(number.Letters)
		default:
			return f, i.at(i.node,
				"want like= and forms of digits and capitals, as in like=A999|AA99")
		}
		if a.Chars == "" {
			return f, i.at(i.node, "the alphabet has no character for the %q of like=%s", form[k],
				form)
		}
		places = append(places, a)
	}
	if len(places) == 0 {
		return f, i.at(i.node, "like= has an empty form")
	}
	return number.NewFormat(places...), nil
}

// bounds counts the numbers of the index.
func (i *indexCompiler) bounds() error {
	x, most := &i.x, i.x.numbers()
	if most == 0 {
		return i.at(i.node, "stop= leaves nothing")
	}
	if x.Ranges != nil {
		if i.to != unbounded || x.From > 0 {
			return i.at(i.node, "want either range= or from= and to=, not both")
		}
		i.to = x.Ranges.last
	}
	if i.to == unbounded {
		i.to = most - 1
	}
	if i.to >= most || x.From > i.to {
		return i.at(i.node, "numbers from %d to %d don't fit, the part has room for 0 to %d",
			x.From, i.to, most-1)
	}
	if x.Ranges == nil {
		x.Size = i.to - x.From + 1 // not 2^64: most saturates
	}
	x.Size = (x.Size-1)/x.Step + 1
	return nil
}

// scrambleable checks that a scrambled index has enough numbers.
func (c *compiler) scrambleable(p *Part, x *Index) error {
	if !x.Scrambled || x.Size >= scramble.MinDomain {
		return nil
	}
	w, size := 1, uint64(len(p.Chars.Chars))
	for n := size; n < scramble.MinDomain; n *= size {
		w++
	}
	return c.at(p.node, "a scrambled index has %d numbers, want 1,000,000 or more (NIST SP "+
		"800-38G)", x.Size).
		hint("make it %s wide", quote.Count(max(w, len(x.Formats[0].Places)+1), "character"))
}
