package ledger

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/serial"
)

// Errors of the place where a ledger is kept. They come in a [*StoreError].
var (
	ErrForeign = errors.New("not a ledger")               // the file is another program's
	ErrNewer   = errors.New("a ledger of a newer format") // a later version wrote it
	ErrCopied  = errors.New("a copy of a ledger")         // the original may issue the same
	ErrMissing = errors.New("the ledger is missing")      // its high-water mark is there
	ErrDamaged = errors.New("a damaged ledger")           // a record was changed or is gone
	ErrAccess  = errors.New("no access to the ledger")    // permissions, a read-only disk …
	ErrClosed  = errors.New("the ledger is closed")

	// Nothing of the call was kept.
	ErrFull = errors.New("no space left for the ledger")
	ErrBusy = errors.New("the ledger is held by another writer")
)

// Errors of a call. They come in an [*Error]. Nothing of the call was recorded.
var (
	ErrInvalid        = errors.New("invalid argument") // missing or malformed
	ErrUnknownProduct = errors.New("unknown product")
	ErrUnknownBlock   = errors.New("unknown block")
	ErrNotIssued      = errors.New("never issued") // the serial may be well formed
	ErrExhausted      = serial.ErrExhausted
	ErrOvertaken      = errors.New("another program has continued the run")
	ErrOrderDiffers   = errors.New("the request was used for another order")
	ErrCollision      = errors.New("two schemes of the product make the same serial")
	ErrKey            = errors.New("the key makes other serials than the ledger has issued")
)

// An Error describes a call that failed.
type Error struct {
	Place  string // what failed, such as `order "4711" of product "P"` or "event 2"
	Err    error  // a sentinel of this package, or the error of a scheme or a context
	Input  string // the argument at fault, such as the serial or the block's id, if it is one text
	Detail string // what was found and what was expected
	Hint   string // what to do; may be empty

	cause error // of the scheme that rejected the serial
}

func (e *Error) Error() string {
	if e.Err == ErrInvalid && e.Detail != "" {
		return message(e.Place, errors.New(e.Detail), "", e.Hint)
	}
	return message(e.Place, e.Err, e.Detail, e.Hint)
}

// Unwrap returns Err, and the error of the scheme that rejected a serial if there is one.
func (e *Error) Unwrap() []error { return errorsOf(e.Err, e.cause) }

// A StoreError describes what is wrong with a ledger's file or server.
type StoreError struct {
	Name   string // the file
	Err    error  // a sentinel of this package
	Detail string // what was found and what was expected
	System error  // the error of the database or the operating system, or nil
	Hint   string // what to do
}

func (e *StoreError) Error() string {
	detail := e.Detail
	switch {
	case e.System != nil && detail != "":
		detail += ": " + e.System.Error()
	case e.System != nil:
		detail = e.System.Error()
	}
	return message(e.Name, e.Err, detail, e.Hint)
}

// Unwrap returns Err, and System if it isn't nil.
func (e *StoreError) Unwrap() []error { return errorsOf(e.Err, e.System) }

// prefix begins every message of the package.
const prefix = "ledger: "

func message(place string, err error, detail, hint string) string {
	s := prefix
	if place != "" {
		s += place + ": "
	}
	s += strings.TrimPrefix(err.Error(), prefix)
	if detail != "" {
		s += ": " + detail
	}
	if hint != "" {
		s += "; " + hint
	}
	return s
}

func errorsOf(err, cause error) []error {
	if cause == nil {
		return []error{err}
	}
	return []error{err, cause}
}

// invalid returns the error of an argument.
func invalid(input, detail, hint string) error {
	return &Error{Err: ErrInvalid, Input: input, Detail: detail, Hint: hint}
}

// fail adds to an error what failed. An error of the store remains as it is, but a record that
// can't be read becomes one.
func (l *Ledger) fail(place string, err error) error {
	var known *StoreError
	if err == nil || errors.As(err, &known) {
		return err
	}
	e, ok := err.(*Error)
	switch {
	case !ok:
		return &Error{Place: place, Err: err}
	case e.Err == ErrDamaged:
		return l.damaged(e)
	case place == "":
		return e
	}
	outer := *e
	outer.Place = place
	if e.Place != "" {
		outer.Place += ": " + e.Place
	}
	return &outer
}

// damage returns the error of a record that can't be read or contradicts another.
func damage(seq uint64, format string, args ...any) error {
	return contradiction("record %d: "+format, append([]any{seq}, args...)...)
}

// contradiction returns the error of records that contradict each other.
func contradiction(format string, args ...any) error {
	return &Error{Err: ErrDamaged, Detail: fmt.Sprintf(format, args...)}
}

// damaged returns a contradiction as an error of the store.
func (l *Ledger) damaged(e *Error) error {
	return &StoreError{Name: l.String(), Err: ErrDamaged, Detail: e.Detail,
		Hint: "restore it from a backup and leave its high-water mark as it is: " +
			"no number is issued again"}
}

// clip quotes text for a message: all of it, or the beginning of a long one.
func clip(s string) string {
	const limit = 60
	if len(s) <= limit {
		return strconv.Quote(s)
	}
	end := limit
	for end > limit-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return strconv.Quote(s[:end] + "…")
}
