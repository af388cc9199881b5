package printer

import "slices"

// A State is what is known of a label in a print run, as the journal spells it.
type State string

const (
	NotSent  State = ""         // no byte of it has been given to a printer
	Intent   State = "intent"   // it may have been sent: written before its first byte is
	Sent     State = "sent"     // given to a printer that can't be asked (Job.Blind)
	Counted  State = "counted"  // on paper exactly once, by the printer's counter
	Read     State = "read"     // on paper, read back by a scanner (marked by whoever has one)
	Doubtful State = "doubtful" // on paper never, once or more often
	Void     State = "void"     // not to be used, whatever is on paper
)

var states = []State{NotSent, Intent, Sent, Counted, Read, Doubtful, Void}

// Known reports whether s is one of the states of this package.
func (s State) Known() bool { return slices.Contains(states, s) }

// Confirmed reports whether a label in this state is on paper exactly once.
func (s State) Confirmed() bool { return s == Counted || s == Read }

// String is the state in words.
func (s State) String() string {
	if s == NotSent {
		return "not sent"
	}
	return string(s)
}
