package printer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/printer/port"
)

// ready waits until the printer is connected, idle, and stays so; r.base is then its reading.
func (r *run) ready(ctx context.Context) error {
	fresh := r.fresh && r.p.conn != nil
	r.fresh = false
	if fresh || r.Blind {
		return r.p.connect(ctx)
	}
	limited, cancel := context.WithTimeout(ctx, r.Ready)
	defer cancel()
	var last reading
	var why string
	var failure error
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, 500*time.Millisecond) {
		now, err := r.greet(limited, last)
		if err == nil {
			why, failure = now.why(), nil
			settled := why == "" && last.connection == now.connection && last.got != (time.Time{}) && last.why() == ""
			if settled && last.meters == now.withUptime(last) {
				r.base = now
				return nil
			}
			last = now
			if why == "" {
				pause = max(minSettle, 2*max(r.labelTime, r.leftTime))
			}
		} else {
			if _, refused := errors.AsType[*refusal](err); refused {
				return err
			}
			if limited.Err() == nil {
				why, failure = reason(err), err
			}
			last = reading{}
		}
		if why != "" {
			r.progress(why, 0)
		}
		if err := sleep(limited, pause); err != nil {
			if ctx.Err() != nil {
				return fmt.Errorf("printer: run %s: %w", r.ID, context.Cause(ctx))
			}
			if why == "" {
				why = "its counter goes on moving: another host prints"
			}
			return &NotReadyError{r.p.Name(), r.Ready, why, failure}
		}
	}
}

// A refusal ends a run that waiting doesn't help.
type refusal struct{ error }

func (r *refusal) Unwrap() error { return r.error }

// greet reads the printer, on a new connection if there was none; there it first learns who the printer is and what it knows.
func (r *run) greet(ctx context.Context, last reading) (reading, error) {
	if err := r.p.connect(ctx); err != nil {
		return reading{}, err
	}
	if r.p.OneWay() {
		return reading{}, &refusal{r.p.failed(fmt.Errorf("%w: set Job.Blind to print without proof", errOneWay))}
	}
	ctx, cancel := context.WithTimeout(ctx, min(r.Stall, r.Ready/4))
	defer cancel()
	if last.connection != r.p.connections && r.base.connection != r.p.connections {
		if err := r.identify(ctx); err != nil {
			return reading{}, err
		}
	}
	return r.read(ctx, true)
}

func (r *run) identify(ctx context.Context) error {
	if err := r.p.send(ctx, []byte(settings)); err != nil {
		return err
	}
	a, err := r.p.query(ctx, query{vars: append([]string{varID}, meterKeys[:]...), identity: true})
	if err != nil {
		return err
	}
	r.has = [meterCount]bool{}
	if a.vars != nil {
		if a.vars[0] != "?" {
			a.identity.ID = a.vars[0]
		}
		for meter, value := range a.vars[1:] {
			r.has[meter] = parseMeter(meter, value) >= 0
		}
	}
	if known := r.report.Identity; known.Model != "" && known != *a.identity {
		return &refusal{r.p.failed(fmt.Errorf("another printer answers: %s instead of %s: connect the one that the run began on, or begin another run", a.identity, known))}
	}
	r.report.Identity = *a.identity
	r.Log.Info("printer", "job", r.ID, "address", r.p.Name(), "identity", a.identity.String(), "counter", r.has[totalLabels])
	return nil
}

// unchanged reports whether the printer is still as r.base has it.
func (r *run) unchanged(ctx context.Context) bool {
	limited, cancel := context.WithTimeout(ctx, r.Stall)
	defer cancel()
	now, err := r.read(limited, false)
	if err != nil || now.why() != "" || now.counter() != r.base.counter() {
		return false
	}
	r.base.asked, r.base.got = now.asked, now.got
	return true
}

// reason shortens an error to what is wrong and how to mend it: the printer's name stands beside it.
func reason(err error) string {
	if open, ok := errors.AsType[*port.Error](err); ok {
		return fmt.Sprintf("%v; %s", open.Err, open.Hint)
	}
	if inner := errors.Unwrap(err); inner != nil {
		return inner.Error()
	}
	return err.Error()
}
