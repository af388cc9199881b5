package serial

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/internal/editdistance"
	"github.com/gonameplate/nameplate/serial/scramble"
)

func (c *compiler) index(n *node) error {
	s := c.scheme
	if len(s.slots) == maxSlots {
		return c.at(n, "more than %d index parts", maxSlots)
	}
	p := part{node: n, name: n.name, kind: indexPart, slot: len(s.slots)}
	x := slot{step: 1}
	chars, like, to, group := newAlphabet(digits), "", ^uint64(0), 0
	var words []string
	left := "" // what without= takes away
	for _, o := range n.opts {
		a, ok, err := c.characters(n, o, chars)
		if err != nil {
			return err
		}
		if ok {
			if chars = a; o.name == "without" {
				left += o.value
			}
			continue
		}
		switch o.name {
		case "scrambled":
			x.scrambled = true
		case "key":
			if x.key = o.value; x.key == "" {
				return c.atOption(n, o, "want key= and a key's identifier")
			}
		case "from":
			x.from, err = c.number(n, o)
		case "to":
			to, err = c.number(n, o)
		case "step":
			if x.step, err = c.number(n, o); err == nil && x.step == 0 {
				err = c.atOption(n, o, "want a step of 1 or more")
			}
		case "like":
			like = o.value
		case "range":
			err = c.sites(n, o, &x)
		case "stop":
			if words = strings.Split(o.value, ","); slices.Contains(words, "") || len(o.value) > maxWords {
				err = c.atOption(n, o, "want stop= and words separated by commas, %d characters at most", maxWords)
			}
		case "group":
			if group, err = strconv.Atoi(o.value); err != nil || group < 1 {
				err = c.atOption(n, o, "want group= and how many characters stand together")
			}
		case "as":
			p.name = o.value
		default:
			err = c.noOption(n, o, "of", "without", "like", "from", "to", "step", "range", "stop", "scrambled", "key", "group", "as")
		}
		if err != nil {
			return err
		}
	}
	if like != "" && !strings.ContainsAny(chars.chars, letters) { // the picture's letters are A–Z
		chars = newAlphabet(chars.chars + newAlphabet(letters).without(left).chars)
		if left != "" {
			s.canonical += "without letters"
		}
	}
	if err := c.images(n, &x, chars, like); err != nil {
		return err
	}
	if len(words) > 0 && !x.leaveOut(words) {
		return c.at(n, "stop= has too many words for so many places")
	}
	if err := c.bounds(n, &x, to); err != nil {
		return err
	}
	if x.key != "" && !x.scrambled {
		return c.at(n, "key= without scrambled")
	}
	p.min, p.max = x.width()
	p.chars = x.chars()
	if group > 0 {
		s.eyes = append(s.eyes, eye{before: len(s.parts), text: "-", group: group})
	}
	s.slots = append(s.slots, x)
	s.scrambled = s.scrambled || x.scrambled
	return c.part(p)
}

// bounds counts the numbers of a slot whose greatest is to, 2^64 − 1 if the pattern doesn't say.
func (c *compiler) bounds(n *node, x *slot, to uint64) error {
	most := x.numbers()
	if most == 0 {
		return c.at(n, "stop= leaves nothing")
	}
	if x.sites != nil {
		if to != ^uint64(0) || x.from > 0 {
			return c.at(n, "want either range= or from= and to=, not both")
		}
		to = x.last
	}
	if to == ^uint64(0) {
		to = most - 1
	}
	if to >= most || x.from > to {
		return c.at(n, "numbers from %d to %d don't fit: the part has room for 0 to %d", x.from, to, most-1)
	}
	if x.sites == nil {
		x.size = to - x.from + 1 // not 2^64: most saturates
	}
	x.size = (x.size-1)/x.step + 1
	return nil
}

// leaveOut takes texts with some words in them out of the images, unless there is too much to count.
func (x *slot) leaveOut(words []string) bool {
	a := newAutomaton(words)
	places := 0
	for _, im := range x.images {
		places += len(im.at) + 1
	}
	if places*len(a.next) > maxCounts {
		return false
	}
	for i := range x.images {
		im := &x.images[i]
		im.words = newLanguage(a, im)
		im.count = im.words.count[0][0]
	}
	return true
}

// wideEnough is the width at which a slot may be scrambled.
func (c *compiler) wideEnough(x *slot) string {
	w, size := 1, uint64(len(x.chars().chars))
	for n := size; n < scramble.MinDomain; n *= size {
		w++
	}
	return plural(max(w, len(x.images[0].at)+1), "character") + " wide"
}

// meant are words that people try, by the options that do what they mean.
var meant = map[string]string{"skip": "stop", "avoid": "stop", "stride": "step", "start": "from", "end": "to", "random": "scrambled", "encrypted": "scrambled", "base": "of", "alphabet": "of", "chars": "of"}

