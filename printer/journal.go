package printer

import "context"

// A Journal keeps the outcomes of a print run as ranges of label positions. Its methods have built-in types only, so that a
// ledger satisfies it without importing this package.
//
// Two programs may come to carry on the same run, as when one is resumed that still runs elsewhere. A journal that
// several can reach must let only one of them go on: Mark returns an error when another has marked the run after this one
// read it, as the ledger's journal does. Run then stops before it sends another label.
type Journal interface {
	// Mark records durably, before it returns, that the labels from ≤ i < to of a run are in a state (a [State], spelled out), by some
	// evidence (words key=value such as counter=100..120, with blanks between).
	// A later mark of the same labels supersedes an earlier one; none is ever removed.
	Mark(ctx context.Context, run string, from, to uint64, state, evidence string) error

	// Marks calls fn for every mark of a run in the order in which they were recorded, and stops at fn's first error.
	Marks(ctx context.Context, run string, fn func(from, to uint64, state, evidence string) error) error
}
