package serial

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/gonameplate/nameplate/serial/internal/calendar"
	"github.com/gonameplate/nameplate/serial/internal/pattern"
)

// A Set identifies the scheme of a serial by the serial alone. [NewSet] makes one. It is safe for
// concurrent use as long as Time isn't changed.
type Set struct {
	// Time is the reference for dates that repeat, as in [Scheme.Parse]; zero: the time of the
	// call.
	Time time.Time

	names   []string
	schemes []*Scheme
}

// NewSet returns the set of some schemes by their names.
func NewSet(schemes map[string]*Scheme) *Set {
	s := &Set{names: slices.Sorted(maps.Keys(schemes))}
	for _, name := range s.names {
		s.schemes = append(s.schemes, schemes[name])
	}
	return s
}

// A Match is a scheme that a text may be a serial of, and what the serial contains.
type Match struct {
	Name   string // of the scheme in the set
	Scheme *Scheme
	Fields Fields // only what the serial contains; Time is From

	// Index is set if HasIndex: if the index isn't scrambled, or if the scheme has its keys and
	// the serial contains the product and all else that the scrambling depends on.
	Index    uint64
	HasIndex bool

	// From and Until bound the time that the serial's date can mean, Until excluded: a day for
	// YYMMDD, a year for YY. Both are zero if the serial has no date.
	From, Until time.Time

	evidence float64
}

// Identify returns the schemes of the set that a text may be a serial of, the best first: the one
// that fewest other texts of the same length fit. Literal text and check characters count for a
// scheme, wide alphabets against it; equally good schemes are in the order of their names. A
// check over a field that the serial doesn't contain can't be verified and doesn't count.
func (s *Set) Identify(text string) []Match {
	reference := s.Time
	if reference.IsZero() {
		reference = time.Now()
	}
	var found []Match
	for i, scheme := range s.schemes {
		if m, ok := scheme.match(text, reference); ok {
			m.Name = s.names[i]
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found,
		func(a, b Match) int { return cmp.Compare(b.evidence, a.evidence) })
	return found
}

// Contains reports whether the serials of the scheme contain a field: "time", "product", "lot",
// "plant", "line", "shift" or one of Values by its name. The fields that Parse returns are
// otherwise those of its context.
func (s *Scheme) Contains(field string) bool {
	if field == "time" {
		return s.pattern.Calendar.Used()
	}
	for i := range s.pattern.Parts {
		if f := s.pattern.Parts[i].Field; f != nil && f.Name == field {
			return true
		}
	}
	for i := range s.pattern.Indexes {
		if r := s.pattern.Indexes[i].Ranges; r != nil && r.Field == field {
			return true
		}
	}
	return false
}

// match reads a text without any context but a reference time.
func (s *Scheme) match(text string, reference time.Time) (m Match, ok bool) {
	m.Scheme = s
	m.Fields.Time = reference
	st := state{fields: &m.Fields, serial: text}
	if s.split(text, &st) != nil {
		return m, false
	}
	unverified, ok := s.tryChecks(text, &st)
	if !ok {
		return m, false
	}
	if s.pattern.Calendar.Used() {
		if s.resolve(&st) != nil {
			return m, false
		}
		m.From, m.Until = m.Fields.Time, s.until(m.Fields.Time)
	}
	if s.compare(&st) != nil {
		return m, false
	}
	if s.pattern.Custom {
		m.Fields.Values = map[string]string{}
		s.setValues(text, &st)
	}
	m.Fields.Time = m.From
	if m.HasIndex = s.unscramble(&st); m.HasIndex {
		if m.Index, ok = s.combine(&st); !ok {
			return m, false
		}
	}
	m.evidence = s.evidence(&st, unverified)
	return m, true
}

// tryChecks verifies the checks over what the serial contains, and returns the others.
func (s *Scheme) tryChecks(text string, st *state) (unverified []int, ok bool) {
	for _, i := range s.pattern.Checks {
		c := s.pattern.Parts[i].Check
		if slices.ContainsFunc(c.Over, func(o pattern.Covered) bool { return o.Given != "" }) {
			unverified = append(unverified, i)
			continue
		}
		if good, err := verify(c, text, st, i); err != nil || !good {
			return nil, false
		}
	}
	return unverified, true
}

// unscramble undoes the scrambling, and reports whether all is known that it depends on.
func (s *Scheme) unscramble(st *state) bool {
	if !s.pattern.Scrambled {
		return true
	}
	if st.fields.Product == "" || len(s.keys) == 0 {
		return false
	}
	for i := range s.pattern.Scope {
		if s.pattern.Scope[i].Given != "" {
			return false
		}
	}
	k, err := s.keyFor(st)
	return err == nil && s.permute(st, k, true) == nil
}

// until returns the end of the period that the serial's date can mean: that of its smallest unit,
// if all larger ones but the year are known.
func (s *Scheme) until(from time.Time) time.Time {
	has := func(u calendar.Unit) bool { return s.pattern.Calendar.Best(u) != nil }
	day := has(calendar.YearDay) || has(calendar.Month) && has(calendar.Day) ||
		has(calendar.Week) && has(calendar.Weekday)
	switch {
	case day && has(calendar.Hour) && has(calendar.Minute):
		return from.Add(time.Minute)
	case day && has(calendar.Hour):
		return from.Add(time.Hour)
	case day:
		return from.AddDate(0, 0, 1)
	case has(calendar.Week):
		return from.AddDate(0, 0, 7)
	case has(calendar.Month):
		return from.AddDate(0, 1, 0)
	}
	return from.AddDate(1, 0, 0)
}

// evidence returns how surprising it is, in bits, that a random text of 36 characters is a serial
// of the scheme.
func (s *Scheme) evidence(st *state, unverified []int) float64 {
	bits := 0.0
	for i := range s.pattern.Parts {
		p := &s.pattern.Parts[i]
		n := float64(st.spans[i].to - st.spans[i].from)
		bits += n * math.Log2(36)
		switch p.Kind {
		case pattern.DatePart:
			for j := range p.Date {
				bits -= math.Log2(float64(p.Date[j].Last - p.Date[j].First + 1))
			}
		case pattern.FieldPart:
			bits -= n * math.Log2(float64(len(p.Chars.Chars)))
		case pattern.IndexPart:
			bits -= min(n*math.Log2(float64(len(p.Chars.Chars))),
				math.Log2(float64(s.pattern.Indexes[p.Index].Size)))
		case pattern.CheckPart:
			if slices.Contains(unverified, i) {
				bits -= n * math.Log2(float64(len(p.Chars.Chars)))
			}
		}
	}
	return bits
}
