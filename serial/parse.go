package serial

import (
	"math"
	"strings"
)

// Parse reads a serial. The fields given are context: what the serial doesn't spell, such as the product, or a reference time that tells which
// 2026 a one-digit year means (the latest not after it; without one the first from 2000 on). What it spells replaces them in the
// fields returned, as it is spelled; the time returned is the first moment of what the dates spell, so that Format gives the serial again. Of
// an hour that clocks go through twice it is in one of the two.
//
// Errors are of type [*Error] and tell the position: [ErrLength], [ErrCharacter], [ErrCheck], [ErrDate], [ErrIndex]; [ErrField] and [ErrKey] as
// in Format.
//
// It allocates nothing unless the serial tells a field of Values, for which it makes a map of its own; [Scheme.ParseInto] doesn't. What it
// returns of the serial is pieces of that string.
func (s *Scheme) Parse(context Fields, serial string) (Fields, uint64, error) {
	back := context
	st := state{fields: &back, serial: serial}
	index, err := s.parse(serial, &st)
	if err != nil {
		return context, 0, err
	}
	if s.custom {
		back.ownValues()
		s.setValues(serial, &st)
	}
	return back, index, nil
}

// ParseInto is Parse in place: f holds the context and receives what the serial tells. It allocates nothing, but for f.Values if that is
// nil and needed. On an error f is as it was.
func (s *Scheme) ParseInto(f *Fields, serial string) (uint64, error) {
	back := *f
	st := state{fields: &back, serial: serial}
	index, err := s.parse(serial, &st)
	if err != nil {
		return 0, err
	}
	if s.custom {
		if back.Values == nil {
			back.Values = map[string]string{}
		}
		s.setValues(serial, &st)
	}
	*f = back
	return index, nil
}

// parse reads a serial into st and its fields, but for those of Values. The serial is handed around beside st because what goes into fields
// and checks would take st along to the heap.
func (s *Scheme) parse(serial string, st *state) (uint64, error) {
	if err := s.split(serial, st); err != nil {
		return 0, err
	}
	if len(s.checks) > 0 {
		if err := s.verifyChecks(serial, st); err != nil {
			return 0, err
		}
	}
	if s.calendar.used {
		if err := s.date(st); err != nil {
			return 0, err
		}
	}
	if s.same != nil {
		if err := s.compare(st); err != nil {
			return 0, err
		}
	}
	return s.join(st)
}

// setValues sets the fields of Values that the serial tells.
func (s *Scheme) setValues(serial string, st *state) {
	for i := range s.parts {
		if f := s.parts[i].field; f != nil && f.builtin == 0 {
			st.fields.Values[f.name] = f.value(serial[st.spans[i].from:st.spans[i].to])
		}
	}
	for i := range s.slots {
		if x := s.slots[i].sites; x != nil && x.builtin == 0 {
			st.fields.Values[x.field] = x.ranges[st.ranges[i]].value
		}
	}
}

// A source is what tells a field: a part, or the range that a slot's number is in.
type source struct {
	name  string
	part  *part
	place int   // of the part
	slot  *slot // if it is the slot's range
}

func (s *Scheme) told(by *source, st *state) string {
	if by.slot != nil {
		return by.slot.sites.ranges[st.ranges[by.part.slot]].value
	}
	return by.part.field.value(st.text(by.place))
}

// compare sees to it that what a serial tells twice is the same.
func (s *Scheme) compare(st *state) error {
	for i := range s.same {
		first, again := &s.same[i][0], &s.same[i][1]
		if want := s.told(first, st); s.told(again, st) != want {
			sp := st.spans[again.place]
			return s.failAt(st.serial, int(sp.from), int(sp.to-sp.from), ErrCharacter, again.part, "want the same "+again.name+" as before, "+clip(want))
		}
	}
	return nil
}

// split cuts a serial into its parts and reads each.
func (s *Scheme) split(serial string, st *state) error {
	if len(serial) > maxSerial {
		return s.failAt(serial, maxSerial, len(serial)-maxSerial, ErrLength, nil, "want at most "+plural(s.longest, "character")+", not "+itoa(len(serial)))
	}
	at := 0
	for i := range s.parts {
		p := &s.parts[i]
		n := p.max
		if p.min < p.max || at+n > len(serial) {
			var err error
			if n, err = s.extent(serial, at, i); err != nil {
				return err
			}
		}
		text := serial[at : at+n]
		st.spans[i] = span{uint8(at), uint8(at + n)}
		bad := n // up to which the part's characters fit
		switch p.kind {
		case literalPart:
			if text != p.literal {
				bad = p.firstWrong(text)
			}
		case datePart:
			var err error
			if bad, err = s.readDate(st, p, text, at); err != nil {
				return err
			}
		case fieldPart:
			if bad = p.field.parse(text, st.fields); s.keyPart && p.field.name == keyName {
				st.key = text
			}
		case indexPart:
			var ok bool
			x := &s.slots[p.slot]
			bad, ok = x.parse(text, st, p.slot)
			if x.skip != nil && bad == n {
				st.digits[p.slot], ok = x.skip.number(x.images[0].at, text, x.skip.start(serial, st))
				ok = ok && st.digits[p.slot] < x.size
			}
			if !ok && bad == n {
				return s.failAt(serial, at, n, ErrIndex, p, "the scheme does not issue "+clip(text))
			}
		case checkPart:
			bad = p.firstWrong(text)
		}
		if bad < n {
			return s.failAt(serial, at+bad, 1, ErrCharacter, p, p.wantFor(text[bad]))
		}
		at += n
	}
	if at < len(serial) {
		return s.failAt(serial, at, len(serial)-at, ErrLength, nil, s.wantLength(len(serial)))
	}
	return nil
}

