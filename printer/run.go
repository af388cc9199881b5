package printer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// maxTries bounds how often a window is begun anew.
const maxTries = 10

// Run prints a job, or the rest of it, and accounts for each of its labels in the journal and in
// the report.
//
// For each window it waits until the printer is idle, reads its identity and its counter, makes
// the settings and the window's intent durable, sends it, watches the printer until the counter
// has moved by exactly the window and the queue is empty, and makes the outcome durable. A window
// is confirmed as a whole or doubtful as a whole; the package comment says what that takes.
//
// A run that is resumed keeps what is confirmed, makes the windows doubtful that were under way
// and, unless the policy says otherwise, prints only what was never sent.
//
// The report is complete in any case. The error is nil if every label has an outcome, doubtful
// ones included. Otherwise it is or wraps one of these:
//
//   - [ErrJob]: the job can't be run as it is, or the journal is of other labels.
//   - *[NotReadyError]: the printer doesn't become idle.
//   - [ErrOneWay]: the printer can't be asked, and the job isn't Blind.
//   - [ErrOtherPrinter]: another printer answers after a lost connection.
//   - [ErrStopped]: Job.Stop was closed.
//   - [ErrDoubtful]: labels became doubtful, with the policy StopAtDoubt.
//   - What Job.Append or Job.Journal returned.
//   - The context's error, if that has ended. The window under way is then doubtful, which is
//     durable when Run returns, within 10 s.
func Run(ctx context.Context, p *Printer, job Job) (Report, error) {
	if err := job.check(); err != nil {
		return Report{Job: job.ID}, err
	}
	started := time.Now()
	account := newAccount(p.Name(), &job)
	r := &runner{job: &job, account: account, link: link{account: account, printer: p}}
	err := r.all(ctx)
	account.report.Elapsed = time.Since(started)
	return account.report, err
}

// A runner is a call of Run.
type runner struct {
	job     *Job
	account *account // what became of the labels
	link    link     // to the printer
	pace    pace     // of the labels
	labels  batch    // of the window
	base    reading  // of the idle printer, before the window
	current bool     // base is of now, as the last window ended with it
	first   firstWindow
}

// A firstWindow is the first counted window of a run.
type firstWindow struct {
	Range
	movedCM   int64 // media
	rechecked bool
}

func (r *runner) all(ctx context.Context) error {
	todo, err := r.account.resume(ctx, &r.pace)
	if err != nil {
		return err
	}
	for _, span := range todo {
		for from := span.From; from < span.To; {
			if r.job.stopped() {
				return fmt.Errorf("printer: run %s: %w", r.job.ID, ErrStopped)
			}
			to := min(from+uint64(r.job.Window), span.To)
			if err := r.window(ctx, from, to); err != nil {
				return err
			}
			from = to
		}
	}
	return nil
}

// window prints the labels from ≤ i < to and marks their outcome. Their bytes are made before
// their intent is marked: a label that can't be made isn't doubtful.
func (r *runner) window(ctx context.Context, from, to uint64) error {
	if err := r.labels.fill(r.job, from, to); err != nil {
		return err
	}
	if err := r.prepare(ctx, from, to); err != nil {
		return err
	}
	state, evidence, cause := r.print(ctx)
	r.job.Log.Info("window", "job", r.job.ID, "from", from, "to", to,
		"state", string(state), "evidence", evidence.String())
	durable, cancel := outlive(ctx)
	defer cancel()
	if err := r.account.mark(durable, from, to, state, evidence); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("printer: run %s: %w", r.job.ID, context.Cause(ctx))
	}
	window := Range{from, to, state, evidence}
	switch state {
	case Counted:
		return r.recheckFirstWindow(durable, window)
	case Doubtful:
		return r.applyPolicy(durable, window, cause)
	}
	return nil
}

// prepare waits for the printer and marks the window's intent. If the printer changes while that
// is written, it begins anew.
func (r *runner) prepare(ctx context.Context, from, to uint64) error {
	for try := 0; ; try++ {
		err := r.ready(ctx)
		if err == nil && try == maxTries {
			err = &NotReadyError{
				Input: r.account.report.Printer, After: r.job.ReadyTimeout,
				Detail: "another host goes on printing on it",
			}
		}
		if err != nil {
			if try > 0 { // an intent without an outcome would be doubtful too, but without a reason
				durable, cancel := outlive(ctx)
				defer cancel()
				evidence := r.account.evidence()
				evidence.Why = "the printer changed before the window was sent"
				err = errors.Join(err, r.account.mark(durable, from, to, Doubtful, evidence))
			}
			return err
		}
		evidence := r.account.evidence(r.base.counter())
		if err := r.account.mark(ctx, from, to, Intent, evidence); err != nil {
			return err
		}
		if r.job.Blind || r.unchanged(ctx) || ctx.Err() != nil {
			return nil
		}
	}
}

