package sqlite

import (
	"context"
	"os"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger"
)

// A Setting changes a store that a test opens.
type Setting func(*settings)

// BusyTimeout is the time that a writer waits for other programs.
func BusyTimeout(d time.Duration) Setting { return func(s *settings) { s.busyTimeout = d } }

// Pragma adds a pragma to the connections.
func Pragma(text string) Setting {
	return func(s *settings) {
		s.pragmas = append(s.pragmas,
			text)
	}
}

// MarkLimit is the size from which a mark is written anew.
func MarkLimit(bytes int64) Setting { return func(s *settings) { s.markLimit = bytes } }

// Sync makes what was written to a mark durable.
func Sync(f func(*os.File) error) Setting { return func(s *settings) { s.sync = f } }

// Devices adds n to the number of each device, as starting the machine or a container anew may.
func Devices(n uint64) Setting {
	return func(s *settings) {
		s.fileNumber = func(f *os.File) (device, number uint64, err error) {
			device, number, err = fileNumber(f)
			return device + n, number, err
		}
	}
}

// OpenSet is Open with settings.
func OpenSet(ctx context.Context, path string, o *ledger.Options, change ...Setting) (
	*ledger.Ledger, error) {
	path = resolve(path)
	set := defaultSettings()
	for _, c := range change {
		c(set)
	}
	s, err := openStore(ctx, path, path+markSuffix, set)
	if err != nil {
		return nil, err
	}
	return overStore(ctx, s, o)
}

var QuarantineForeignWAL = quarantineForeignWAL

// FileNumber returns the numbers of the device and of the file at a path.
func FileNumber(path string) (device, number uint64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	return fileNumber(f)
}
