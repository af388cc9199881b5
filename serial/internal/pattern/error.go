package pattern

import "fmt"

// An Error reports what is wrong with a pattern, and where.
type Error struct {
	Pos    int    // the first wrong byte of the pattern, from 0
	Len    int    // the number of wrong bytes
	Name   string // of the part or setting
	Detail string // what was found and what was expected
	Hint   string // what to do
}

func (e *Error) Error() string {
	s := e.Detail
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// hint adds what to do.
func (e *Error) hint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}
