package ledger_test

import (
	"context"
	"testing"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/ledgertest"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
)

// What a ledger promises is proven by package ledgertest, over each store.
func TestLedger(t *testing.T) {
	open := func(context.Context, string) (driver.Store, error) { return memory.NewStore(), nil }
	ledgertest.Run(t, open, ledgertest.Capabilities{})
}

// A journal satisfies the interface of package printer.
var _ interface {
	Mark(ctx context.Context, run string, from, to uint64, state, evidence string) error
	Marks(ctx context.Context, run string,
		fn func(from, to uint64, state, evidence string) error) error
} = ledger.Journal{}
