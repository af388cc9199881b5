package main

import (
	"context"

	"github.com/gonameplate/nameplate/printer"
)

// grounds are the outcomes in the order of the summary, with what each rests on.
var grounds = []struct {
	state printer.State
	words string
}{
	{printer.Counted, "confirmed: the printer's counter moved by exactly the window"},
	{printer.Read, "confirmed: read back by a scanner"},
	{printer.Sent, "sent, and nothing more is known"},
	{printer.Doubtful, "doubtful: each may be on paper never, once or twice"},
	{printer.Void, "void"},
	{printer.Intent, "without an outcome yet"},
	{printer.NotSent, "not sent"},
}

// summarize tells from the ledger what became of every unit, and names those that are doubtful. It reports whether every
// label is confirmed.
func (b *batch) summarize(ctx context.Context) (confirmed bool, err error) {
	ctx = context.WithoutCancel(ctx) // an interrupted run has a summary too
	ranges, err := b.ledger.States(ctx, b.block)
	if err != nil {
		return false, err
	}
	units := map[printer.State]uint64{}
	for _, r := range ranges {
		units[printer.State(r.State)] += r.To - r.From
	}
	b.tell("6. of %d commissioned units:", b.block.Count)
	for _, g := range grounds {
		if n := units[g.state]; n > 0 {
			b.tell("   %6d %s", n, g.words)
		}
	}
	for _, r := range ranges {
		if printer.State(r.State) != printer.Doubtful {
			continue
		}
		b.tell("   doubtful: labels %d to %d: %s", r.From+1, r.To, r.Evidence)
		for i := r.From; i < r.To; i++ {
			unit, err := b.block.At(i)
			if err != nil {
				return false, err
			}
			b.tell("     %s", unit.Serial)
		}
	}
	done := units[printer.Counted] + units[printer.Read]
	b.tell("7. %.1f s, %.0f labels/s; %s, labels.zpl, labels.pdf, label-1.png in %s", b.report.Elapsed.Seconds(),
		float64(done)/b.report.Elapsed.Seconds(), b.db, b.out)
	return done == b.block.Count, nil
}
