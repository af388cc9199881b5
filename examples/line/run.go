package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// commission takes the order's units into the ledger, or with -resume finds the block of the order's run.
func (b *batch) commission(ctx context.Context) (err error) {
	block, unfinished, err := b.lastRun(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", b.db, err)
	case b.resume && block == nil:
		return fmt.Errorf("-resume: order %s has no run in %s; leave -resume out to make its units", b.order.ID, b.db)
	case b.resume:
		b.block = block
		b.tell("2. resuming run %s: %d units of block %s", block.Request, block.Count, block.ID)
		return b.sameLabel()
	case unfinished:
		b.tell("   run %s of this order is unfinished; -resume goes on with it", block.Request)
	}
	acting := ledger.WithActor(ctx, b.order.Operator, "order "+b.order.ID)
	b.block, err = b.ledger.Commission(acting, ledger.Order{
		Request:    b.order.ID + "/" + rand.Text()[:8],
		Product:    b.order.Code,
		Count:      b.order.Units,
		Fields:     b.order.fields(),
		Machine:    b.order.Machine,
		Attributes: map[string]string{"order": b.order.ID, "operator": b.order.Operator, "template": b.template.Hash(), "facts": b.facts},
	})
	if err != nil {
		return fmt.Errorf("%s: %w", b.config.order, err)
	}
	b.tell("2. commissioned %d units as block %s in %s (epoch %d)", b.block.Count, b.block.ID, b.db, b.block.Epoch)
	return nil
}

// sameLabel refuses to go on with a run whose first labels looked otherwise.
func (b *batch) sameLabel() error {
	if was := b.block.Attributes["template"]; was != b.template.Hash() {
		return fmt.Errorf("%s: the template has changed since run %s began (%.12s then, %.12s now); put the old one back, or leave -resume out to take new serials",
			b.order.templateFile(), b.block.Request, was, b.template.Hash())
	}
	if b.block.Attributes["facts"] != b.facts {
		return fmt.Errorf("%s: what the order puts on its labels has changed since run %s began; put the old one back, or leave -resume out to take new serials",
			b.config.order, b.block.Request)
	}
	return nil
}

// lastRun is the order's newest block with labels that have no outcome, or else its newest one, or nil.
func (b *batch) lastRun(ctx context.Context) (last *ledger.Block, unfinished bool, err error) {
	for block, err := range b.ledger.Blocks(ctx, b.order.Code) {
		if err != nil {
			return nil, false, err
		}
		if block.Attributes["order"] != b.order.ID {
			continue
		}
		open, err := b.unfinished(ctx, block)
		if err != nil {
			return nil, false, err
		}
		if open || !unfinished {
			last, unfinished = block, open
		}
	}
	return last, unfinished, nil
}

// unfinished reports whether labels of a block have no outcome.
func (b *batch) unfinished(ctx context.Context, block *ledger.Block) (bool, error) {
	ranges, err := b.ledger.Outcomes(ctx, block)
	return slices.ContainsFunc(ranges, func(r ledger.Outcome) bool {
		return r.State == string(printer.NotSent) || r.State == string(printer.Intent)
	}), err
}
