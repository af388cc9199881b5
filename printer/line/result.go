package line

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// A State is how far an order is.
type State uint8

// The states.
const (
	New      State = iota // the ledger doesn't know it
	UnderWay              // its units are commissioned, and some labels have no outcome
	Complete              // every label has an outcome; some may be doubtful
)

// String returns "new", "under way" or "complete".
func (s State) String() string {
	return [...]string{"new", "under way", "complete"}[min(s, Complete)]
}

// A Result accounts for the labels of an order.
type Result struct {
	Order    Order // as the ledger has it; only its ID is set if the ledger doesn't know it
	State    State
	Block    string    // the id of the units' block in the ledger
	Outcomes []Outcome // of all units in their order, without gaps

	// Printed is how many labels were confirmed, or sent to a printer that can't be asked, by the
	// call that returned the Result. Elapsed is how long it printed.
	Printed uint64
	Elapsed time.Duration
}

// An Outcome is what became of the labels From ≤ i < To of an order's units.
type Outcome struct {
	From, To uint64
	State    printer.State
	Evidence printer.Evidence
	Serials  []string // if the labels are doubtful, else nil
}

// States of labels on paper: confirmed, and with those that are sent, too.
var (
	confirmed = []printer.State{printer.Counted, printer.Read}
	printed   = []printer.State{printer.Counted, printer.Read, printer.Sent}
)

// Count returns how many labels are in one of some states.
func (r Result) Count(states ...printer.State) uint64 {
	return r.in(span{0, r.Order.Units}, states...)
}

// in returns how many labels of a span are in one of some states.
func (r Result) in(s span, states ...printer.State) (n uint64) {
	for _, o := range r.Outcomes {
		from, to := max(o.From, s.from), min(o.To, s.to)
		if slices.Contains(states, o.State) && from < to {
			n += to - from
		}
	}
	return n
}

// AllConfirmed reports whether every label of the order is confirmed: on paper exactly once, by
// the printer's counter or a scanner.
func (r Result) AllConfirmed() bool {
	return r.State == Complete && r.Count(confirmed...) == r.Order.Units
}

// result reads from the ledger what became of the batch.
func (b *Batch) result(ctx context.Context, l *ledger.Ledger) (Result, error) {
	r := Result{Order: b.Order, State: Complete, Block: b.Block.ID}
	ranges, err := l.Outcomes(ctx, b.Block)
	if err != nil {
		return r, fmt.Errorf("line: order %s: %w", b.Order.Request(), err)
	}
	for _, s := range ranges {
		o := Outcome{From: s.From, To: s.To, State: printer.State(s.State)}
		_ = o.Evidence.UnmarshalText([]byte(s.Evidence)) // its error is always nil
		switch o.State {
		case printer.NotSent, printer.Intent:
			r.State = UnderWay
		case printer.Doubtful:
			if o.Serials, err = b.serials(o.From, o.To); err != nil {
				return r, fmt.Errorf("line: order %s: %w", b.Order.Request(), err)
			}
		}
		r.Outcomes = append(r.Outcomes, o)
	}
	return r, nil
}

// serials returns the serials of some units.
func (b *Batch) serials(from, to uint64) (list []string, err error) {
	for i := from; i < to; i++ {
		unit, err := b.Block.At(i)
		if err != nil {
			return nil, err
		}
		list = append(list, unit.Serial)
	}
	return list, nil
}
