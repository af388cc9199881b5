package symbol

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// What an *[Error] wraps: the kinds of data that can't be encoded.
var (
	ErrEmpty     = errors.New("there is no data")
	ErrTooLong   = errors.New("too much data")
	ErrCharacter = errors.New("the symbology lacks the character")
	ErrUTF8      = errors.New("not valid UTF-8")
	ErrSize      = errors.New("the data does not fit the size")
	ErrOption    = errors.New("the option does not apply")
	ErrSymbology = errors.New("no such symbology")
	ErrCodeword  = errors.New("no such symbol character there")

	ErrLength     = errors.New("wrong number of characters")
	ErrCheckDigit = errors.New("wrong check digit")
)

// An Error says why data can't be encoded. It wraps one of the Err values, or the error of package gs1 for a message whose
// structure is broken.
type Error struct {
	Symbology Symbology
	Segment   int   // index of the segment that is at fault; 0 for the calls that take text or bytes
	Offset    int   // byte offset of the fault in the text, bytes or element string; -1 where there is none
	Err       error // the kind of fault
	Detail    string
}

func (e *Error) Error() string {
	place := ""
	if e.Offset >= 0 {
		place = fmt.Sprintf(" at byte %d", e.Offset)
	}
	if e.Segment > 0 {
		place += fmt.Sprintf(" of segment %d", e.Segment)
	}
	text := fmt.Sprintf("symbol: %v%s: %v", e.Symbology, place, e.Err)
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// lacks says that the symbology lacks the character at byte i of text, or that there is none because text is not UTF-8.
func lacks(s Symbology, text string, i int) *Error {
	if invalidAt(text, i) {
		return &Error{s, 0, i, ErrUTF8, fmt.Sprintf("byte 0x%02x", text[i])}
	}
	c, _ := utf8.DecodeRuneInString(text[i:])
	return &Error{s, 0, i, ErrCharacter, fmt.Sprintf("%q (%U)", c, c)}
}

// invalidAt reports whether text is not UTF-8 at byte i, where a character should begin.
func invalidAt(text string, i int) bool {
	c, size := utf8.DecodeRuneInString(text[i:])
	return c == utf8.RuneError && size == 1
}

// brief quotes what may be long.
func brief(text string) string {
	const most = 40
	if len(text) > most {
		return fmt.Sprintf("%q ...", text[:most])
	}
	return fmt.Sprintf("%q", text)
}

func fault(s Symbology, kind error, format string, args ...any) *Error {
	return &Error{Symbology: s, Offset: -1, Err: kind, Detail: fmt.Sprintf(format, args...)}
}
