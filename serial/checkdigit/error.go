package checkdigit

import (
	"errors"
	"fmt"
	"strconv"
)

// Kinds of errors, for errors.Is.
var (
	ErrSystem    = errors.New("no such check-character system")
	ErrLength    = errors.New("wrong length")
	ErrCharacter = errors.New("character not allowed here")
	ErrNone      = errors.New("has no check character: such a number is not issued")
	ErrAlphabet  = errors.New("not usable as an alphabet")
	ErrWeights   = errors.New("not usable as weights")
)

// An Error tells which input a system can't take, and where.
type Error struct {
	System string // its name
	Input  string // the payload or alphabet
	Pos    int    // the byte at fault, from 0; −1 if it is the whole
	Kind   error  // one of the kinds above
	Want   string // what would do
}

func (e *Error) Error() string {
	s := "checkdigit: " + e.System + ": "
	if e.Kind == ErrSystem {
		return s + e.Kind.Error()
	}
	input := e.Input
	if len(input) > 60 {
		input = input[:60] + "…"
	}
	s += strconv.Quote(input)
	if e.Pos >= 0 && e.Pos < len(e.Input) {
		s += fmt.Sprintf(" at position %d (%q)", e.Pos+1, e.Input[e.Pos])
	}
	s += ": " + e.Kind.Error()
	if e.Want != "" {
		s += ": want " + e.Want
	}
	return s
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func (c *checker) fail(input string, pos int, kind error) error {
	e := &Error{System: c.name, Input: input, Pos: pos, Kind: kind}
	switch {
	case kind == ErrCharacter && c.form != "":
		e.Want = c.form
	case kind == ErrCharacter:
		e.Want = "one of " + c.in.chars
	case kind == ErrLength && c.max == 0:
		e.Want = "at least 1 character"
	case kind == ErrLength && c.min == c.max:
		e.Want = fmt.Sprintf("%d characters, not %d", c.min, len(input))
	case kind == ErrLength:
		e.Want = fmt.Sprintf("%d to %d characters, not %d", max(c.min, 1), c.max, len(input))
	}
	return e
}
