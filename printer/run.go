package printer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// settings go before each window: after an error a printer whose ^JZ is at its default prints the interrupted label again. They
// also end a format that a killed program has left unfinished.
const settings = "^XA^JZN^XZ"

// journalTime bounds the writing of an outcome after the context has ended.
const journalTime = 10 * time.Second

// maxTries bounds how often a window is begun anew.
const maxTries = 10

// Run prints a job, or the rest of it, and accounts for each of its labels in the journal and in the report.
//
// Per window it waits for the printer to be idle, records its identity, settings and counter, makes the window's intent
// durable, sends it, watches the printer until the counter moved by exactly the window and the queue is empty, and makes the outcome
// durable. A window is confirmed as a whole or doubtful as a whole; see the package's comment for what that takes.
//
// A run that is resumed keeps what is confirmed, declares the windows that were under way doubtful and, unless the policy says
// otherwise, prints only what was never sent.
//
// The report is complete in any case. The error is nil when every label has an outcome, doubtful ones included; [ErrDoubtful] by policy; a
// *[NotReadyError] when the printer doesn't become ready; the context's error when that has ended: the window under way
// is then doubtful, which is durable when Run returns, within 10 s.
func Run(ctx context.Context, p *Printer, job Job) (Report, error) {
	if err := job.check(); err != nil {
		return Report{Job: job.ID}, err
	}
	started := time.Now()
	r := &run{Job: job, p: p, report: Report{Job: job.ID, Printer: p.Name()}, tally: map[State]uint64{NotSent: job.Count}, base: unread()}
	if job.Count > 0 {
		r.report.Ranges = Ranges{{From: 0, To: job.Count}}
	}
	err := r.all(ctx)
	r.report.Elapsed = time.Since(started)
	return r.report, err
}

// A run is a call of Run.
type run struct {
	Job
	p      *Printer
	report Report
	tally  map[State]uint64 // of the labels in report
	todo   Ranges
	buf    []byte
	ends   []int // of the labels in buf

	has       [meterCount]bool // meters that the printer knows
	base      reading          // of the idle printer, before the next window
	fresh     bool             // base is of now
	labelTime time.Duration    // measured; 0 if it isn't yet
	leftTime  time.Duration    // that a label may take which a killed program has left in the printer; a guess if none was measured
	labelCM   float64          // that a label is long at most, by the window that moved the length meter least; 0 before
	movedCM   int64            // by the last counted window
	first     Range            // the first counted window
	firstCM   int64
	reviewed  bool // first is
}

func (r *run) all(ctx context.Context) error {
	if err := r.resume(ctx); err != nil {
		return err
	}
	for _, span := range r.todo {
		for from := span.From; from < span.To; {
			to := min(from+uint64(r.Window), span.To)
			if err := r.window(ctx, from, to); err != nil {
				return err
			}
			from = to
		}
	}
	return nil
}

// window prints the labels from ≤ i < to and marks their outcome.
func (r *run) window(ctx context.Context, from, to uint64) error {
	if err := r.format(from, to); err != nil {
		return err
	}
	if err := r.prepare(ctx, from, to); err != nil {
		return err
	}
	state, evidence, cause := r.print(ctx, to-from)
	r.Log.Info("window", "job", r.ID, "from", from, "to", to, "state", string(state), "evidence", evidence)
	durable, cancel := outlive(ctx)
	defer cancel()
	if err := r.mark(durable, from, to, state, evidence); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("printer: run %s: %w", r.ID, context.Cause(ctx))
	}
	switch state {
	case Counted:
		return r.review(durable, from, to, evidence)
	case Doubtful:
		return r.doubt(durable, from, to, evidence, cause)
	}
	return nil
}

// prepare waits for the printer and marks the window's intent. What moved while that was written isn't ours: then it begins anew.
func (r *run) prepare(ctx context.Context, from, to uint64) error {
	for try := 0; ; try++ {
		err := r.ready(ctx)
		if err == nil && try == maxTries {
			err = &NotReadyError{Printer: r.p.Name(), After: r.Ready, Why: "another host goes on printing on it"}
		}
		if err != nil {
			if try > 0 { // an intent without an outcome would be doubtful too, but not tell why
				durable, cancel := outlive(ctx)
				defer cancel()
				err = errors.Join(err, r.mark(durable, from, to, Doubtful, r.evidence(-1, -1, "why=the_printer_changed_before_sending")))
			}
			return err
		}
		if err := r.mark(ctx, from, to, Intent, r.evidence(r.base.counter(), -1)); err != nil {
			return err
		}
		if r.Blind || r.unchanged(ctx) || ctx.Err() != nil {
			return nil
		}
	}
}