// noOption names the option that an unknown one may be, or else all and the alphabets.
func (c *compiler) noOption(n *node, o option, names ...string) error {
	alphabets := slices.Sorted(maps.Keys(named))
	if name := meant[o.name]; slices.Contains(names, name) {
		return c.atOption(n, o, "no such option %s: did you mean %s?", clip(o.name), name)
	}
	if len(o.name) < 30 {
		for _, name := range append(alphabets, names...) {
			if editdistance.Between(o.name, name) <= 1+len(name)/6 {
				return c.atOption(n, o, "no such option %s: did you mean %s?", clip(o.name), name)
			}
		}
	}
	return c.atOption(n, o, "no such option %s: want an alphabet (%s) or one of %s", clip(o.name), strings.Join(alphabets, " "), strings.Join(names, " "))
}

// images makes the ways in which a slot writes numbers.
func (c *compiler) images(n *node, x *slot, chars *alphabet, like string) error {
	if like != "" {
		if n.arg != "" {
			return c.at(n, "want either a width or like=, not both")
		}
		for _, picture := range strings.Split(like, "|") {
			im, err := c.picture(n, picture, chars)
			if err != nil {
				return err
			}
			for _, other := range x.images {
				if !apart(im, other) {
					return c.at(n, "two forms of like= share texts: %s", clip(like))
				}
			}
			x.images = append(x.images, im)
		}
		return nil
	}
	if n.arg == "" {
		return c.at(n, "want a width, as in {index:6}")
	}
	least, most, err := c.width(n, n.arg)
	if err != nil {
		return err
	}
	nonzero := newAlphabet(chars.chars[1:])
	for w := least; w <= most; w++ {
		at := slices.Repeat([]*alphabet{chars}, w)
		if w > least {
			at[0] = nonzero
		}
		x.images = append(x.images, newImage(at...))
	}
	return nil
}

// picture makes the image of a text such as A999: a letter stands for every letter, a digit for every digit.
func (c *compiler) picture(n *node, picture string, chars *alphabet) (image, error) {
	var at []*alphabet
	only := func(set string) *alphabet {
		return newAlphabet(strings.Map(func(r rune) rune {
			if strings.ContainsRune(set, r) {
				return r
			}
			return -1
		}, chars.chars))
	}
	for i := range len(picture) {
		switch ch := picture[i]; {
		case '0' <= ch && ch <= '9':
			at = append(at, only(digits))
		case 'A' <= ch && ch <= 'Z':
			at = append(at, only(letters))
		default:
			return image{}, c.at(n, "want like= and forms of digits and capitals, as in like=A999|AA99")
		}
		if at[i].chars == "" {
			return image{}, c.at(n, "the alphabet has nothing to write the %q of like=%s with", picture[i], picture)
		}
	}
	if len(at) == 0 {
		return image{}, c.at(n, "like= has an empty form")
	}
	return newImage(at...), nil
}

// apart reports whether two images share no text.
func apart(a, b image) bool {
	if len(a.at) != len(b.at) {
		return true
	}
	for i := range a.at {
		if !strings.ContainsAny(a.at[i].chars, b.at[i].chars) {
			return true
		}
	}
	return false
}

// chars are all characters of a slot.
func (x *slot) chars() *alphabet {
	set := ""
	seen := map[*alphabet]bool{}
	for _, im := range x.images {
		for _, a := range im.at {
			if !seen[a] {
				set, seen[a] = unique(set+a.chars), true
			}
		}
	}
	return newAlphabet(set)
}

func (c *compiler) field(n *node) error {
	for _, known := range []string{"index", "check", "reset", "given", "zone", "daystart", "odds", "product", "plant", "shift"} {
		if n.name != known && editdistance.Between(n.name, known) <= 1 {
			return c.at(n, "no such part: did you mean %s?", known)
		}
	}
	if date := meantDate(n.name); date != "" {
		return c.at(n, "no such part: did you mean {%s}? A field of your own wants another name", date)
	}
	if 'A' <= n.name[0] && n.name[0] <= 'Z' {
		return c.at(n, "not a date: want tokens such as YYYY YY Y MM M DD D DDD GGGG GG G WW E hh h mm; field names begin with a small letter")
	}
	f := &textField{name: n.name, builtin: builtinOf(n.name), min: 1, max: 20, chars: newAlphabet(named["alnum"])}
	if n.name == keyName {
		f.max = 1
		c.scheme.keyPart = true
	}
	p := part{kind: fieldPart, node: n, name: n.name, field: f}
	if strings.Contains(n.arg, "=") {
		if err := c.table(n, f); err != nil {
			return err
		}
	} else if n.arg != "" {
		var err error
		if f.min, f.max, err = c.width(n, n.arg); err != nil {
			return err
		}
	}
	for _, o := range n.opts {
		a, ok, err := c.characters(n, o, f.chars)
		if err != nil {
			return err
		}
		switch {
		case ok && f.table != nil:
			return c.atOption(n, o, "a table has its own characters")
		case ok:
			f.chars = a
		case o.name == "pad" && len(o.value) == 1:
			f.pad = o.value[0]
		case o.name == "as":
			p.name = o.value
		default:
			return c.noOption(n, o, "of", "without", "pad", "as")
		}
	}
	if f.pad != 0 && !f.chars.has(f.pad) {
		return c.at(n, "pad=%c is not in the alphabet %s", f.pad, f.chars.chars)
	}
	p.min, p.max, p.chars = f.min, f.max, f.chars
	if f.pad != 0 {
		f.min, p.min = f.max, p.max
	}
	return c.part(p)
}

