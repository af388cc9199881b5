package printer

import (
	"context"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// journalTime bounds the writing of an outcome after the context has ended.
const journalTime = 10 * time.Second

// An account keeps the journal and the report of a run in step.
type account struct {
	job    *Job
	report Report
	tally  map[State]uint64 // labels of the report
}

func newAccount(printer string, job *Job) *account {
	a := &account{
		job: job, report: Report{Job: job.ID, Printer: printer},
		tally: map[State]uint64{NotSent: job.Count},
	}
	if job.Count > 0 {
		a.report.Ranges = Ranges{{From: 0, To: job.Count}}
	}
	return a
}

// mark writes to the journal, then to the report.
func (a *account) mark(ctx context.Context, from, to uint64, state State, evidence Evidence) error {
	err := a.job.Journal.Mark(ctx, a.job.ID, from, to, string(state), evidence.String())
	if err != nil {
		return fmt.Errorf("printer: run %s: journal: labels %d to %d as %s: %w",
			a.job.ID, from, to-1, state, err)
	}
	a.note(from, to, state, evidence)
	a.progress("", 0)
	return nil
}

// note writes to the report. A label that was sent and is sent again is listed there.
func (a *account) note(from, to uint64, state State, evidence Evidence) {
	a.tally[state] += to - from
	for _, before := range a.report.Ranges.mark(from, to, state, evidence) {
		a.tally[before.State] -= before.Count()
		if state == Intent && before.State != NotSent && before.State != Intent {
			a.report.Reprinted.mark(before.From, before.To, before.State, before.Evidence)
		}
	}
}

// evidence returns what is recorded of every window, with the counter where it was read.
func (a *account) evidence(counter ...int64) Evidence {
	e := Evidence{
		Printer: a.report.Identity.String(), Settings: zebra.Settings, Template: a.job.Template,
	}
	for _, reading := range counter {
		if reading < 0 {
			break
		}
		e.Counter = append(e.Counter, uint64(reading))
	}
	return e
}

// progress reports how far the run has come, counted labels of the window that prints included.
func (a *account) progress(waiting string, counted uint64) {
	if a.job.Progress == nil {
		return
	}
	confirmed := a.tally[Counted] + a.tally[Read]
	a.job.Progress(Progress{
		Count: a.job.Count, Confirmed: confirmed, Doubtful: a.tally[Doubtful],
		Printed: confirmed + counted, Waiting: waiting,
	})
}

// outlive returns a context for what must be written although ctx may have ended.
func outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), journalTime)
}
