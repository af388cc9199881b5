package ledger

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A Query selects units. Each field that is set narrows the selection; the zero value selects all.
type Query struct {
	Product string
	Lot     string

	// Plant, Line, Shift and Machine are where a unit was made: by its marks if they have it, or
	// else by its order.
	Plant   string
	Line    string
	Shift   string
	Machine string

	// From and To bound when a unit was made, From ≤ made < To: the time of its first mark, or of
	// its order if it has none.
	From, To time.Time

	// States are the states of printing that a unit may be in, "" for units without a mark. None
	// means any state.
	States []string
}

// Recall streams the units that match a query, block after block in the order in which they were
// commissioned, and in the order of their positions. It is exact: the ledger has no other units
// that match. Blocks that are commissioned while it runs may be left out. It stops after an
// error.
func (l *Ledger) Recall(ctx context.Context, q Query) iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		f := driver.Filter{Kind: driver.KindBlock, Product: q.Product, Lot: q.Lot}
		for b, err := range l.blocks(ctx, f) {
			if err != nil {
				yield(Unit{}, err)
				return
			}
			if !l.recallBlock(ctx, b, q, yield) {
				return
			}
		}
	}
}

// recallBlock yields a block's units that match. It reports whether to go on.
func (l *Ledger) recallBlock(ctx context.Context, b *Block, q Query,
	yield func(Unit, error) bool) bool {
	outcomes, err := l.Outcomes(ctx, b)
	if err != nil {
		yield(Unit{}, err)
		return false
	}
	for _, o := range outcomes {
		if !q.matches(o.PrintStatus) {
			continue
		}
		status := o.PrintStatus
		for i := o.From; i < o.To; i++ {
			u, err := b.At(i)
			u.Print = &status
			if !yield(u, err) || err != nil {
				return false
			}
		}
	}
	return true
}

func (q *Query) matches(s PrintStatus) bool {
	is := func(want, have string) bool { return want == "" || want == have }
	return is(q.Plant, s.Place.Plant) && is(q.Line, s.Place.Line) &&
		is(q.Shift, s.Place.Shift) && is(q.Machine, s.Place.Machine) &&
		(q.From.IsZero() || !s.Made.Before(q.From)) && (q.To.IsZero() || s.Made.Before(q.To)) &&
		(len(q.States) == 0 || slices.Contains(q.States, s.State))
}