// ready sets base to a reading of the idle printer.
func (r *runner) ready(ctx context.Context) (err error) {
	current := r.current && r.link.printer.conn != nil
	r.current = false
	if current || r.job.Blind {
		return r.link.printer.connect(ctx)
	}
	waiting, cancel := r.job.untilStopped(ctx)
	defer cancel()
	r.base, err = r.link.ready(waiting, max(r.pace.labelTime, r.pace.leftTime))
	return err
}

// unchanged reports whether the printer is still as base has it.
func (r *runner) unchanged(ctx context.Context) bool {
	now, ok := r.link.unchanged(ctx, r.base)
	if ok {
		r.base.asked, r.base.got = now.asked, now.got
	}
	return ok
}

// print sends the window and watches it. The cause is why it is doubtful.
func (r *runner) print(ctx context.Context) (state State, evidence Evidence, cause error) {
	if r.job.Blind {
		return r.printBlind(ctx)
	}
	w := newWatch(&r.link, &r.pace, r.base, &r.labels)
	end, err := w.print(ctx, &r.labels)
	if err != nil {
		evidence = r.account.evidence(r.base.counter(), w.previous.counter())
		evidence.Why = err.Error()
		if ctx.Err() != nil {
			evidence.Why = context.Cause(ctx).Error()
		}
		r.job.Log.Warn("doubtful", "job", r.job.ID, "why", evidence.Why)
	} else {
		r.pace.update(w.n, r.base, end, w.labelTime())
		evidence = r.account.evidence(r.base.counter(), end.counter())
		evidence.Pace = r.pace.labelTime.Round(10 * time.Microsecond)
		r.base, r.current = end, true
	}
	evidence.Polls, evidence.Gap = w.polls, w.gap.Round(time.Millisecond)
	if err != nil {
		return Doubtful, evidence, err
	}
	return Counted, evidence, nil
}

// printBlind sends the window to a printer that isn't asked.
func (r *runner) printBlind(ctx context.Context) (State, Evidence, error) {
	evidence := r.account.evidence()
	evidence.Blind = true
	for label := range r.labels.all() {
		limited, cancel := context.WithTimeout(ctx, r.job.StallTimeout)
		err := r.link.printer.send(limited, label)
		cancel()
		if err != nil {
			evidence.Why = err.Error()
			return Doubtful, evidence, err
		}
	}
	return Sent, evidence, nil
}

// recheckFirstWindow compares the run's first counted window with the next one that has no more
// labels. Labels that were fed within the first made it longer, and nothing else shows them.
func (r *runner) recheckFirstWindow(ctx context.Context, window Range) error {
	first := &r.first
	switch {
	case !r.link.has[zebra.PrintLength]:
		return nil
	case first.Count() == 0:
		first.Range, first.movedCM = window, r.pace.movedCM
		return nil
	case first.rechecked || window.Count() > first.Count():
		return nil
	}
	first.rechecked = true
	if !zebra.TooLong(first.movedCM, int64(first.Count()), r.pace.labelCM) {
		return nil
	}
	cause := fmt.Errorf("the media moved by %d cm, more than in the window after it", first.movedCM)
	first.State, first.Evidence.Why = Doubtful, cause.Error()
	if err := r.account.mark(ctx, first.From, first.To, Doubtful, first.Evidence); err != nil {
		return err
	}
	return r.applyPolicy(ctx, first.Range, cause)
}

// applyPolicy does with a window that has just become doubtful what the policy says.
func (r *runner) applyPolicy(ctx context.Context, window Range, cause error) error {
	switch r.job.Policy {
	case StopAtDoubt:
		return fmt.Errorf("printer: %s: run %s: labels %d to %d: %w: %v; %s",
			r.account.report.Printer, r.job.ID, window.From, window.To-1,
			ErrDoubtful, cause, doubtHint)
	case VoidDoubt:
		window.Evidence.Policy = voidPolicy
		return r.account.mark(ctx, window.From, window.To, Void, window.Evidence)
	}
	return nil
}
