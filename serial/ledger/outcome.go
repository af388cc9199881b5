package ledger

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// An Outcome is the units From ≤ i < To of a block with their common state of printing.
type Outcome struct {
	From, To uint64
	PrintStatus
}

// A PrintStatus is the state of printing of a unit.
type PrintStatus struct {
	State    string    // of the newest mark; "" before the first
	Evidence string    // of the newest mark
	Run      string    // of the newest mark
	Made     time.Time // of the first mark; the order's time before it
	Place    Place     // each field of the newest mark that has it, or of the order
}

// Outcomes returns the states of printing of a block's units as ranges that cover it from 0 to
// Count in ascending order. Neighbours differ.
func (l *Ledger) Outcomes(ctx context.Context, b *Block) ([]Outcome, error) {
	list := []Outcome{{0, b.Count, b.status()}}
	for m, err := range l.Marks(ctx, b) {
		if err != nil {
			return nil, err
		}
		list = mark(list, m)
	}
	return list, nil
}

// statusOf returns the state of printing of one unit.
func (l *Ledger) statusOf(ctx context.Context, b *Block, i uint64) (PrintStatus, error) {
	s := b.status()
	for m, err := range l.Marks(ctx, b) {
		if err != nil {
			return s, err
		}
		if m.From <= i && i < m.To {
			s = s.after(m)
		}
	}
	return s, nil
}

// status returns the state of printing of units without marks.
func (b *Block) status() PrintStatus {
	f := b.Fields
	return PrintStatus{Made: f.Time, Place: Place{f.Plant, f.Line, f.Shift, b.Machine}}
}

// after returns the state of printing that follows a mark.
func (s PrintStatus) after(m Mark) PrintStatus {
	if s.State == "" {
		s.Made = m.Time
	}
	return PrintStatus{m.State, m.Evidence, m.Run, s.Made, m.Place.or(s.Place)}
}

// mark applies a mark to outcomes. It splits those that the mark cuts, and joins equal neighbours.
func mark(list []Outcome, m Mark) []Outcome {
	i, _ := slices.BinarySearchFunc(list, m.From,
		func(o Outcome, at uint64) int { return cmp.Compare(o.To, at+1) })
	j := i
	for j < len(list) && list[j].From < m.To {
		j++
	}
	var with []Outcome
	add := func(from, to uint64, s PrintStatus) {
		switch last := len(with) - 1; {
		case from >= to:
		case last >= 0 && with[last].PrintStatus == s:
			with[last].To = to
		default:
			with = append(with, Outcome{from, to, s})
		}
	}
	// A neighbour on each side may have to be joined.
	for _, o := range list[max(i-1, 0):min(j+1, len(list))] {
		add(o.From, min(o.To, m.From), o.PrintStatus)
		add(max(o.From, m.From), min(o.To, m.To), o.after(m))
		add(max(o.From, m.To), o.To, o.PrintStatus)
	}
	return slices.Replace(list, max(i-1, 0), min(j+1, len(list)), with...)
}
