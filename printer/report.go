package printer

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// A Report accounts for every label of a run: each is in exactly one of Ranges.
type Report struct {
	Job       string
	Printer   string   // its address
	Identity  Identity // zero if the printer was never reached
	Ranges    Ranges   // the whole run in ascending order, window by window, each with its evidence
	Reprinted Ranges   // labels that were doubtful and have been sent again: two may be on paper
	Elapsed   time.Duration
}

// Count returns the number of labels in one of some states.
func (r Report) Count(some ...State) (n uint64) {
	for span := range r.Ranges.In(some...) {
		n += span.Count()
	}
	return n
}

// Confirmed returns the number of labels that are on paper exactly once, by the printer's counter
// or by a scanner.
func (r Report) Confirmed() uint64 { return r.Count(Counted, Read) }

// String returns the report in lines: what is confirmed and by what, doubtful, void, sent and not
// sent, with the positions of the labels.
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
		{"confirmed by the printer's counter", Counted},
		{"confirmed by a scanner", Read},
		{"doubtful", Doubtful},
		{"doubtful, outcome not recorded", Intent},
		{"void", Void},
		{"sent, not confirmed", Sent},
		{"not sent", NotSent},
	} {
		if n := r.Count(line.state); n > 0 {
			fmt.Fprintf(&b, "\n%8d %s: %s", n, line.name, positions(r.Ranges.In(line.state)))
		}
	}
	if len(r.Reprinted) > 0 {
		again := positions(slices.Values(r.Reprinted))
		fmt.Fprintf(&b, "\n         sent again after doubt: %s", again)
	}
	return b.String()
}

// maxListed bounds the ranges in a line of a report.
const maxListed = 12

// positions returns ranges as text, the last label included: 0–4, 7.
func positions(ranges iter.Seq[Range]) string {
	var words []string
	for r := range ranges {
		if len(words) == maxListed {
			return strings.Join(words, ", ") + " …"
		}
		if r.Count() == 1 {
			words = append(words, fmt.Sprint(r.From))
		} else {
			words = append(words, fmt.Sprintf("%d–%d", r.From, r.To-1))
		}
	}
	return strings.Join(words, ", ")
}