// outlive is the context of what must be written although ctx may have ended.
func outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), journalTime)
}

// doubt does with a window that has just become doubtful what the policy says.
func (r *run) doubt(ctx context.Context, from, to uint64, evidence string, cause error) error {
	switch r.Policy {
	case StopAtDoubt:
		return fmt.Errorf("printer %s: run %s, labels %d to %d: %w (%v)", r.p.Name(), r.ID, from, to-1, ErrDoubtful, cause)
	case VoidDoubt:
		return r.mark(ctx, from, to, Void, "policy=void "+evidence)
	}
	return nil
}

// format makes the bytes of a window before its intent is marked: a label that can't be made is no doubt.
func (r *run) format(from, to uint64) (err error) {
	r.buf = append(r.buf[:0], settings...)
	r.ends = r.ends[:0]
	for i := from; i < to; i++ {
		if r.buf, err = r.label(r.buf, i); err != nil {
			return err
		}
		r.ends = append(r.ends, len(r.buf))
	}
	return nil
}

// mark writes to the journal, then to the report. A label that was sent and is sent again is noted there.
func (r *run) mark(ctx context.Context, from, to uint64, state State, evidence string) error {
	if err := r.Journal.Mark(ctx, r.ID, from, to, string(state), evidence); err != nil {
		return fmt.Errorf("printer: run %s: journal: labels %d to %d as %s: %w", r.ID, from, to-1, state, err)
	}
	r.note(from, to, state, evidence)
	r.progress("", 0)
	return nil
}

func (r *run) note(from, to uint64, state State, evidence string) {
	r.tally[state] += to - from
	for _, before := range r.report.Ranges.mark(from, to, state, evidence) {
		r.tally[before.State] -= before.Count()
		if state == Intent && before.State != NotSent && before.State != Intent {
			r.report.Reprinted.mark(before.From, before.To, before.State, before.Evidence)
		}
	}
}

func (r *run) progress(waiting string, printing uint64) {
	if r.Progress == nil {
		return
	}
	confirmed := r.tally[Counted] + r.tally[Read]
	r.Progress(Progress{
		Count: r.Count, Confirmed: confirmed, Doubtful: r.tally[Doubtful],
		Printed: confirmed + printing, Waiting: waiting,
	})
}

// evidence spells what is recorded of a window: words key=value with blanks between.
func (r *run) evidence(before, after int64, more ...string) string {
	words := make([]string, 0, 6+len(more))
	if before >= 0 {
		words = append(words, fmt.Sprintf("counter=%d", before))
	}
	if before >= 0 && after >= 0 {
		words[len(words)-1] += fmt.Sprintf("..%d", after)
	}
	words = append(words, "printer="+word(r.report.Identity.String()), "settings=^JZN")
	if r.Template != "" {
		words = append(words, templateKey+word(r.Template))
	}
	return strings.Join(append(words, more...), " ")
}

const (
	templateKey = "template="
	paceKey     = "pace="
	unknownPace = 200 * time.Millisecond // of labels that a killed program has left in the printer
	maxPace     = 10 * time.Second
)

// word makes a value one word of evidence.
func word(s string) string {
	if s == "" {
		return "unknown"
	}
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F {
			return '_'
		}
		return r
	}, s)
}

// A NotReadyError ends a run whose printer doesn't become idle.
type NotReadyError struct {
	Printer string
	After   time.Duration
	Why     string // "media out, paused", "3 labels still to print", "no answer" …
	Err     error  // the last failure to reach it, or nil
}

func (e *NotReadyError) Error() string {
	return fmt.Sprintf("printer %s: not ready within %s: %s: mend that and resume the run; labels not sent are waiting", e.Printer, e.After, e.Why)
}

func (e *NotReadyError) Unwrap() error { return e.Err }

var errSilent = errors.New("no answer")
