package zpl

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// What can be wrong; errors.Is finds these in an [*Error].
var (
	ErrSyntax      = errors.New("not ZPL")
	ErrTruncated   = errors.New("ends too early")
	ErrTooLong     = errors.New("too long")
	ErrUnsupported = errors.New("not supported")
	ErrParameter   = errors.New("invalid parameter")
	ErrData        = errors.New("invalid field data")
	ErrDevice      = errors.New("invalid device")   // a [label.Device] without dots
	ErrSize        = errors.New("invalid size")     // of a label
	ErrSettings    = errors.New("invalid settings") // a program made them
	ErrField       = errors.New("invalid field")    // a program made it
)

// An Error describes a command of a stream that is wrong, or what cannot be written as ZPL.
type Error struct {
	Err     error  // one of the sentinels of this package
	Command string // as the guide names it, such as "^BX"; "" outside commands
	Input   string // the command's parameters or data, shortened
	Pos     int64  // byte offset in the stream of the command's prefix; -1 outside streams
	Detail  string // what was found and what was expected
	Hint    string // what to do; may be empty
}

// Error returns one line, such as
// `zpl: ^BX at byte 12: not supported: a quality other than 200 (ECC 200)`.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("zpl: ")
	if e.Command != "" {
		b.WriteString(e.Command + " ")
	}
	if e.Pos >= 0 {
		fmt.Fprintf(&b, "at byte %d: ", e.Pos+1)
	}
	fmt.Fprintf(&b, "%v: %s", e.Err, e.Detail)
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// unwritable returns the error for what a program asks to write.
func unwritable(err error, hint, format string, a ...any) *Error {
	return &Error{Err: err, Pos: -1, Detail: fmt.Sprintf(format, a...), Hint: hint}
}

// An EscapeError describes a value that a field of some context cannot carry.
type EscapeError struct {
	Context Context
	Input   string // the value
	Pos     int    // byte offset in Input
	Detail  string // what was found and what was expected
	Hint    string // what to do; may be empty
}

// Error returns one line with the value and the place in it.
func (e *EscapeError) Error() string {
	text := fmt.Sprintf("zpl: %s field at byte %d of %s: %s",
		e.Context, e.Pos+1, errtext.Quote(e.Input), e.Detail)
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}
