package printer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// resume reads the journal, makes doubtful what was under way, and plans what is to be sent.
func (r *run) resume(ctx context.Context) error {
	err := r.Journal.Marks(ctx, r.ID, func(from, to uint64, state, evidence string) error {
		if from >= to || to > r.Count {
			return fmt.Errorf("labels %d to %d are marked, but the job has %d: this is another job's id", from, to, r.Count)
		}
		if !State(state).Known() {
			return fmt.Errorf("labels %d to %d are marked %q, which this version doesn't know", from, to-1, state)
		}
		if err := r.recall(evidence); err != nil {
			return err
		}
		r.note(from, to, State(state), evidence)
		return nil
	})
	if err != nil {
		return fmt.Errorf("printer: run %s: reading the journal: %w", r.ID, err)
	}
	interrupted := false
	for _, was := range slices.Clone(r.report.Ranges) {
		switch {
		case was.State == Intent:
			interrupted = true
			was.Evidence = "why=interrupted " + was.Evidence
			if err := r.mark(ctx, was.From, was.To, Doubtful, was.Evidence); err != nil {
				return err
			}
		case was.State != Doubtful:
			continue
		}
		if r.Policy == VoidDoubt {
			if err := r.mark(ctx, was.From, was.To, Void, "policy=void "+was.Evidence); err != nil {
				return err
			}
		}
	}
	if interrupted {
		r.leftTime = cmp.Or(r.labelTime, unknownPace) // its labels may still be printing
	}
	if interrupted && r.Policy == StopAtDoubt {
		return fmt.Errorf("printer: run %s was interrupted: %w", r.ID, ErrDoubtful)
	}
	send := []State{NotSent}
	if r.Policy == Reprint {
		send = append(send, Doubtful)
	}
	r.todo = slices.Collect(r.report.Ranges.In(send...))
	return nil
}

// recall learns from evidence how long a label takes, and refuses to go on with labels unlike those that were printed.
func (r *run) recall(evidence string) error {
	for w := range strings.FieldsSeq(evidence) {
		if was, ok := strings.CutPrefix(w, templateKey); ok && r.Template != "" && was != word(r.Template) {
			return fmt.Errorf("the run began with the template %s and this one is %s: resume with that, or begin another run", was, word(r.Template))
		}
		if pace, ok := strings.CutPrefix(w, paceKey); ok {
			if d, err := time.ParseDuration(pace); err == nil {
				r.labelTime = min(max(d, 0), maxPace)
			}
		}
	}
	return nil
}
