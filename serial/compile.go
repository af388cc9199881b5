package serial

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial/checkdigit"
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

func (c *compiler) index(n *node) error {
	s := c.scheme
	if len(s.slots) == maxSlots {
		return c.at(n, "more than %d index parts", maxSlots)
	}
	p := part{node: n, name: n.name, index: true, slot: len(s.slots)}
	x := slot{step: 1}
	chars, like, to, group := newAlphabet(digits), "", ^uint64(0), 0
	for _, o := range n.opts {
		a, ok, err := c.characters(n, o, chars)
		if err != nil {
			return err
		}
		if ok {
			chars = a
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
		case "group":
			if group, err = strconv.Atoi(o.value); err != nil || group < 1 {
				err = c.atOption(n, o, "want group= and how many characters stand together")
			}
		case "as":
			p.name = o.value
		default:
			err = c.atOption(n, o, "no such option %s: want an alphabet (%s), of=, without=, like=, from=, to=, step=, scrambled, key=, group= or as=", clip(o.name), alphabetNames())
		}
		if err != nil {
			return err
		}
	}
	if err := c.images(n, &x, chars, like); err != nil {
		return err
	}
	most := x.numbers()
	if to == ^uint64(0) {
		to = most - 1
	}
	if to >= most || x.from > to {
		return c.at(n, "numbers from %d to %d don't fit: the part has room for 0 to %d", x.from, to, most-1)
	}
	x.size = addSaturating((to-x.from)/x.step, 1)
	if x.scrambled && x.size < scramble.MinDomain {
		return c.at(n, "a scrambled index needs room for 1,000,000 numbers (NIST SP 800-38G) and has %d: make it %s", x.size, c.wideEnough(chars))
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

func (c *compiler) wideEnough(a *alphabet) string {
	w, size := 1, uint64(len(a.chars))
	for n := size; n < scramble.MinDomain; n *= size {
		w++
	}
	return plural(w, "character") + " wide"
}

func alphabetNames() string {
	var names []string
	for name := range named {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
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
	// Without an alphabet of letters the picture's letters are A–Z.
	if !strings.ContainsAny(chars.chars, letters) {
		chars = newAlphabet(chars.chars + letters)
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
	for _, im := range x.images {
		for _, a := range im.at {
			for _, ch := range a.chars {
				if !strings.ContainsRune(set, ch) {
					set += string(ch)
				}
			}
		}
	}
	return newAlphabet(set)
}

func (c *compiler) field(n *node) error {
	for _, known := range []string{"index", "check", "reset", "given", "zone", "daystart", "odds", "product", "plant", "shift"} {
		if n.name != known && distance(n.name, known) <= 1 {
			return c.at(n, "no such part: did you mean %s?", known)
		}
	}
	if 'A' <= n.name[0] && n.name[0] <= 'Z' {
		return c.at(n, "not a date: want tokens such as YYYY YY Y MM M DD D DDD GGGG GG G WW E hh h mm; field names begin with a small letter")
	}
	f := &textField{name: n.name, min: 1, max: 20, chars: newAlphabet(named["alnum"])}
	if n.name == keyName {
		f.max = 1
		c.scheme.keyPart = true
	}
	p := part{node: n, name: n.name, field: f}
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
			return c.atOption(n, o, "no such option %s: want an alphabet (%s), of=, without=, pad= and one character, or as=", clip(o.name), alphabetNames())
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
	p := part{node: n, name: n.name, date: tokens}
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
		c.scheme.calendar.used = true
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

func (c *compiler) check(n *node) error {
	name, over, of := n.arg, "before", ""
	if name == "" {
		name = checkdigit.Mod37_36.String()
	}
	p := part{node: n, name: n.name, check: &check{}}
	for _, o := range n.opts {
		switch o.name {
		case "over":
			over = o.value
		case "of":
			of = o.value
		case "as":
			p.name = o.value
		default:
			return c.atOption(n, o, "no such option %s: want over=, of= or as=", clip(o.name))
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
		p.check.system, err = checkdigit.ParseSystem(name)
	}
	if err != nil {
		return c.at(n, "%v: want one of %v", err, checkdigit.Systems())
	}
	p.min, p.max = p.check.system.CheckLen(), p.check.system.CheckLen()
	p.chars = newAlphabet(p.check.system.CheckAlphabet())
	p.check.names = over
	c.scheme.checked = true
	return c.part(p)
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
		zone, err := time.LoadLocation(n.arg)
		if err != nil || n.arg == "Local" {
			return c.at(n, "no such time zone here: want an IANA name such as Europe/Berlin")
		}
		s.calendar.zone = zone
	case "daystart":
		t, err := time.Parse("15:04", n.arg)
		if err != nil {
			return c.at(n, "want the time at which the production day begins, as in {daystart:06:00}")
		}
		s.calendar.start = t.Hour()*60 + t.Minute()
	case "odds":
		of, ok := strings.CutPrefix(n.arg, "1/")
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
	s.total = 1
	for i := range s.slots {
		s.total = mulSaturating(s.total, s.slots[i].size)
	}
	s.issue = s.total
	if err := c.extents(); err != nil {
		return err
	}
	for i := range s.parts {
		if s.parts[i].check != nil {
			if err := c.cover(i); err != nil {
				return err
			}
		}
	}
	for _, n := range c.resets {
		for _, name := range strings.Split(n.arg, ",") {
			if err := c.reset(n, name); err != nil {
				return err
			}
		}
	}
	return c.secrets()
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
			if _, err := p.check.system.Compute(b.String()); err != nil {
				return c.at(p.node, "%v: name the parts that it covers, as in over=index, or take another system", err)
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
			s.scope = append(s.scope, scopeItem{field: f})
			return nil
		}
	}
	if slices.Contains(s.given, name) {
		s.scope = append(s.scope, scopeItem{given: name})
		return nil
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

// secrets sees to keys and odds.
func (c *compiler) secrets() error {
	s := c.scheme
	name := ""
	for i := range s.parts {
		if p := &s.parts[i]; p.index {
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
	domain := uint64(1)
	for i := range s.slots {
		if s.slots[i].scrambled {
			domain = mulSaturating(domain, s.slots[i].size)
		}
	}
	if s.issue = min(s.issue, (domain-1)/c.oneIn); s.issue == 0 {
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
