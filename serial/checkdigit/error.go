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
	ErrNone      = errors.New("number without a check character") // the trade doesn't issue it
	ErrAlphabet  = errors.New("unusable alphabet")
	ErrWeights   = errors.New("unusable weights")
)

// An Error reports what a system rejects, and where.
type Error struct {
	Err    error  // the sentinel
	System string // the system's name
	Input  string // the payload or alphabet
	Pos    int    // the first wrong byte of Input, from 0; −1 if all of it is wrong
	Detail string // what was expected
}

// maxQuoted is how much of an input a message quotes, in bytes.
const maxQuoted = 60

// Error returns the system, the input, the place and what was expected. Positions count from 1.
func (e *Error) Error() string {
	s := "checkdigit: " + e.System + ": "
	if e.Err == ErrSystem {
		return s + e.Err.Error()
	}
	input := e.Input
	if len(input) > maxQuoted {
		input = input[:maxQuoted] + "…"
	}
	s += strconv.Quote(input)
	if e.Pos >= 0 && e.Pos < len(e.Input) {
		s += fmt.Sprintf(" at character %d (%q)", e.Pos+1, e.Input[e.Pos])
	}
	s += ": " + e.Err.Error()
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }

func (c *checker) fail(input string, pos int, sentinel error) error {
	e := &Error{Err: sentinel, System: c.name, Input: input, Pos: pos}
	switch {
	case sentinel == ErrCharacter && c.formWords != "":
		e.Detail = "want " + c.formWords
	case sentinel == ErrCharacter:
		e.Detail = "want one of " + c.in.chars
	case sentinel == ErrLength:
		e.Detail = fmt.Sprintf("%d characters, want %s", len(input), c.lengths())
	}
	return e
}

// lengths returns the lengths of a payload in words.
func (c *checker) lengths() string {
	switch {
	case c.max == 0:
		return "at least 1"
	case c.min == c.max:
		return strconv.Itoa(c.min)
	}
	return fmt.Sprintf("%d to %d", max(c.min, 1), c.max)
}
