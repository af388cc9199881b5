package memory

import (
	"context"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// Open returns a new ledger in memory. Nil options are the default.
func Open(ctx context.Context, o *ledger.Options) (*ledger.Ledger, error) {
	return ledger.New(ctx, NewStore(), o)
}

// NewStore returns an empty store, for programs that wrap or test it, or that open several ledgers
// over it.
func NewStore() driver.Store { return newStore() }
