package ledger

import (
	"context"
	"iter"
	"slices"
	"time"
)

// A Query chooses units. Each field that is set narrows the choice.
type Query struct {
	Product string
	Lot     string

	// Plant, Line, Shift and Machine are where a unit was made: by its marks if they say so, or else by its order.
	Plant   string
	Line    string
	Shift   string
	Machine string

	// From and To bound when a unit was made, From ≤ made < To: the time of its first mark, or of its order if it has none.
	From, To time.Time

	// States are the states that a unit may be in, "" for units without a mark. None means any state.
	States []string
}

// Recall streams the units that match a query, block after block in the order in which they were commissioned, and in the
// order of their positions. It is exact: the ledger has no other units that match. Blocks that are commissioned while it
// runs may be left out. It stops after an error.
func (l *Ledger) Recall(ctx context.Context, q Query) iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		for b, err := range l.blocks(ctx, Filter{Kind: KindBlock, Product: q.Product, Lot: q.Lot}) {
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

// recallBlock yields a block's units that match.
func (l *Ledger) recallBlock(ctx context.Context, b *Block, q Query, yield func(Unit, error) bool) bool {
	ranges, err := l.States(ctx, b)
	if err != nil {
		return yield(Unit{}, err) && false
	}
	for _, r := range ranges {
		if !q.matches(r.Status) {
			continue
		}
		for i := r.From; i < r.To; i++ {
			u, err := b.At(i)
			u.Status = r.Status
			if !yield(u, err) || err != nil {
				return false
			}
		}
	}
	return true
}

func (q *Query) matches(s Status) bool {
	is := func(want, have string) bool { return want == "" || want == have }
	return is(q.Plant, s.Place.Plant) && is(q.Line, s.Place.Line) && is(q.Shift, s.Place.Shift) && is(q.Machine, s.Place.Machine) &&
		(q.From.IsZero() || !s.Made.Before(q.From)) && (q.To.IsZero() || s.Made.Before(q.To)) &&
		(len(q.States) == 0 || slices.Contains(q.States, s.State))
}
