package symbol

import (
	"errors"
	"fmt"
)

// What an *[Error] wraps: the kinds of data that can't be encoded.
var (
	ErrEmpty     = errors.New("there is no data")
	ErrTooLong   = errors.New("too much data")
	ErrCharacter = errors.New("the symbology lacks the character")
	ErrUTF8      = errors.New("not valid UTF-8")
	ErrSize      = errors.New("the data does not fit the size")
	ErrOption    = errors.New("the option does not apply")

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

func fault(s Symbology, kind error, format string, args ...any) *Error {
	return &Error{Symbology: s, Offset: -1, Err: kind, Detail: fmt.Sprintf(format, args...)}
}
