package printer

import "slices"

// A State is what is known about a label in a print run. Its text is what a [Journal] keeps.
type State string

const (
	NotSent  State = ""         // no byte of it has been given to a printer
	Intent   State = "intent"   // it may have been sent: recorded before its first byte is
	Sent     State = "sent"     // given to a printer that can't be asked (Job.Blind)
	Counted  State = "counted"  // on paper exactly once, by the printer's counter
	Read     State = "read"     // on paper, read back by a scanner (recorded by whoever has one)
	Doubtful State = "doubtful" // on paper never, once or more often
	Void     State = "void"     // not to be used, whatever is on paper
)

// Confirmed reports whether a label in this state is on paper exactly once.
func (s State) Confirmed() bool { return s == Counted || s == Read }

// String returns the state in words.
func (s State) String() string {
	if s == NotSent {
		return "not sent"
	}
	return string(s)
}

func (s State) known() bool {
	return slices.Contains([]State{NotSent, Intent, Sent, Counted, Read, Doubtful, Void}, s)
}
