package line

import (
	"fmt"
	"strings"

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

// String returns the summary in lines: how many labels have which outcome and on what it rests,
// and each doubtful serial.
func (r Result) String() string {
	var b strings.Builder
	if r.State == New {
		return fmt.Sprintf("order %s: new", r.Order.Request())
	}
	fmt.Fprintf(&b, "of %d units of order %s, which is %s:",
		r.Order.Units, r.Order.Request(), r.State)
	for _, g := range grounds {
		if n := r.Count(g.state); n > 0 {
			fmt.Fprintf(&b, "\n   %6d %s", n, g.words)
		}
	}
	for _, o := range r.Outcomes {
		if o.State != printer.Doubtful {
			continue
		}
		fmt.Fprintf(&b, "\n   doubtful: labels %d to %d: %s", o.From+1, o.To, reason(o.Evidence))
		for _, s := range o.Serials {
			b.WriteString("\n     " + s)
		}
	}
	return b.String()
}

// reason returns why labels are doubtful, or all that is known about them.
func reason(e printer.Evidence) string {
	if e.Why != "" {
		return e.Why
	}
	return e.String()
}
