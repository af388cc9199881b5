package memory_test

import (
	"context"
	"testing"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/ledgertest"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
)

func TestStore(t *testing.T) {
	open := func(context.Context, string) (driver.Store, error) { return memory.NewStore(), nil }
	ledgertest.Run(t, open, ledgertest.Capabilities{})
}
