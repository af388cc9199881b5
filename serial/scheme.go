package serial

import (
	"iter"
	"math"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial/scramble"
)

// A Scheme leads from the facts of a unit and its running index to its serial, and back. [Compile] makes one. It is immutable and safe for
// concurrent use.
type Scheme struct {
	pattern   string
	canonical string // what the version hashes
	eyes      []eye
	checked   bool
	parts     []part
	rest      []int // rest[i] is the length of parts[i:] if all of them are of fixed length, else −1
	longest   int
	version   string

	slots []slot // the index's digits, the last runs fastest
	total uint64 // how many indices they write, saturating
	issue uint64 // how many of them may be issued

	calendar calendar
	scope    []scopeItem
	given    []string // fields that the caller's context supplies

	scrambled bool
	keyPart   bool // the serial spells the key's identifier
	keys      []keyed
}

// keyed are the permutations under one key, one for each scrambled slot.
type keyed struct {
	id    string
	perms [maxSlots]*scramble.Permutation
}

// Bounds of a scheme, so that rendering needs no heap.
const (
	maxParts  = 48
	maxSlots  = 4
	maxSerial = 255 // characters of a serial
)

// A part is one piece of a pattern; exactly one of the pointers or literal is set. It spells min to max characters.
type part struct {
	node     *node
	name     string // by which checks name it
	min, max int
	chars    *alphabet // every character that it may have

	literal string
	date    []token
	field   *textField
	slot    int // with index
	index   bool
	check   *check
}

// state is one rendering or one reading of a serial.
type state struct {
	fields *Fields
	moment moment
	dated  bool
	key    string
	spans  [maxParts]span
	digits [maxSlots]uint64
}

// span is where a part stands in the serial.
type span struct{ from, to uint8 }

// MustCompile is [Compile] for patterns that stand in a program: it panics on an error.
func MustCompile(pattern string) *Scheme {
	s, err := Compile(pattern)
	if err != nil {
		panic(err)
	}
	return s
}

// String returns the pattern.
func (s *Scheme) String() string { return s.pattern }

// Version returns 16 hexadecimal digits that change with anything that would lead an index to another serial: the pattern less
// its marks for the eye and its odds, and the identifiers of the keys that it scrambles with. A serial's record keeps it.
func (s *Scheme) Version() string { return s.version }

// Capacity returns how many indices, from 0 on, the scheme issues in one scope. More than 2^64 − 1 are reported as 2^64 − 1.
func (s *Scheme) Capacity() uint64 { return s.issue }

// Len returns the least and the greatest length of a serial, in characters.
func (s *Scheme) Len() (least, most int) {
	for i := range s.parts {
		least += s.parts[i].min
	}
	return least, s.longest
}

// Odds returns the greatest probability that one guess hits a serial in use, for a number of serials issued in one scope, by someone
// who knows all but the key: issued / domain of the scrambled part. Dates, fields and checks hide nothing; a scheme without a scrambled part
// has odds of 1.
func (s *Scheme) Odds(issued uint64) float64 {
	domain := uint64(1)
	for i := range s.slots {
		if s.slots[i].scrambled {
			domain = mulSaturating(domain, s.slots[i].size)
		}
	}
	return min(1, float64(issued)/float64(domain))
}

// Format returns the serial of an index. Its errors are of type [*Error]: [ErrExhausted] from Capacity on, [ErrField] for a field that
// is missing or doesn't fit, [ErrDate] for a time before 1970, [ErrKey] for a scrambled scheme without its key.
func (s *Scheme) Format(f Fields, index uint64) (string, error) {
	out, err := s.AppendFormat(make([]byte, 0, s.longest), f, index)
	if err != nil {
		return "", err
	}
	return text(out), nil
}

