package sqlite

import (
	"os"
	"time"
)

// settings are what tests change of a store.
type settings struct {
	// busyTimeout is how long a writer waits for another program's transaction.
	busyTimeout time.Duration

	// pragmas are those of each connection. The package comment gives the reasons.
	pragmas []string

	// markLimit is the size in bytes from which a mark is written anew when most of it is
	// superseded.
	markLimit int64

	// sync makes what was written to a mark durable.
	sync func(*os.File) error

	// fileNumber returns the numbers of a file and of its device.
	fileNumber func(*os.File) (device, number uint64, err error)
}

func defaultSettings() *settings {
	return &settings{
		busyTimeout: 10 * time.Second,
		pragmas: []string{
			"synchronous(FULL)", "fullfsync(1)", "checkpoint_fullfsync(1)",
			"cell_size_check(1)", "trusted_schema(0)",
		},
		markLimit:  4 << 20,
		sync:       (*os.File).Sync,
		fileNumber: fileNumber,
	}
}