// table reads Berlin=B,Austin=A.
func (c *compiler) table(n *node, f *textField) error {
	f.table, f.back = map[string]string{}, map[string]string{}
	set := ""
	f.min, f.max = maxSerial, 0
	for _, entry := range strings.Split(n.arg, ",") {
		value, text, _ := strings.Cut(entry, "=")
		if value == "" || text == "" {
			return c.fail(n.argPos, len(n.arg), n.name, "entry %s: want value=text", clip(entry))
		}
		if _, twice := f.table[value]; twice {
			return c.fail(n.argPos, len(n.arg), n.name, "value %s stands in the table twice", clip(value))
		}
		if _, twice := f.back[text]; twice {
			return c.fail(n.argPos, len(n.arg), n.name, "text %s stands in the table twice: it would not lead back", clip(text))
		}
		f.table[value], f.back[text] = text, value
		f.min, f.max = min(f.min, len(text)), max(f.max, len(text))
		for i := range len(text) {
			if strings.IndexByte(set, text[i]) < 0 {
				set += text[i : i+1]
			}
		}
	}
	f.chars = newAlphabet(set)
	return nil
}

func (c *compiler) date(n *node, tokens []token) error {
	p := part{kind: datePart, node: n, name: n.name, date: tokens}
	if err := c.code(n, tokens); err != nil {
		return err
	}
	for _, o := range n.opts {
		switch o.name {
		case "as":
			p.name = o.value
		case "since":
		default:
			return c.atOption(n, o, "no such option %s: want since= or as=", clip(o.name))
		}
	}
	set := ""
	for i := range tokens {
		t := &tokens[i]
		p.min += t.width
		set += t.code
		if t.code == "" {
			set += digits
		}
		c.scheme.calendar.add(t)
	}
	p.max, p.chars = p.min, newAlphabet(unique(set))
	return c.part(p)
}

func unique(chars string) (set string) {
	for i := range len(chars) {
		if strings.IndexByte(set, chars[i]) < 0 {
			set += chars[i : i+1]
		}
	}
	return set
}

// code reads the characters that stand for months, days, hours or years.
func (c *compiler) code(n *node, tokens []token) error {
	since := uint64(0)
	for _, o := range n.opts {
		if o.name == "since" {
			var err error
			if since, err = c.number(n, o); err != nil || since < firstYear || since > lastYear {
				return c.atOption(n, o, "want since= and the year of the code's first character")
			}
		}
	}
	for i := range tokens {
		t := &tokens[i]
		needs := t.width == 1 && t.unit != weekday && t.unit > weekYear
		if needs && (n.arg == "" || len(tokens) > 1) {
			return c.at(n, "one character for %d values: want a code, in a part of its own, as in {M:123456789ABC}", t.last-t.first+1)
		}
	}
	if n.arg == "" {
		if since != 0 {
			return c.at(n, "since= goes with a code, as in {Y:ABCDEFGHJK since=2020}")
		}
		return nil
	}
	t := &tokens[0]
	if len(tokens) > 1 || t.width > 1 || t.unit == weekday {
		return c.at(n, "a code goes with one of Y G M D h")
	}
	t.code = n.arg
	if t.code == "vin" && t.unit <= weekYear {
		t.code, since = vinYears, vinSince
	}
	if len(unique(t.code)) < len(t.code) {
		return c.fail(n.argPos, len(n.arg), n.name, "the code has a character twice")
	}
	if t.unit <= weekYear {
		if since == 0 || len(t.code) < 2 {
			return c.at(n, "a year code wants the year of its first character, as in {Y:ABCDEFGHJK since=2020}, or is {Y:vin}")
		}
		t.since, t.first, t.last = int(since), 0, len(t.code)-1
		return nil
	}
	if want := t.last - t.first + 1; len(t.code) != want {
		return c.fail(n.argPos, len(n.arg), n.name, "the code has %s, want %d", plural(len(t.code), "character"), want)
	}
	return nil
}
