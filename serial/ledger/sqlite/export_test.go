package sqlite

import (
	"os"
	"testing"
	"time"
)

// SetBusyTimeout sets the time that ledgers which are opened from now on wait for other programs, until the test ends.
func SetBusyTimeout(t *testing.T, d time.Duration) {
	was := busyTimeout
	t.Cleanup(func() { busyTimeout = was })
	busyTimeout = d
}

// AddPragma adds a pragma to ledgers which are opened from now on, until the test ends.
func AddPragma(t *testing.T, pragma string) {
	was := pragmas
	t.Cleanup(func() { pragmas = was })
	pragmas = append(pragmas[:len(pragmas):len(pragmas)], pragma)
}

// SetMarkLimit sets the size from which a mark is written anew, until the test ends.
func SetMarkLimit(t *testing.T, bytes int64) {
	was := markLimit
	t.Cleanup(func() { markLimit = was })
	markLimit = bytes
}

// RenumberDevices gives each device another number, as starting the machine or a container anew may, until the test ends.
func RenumberDevices(t *testing.T) {
	was := numberOf
	t.Cleanup(func() { numberOf = was })
	numberOf = func(f *os.File) (device, number uint64, err error) {
		device, number, err = was(f)
		return device + 1, number, err
	}
}

var SetAsideStrangeLog = setAsideStrangeLog
