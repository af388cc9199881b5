package line

import (
	"errors"
	"fmt"
	"strings"
)

// What an [OrderError] wraps.
var (
	ErrOrder      = errors.New("the order can't be carried out") // it is malformed or doesn't fit
	ErrWarning    = errors.New("a warning isn't acknowledged")   // the order is probably a mistake
	ErrConflict   = errors.New("the order is known with another content")
	ErrUnderWay   = errors.New("under way")
	ErrComplete   = errors.New("complete")
	ErrNotStarted = errors.New("not started")
)

// An OrderError reports what is wrong with an order. It wraps Err and Cause.
type OrderError struct {
	Err    error  // one of the errors above
	Cause  error  // what another package has found, such as a *serial.Error; may be nil
	File   string // that the order was read from; "" if it wasn't
	Field  string // the order's, as JSON has it, such as "made" or "label.gtin"; "" for none
	Input  string // what was given
	Pos    int    // byte offset in the JSON, after a byte order mark, if Line isn't 0
	Line   int    // of Pos, from 1; 0 if no JSON is read, or the field is missing
	Column int    // of Pos, in characters from 1
	Detail string // what was found, and what was expected
	Hint   string // what to do
}

func (e *OrderError) Error() string {
	var b strings.Builder
	b.WriteString("line: ")
	if e.File != "" {
		b.WriteString(e.File)
	} else {
		b.WriteString("order")
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, ", line %d, column %d", e.Line, e.Column)
	}
	if e.Field != "" {
		b.WriteString(": " + e.Field)
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	} else {
		b.WriteString(": " + e.Err.Error())
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Unwrap returns Err, and Cause if there is one.
func (e *OrderError) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Cause}
}
