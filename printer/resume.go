package printer

import (
	"context"
	"fmt"
	"slices"
)

// resume reads the journal, makes doubtful what was under way, and returns what is to be sent.
func (a *account) resume(ctx context.Context, pace *pace) (todo Ranges, err error) {
	if err := a.readJournal(ctx, pace); err != nil {
		return nil, fmt.Errorf("printer: run %s: reading the journal: %w", a.job.ID, err)
	}
	interrupted := false
	for _, r := range slices.Clone(a.report.Ranges) {
		switch r.State {
		case Intent:
			interrupted = true
			r.Evidence.Why = "interrupted"
			if err := a.mark(ctx, r.From, r.To, Doubtful, r.Evidence); err != nil {
				return nil, err
			}
		case Doubtful:
		default:
			continue
		}
		if a.job.Policy == VoidDoubt {
			r.Evidence.Policy = voidPolicy
			if err := a.mark(ctx, r.From, r.To, Void, r.Evidence); err != nil {
				return nil, err
			}
		}
	}
	if interrupted {
		pace.interrupted()
	}
	if interrupted && a.job.Policy == StopAtDoubt {
		return nil, fmt.Errorf("printer: run %s was interrupted: %w; %s",
			a.job.ID, ErrDoubtful, doubtHint)
	}
	send := []State{NotSent}
	if a.job.Policy == Reprint {
		send = append(send, Doubtful)
	}
	return slices.Collect(a.report.Ranges.In(send...)), nil
}

// doubtHint is what to do about doubtful labels.
const doubtHint = "look at the paper, void what is doubled or missing, and resume the run"

// readJournal fills in the report, and rejects marks that can't be of these labels.
func (a *account) readJournal(ctx context.Context, pace *pace) error {
	return a.job.Journal.Marks(ctx, a.job.ID, func(from, to uint64, state, text string) error {
		if from >= to || to > a.job.Count {
			return fmt.Errorf("%w: labels %d to %d are marked, want labels below %d; "+
				"use another ID for another job", ErrJob, from, to, a.job.Count)
		}
		if !State(state).known() {
			return fmt.Errorf("%w: labels %d to %d are marked %q, which this version doesn't know",
				ErrJob, from, to-1, state)
		}
		var e Evidence
		if err := e.UnmarshalText([]byte(text)); err != nil {
			return err
		}
		known := e.Template != "" && a.job.Template != ""
		if known && !sameTemplate(e.Template, a.job.Template) {
			return fmt.Errorf("%w: template %s, want %s with which the run began; "+
				"resume with that, or begin another run", ErrJob, a.job.Template, e.Template)
		}
		pace.recall(e.Pace)
		a.note(from, to, State(state), e)
		return nil
	})
}
