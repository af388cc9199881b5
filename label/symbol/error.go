package symbol

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// The sentinels that an [*Error] wraps, for errors.Is.
var (
	ErrEmpty      = errors.New("there is no data")
	ErrTooLong    = errors.New("too much data")
	ErrLength     = errors.New("wrong number of characters")
	ErrCharacter  = errors.New("the symbology lacks the character")
	ErrUTF8       = errors.New("not valid UTF-8")
	ErrCheckDigit = errors.New("wrong check digit")
	ErrCodeword   = errors.New("no such symbol character there")
	ErrSize       = errors.New("the data does not fit the size")
	ErrOption     = errors.New("the option does not apply")
	ErrSymbology  = errors.New("no such symbology")
	ErrPicture    = errors.New("no picture of this size")
)

// An Error describes why data can't be encoded, and where.
type Error struct {
	Err       error // a sentinel, or the error of package gs1 about the structure of a message
	Symbology Symbology
	Segment   int    // index of the segment concerned; 0 for calls without segments
	Input     string // the text or element string at fault, or ""
	Pos       int    // byte offset of the fault in what was given; -1 where there is none
	Detail    string // what was found and what was expected
	Hint      string // what to do, or ""
}

// Error returns the symbology, the place, the sentinel's text, the detail and the hint in one line.
// It quotes Input shortened, and counts bytes from 1.
func (e *Error) Error() string {
	place := ""
	if e.Pos >= 0 {
		place = fmt.Sprintf(" at byte %d", e.Pos+1)
	}
	if e.Segment > 0 {
		place += fmt.Sprintf(" of segment %d", e.Segment)
	}
	if e.Input != "" {
		place += " of " + errtext.Quote(e.Input)
	}
	text := fmt.Sprintf("symbol: %v%s: %s", e.Symbology, place, errtext.Inner(e.Err))
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// lacks returns the error that the symbology lacks the character at byte i of text, or that there
// is none because text is not UTF-8.
func lacks(s Symbology, text string, i int) *Error {
	if invalidAt(text, i) {
		return faultAt(s, ErrUTF8, text, i, "byte 0x%02x", text[i])
	}
	c, _ := utf8.DecodeRuneInString(text[i:])
	return faultAt(s, ErrCharacter, text, i, "%q (%U)", c, c)
}

// invalidAt reports whether text is not UTF-8 at byte i, where a character should begin.
func invalidAt(text string, i int) bool {
	c, size := utf8.DecodeRuneInString(text[i:])
	return c == utf8.RuneError && size == 1
}

func fault(s Symbology, kind error, format string, args ...any) *Error {
	return &Error{Err: kind, Symbology: s, Pos: -1, Detail: fmt.Sprintf(format, args...)}
}

// faultAt returns an error about byte i of text, which it copies so that no caller's text escapes.
func faultAt(s Symbology, kind error, text string, i int, format string, args ...any) *Error {
	e := fault(s, kind, format, args...)
	e.Input, e.Pos = strings.Clone(text), i
	return e
}

// with adds a hint.
func (e *Error) with(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}
