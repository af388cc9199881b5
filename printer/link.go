package printer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// A link is how a run asks its printer.
type link struct {
	account    *account
	printer    *Printer
	identified int                    // the connection on which the printer has been identified
	has        [zebra.MeterCount]bool // meters that the printer knows
}

// errLate ends a connection whose status replies can't be told apart any more.
var errLate = errors.New("its status came later than the rest of the answer, " +
	"or belongs to an earlier question")

// A refusal is an error that waiting doesn't help.
type refusal struct{ error }

func (r *refusal) Unwrap() error { return r.error }

// readAfterConnect reads the printer, on a new connection if there was none; there it is identified
// first.
func (l *link) readAfterConnect(ctx context.Context) (reading, error) {
	if err := l.printer.connect(ctx); err != nil {
		return reading{}, err
	}
	if l.printer.OneWay() {
		err := fmt.Errorf("%w; set Job.Blind to print without proof", ErrOneWay)
		return reading{}, &refusal{l.printer.failed(err)}
	}
	job := l.account.job
	ctx, cancel := context.WithTimeout(ctx, min(job.StallTimeout, job.ReadyTimeout/4))
	defer cancel()
	if l.identified != l.printer.connections {
		if err := l.identify(ctx); err != nil {
			return reading{}, err
		}
	}
	now, err := l.read(ctx, true)
	l.identified = now.connection
	if err != nil {
		l.identified = 0
	}
	return now, err
}

// identify makes the settings, and asks who the printer is and which meters it has.
func (l *link) identify(ctx context.Context) error {
	if err := l.printer.send(ctx, []byte(zebra.Prologue)); err != nil {
		return err
	}
	keys := append([]string{zebra.IDKey}, zebra.MeterKeys[:]...)
	a, err := l.printer.query(ctx, query{vars: keys, identity: true})
	if err != nil {
		return err
	}
	l.has = [zebra.MeterCount]bool{}
	if a.vars != nil {
		a.identity.setID(a.vars[0])
		for meter, value := range a.vars[1:] {
			l.has[meter] = zebra.ParseMeter(zebra.Meter(meter), value) >= 0
		}
	}
	report := &l.account.report
	if known := report.Identity; known.Model != "" && known != *a.identity {
		return &refusal{l.printer.failed(fmt.Errorf(
			"%w: %s, want %s; connect the printer that the run began on, or begin another run",
			ErrOtherPrinter, a.identity, known))}
	}
	report.Identity = *a.identity
	l.account.job.Log.Info("printer", "job", l.account.job.ID, "address", l.printer.Name(),
		"identity", a.identity.String(), "counter", l.has[zebra.TotalLabels])
	return nil
}

// read asks for the status and the meters: for all that the printer has, or for its counter only.
// After an answer without status, the next status that comes may be the missing one, which was true
// earlier. So it isn't taken, and the connection is opened anew.
func (l *link) read(ctx context.Context, all bool) (reading, error) {
	q := query{status: true}
	var which []zebra.Meter
	for meter := range zebra.MeterCount {
		if l.has[meter] && (all || meter == zebra.TotalLabels) {
			which = append(which, meter)
			q.vars = append(q.vars, zebra.MeterKeys[meter])
		}
	}
	now := reading{asked: time.Now(), connection: l.printer.connections, meters: zebra.NoMeters()}
	a, err := l.printer.query(ctx, q)
	if err != nil {
		return now, err
	}
	if a.status != nil && l.printer.conn.statusPending {
		l.printer.drop()
		return now, l.printer.failed(errLate)
	}
	l.printer.conn.statusPending = a.status == nil
	now.got, now.status = a.statusAt, a.status
	for i, meter := range which {
		if a.vars == nil {
			return now, l.printer.failed(errSilent)
		}
		now.meters[meter] = zebra.ParseMeter(meter, a.vars[i])
	}
	return now, nil
}

// unchanged reports whether the printer is still idle with the counter of a reading, and returns
// when that was asked for.
func (l *link) unchanged(ctx context.Context, base reading) (now reading, ok bool) {
	limited, cancel := context.WithTimeout(ctx, l.account.job.StallTimeout)
	defer cancel()
	now, err := l.read(limited, false)
	return now, err == nil && now.busy() == "" && now.counter() == base.counter()
}
