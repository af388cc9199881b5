package printer

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// A Range is the labels from ≤ i < to of a run and what is known of them.
type Range struct {
	From, To uint64
	State    State
	Evidence string
}

// Count is how many labels the range has.
func (r Range) Count() uint64 { return r.To - r.From }

// Ranges are ranges of labels in ascending order, without overlaps.
type Ranges []Range

// mark gives the labels from ≤ i < to a state, and returns what they were before.
func (rs *Ranges) mark(from, to uint64, state State, evidence string) (before Ranges) {
	list := *rs
	i, _ := slices.BinarySearchFunc(list, from, func(r Range, at uint64) int {
		if r.To <= at {
			return -1
		}
		return 1
	})
	j := i
	var with Ranges
	for ; j < len(list) && list[j].From < to; j++ {
		r := list[j]
		if r.From < from {
			left := r
			left.To, r.From = from, from
			with = append(with, left)
		}
		r.To = min(r.To, to)
		before = append(before, r)
	}
	with = append(with, Range{from, to, state, evidence})
	if j > i && list[j-1].To > to {
		right := list[j-1]
		right.From = to
		with = append(with, right)
	}
	*rs = slices.Replace(list, i, j, with...)
	return before
}

// In yields the ranges in one of some states, neighbours joined and without evidence.
func (rs Ranges) In(some ...State) iter.Seq[Range] {
	return func(yield func(Range) bool) {
		var open Range
		for _, r := range rs {
			if !slices.Contains(some, r.State) {
				continue
			}
			r.Evidence = ""
			if open.Count() > 0 && open.To == r.From && open.State == r.State {
				open.To = r.To
				continue
			}
			if open.Count() > 0 && !yield(open) {
				return
			}
			open = r
		}
		if open.Count() > 0 {
			yield(open)
		}
	}
}

// Labels yields the positions of the labels in one of some states.
func (rs Ranges) Labels(some ...State) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for r := range rs.In(some...) {
			for i := r.From; i < r.To; i++ {
				if !yield(i) {
					return
				}
			}
		}
	}
}

// A Report accounts for every label of a run: each is in exactly one of Ranges.
type Report struct {
	Job       string
	Printer   string   // its address
	Identity  Identity // zero when the printer was never reached
	Ranges    Ranges   // the whole run in ascending order, window by window, each with its evidence
	Reprinted Ranges   // labels that were doubtful and have been sent again: two may be on paper
	Elapsed   time.Duration
}

// Count is how many labels are in one of some states.
func (r Report) Count(some ...State) (n uint64) {
	for span := range r.Ranges.In(some...) {
		n += span.Count()
	}
	return n
}

// Confirmed is how many labels are on paper exactly once, by the printer's counter or a scanner.
func (r Report) Confirmed() uint64 { return r.Count(Counted, Read) }

// String is the report in lines: what is confirmed by what evidence, doubtful, void, sent, not sent, with the positions.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "run %s on %s", r.Job, r.Printer)
	if r.Identity.Model != "" {
		fmt.Fprintf(&b, " (%s)", r.Identity)
	}
	for _, line := range []struct {
		name  string
		state State
	}{
		{"confirmed by the printer's counter", Counted}, {"confirmed by a scanner", Read}, {"doubtful", Doubtful}, {"doubtful, outcome not recorded", Intent},
		{"void", Void}, {"sent, not confirmed", Sent}, {"not sent", NotSent},
	} {
		if n := r.Count(line.state); n > 0 {
			fmt.Fprintf(&b, "\n%8d %s: %s", n, line.name, spell(r.Ranges.In(line.state)))
		}
	}
	if len(r.Reprinted) > 0 {
		fmt.Fprintf(&b, "\n         sent again after doubt: %s", spell(slices.Values(r.Reprinted)))
	}
	return b.String()
}

// spell writes ranges as people count labels: from 0, the last one included, as the journal's positions.
func spell(ranges iter.Seq[Range]) string {
	var b strings.Builder
	n := 0
	for r := range ranges {
		if n++; n > 12 {
			b.WriteString(" …")
			break
		}
		if n > 1 {
			b.WriteString(", ")
		}
		if r.Count() == 1 {
			fmt.Fprintf(&b, "%d", r.From)
		} else {
			fmt.Fprintf(&b, "%d–%d", r.From, r.To-1)
		}
	}
	return b.String()
}
