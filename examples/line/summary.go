package main

import (
	"context"
	"fmt"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/serial/ledger"
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
	ranges, units, err := b.outcomes(ctx)
	if err != nil {
		return false, err
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
		b.tell("   doubtful: labels %d to %d: %s", r.From+1, r.To, why(r.Evidence))
		for i := r.From; i < r.To; i++ {
			unit, err := b.block.At(i)
			if err != nil {
				return false, err
			}
			b.tell("     %s", unit.Serial)
		}
	}
	pace := "no label printed"
	if n := printed(units); n > b.already {
		took := b.report.Elapsed.Seconds()
		pace = fmt.Sprintf("%.1f s, %.0f labels/s", took, float64(n-b.already)/took)
	}
	b.tell("7. %s; %s, labels.zpl, labels.pdf, label-1.png in %s", pace, b.db, b.out)
	return units[printer.Counted]+units[printer.Read] == b.block.Count, nil
}

// why returns the reason for doubt in the text of evidence, or all of it if there is none.
func why(text string) string {
	var e printer.Evidence
	if err := e.UnmarshalText([]byte(text)); err != nil || e.Why == "" {
		return text
	}
	return e.Why
}

// outcomes are the ranges of the block by what became of them, and how many units each state has.
func (b *batch) outcomes(ctx context.Context) (ranges []ledger.Outcome, units map[printer.State]uint64, err error) {
	ranges, err = b.ledger.Outcomes(ctx, b.block)
	units = map[printer.State]uint64{}
	for _, r := range ranges {
		units[printer.State(r.State)] += r.To - r.From
	}
	return ranges, units, err
}

// printed is how many units have a label that went through the printer, as far as is known.
func printed(units map[printer.State]uint64) uint64 {
	return units[printer.Counted] + units[printer.Read] + units[printer.Sent]
}
