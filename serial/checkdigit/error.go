package checkdigit

import (
	"errors"
	"fmt"
	"strconv"
)

// The sentinels that an [Error] wraps, for errors.Is.
var (
	ErrSystem    = errors.New("no such check-character system")
	ErrLength    = errors.New("wrong length")
	ErrCharacter = errors.New("character not allowed here")
	ErrNone      = errors.New("has no check character: such a number is not issued")
	ErrAlphabet  = errors.New("not usable as an alphabet")
	ErrWeights   = errors.New("not usable as weights")
)

// An Error reports what a system rejects, and where.
type Error struct {
	Err    error  // the sentinel
	System string // the system's name
	Input  string // the payload or alphabet
	Pos    int    // the first wrong byte of Input, from 0; −1 if all of it is wrong
	Detail string // what was expected
}

func (e *Error) Error() string {
	s := "checkdigit: " + e.System + ": "
	if e.Err == ErrSystem {
		return s + e.Err.Error()
	}
	input := e.Input
	if len(input) > 60 {
		input = input[:60] + "…"
	}
	s += strconv.Quote(input)
	if e.Pos >= 0 && e.Pos < len(e.Input) {
		s += fmt.Sprintf(" at position %d (%q)", e.Pos+1, e.Input[e.Pos])
	}
	s += ": " + e.Err.Error()
	if e.Detail != "" {
		s += ": want " + e.Detail
	}
	return s
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }

func (c *checker) fail(input string, pos int, kind error) error {
	e := &Error{System: c.name, Input: input, Pos: pos, Err: kind}
	switch {
	case kind == ErrCharacter && c.form != "":
		e.Detail = c.form
	case kind == ErrCharacter:
		e.Detail = "one of " + c.in.chars
	case kind == ErrLength && c.max == 0:
		e.Detail = "at least 1 character"
	case kind == ErrLength && c.min == c.max:
		e.Detail = fmt.Sprintf("%d characters, not %d", c.min, len(input))
	case kind == ErrLength:
		e.Detail = fmt.Sprintf("%d to %d characters, not %d", max(c.min, 1), c.max, len(input))
	}
	return e
}