// readDate reads the tokens of a part's text, which begins at a place of the serial. It returns up to where its characters fit.
func (s *Scheme) readDate(st *state, p *part, text string, at int) (good int, err error) {
	for j := range p.date {
		t := &p.date[j]
		bad, ok := t.parse(text[good:good+t.width], &st.moment)
		if bad < t.width {
			return good + bad, nil
		}
		if !ok {
			return 0, s.failAt(st.serial, at+good, t.width, ErrDate, p, clip(text[good:good+t.width])+" is not a "+t.unit.String())
		}
		good += t.width
	}
	return good, nil
}

// extent returns how many characters of serial, from at on, part i takes.
func (s *Scheme) extent(serial string, at, i int) (int, error) {
	p := &s.parts[i]
	n := p.max
	if p.min < p.max {
		if rest := s.rest[i+1]; rest >= 0 {
			n = len(serial) - at - rest
		} else {
			for n = 0; at+n < len(serial) && p.chars.has(serial[at+n]); n++ {
			}
		}
		if n > p.max {
			return 0, s.failAt(serial, at+p.max, n-p.max, ErrLength, p, "want at most "+plural(p.max, "character"))
		}
		if n < p.min {
			return 0, s.failAt(serial, min(at, len(serial)), max(n, 0), ErrLength, p, "want at least "+plural(p.min, "character"))
		}
	}
	if at+n > len(serial) {
		// A wrong character before the end tells more than the length.
		if bad := p.firstWrong(serial[at:]); at+bad < len(serial) {
			return 0, s.failAt(serial, at+bad, 1, ErrCharacter, p, p.wantFor(serial[at+bad]))
		}
		return 0, s.failAt(serial, len(serial), 0, ErrLength, p, s.wantLength(len(serial)))
	}
	return n, nil
}

// firstWrong returns the place of the first character that can't stand there, the text's length if all can.
func (p *part) firstWrong(text string) int {
	for i := range len(text) {
		if p.literal != "" && text[i] != p.literal[i] || p.literal == "" && !p.chars.has(text[i]) {
			return i
		}
	}
	return len(text)
}

// wantFor tells what the part has instead of c.
func (p *part) wantFor(c byte) string {
	if p.literal != "" {
		return "want " + clip(p.literal)
	}
	for _, d := range looksLike(c) {
		if p.chars.has(d) {
			return "is it a " + string(d) + "? want one of " + p.chars.chars
		}
	}
	return "want one of " + p.chars.chars
}

func (s *Scheme) wantLength(n int) string {
	least, most := s.Len()
	if least == most {
		return "want " + plural(most, "character") + ", not " + itoa(n)
	}
	return "want " + itoa(least) + " to " + plural(most, "character") + ", not " + itoa(n)
}

// date finds the moment and sets the time.
func (s *Scheme) date(st *state) error {
	t, ok := s.resolve(st)
	if !ok {
		for i := range s.parts {
			if s.parts[i].kind == datePart {
				sp := st.spans[i]
				return s.failAt(st.serial, int(sp.from), int(sp.to-sp.from), ErrDate, &s.parts[i], "the calendar has no such day")
			}
		}
	}
	st.fields.Time, st.dated = t, true
	return nil
}

// join undoes the scrambling and puts the digits together.
func (s *Scheme) join(st *state) (uint64, error) {
	if err := s.context(st); err != nil {
		return 0, err
	}
	if s.scrambled {
		k, err := s.keyFor(st)
		if err != nil {
			return 0, err
		}
		if err := s.permute(st, k, true); err != nil {
			return 0, err
		}
	}
	index, over := uint64(0), false
	for i := range s.slots {
		size := s.slots[i].size
		if i > 0 && index > (math.MaxUint64-st.digits[i])/size {
			over = true
		}
		index = index*size + st.digits[i]
	}
	if over || index >= s.issue {
		return 0, s.failAt(st.serial, 0, len(st.serial), ErrIndex, nil, "it stands for an index past the "+utoa(s.issue)+" that the scheme issues")
	}
	return index, nil
}

func (s *Scheme) failAt(serial string, pos, n int, kind error, p *part, want string) error {
	e := &Error{Err: kind, Input: strings.Clone(serial), Pos: pos, Len: n, Detail: want}
	if p != nil {
		e.Part = p.name
	}
	return e
}
