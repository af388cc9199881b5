package printer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/printer/port"
)

const (
	// Pauses between two looks at a printer that isn't ready.
	minReadyPause = 20 * time.Millisecond
	maxReadyPause = 500 * time.Millisecond
	// minSettle is the least time for which an idle printer must stay as it is: longer than the
	// label under the head takes, which is in no number of ~HS.
	minSettle = 30 * time.Millisecond
)

// ready waits until the printer is connected and idle and stays so for two labels' time, and
// returns its last reading.
func (l *link) ready(ctx context.Context, labelTime time.Duration) (reading, error) {
	job := l.account.job
	limited, cancel := context.WithTimeout(ctx, job.ReadyTimeout)
	defer cancel()
	fault := NotReadyError{Input: l.printer.Name(), After: job.ReadyTimeout}
	var last reading
	for pause := minReadyPause; ; pause = min(2*pause, maxReadyPause) {
		now, err := l.readAfterConnect(limited)
		if _, refused := errors.AsType[*refusal](err); refused {
			return now, err
		}
		switch {
		case err == nil:
			if now.settled(last) {
				return now, nil
			}
			fault.Err, fault.Detail = nil, now.busy()
			if fault.Detail == "" {
				pause = max(minSettle, 2*labelTime)
			}
			last = now
		case limited.Err() == nil:
			fault.Err, fault.Detail = err, reason(err)
			last = reading{}
		}
		if fault.Detail != "" {
			l.account.progress(fault.Detail, 0)
		}
		if sleep(limited, pause) == nil {
			continue
		}
		if ctx.Err() != nil {
			return now, fmt.Errorf("printer: run %s: %w", job.ID, context.Cause(ctx))
		}
		if fault.Detail == "" {
			fault.Detail = "its counter keeps moving: another host prints"
		}
		return now, &fault
	}
}

// reason returns an error without the name of the printer, which is beside it.
func reason(err error) string {
	if open, ok := errors.AsType[*port.Error](err); ok {
		return fmt.Sprintf("%v; %s", open.Err, open.Hint)
	}
	if inner := errors.Unwrap(err); inner != nil {
		return inner.Error()
	}
	return err.Error()
}

// sleep waits unless the context ends first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
