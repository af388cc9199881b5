package ledger

import (
	"errors"
	"fmt"

	"github.com/gonameplate/nameplate/serial"
)

// What can be wrong with the place where a ledger is kept. Stores return them in a *StoreError.
var (
	ErrForeign = errors.New("not a ledger")                         // the file is another program's
	ErrNewer   = errors.New("a ledger of a newer format")           // written by a later version of this package
	ErrCopied  = errors.New("a copy of a ledger")                   // the original may issue the same numbers
	ErrMissing = errors.New("the ledger is missing")                // its high-water mark is there
	ErrDamaged = errors.New("a damaged ledger")                     // its records contradict each other
	ErrFull    = errors.New("no space left for the ledger")         // nothing of the call was kept
	ErrBusy    = errors.New("the ledger is held by another writer") // nothing of the call was kept
	ErrAccess  = errors.New("no access to the ledger")              // permissions, a directory, a read-only disk
	ErrClosed  = errors.New("the ledger is closed")
)

// What can be wrong with a call.
var (
	ErrUnknownProduct = errors.New("unknown product")
	ErrUnknownBlock   = errors.New("unknown block")
	ErrNotIssued      = errors.New("never issued") // the serial may be well formed
	ErrExhausted      = serial.ErrExhausted
	ErrOvertaken      = errors.New("another program has carried the run on") // nothing of the call was kept
	ErrOrderDiffers   = errors.New("the request was used for another order")
	ErrCollision      = errors.New("two schemes of the product make the same serial")
	ErrKey            = errors.New("the key makes other serials than the ledger has issued")
)

// A StoreError tells what is wrong with a ledger's file or server, and the mend.
type StoreError struct {
	Name  string // the file
	Err   error  // one of the sentinels
	Cause error  // what was found; may be nil
	Mend  string
}

func (e *StoreError) Error() string {
	s := fmt.Sprintf("%s: %v", e.Name, e.Err)
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	if e.Mend != "" {
		s += "; " + e.Mend
	}
	return s
}

func (e *StoreError) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Cause}
}
