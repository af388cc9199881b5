package line

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// A Line is what orders are carried out with. Ledger, Printers and Template must be set; a Line
// may carry out one order after another.
type Line struct {
	// Ledger keeps the units and the outcomes of their labels. Whoever opens it gives it Keys,
	// too.
	Ledger *ledger.Ledger

	// Printers share the labels of an order: each prints a part of its positions. If one fails,
	// the others finish their parts; Resume prints the rest, on whatever printers there are then.
	Printers []*printer.Printer

	// Template is the label of each unit.
	Template *template.Template

	// Keys are the keys of schemes with a scrambled index; see [ReadKeys]. Other schemes need
	// none.
	Keys serial.Keyring

	// DotsPerMM is the resolution of printers that can't be asked for it; 0 means 8 dots/mm.
	DotsPerMM float64

	// Job holds the settings of the print runs: Window, Policy, the time limits, Progress and Log.
	// Its other fields follow from the order and must be zero. Progress is called for all printers
	// together, by one goroutine at a time.
	Job printer.Job

	// Commissioned, if set, is called when the units of an order are in the ledger, and again when
	// the order is resumed, before a label is printed. Its error ends the call; the order is then
	// under way.
	Commissioned func(*Batch) error

	// Now is the clock by which a use-by date is past; nil means time.Now.
	Now func() time.Time

	journal func(printer.Journal) printer.Journal // puts one in between, for tests
}

// Start carries out an order that the ledger doesn't know: it commissions the order's units and
// prints their labels. From then on the Result accounts for every label, beside an error, too.
//
// The error is an [*OrderError] for an order that can't be carried out: with [ErrOrder] if it is
// malformed or doesn't fit, [ErrWarning] if it has a warning that isn't acknowledged, and
// [ErrConflict], [ErrUnderWay] or [ErrComplete] if the ledger knows it. Nothing is commissioned
// then. Otherwise it is an error of the ledger or of [printer.Run], and Resume goes on with the
// order. It is nil when every label has an outcome, doubtful ones included.
func Start(ctx context.Context, l Line, o Order) (Result, error) {
	if l.Ledger == nil {
		return Result{Order: o}, errNoLedger
	}
	p, err := Check(ctx, l, o)
	if err != nil {
		return Result{Order: o}, err
	}
	if err := p.startable(); err != nil {
		return Result{Order: o, State: p.State}, err
	}
	b, err := p.commission(ctx, l)
	if err != nil {
		return Result{Order: o}, err
	}
	return b.carryOut(ctx, l)
}

// Resume goes on with the order of a request (see [Order.Request]), as the ledger has it: it prints
// the labels that were never sent. Labels that were under way when a program was killed, and were
// not confirmed, are doubtful; Job.Policy decides what happens to doubtful labels. Nothing else
// changes about an order that is complete.
//
// An order is carried out by one program at a time. One that still runs elsewhere ends with
// [ledger.ErrOvertaken]. The error is an [*OrderError] with [ErrNotStarted] if the ledger doesn't
// know the request, or with [ErrConflict] if Template isn't the one that the order began with;
// otherwise as that of [Start].
func Resume(ctx context.Context, l Line, request string) (Result, error) {
	if l.Ledger == nil {
		return Result{Order: Order{ID: request}}, errNoLedger
	}
	b, err := find(ctx, l.Ledger, request)
	switch {
	case err != nil:
		return Result{}, err
	case b == nil:
		o := Order{ID: request}
		return Result{Order: o}, o.wrongState(request, ErrNotStarted, "start it")
	}
	if err := b.prepare(ctx, l); err != nil {
		return Result{Order: b.Order}, err
	}
	return b.carryOut(ctx, l)
}

// Status returns how far the order of a request is, from the ledger alone: no other field of the
// Line is needed. The Result of an order that the ledger doesn't know has the State New.
func Status(ctx context.Context, l Line, request string) (Result, error) {
	if l.Ledger == nil {
		return Result{Order: Order{ID: request}}, errNoLedger
	}
	b, err := find(ctx, l.Ledger, request)
	if err != nil || b == nil {
		return Result{Order: Order{ID: request}}, err
	}
	return b.result(ctx, l.Ledger)
}

var errNoLedger = errors.New("line: no ledger; set Line.Ledger")

// check rejects a Line that lacks what it needs, or has what an order sets.
func (l *Line) check() error {
	j := &l.Job
	switch {
	case len(l.Printers) == 0:
		return errors.New("line: no printers; set Line.Printers")
	case slices.ContainsFunc(l.Printers, func(p *printer.Printer) bool { return p == nil }):
		return errors.New("line: a printer is nil")
	case l.twice():
		return errors.New("line: a printer is given twice; it prints one part at a time")
	case l.Template == nil:
		return errors.New("line: no template; set Line.Template")
	case !(l.DotsPerMM >= 0 && l.DotsPerMM <= 100):
		return fmt.Errorf("line: a printer of %v dots/mm, want up to 100", l.DotsPerMM)
	case j.ID != "", j.Count != 0, j.Append != nil, j.Journal != nil, j.Template != "", j.Blind:
		return errors.New("line: Job.ID, Count, Append, Journal, Template or Blind is set; " +
			"they follow from the order and the printer")
	}
	return nil
}

// twice reports whether a printer is listed twice.
func (l *Line) twice() bool {
	seen := map[*printer.Printer]bool{}
	for _, p := range l.Printers {
		seen[p] = true
	}
	return len(seen) < len(l.Printers)
}

func (l *Line) now() time.Time {
	if l.Now == nil {
		return time.Now()
	}
	return l.Now()
}
