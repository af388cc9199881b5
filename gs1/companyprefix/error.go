package companyprefix

import (
	"errors"
	"strconv"
)

// ErrTable is the sentinel of input that is not a table of company prefix lengths.
var ErrTable = errors.New("not a table of company prefix lengths")

// An Error describes why a table could not be read.
type Error struct {
	Err    error  // ErrTable, or the error of the reader
	Input  string // the line concerned, or ""
	Pos    int    // byte offset in the table, -1 if unknown
	Detail string // what was found and what was expected

	line int // counted from 1, 0 if unknown
}

// Error returns the line, counted from 1, the error and the detail.
func (e *Error) Error() string {
	text := "companyprefix: "
	if e.line > 0 {
		text += "line " + strconv.Itoa(e.line) + ": "
	}
	text += e.Err.Error()
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap returns e.Err.
func (e *Error) Unwrap() error { return e.Err }
