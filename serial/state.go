package serial

import (
	"math"
	"strings"
	"unsafe"

	"github.com/gonameplate/nameplate/serial/internal/calendar"
	"github.com/gonameplate/nameplate/serial/internal/pattern"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// state is one formatting or one parsing of a serial.
type state struct {
	fields *Fields
	serial string // that is parsed; "" while one is formatted
	key    string // the key's identifier
	dated  bool   // date is set
	date   calendar.Reading
	digits [pattern.MaxIndexes]uint64
	ranges [pattern.MaxIndexes]uint16 // the range that an index's number is in
	spans  [pattern.MaxParts]span
}

// A span is where a part is in the serial.
type span struct{ from, to uint8 }

// in returns what a part is in a serial.
func (sp span) in(serial string) string { return serial[sp.from:sp.to] }

// unsafeString returns b as a string without a copy; b must not change as long as the string is
// in use.
func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// needs checks the fields that the serial needs besides those that it contains, and takes the
// time.
func (s *Scheme) needs(st *state) error {
	if err := s.givens(st); err != nil {
		return err
	}
	if s.pattern.Scrambled && st.fields.Product == "" {
		return fieldError("product",
			"missing: a scrambled index needs it, so that two products under one key share no "+
				"sequence")
	}
	if s.pattern.Scrambled && len(st.fields.Product) > math.MaxUint16 {
		return fieldError("product", "longer than 65,535 bytes")
	}
	return s.takeTime(st)
}

// givens checks the fields that the caller's context supplies.
func (s *Scheme) givens(st *state) error {
	for _, name := range s.pattern.Given {
		if st.fields.value(name) == "" {
			return fieldError(name, "missing: the scheme needs it beside the serial")
		}
	}
	return nil
}

// takeTime sets the date of the fields' time if the serial has one and it isn't set.
func (s *Scheme) takeTime(st *state) error {
	if !s.pattern.Calendar.Used() || st.dated {
		return nil
	}
	if st.fields.Time.IsZero() {
		return fieldError("time", "missing")
	}
	s.pattern.Calendar.Take(st.fields.Time, &st.date.Moment)
	if !st.date.Moment.InYears() {
		return &Error{Err: ErrDate, Part: "field time", Detail: st.fields.Time.String() +
			", want the years 1970 to 9999"}
	}
	st.dated = true
	return nil
}

// skipped returns the remainder of what precedes an index with a skip.
func skipped(x *pattern.Index, serial string, st *state) int {
	r, place := x.Skip.Start(), 0
	for _, part := range x.Before {
		r, place = x.Skip.Before(r, place, st.spans[part].in(serial))
	}
	return r
}

// failAt returns the Error of a piece of a serial. The part is nil if the piece is of no part.
func failAt(serial string, pos, n int, sentinel error, p *pattern.Part, detail string) *Error {
	e := &Error{Err: sentinel, Input: strings.Clone(serial), Pos: pos, Len: n, Detail: detail}
	if p != nil {
		e.Part = p.Name
	}
	return e
}

// failIn is failAt for the piece that a part takes.
func failIn(serial string, at span, sentinel error, p *pattern.Part, detail string) *Error {
	return failAt(serial, int(at.from), int(at.to-at.from), sentinel, p, detail)
}

// failWrong returns the Error of a character that its part can't have.
func failWrong(serial string, pos int, p *pattern.Part) *Error {
	if p.Literal != "" {
		return failAt(serial, pos, 1, ErrCharacter, p, "want "+quote.Text(p.Literal))
	}
	e := failAt(serial, pos, 1, ErrCharacter, p, "want one of "+p.Chars.Chars)
	for _, d := range lookalikes(serial[pos]) {
		if p.Chars.Has(d) {
			e.Hint = "is it a " + string(d) + "?"
			break
		}
	}
	return e
}
