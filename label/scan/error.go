package scan

import (
	"errors"
	"strconv"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// The sentinels of this package, for errors.Is. What is wrong with GS1 data is a *gs1.Error.
var (
	ErrEmpty   = errors.New("empty scan")
	ErrLength  = errors.New("too long")
	ErrFormat  = errors.New("not of this form") // of data that Format functions write
	ErrCheck   = errors.New("wrong check characters")
	ErrDamaged = errors.New("damaged beyond repair")
)

// An Error describes why a scan has no reading, or why data can't be written.
type Error struct {
	Err    error  // a sentinel of this package, or a *gs1.Error
	Input  string // the scan, or the field
	Pos    int    // byte offset in Input, -1 if there is no place
	Len    int    // length in bytes of what is wrong
	Detail string // what was found and what was expected
	Hint   string // what to do, or ""
}

// Error returns the place, counted from 1, the error, the detail and the hint.
func (e *Error) Error() string {
	text := "scan: "
	if e.Pos >= 0 {
		text += "at byte " + strconv.Itoa(e.Pos+1) + " of "
	}
	text += errtext.Quote(e.Input) + ": " + errtext.Inner(e.Err)
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns e.Err.
func (e *Error) Unwrap() error { return e.Err }
