package serial

import (
	"errors"
	"sync"

	"github.com/gonameplate/nameplate/serial/checkdigit"
	"github.com/gonameplate/nameplate/serial/internal/pattern"
)

// scratch is where payloads are put together that are not one piece of the serial. It is pooled
// because checkers are called through an interface.
type scratch struct {
	payload [2 * pattern.MaxSerial]byte
	check   [8]byte
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// appendCheck appends the check characters of a serial whose parts are where st has them.
func appendCheck(dst []byte, c *pattern.Check, serial string, st *state) ([]byte, error) {
	if c.Run {
		first, last := st.spans[c.Over[0].Part], st.spans[c.Over[len(c.Over)-1].Part]
		return c.System.AppendCheck(dst, serial[first.from:last.to])
	}
	buf := scratches.Get().(*scratch)
	out := buf.payload[:0]
	for _, o := range c.Over {
		if o.Given != "" {
			out = append(out, st.fields.value(o.Given)...)
			continue
		}
		out = append(out, st.spans[o.Part].in(serial)...)
	}
	dst, err := c.System.AppendCheck(dst, unsafeString(out))
	scratches.Put(buf)
	return dst, err
}

// putCheck writes the check characters of part i into a serial.
func (s *Scheme) putCheck(serial []byte, i int, st *state) error {
	c, at := s.pattern.Parts[i].Check, st.spans[i]
	if _, err := appendCheck(serial[at.from:at.from:at.to], c, unsafeString(serial),
		st); err != nil {
		return checkError(c, err)
	}
	return nil
}

// checkError returns the Error of a system that has no check for what it covers. It doesn't wrap
// the system's error, which holds text that changes.
func checkError(c *pattern.Check, err error) error {
	name := c.System.String()
	if errors.Is(err, checkdigit.ErrNone) {
		return &Error{Err: ErrField, Part: "check", Detail: name +
			" has no check character for what it covers: no such number is issued"}
	}
	for _, o := range c.Over {
		if o.Given != "" {
			return fieldError(o.Given, name+" takes only "+c.System.Alphabet())
		}
	}
	return &Error{Err: ErrField, Part: "check", Detail: name + " rejects what it covers"}
}

// verifyChecks compares the check characters of a serial with what they should be.
func (s *Scheme) verifyChecks(serial string, st *state) error {
	if err := s.givens(st); err != nil {
		return err
	}
	for _, i := range s.pattern.Checks {
		p := &s.pattern.Parts[i]
		ok, err := verify(p.Check, serial, st, i)
		if err != nil {
			return err
		}
		if !ok {
			return failIn(serial, st.spans[i], ErrCheck, p,
				"a character is wrong, or two changed places")
		}
	}
	return nil
}

// verify reports whether the check that is part i is what it should be.
func verify(c *pattern.Check, serial string, st *state, i int) (bool, error) {
	if c.Tail && c.System.Valid(serial[st.spans[c.Over[0].Part].from:st.spans[i].to]) {
		return true, nil
	}
	buf := scratches.Get().(*scratch)
	defer scratches.Put(buf)
	want, err := appendCheck(buf.check[:0], c, serial, st)
	if errors.Is(err, checkdigit.ErrNone) { // no check fits
		return false, nil
	}
	if err != nil {
		return false, checkError(c, err)
	}
	return string(want) == st.spans[i].in(serial), nil
}
