package zpl

import (
	"errors"
	"fmt"
)

// What can be wrong with a stream of commands; errors.Is finds these in an [*Error].
var (
	ErrSyntax      = errors.New("not ZPL")
	ErrTruncated   = errors.New("ends too early")
	ErrTooLong     = errors.New("too long")
	ErrUnsupported = errors.New("not supported")
	ErrParameter   = errors.New("wrong parameter")
	ErrData        = errors.New("wrong field data")
)

// An Error says which command of a stream is wrong, where it stands, and what was expected.
type Error struct {
	Command string // as the guide names it, such as "^BX"; "" outside commands
	Offset  int64  // of the command's first byte in the stream
	Kind    error  // one of the sentinels of this package
	Detail  string
}

func (e *Error) Error() string {
	what := e.Command
	if what == "" {
		what = "input"
	}
	return fmt.Sprintf("zpl: %s at byte %d: %v: %s", what, e.Offset, e.Kind, e.Detail)
}

func (e *Error) Unwrap() error { return e.Kind }
