package serial

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/serial/internal/pattern"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// Sentinels for errors.Is. What [Compile], [Scheme.WithKeys], [Scheme.Format], [Scheme.Parse] and
// the functions that make keys return is an [*Error] that wraps one of them.
var (
	// ErrPattern is the error of Compile.
	ErrPattern = errors.New("invalid pattern")
	// ErrField is for a field that is missing, too long or contains a character not allowed.
	ErrField = errors.New("unusable field")
	// ErrExhausted is the error of Format for an index from Capacity on.
	ErrExhausted = errors.New("numbers exhausted")
	// ErrKey is for a key that the keyring lacks, and for keys that can't be used.
	ErrKey = errors.New("key not available")
	// ErrLength is for a serial that is too short or too long.
	ErrLength = errors.New("wrong length")
	// ErrCharacter is for a character not allowed in its place of the serial.
	ErrCharacter = errors.New("wrong character")
	// ErrDate is for a date that the calendar doesn't have, and for years before 1970 or after
	// 9999.
	ErrDate = errors.New("not a date")
	// ErrCheck is for a check character that doesn't fit: it, or a character that it covers, is
	// wrong.
	ErrCheck = errors.New("wrong check character")
	// ErrIndex is for a number that the scheme doesn't issue.
	ErrIndex = errors.New("number not in the scheme")
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
	Hint   string // what to do; "" if there is nothing to add
}

// Error returns the place, what is wrong with it and the hint in one line. Positions count from
// 1.
func (e *Error) Error() string {
	parts := []string{"serial"}
	if e.Input != "" || e.Err == ErrPattern {
		parts = append(parts, e.where())
	}
	if e.Part != "" {
		parts = append(parts, e.Part)
	}
	if e.Err != ErrPattern {
		parts = append(parts, e.Err.Error())
	}
	if e.Detail != "" {
		parts = append(parts, e.Detail)
	}
	s := strings.Join(parts, ": ")
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// where returns the input and, if only a piece of it is wrong, that piece.
func (e *Error) where() string {
	s := quote.Text(e.Input)
	if e.Err == ErrPattern {
		s = "pattern " + s
	}
	if e.Pos < len(e.Input) && e.Len > 0 && e.Len < len(e.Input) {
		wrong := e.Input[e.Pos:min(e.Pos+e.Len, len(e.Input))]
		s += fmt.Sprintf(" at character %d (%s)", e.Pos+1, quote.Text(wrong))
	}
	return s
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// patternError returns the Error of a pattern that doesn't compile.
func patternError(text string, err error) error {
	e := err.(*pattern.Error)
	return &Error{
		Err: ErrPattern, Input: strings.Clone(text), Pos: e.Pos, Len: e.Len, Part: e.Name,
		Detail: e.Detail, Hint: e.Hint,
	}
}

// fieldError returns the Error of a field.
func fieldError(name, detail string) error {
	return &Error{Err: ErrField, Part: "field " + name, Detail: detail}
}
