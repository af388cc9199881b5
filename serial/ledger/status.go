package ledger

import (
	"cmp"
	"slices"
	"time"
)

// A Status is what the ledger knows of a unit's making.
type Status struct {
	State    string    // of the newest mark; "" before the first
	Evidence string    // of the newest mark
	Run      string    // of the newest mark
	Made     time.Time // of the first mark, or the order's time before it
	Place    Place     // of the newest marks that say something, or the order's
}

// A Range is the units From ≤ i < To of a block with their status.
type Range struct {
	From, To uint64
	Status
}

// status is what a unit's order says.
func (b *Block) status() Status {
	f := b.Fields
	return Status{Made: f.Time, Place: Place{f.Plant, f.Line, f.Shift, b.Machine}}
}

// after returns the status that follows on a mark.
func (s Status) after(m Mark) Status {
	if s.State == "" {
		s.Made = m.Time
	}
	return Status{m.State, m.Evidence, m.Run, s.Made, m.Place.over(s.Place)}
}

// mark lays a mark over ranges. Ranges that it cuts are split, and equal neighbours are joined.
func mark(ranges []Range, m Mark) []Range {
	i, _ := slices.BinarySearchFunc(ranges, m.From, func(r Range, at uint64) int { return cmp.Compare(r.To, at+1) })
	j := i
	for j < len(ranges) && ranges[j].From < m.To {
		j++
	}
	var laid []Range
	add := func(from, to uint64, s Status) {
		switch last := len(laid) - 1; {
		case from >= to:
		case last >= 0 && laid[last].Status == s:
			laid[last].To = to
		default:
			laid = append(laid, Range{from, to, s})
		}
	}
	for _, r := range ranges[max(i-1, 0):min(j+1, len(ranges))] { // with a neighbour on each side, to join
		add(r.From, min(r.To, m.From), r.Status)
		add(max(r.From, m.From), min(r.To, m.To), r.Status.after(m))
		add(max(r.From, m.To), r.To, r.Status)
	}
	return slices.Replace(ranges, max(i-1, 0), min(j+1, len(ranges)), laid...)
}
