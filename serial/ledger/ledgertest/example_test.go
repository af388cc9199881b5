package ledgertest_test

import (
	"context"
	"testing"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/ledgertest"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// A store's package has a test such as this one.
func ExampleRun() {
	_ = func(t *testing.T) {
		open := func(ctx context.Context, name string) (driver.Store, error) {
			return sqlite.OpenStore(ctx, name)
		}
		can := ledgertest.Capabilities{Durable: true, Processes: true, Copies: true}
		ledgertest.Run(t, open, can)
	}
}
