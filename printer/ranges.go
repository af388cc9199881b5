package printer

import (
	"iter"
	"slices"
)

// A Range is the labels From ≤ i < To of a run and what is known about them.
type Range struct {
	From, To uint64
	State    State
	Evidence Evidence
}

// Count returns the number of labels in the range.
func (r Range) Count() uint64 { return r.To - r.From }

// Ranges are ranges of labels in ascending order, without overlaps.
type Ranges []Range

// mark sets the state of the labels from ≤ i < to, and returns what they were before.
func (rs *Ranges) mark(from, to uint64, state State, evidence Evidence) (before Ranges) {
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

// In yields the ranges in one of some states, without evidence and with neighbours joined.
func (rs Ranges) In(some ...State) iter.Seq[Range] {
	return func(yield func(Range) bool) {
		var open Range
		for _, r := range rs {
			if !slices.Contains(some, r.State) {
				continue
			}
			r.Evidence = Evidence{}
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