// AppendFormat appends the serial of an index to dst. It allocates nothing if dst has room. On an error dst is as it was.
func (s *Scheme) AppendFormat(dst []byte, f Fields, index uint64) ([]byte, error) {
	st := state{fields: &f}
	if err := s.prepare(&st, index); err != nil {
		return dst, err
	}
	out, err := s.render(dst, &st)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// prepare takes the time and the index apart.
func (s *Scheme) prepare(st *state, index uint64) error {
	if index >= s.issue {
		return s.exhausted(index)
	}
	if err := s.context(st); err != nil {
		return err
	}
	for i := len(s.slots) - 1; i > 0; i-- {
		st.digits[i] = index % s.slots[i].size
		index /= s.slots[i].size
	}
	st.digits[0] = index
	if !s.scrambled {
		return nil
	}
	k, err := s.keyFor(st)
	if err != nil {
		return err
	}
	return s.permute(st, k, false)
}

func (s *Scheme) exhausted(index uint64) error {
	return &Error{Kind: ErrExhausted, Part: "index", Want: "index " + utoa(index) + " of a scheme that issues " + utoa(s.issue) + ", counted from 0"}
}

// context sees to what the serial needs besides its index.
func (s *Scheme) context(st *state) error {
	if err := s.givens(st); err != nil {
		return err
	}
	if s.scrambled && st.fields.Product == "" {
		return &Error{Kind: ErrField, Part: "field product", Want: "missing: a scrambled index needs it, so that two products under one key share no sequence"}
	}
	if s.scrambled && len(st.fields.Product) > math.MaxUint16 {
		return &Error{Kind: ErrField, Part: "field product", Want: "longer than 65,535 bytes"}
	}
	return s.time(st)
}

// givens sees to the fields that the caller's context supplies.
func (s *Scheme) givens(st *state) error {
	for _, name := range s.given {
		if st.fields.value(name) == "" {
			return &Error{Kind: ErrField, Part: "field " + name, Want: "missing: the pattern says that it is given"}
		}
	}
	return nil
}

// time takes the time apart if the scheme spells a date.
func (s *Scheme) time(st *state) error {
	if s.calendar.used && !st.dated {
		t := st.fields.Time
		if t.IsZero() {
			return &Error{Kind: ErrField, Part: "field time", Want: "missing: the pattern spells a date"}
		}
		if st.moment = s.calendar.moment(t); !inYears(&st.moment) {
			return &Error{Kind: ErrDate, Part: "field time", Want: t.Format(time.RFC3339) + " is not from 1970 to 9999: is the clock set?"}
		}
		st.dated = true
	}
	return nil
}

func inYears(m *moment) bool {
	return m[year] >= firstYear && m[weekYear] >= firstYear && m[year] <= lastYear && m[weekYear] <= lastYear
}

// render spells all parts, the checks last.
func (s *Scheme) render(dst []byte, st *state) ([]byte, error) {
	base := len(dst)
	var err error
	for i := range s.parts {
		p := &s.parts[i]
		from := len(dst) - base
		switch {
		case p.index:
			if dst, err = s.slots[p.slot].append(dst, st.digits[p.slot], st.fields); err != nil {
				return dst, err
			}
		case p.date != nil:
			for j := range p.date {
				dst = p.date[j].append(dst, &st.moment)
			}
		case p.field != nil:
			if dst, err = p.field.append(dst, st); err != nil {
				return dst, err
			}
		case p.check != nil:
			for range p.min {
				dst = append(dst, '?')
			}
		default:
			dst = append(dst, p.literal...)
		}
		st.spans[i] = span{uint8(from), uint8(len(dst) - base)}
	}
	for i := range s.parts {
		if c := s.parts[i].check; c != nil {
			if err = s.putCheck(dst[base:], i, st); err != nil {
				return dst, err
			}
		}
	}
	return dst, nil
}

// Parse reads a serial. The fields given are context: what the serial doesn't spell, such as the product, or a reference time that tells which
// 2026 a one-digit year means (the latest not after it; without one the first from 2000 on). What it spells replaces them in the
// fields returned, as it is spelled; the time returned is the first moment of what the dates spell, so that Format gives the serial again.
//
// Errors are of type [*Error] and tell the position: [ErrLength], [ErrCharacter], [ErrCheck], [ErrDate], [ErrIndex]; [ErrField] and [ErrKey] as
// in Format.
func (s *Scheme) Parse(context Fields, serial string) (Fields, uint64, error) {
	f := context
	if s.ownsValues() {
		f.ownValues()
	}
	st := state{fields: &f}
	var dates reading
	if err := s.split(serial, &st, &dates); err != nil {
		return context, 0, err
	}
	if err := s.verifyChecks(serial, &st); err != nil {
		return context, 0, err
	}
	if s.calendar.used {
		if err := s.date(serial, &st, &dates); err != nil {
			return context, 0, err
		}
	}
	index, err := s.join(serial, &st)
	if err != nil {
		return context, 0, err
	}
	return f, index, nil
}

// ownsValues reports whether the serial spells fields of Values.
func (s *Scheme) ownsValues() bool {
	for i := range s.parts {
		if f := s.parts[i].field; f != nil && !isBuiltin(f.name) {
			return true
		}
	}
	for i := range s.slots {
		if x := s.slots[i].sites; x != nil && !isBuiltin(x.field) {
			return true
		}
	}
	return false
}

// split cuts a serial into its parts and reads each.
func (s *Scheme) split(serial string, st *state, dates *reading) error {
	if len(serial) > maxSerial {
		return s.failAt(serial, maxSerial, len(serial)-maxSerial, ErrLength, nil, "want at most "+plural(s.longest, "character")+", not "+itoa(len(serial)))
	}
	at := 0
	for i := range s.parts {
		p := &s.parts[i]
		n, err := s.extent(serial, at, i)
		if err != nil {
			return err
		}
		st.spans[i] = span{uint8(at), uint8(at + n)}
		if bad, kind := s.read(p, serial[at:at+n], st, dates); kind != nil {
			want := ""
			length := 1
			switch {
			case kind == ErrIndex, bad == n:
				bad, length = 0, n
			default:
				want = p.wantFor(serial[at+bad])
			}
			if kind == ErrIndex {
				want = "the scheme does not issue " + clip(serial[at:at+n])
			}
			return s.failAt(serial, at+bad, length, kind, p, want)
		}
		at += n
	}
	if at < len(serial) {
		return s.failAt(serial, at, len(serial)-at, ErrLength, nil, s.wantLength(len(serial)))
	}
	return nil
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
		if bad, kind := s.firstWrong(p, serial[at:]); kind != nil {
			return 0, s.failAt(serial, at+bad, 1, ErrCharacter, p, p.wantFor(serial[at+bad]))
		}
		return 0, s.failAt(serial, len(serial), 0, ErrLength, p, s.wantLength(len(serial)))
	}
	return n, nil
}

