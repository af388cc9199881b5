package printer

import (
	"errors"
	"fmt"
	"time"
)

var (
	// ErrDoubtful ends a run with the policy StopAtDoubt.
	ErrDoubtful = errors.New("labels are doubtful")

	// ErrStopped ends a run whose Job.Stop was closed before all labels were sent.
	ErrStopped = errors.New("stopped")

	// ErrJob is wrapped by errors about a job that can't be run as it is, or whose journal is of
	// other labels.
	ErrJob = errors.New("invalid job")

	// ErrOneWay is wrapped by errors about a connection that can't carry replies.
	ErrOneWay = errors.New("the connection can't carry replies")

	// ErrOtherPrinter is wrapped by the error about a connection, opened anew, that leads to
	// another printer than before.
	ErrOtherPrinter = errors.New("another printer answers")
)

// A NotReadyError ends a run whose printer doesn't become idle.
type NotReadyError struct {
	Err    error         // the last failure to reach the printer, nil if it answers
	Input  string        // the printer's address
	After  time.Duration // Job.ReadyTimeout
	Detail string        // "media out, paused", "3 formats of earlier jobs to print", "no answer" …
}

func (e *NotReadyError) Error() string {
	return fmt.Sprintf("printer: %s: not ready within %s: %s, want an idle printer; "+
		"fix that and resume the run: the labels not yet sent are waiting",
		e.Input, e.After, e.Detail)
}

// Unwrap returns e.Err.
func (e *NotReadyError) Unwrap() error { return e.Err }
