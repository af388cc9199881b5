package printer

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// A Job is a run of labels to print and account for. The zero values of the optional fields suit a
// label printer on a production line's own network.
type Job struct {
	// ID names the run in the journal. A job whose journal has marks under this ID is resumed.
	ID string

	// Count is the number of labels; their positions are 0 … Count-1.
	Count uint64

	// Append appends label i to dst: one format, ^XA … ^XZ, that prints one label and needs nothing
	// that is stored in the printer. It must append the same label for the same position at any
	// time, as a run that is resumed or prints again asks for it again.
	Append func(dst []byte, i uint64) ([]byte, error)

	// Journal keeps intents and outcomes.
	Journal Journal

	// Template identifies what the labels are made from, such as a hash. It is recorded, and a run
	// isn't resumed with another one. "" isn't compared.
	Template string

	// Window is the number of labels that are sent, and confirmed or doubtful, together, at most
	// 10,000; 0 means 20. After a mishap a small window leaves few labels doubtful; each window
	// costs a pause of about 1½ labels.
	Window int

	// Policy says what happens to doubtful labels.
	Policy Policy

	// Blind lets the job print on a printer that can't be asked. Its labels end as Sent, never as
	// confirmed.
	Blind bool

	// ReadyTimeout is how long a window waits for the printer to become idle before the run ends
	// with a *NotReadyError; 0 means one minute.
	ReadyTimeout time.Duration

	// StallTimeout is how long a window may make no progress before it is doubtful; 0 means 30 s.
	StallTimeout time.Duration

	// MaxStatusGap is the longest time between two status replies in which nothing can have gone
	// unseen: an operator takes longer to press PAUSE, CANCEL and PAUSE again. 0 means one second.
	// On a serial line the time of one label is added.
	MaxStatusGap time.Duration

	// Stop, if set, ends the run with ErrStopped once it is closed: the window under way is printed
	// and accounted for, and no other is begun.
	Stop <-chan struct{}

	// Progress, if set, is called from Run's goroutine whenever there is news.
	Progress func(Progress)

	// Log, if set, receives a record of each window, and of each reason for doubt.
	Log *slog.Logger
}

// Progress is how far a run has come.
type Progress struct {
	Count     uint64 // labels of the job
	Confirmed uint64
	Doubtful  uint64
	Printed   uint64 // confirmed, or counted by the printer in the window that prints
	Waiting   string // why the printer isn't ready, "" while it prints
}

// A Policy is what happens to labels that are doubtful, in this run or in the one that it resumes.
// With any policy, a label that became doubtful is listed in the report.
type Policy uint8

const (
	// Continue leaves them doubtful, doesn't print them again, and prints the next window.
	Continue Policy = iota
	// StopAtDoubt ends the run with ErrDoubtful at the first window that becomes doubtful.
	StopAtDoubt
	// VoidDoubt makes them void, and doesn't print them again.
	VoidDoubt
	// Reprint prints those again that are doubtful when Run begins: two may be on paper.
	Reprint
)

const (
	defaultWindow       = 20
	maxWindow           = 10_000
	defaultReadyTimeout = time.Minute
	defaultStallTimeout = 30 * time.Second
	defaultStatusGap    = time.Second
)

// check reports what is wrong with a job, and fills in its defaults.
func (j *Job) check() error {
	switch {
	case j.ID == "":
		return fmt.Errorf("printer: %w: no ID; a journal needs one", ErrJob)
	case j.Append == nil || j.Journal == nil:
		return fmt.Errorf("printer: job %s: %w: no Append or no Journal", j.ID, ErrJob)
	case j.Window < 0 || j.Window > maxWindow:
		return fmt.Errorf("printer: job %s: %w: window of %d labels, want 1 to %d",
			j.ID, ErrJob, j.Window, maxWindow)
	case j.Policy > Reprint:
		return fmt.Errorf("printer: job %s: %w: unknown policy %d", j.ID, ErrJob, j.Policy)
	}
	if j.Window == 0 {
		j.Window = defaultWindow
	}
	setDefault(&j.ReadyTimeout, defaultReadyTimeout)
	setDefault(&j.StallTimeout, defaultStallTimeout)
	setDefault(&j.MaxStatusGap, defaultStatusGap)
	if j.Log == nil {
		j.Log = slog.New(slog.DiscardHandler)
	}
	return nil
}

func setDefault(d *time.Duration, value time.Duration) {
	if *d <= 0 {
		*d = value
	}
}

// stopped reports whether Stop is closed.
func (j *Job) stopped() bool {
	select {
	case <-j.Stop:
		return true
	default:
		return false
	}
}

// untilStopped returns a context that ends with ErrStopped when Stop is closed.
func (j *Job) untilStopped(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-j.Stop:
			cancel(ErrStopped)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// label appends label i. What isn't exactly one label is an error: its counter would prove nothing.
func (j *Job) label(dst []byte, i uint64) ([]byte, error) {
	start := len(dst)
	dst, err := j.Append(dst, i)
	if err != nil {
		return dst[:start], fmt.Errorf("printer: job %s: label %d: %w", j.ID, i, err)
	}
	if format := dst[start:]; !zebra.PrintsOnce(format) {
		return dst[:start], fmt.Errorf(
			"printer: job %s: label %d: %w: %.40q, want one format ^XA … ^XZ that prints once",
			j.ID, i, ErrJob, format)
	}
	return dst, nil
}
