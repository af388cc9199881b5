package serial

import (
	"errors"
	"fmt"
	"strconv"
)

// Kinds of errors, for errors.Is. What [Compile], [Scheme.Format] and [Scheme.Parse] return is an [*Error] that wraps one of them.
var (
	ErrPattern   = errors.New("pattern not understood")       // Compile: the pattern at fault
	ErrField     = errors.New("field not usable")             // Format, Parse: a field is missing, too long or has a character too many
	ErrExhausted = errors.New("numbers exhausted")            // Format: the index is at or past Capacity
	ErrKey       = errors.New("key not available")            // Format, Parse, WithKeys: the keyring lacks a key
	ErrLength    = errors.New("wrong length")                 // Parse
	ErrCharacter = errors.New("wrong character")              // Parse: a character that can't stand there
	ErrDate      = errors.New("not a date")                   // Format, Parse: a date that isn't
	ErrCheck     = errors.New("check character does not fit") // Parse: some character before it, or itself, is wrong
	ErrIndex     = errors.New("number that was never issued") // Parse: outside the range that the scheme issues
)

// An Error reports what is wrong with a pattern, a field or a serial, and where. It never holds a
// key's secret.
type Error struct {
	Err    error  // the sentinel
	Input  string // the pattern or the serial; "" if a field or key is wrong
	Pos    int    // the first wrong byte of Input, from 0
	Len    int    // the number of wrong bytes
	Part   string // the part of the pattern, the field or the key, such as "check" or "field lot"
	Detail string // what was found and what was expected
}

func (e *Error) Error() string {
	s := "serial: "
	if e.Input != "" {
		s += clip(e.Input)
		if e.Pos < len(e.Input) && e.Len > 0 {
			s += fmt.Sprintf(" at position %d (%s)", e.Pos+1, clip(e.Input[e.Pos:min(e.Pos+e.Len, len(e.Input))]))
		}
		s += ": "
	}
	if e.Part != "" {
		s += e.Part + ": "
	}
	s += e.Err.Error()
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// clip quotes text, and of long text the beginning.
func clip(s string) string {
	if len(s) > 60 {
		return strconv.Quote(s[:60] + "…")
	}
	return strconv.Quote(s)
}
