package sqlite_test

import (
	"context"
	"testing"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/ledgertest"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

func TestStore(t *testing.T) {
	open := func(ctx context.Context, name string) (driver.Store,
		error) {
		return sqlite.OpenStore(ctx, name)
	}
	ledgertest.Run(t, open, ledgertest.Capabilities{Durable: true, Processes: true, Copies: true})
}