func (s *Scheme) firstWrong(p *part, text string) (int, error) {
	for i := range len(text) {
		if p.literal != "" && text[i] != p.literal[i] || p.literal == "" && !p.chars.has(text[i]) {
			return i, ErrCharacter
		}
	}
	return 0, nil
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

// read reads the text of one part; kind is nil if it fits, else bad is the position in text.
func (s *Scheme) read(p *part, text string, st *state, dates *reading) (bad int, kind error) {
	switch {
	case p.index:
		d, bad, ok := s.slots[p.slot].parse(text, st.fields)
		if bad < len(text) {
			return bad, ErrCharacter
		}
		if !ok {
			return 0, ErrIndex
		}
		st.digits[p.slot] = d
	case p.date != nil:
		at := 0
		for j := range p.date {
			t := &p.date[j]
			bad, ok := t.parse(text[at:at+t.width], dates)
			if bad < t.width {
				return at + bad, ErrCharacter
			}
			if !ok {
				return at + t.width, ErrDate
			}
			at += t.width
		}
	case p.field != nil:
		if bad := p.field.parse(text, st.fields); bad < len(text) {
			return bad, ErrCharacter
		}
		if p.field.name == keyName {
			st.key = text
		}
	case p.check != nil:
		return s.firstWrong(p, text)
	default:
		return s.firstWrong(p, text)
	}
	return 0, nil
}

// date finds the moment and sets the time.
func (s *Scheme) date(serial string, st *state, dates *reading) error {
	t, ok := s.calendar.resolve(dates, st.fields.Time, func(t time.Time) bool { return s.datesFit(serial, st, t) })
	if !ok {
		for i := range s.parts {
			if s.parts[i].date != nil {
				sp := st.spans[i]
				return s.failAt(serial, int(sp.from), int(sp.to-sp.from), ErrDate, &s.parts[i], "the calendar has no such day")
			}
		}
	}
	st.fields.Time = t
	st.moment, st.dated = s.calendar.moment(t), true
	return nil
}

// Times goes through the times that a serial's date can mean, the latest first, where it repeats: 2026, 2016, 2006 … for a one-digit year. It
// begins with the one that [Scheme.Parse] returns for a reference time in the context; without a reference it gives that one only. Its error
// is that of Parse.
func (s *Scheme) Times(context Fields, serial string) (iter.Seq[time.Time], error) {
	f, _, err := s.Parse(context, serial)
	if err != nil {
		return nil, err
	}
	return func(yield func(time.Time) bool) {
		if !s.calendar.used || !yield(f.Time) || context.Time.IsZero() {
			return
		}
		for at := f.Time; ; {
			context.Time = at.AddDate(0, 0, -2) // what Parse takes may be a day after the reference
			f, _, err := s.Parse(context, serial)
			if err != nil || !f.Time.Before(at) || !yield(f.Time) {
				return
			}
			at = f.Time
		}
	}, nil
}

// datesFit reports whether a time renders as the serial spells it.
func (s *Scheme) datesFit(serial string, st *state, t time.Time) bool {
	m := s.calendar.moment(t)
	if !inYears(&m) {
		return false
	}
	var buf [maxSerial]byte
	for i := range s.parts {
		if s.parts[i].date == nil {
			continue
		}
		out := buf[:0]
		for j := range s.parts[i].date {
			out = s.parts[i].date[j].append(out, &m)
		}
		if string(out) != serial[st.spans[i].from:st.spans[i].to] {
			return false
		}
	}
	return true
}

// join undoes the scrambling and puts the digits together.
func (s *Scheme) join(serial string, st *state) (uint64, error) {
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
		return 0, s.failAt(serial, 0, len(serial), ErrIndex, nil, "it stands for an index past the "+utoa(s.issue)+" that the scheme issues")
	}
	return index, nil
}

func (s *Scheme) failAt(serial string, pos, n int, kind error, p *part, want string) error {
	e := &Error{Kind: kind, Input: strings.Clone(serial), Pos: pos, Len: n, Want: want}
	if p != nil {
		e.Part = p.name
	}
	return e
}
