package serial

import (
	"errors"
	"sync"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// A check spells the check characters of other parts.
type check struct {
	system checkdigit.Checker
	names  string // over=, as written
	over   []covered
	run    bool // the parts covered stand side by side
	tail   bool // and the check behind them, so that together they are what Valid takes
	skip   bool // numbers without a digit for their check are left out
}

// covered is a part by its place, or a given field by its name.
type covered struct {
	part  int
	given string
}

// scratch is where payloads are put together that don't stand in one piece. It is pooled because checkers are called through an
// interface.
type scratch struct {
	payload [2 * maxSerial]byte
	check   [8]byte
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// appendCheck appends the check characters of a serial whose parts are where st has them.
func (c *check) appendCheck(dst []byte, serial string, st *state) ([]byte, error) {
	if c.run {
		return c.system.AppendCheck(dst, serial[st.spans[c.over[0].part].from:st.spans[c.over[len(c.over)-1].part].to])
	}
	buf := scratches.Get().(*scratch)
	out := buf.payload[:0]
	for _, o := range c.over {
		if o.given != "" {
			out = append(out, st.fields.value(o.given)...)
			continue
		}
		out = append(out, serial[st.spans[o.part].from:st.spans[o.part].to]...)
	}
	dst, err := c.system.AppendCheck(dst, unsafeString(out))
	scratches.Put(buf)
	return dst, err
}

// putCheck writes the check characters of part i into a serial.
func (s *Scheme) putCheck(serial []byte, i int, st *state) error {
	c, at := s.parts[i].check, st.spans[i]
	if _, err := c.appendCheck(serial[at.from:at.from:at.to], unsafeString(serial), st); err != nil {
		return c.fail(err)
	}
	return nil
}

// fail tells which field the system can't take. It doesn't wrap the error that it got, which holds text that changes.
func (c *check) fail(err error) error {
	if errors.Is(err, checkdigit.ErrNone) {
		return &Error{Err: ErrField, Part: "check", Detail: c.system.String() + " has no check character for what it covers: no such number is issued"}
	}
	e := &Error{Err: ErrField, Part: "check", Detail: c.system.String() + " can't take what it covers"}
	for _, o := range c.over {
		if o.given != "" {
			e.Part, e.Detail = "field "+o.given, c.system.String()+" takes only "+c.system.Alphabet()
		}
	}
	return e
}

// verifyChecks compares the check characters of a serial with what they should be.
func (s *Scheme) verifyChecks(serial string, st *state) error {
	if err := s.givens(st); err != nil {
		return err
	}
	for _, i := range s.checks {
		p := &s.parts[i]
		fits, err := p.check.fits(serial, st, i)
		if err != nil {
			return err
		}
		if !fits {
			at := st.spans[i]
			return s.failAt(serial, int(at.from), int(at.to-at.from), ErrCheck, p, "a character is wrong, or two changed places")
		}
	}
	return nil
}

// fits reports whether the check that is part i is what it should be.
func (c *check) fits(serial string, st *state, i int) (bool, error) {
	if c.tail && c.system.Valid(serial[st.spans[c.over[0].part].from:st.spans[i].to]) {
		return true, nil
	}
	buf := scratches.Get().(*scratch)
	defer scratches.Put(buf)
	want, err := c.appendCheck(buf.check[:0], serial, st)
	if errors.Is(err, checkdigit.ErrNone) { // no check fits
		return false, nil
	}
	if err != nil {
		return false, c.fail(err)
	}
	return string(want) == serial[st.spans[i].from:st.spans[i].to], nil
}
