package serial

import (
	"fmt"
	"math"
	"strconv"

	"github.com/gonameplate/nameplate/serial/internal/pattern"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// Parse reads a serial. The fields given are context: what the serial doesn't contain, such as
// the product, or a reference time used to resolve truncated years (a one-digit 6 is the latest
// such year not after the reference; without one, the first from 2000 on). What the serial
// contains replaces them in the fields returned, as the serial contains it. The time returned is
// the first instant of the date, so that Format gives the serial again; a local time repeated at
// a DST change resolves to one of its two instants.
//
// Errors are of type [*Error] with the position: [ErrLength], [ErrCharacter], [ErrCheck],
// [ErrDate], [ErrIndex]; [ErrField] and [ErrKey] as in Format.
//
// Parse allocates nothing unless the serial contains a field of Values, for which it makes a map
// of its own; [Scheme.ParseInto] doesn't. The strings that it returns are pieces of serial.
func (s *Scheme) Parse(context Fields, serial string) (Fields, uint64, error) {
	back := context
	st := state{fields: &back, serial: serial}
	index, err := s.parse(serial, &st)
	if err != nil {
		return context, 0, err
	}
	if s.pattern.Custom {
		back.ownValues()
		s.setValues(serial, &st)
	}
	return back, index, nil
}

// ParseInto is Parse in place: f holds the context and receives what the serial contains. It
// allocates nothing, except f.Values if that is nil and needed. On an error f is as it was.
func (s *Scheme) ParseInto(f *Fields, serial string) (uint64, error) {
	back := *f
	st := state{fields: &back, serial: serial}
	index, err := s.parse(serial, &st)
	if err != nil {
		return 0, err
	}
	if s.pattern.Custom {
		if back.Values == nil {
			back.Values = map[string]string{}
		}
		s.setValues(serial, &st)
	}
	*f = back
	return index, nil
}

// setValues sets the fields of Values that the serial contains.
func (s *Scheme) setValues(serial string, st *state) {
	for i := range s.pattern.Parts {
		if f := s.pattern.Parts[i].Field; f != nil && f.Builtin == pattern.Custom {
			st.fields.Values[f.Name] = f.Value(st.spans[i].in(serial))
		}
	}
	for i := range s.pattern.Indexes {
		if r := s.pattern.Indexes[i].Ranges; r != nil && r.Builtin == pattern.Custom {
			st.fields.Values[r.Field] = r.List[st.ranges[i]].Value
		}
	}
}

// parse reads a serial into st and its fields, except those of Values. The serial is handed
// around beside st because what goes into fields and checks would take st along to the heap.
func (s *Scheme) parse(serial string, st *state) (uint64, error) {
	if err := s.split(serial, st); err != nil {
		return 0, err
	}
	if len(s.pattern.Checks) > 0 {
		if err := s.verifyChecks(serial, st); err != nil {
			return 0, err
		}
	}
	if s.pattern.Calendar.Used() {
		if err := s.resolve(st); err != nil {
			return 0, err
		}
	}
	if s.pattern.Repeats != nil {
		if err := s.compare(st); err != nil {
			return 0, err
		}
	}
	return s.join(st)
}

// split cuts a serial into its parts and reads each.
func (s *Scheme) split(serial string, st *state) (err error) {
	if len(serial) > pattern.MaxSerial {
		excess := len(serial) - pattern.MaxSerial
		return failAt(serial, pattern.MaxSerial, excess, ErrLength, nil, s.lengths(len(serial)))
	}
	at := 0
	for i := range s.pattern.Parts {
		p := &s.pattern.Parts[i]
		n := p.Max
		if p.Min < p.Max || at+n > len(serial) {
			if n, err = s.extent(serial, at, i); err != nil {
				return err
			}
		}
		text := serial[at : at+n]
		st.spans[i] = span{uint8(at), uint8(at + n)}
		good := n // the position up to which the part's characters fit
		switch p.Kind {
		case pattern.LiteralPart:
			if text != p.Literal {
				good = p.FirstWrong(text)
			}
		case pattern.DatePart:
			good, err = readDate(serial, st, p, text, at)
		case pattern.FieldPart:
			good = readField(st, p.Field, text)
		case pattern.IndexPart:
			good, err = s.readIndex(serial, st, p, text, at)
		case pattern.CheckPart:
			good = p.FirstWrong(text)
		}
		if err != nil {
			return err
		}
		if good < n {
			return failWrong(serial, at+good, p)
		}
		at += n
	}
	if at < len(serial) {
		return failAt(serial, at, len(serial)-at, ErrLength, nil, s.lengths(len(serial)))
	}
	return nil
}

// readField reads a field into its place, if it has one. It returns the position up to which its
// characters fit.
func readField(st *state, f *pattern.Field, text string) (good int) {
	v, good := f.Parse(text)
	if to := st.fields.builtin(f.Builtin); to != nil {
		*to = v
	} else if f.Name == pattern.KeyName {
		st.key = text
	}
	return good
}

// readIndex reads a digit of the index, at a position of the serial.
func (s *Scheme) readIndex(
	serial string, st *state, p *pattern.Part, text string, at int,
) (good int, err error) {
	x := &s.pattern.Indexes[p.Index]
	before := 0
	if x.Skip != nil {
		before = skipped(x, serial, st)
	}
	digit, rng, good, ok := x.Parse(text, before)
	if ok {
		st.digits[p.Index] = digit
		if x.Ranges != nil {
			st.setRange(p.Index, x.Ranges, rng)
		}
		return good, nil
	}
	if good == len(text) {
		return 0, failAt(serial, at, good, ErrIndex, p,
			"the scheme doesn't issue "+quote.Text(text))
	}
	return good, nil
}

// setRange sets the range that an index's number is in, and its field.
func (st *state) setRange(index int, r *pattern.Ranges, rng int) {
	st.ranges[index] = uint16(rng)
	if to := st.fields.builtin(r.Builtin); to != nil {
		*to = r.List[rng].Value
	}
}

// readDate reads the tokens of a date part, at a position of the serial.
func readDate(
	serial string, st *state, p *pattern.Part, text string, at int,
) (good int, err error) {
	for j := range p.Date {
		t := &p.Date[j]
		piece := text[good : good+t.Width]
		bad, ok := t.Parse(piece, &st.date)
		if bad < t.Width {
			return good + bad, nil
		}
		if !ok {
			return 0, failAt(serial, at+good, t.Width, ErrDate, p,
				quote.Text(piece)+" is not a "+t.Unit.String())
		}
		good += t.Width
	}
	return good, nil
}

// extent returns how many characters of serial, from at on, part i takes.
func (s *Scheme) extent(serial string, at, i int) (int, error) {
	p := &s.pattern.Parts[i]
	n := p.Max
	if p.Min < p.Max {
		if rest := s.pattern.Rest[i+1]; rest >= 0 {
			n = len(serial) - at - rest
		} else {
			for n = 0; at+n < len(serial) && p.Chars.Has(serial[at+n]); n++ {
			}
		}
		if n > p.Max {
			return 0, failAt(serial, at+p.Max, n-p.Max, ErrLength, p,
				"want at most "+quote.Count(p.Max, "character"))
		}
		if n < p.Min {
			return 0, failAt(serial, min(at, len(serial)), max(n, 0), ErrLength, p,
				"want at least "+quote.Count(p.Min, "character"))
		}
	}
	if at+n > len(serial) {
		// A wrong character before the end explains more than the length.
		if bad := p.FirstWrong(serial[at:]); at+bad < len(serial) {
			return 0, failWrong(serial, at+bad, p)
		}
		return 0, failAt(serial, len(serial), 0, ErrLength, p, s.lengths(len(serial)))
	}
	return n, nil
}

// resolve finds the time of the serial's date.
func (s *Scheme) resolve(st *state) error {
	t, ok := s.pattern.Calendar.Resolve(&st.date, st.fields.Time)
	if !ok {
		for i := range s.pattern.Parts {
			if p := &s.pattern.Parts[i]; p.Kind == pattern.DatePart {
				return failIn(st.serial, st.spans[i], ErrDate, p, "the calendar has no such day")
			}
		}
	}
	st.fields.Time, st.dated = t, true
	return nil
}

// compare checks that what a serial contains twice is the same.
func (s *Scheme) compare(st *state) error {
	for i := range s.pattern.Repeats {
		first, again := &s.pattern.Repeats[i][0], &s.pattern.Repeats[i][1]
		if want := s.sourceValue(first, st); s.sourceValue(again, st) != want {
			p := &s.pattern.Parts[again.Place]
			return failIn(st.serial, st.spans[again.Place], ErrCharacter, p,
				"want the same "+again.Name+" as before, "+quote.Text(want))
		}
	}
	return nil
}

// sourceValue returns the value that a source has in the serial.
func (s *Scheme) sourceValue(by *pattern.Source, st *state) string {
	if by.Field == nil {
		return s.rangeValue(by, st)
	}
	return by.Field.Value(st.spans[by.Place].in(st.serial))
}

// join undoes the scrambling and puts the digits of the index together.
func (s *Scheme) join(st *state) (uint64, error) {
	if err := s.needs(st); err != nil {
		return 0, err
	}
	if s.pattern.Scrambled {
		k, err := s.keyFor(st)
		if err != nil {
			return 0, err
		}
		if err := s.permute(st, k, true); err != nil {
			return 0, err
		}
	}
	index, ok := s.combine(st)
	if !ok {
		return 0, failAt(st.serial, 0, len(st.serial), ErrIndex, nil,
			fmt.Sprintf("its index is not below the %d that the scheme issues", s.pattern.Limit))
	}
	return index, nil
}

// combine returns the index that the digits make, and whether the scheme issues it.
func (s *Scheme) combine(st *state) (index uint64, ok bool) {
	over := false
	for i := range s.pattern.Indexes {
		size := s.pattern.Indexes[i].Size
		if i > 0 && index > (math.MaxUint64-st.digits[i])/size {
			over = true
		}
		index = index*size + st.digits[i]
	}
	return index, !over && index < s.pattern.Limit
}

// lengths returns the length of a serial and the lengths that the scheme has.
func (s *Scheme) lengths(n int) string {
	least, most := s.Len()
	want := strconv.Itoa(most)
	if least < most {
		want = strconv.Itoa(least) + " to " + want
	}
	return quote.Count(n, "character") + ", want " + want
}
