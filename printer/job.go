package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"
)

// A Job is a run of labels to print and account for. The zero values of the optional fields are good for a line printer on its own
// network.
type Job struct {
	// ID names the run in the journal. A job whose journal has marks under this ID is resumed.
	ID string

	// Count is how many labels the run has; their positions are 0 … Count-1.
	Count uint64

	// Append appends label i to dst: one format, ^XA … ^XZ, that prints one label and needs nothing stored in the printer. It
	// must give the same label for the same position at any time, as a resumed or reprinting run asks for it again.
	Append func(dst []byte, i uint64) ([]byte, error)

	// Journal keeps intents and outcomes.
	Journal Journal

	// Template identifies what the labels are made from, such as a hash. It is recorded, and a run isn't resumed with another.
	Template string

	// Window is how many labels are sent, and confirmed or doubted, together; 0 means 20. A small window leaves few labels
	// doubtful when something happens; each window costs a pause of about 1½ labels.
	Window int

	// Policy says what happens to doubtful labels.
	Policy Policy

	// Blind lets the job print on a printer that can't be asked. Its labels end as Sent, never as confirmed.
	Blind bool

	// Ready is how long a window waits for the printer to become idle before the run ends with a [NotReadyError]; 0 means one minute.
	Ready time.Duration

	// Stall is how long a window may make no progress before it is doubtful; 0 means 30 s.
	Stall time.Duration

	// Watch is the longest time between two status replies in which nothing can have gone unseen; 0 means one second, and
	// on a serial line the time of one label more. Within it nobody presses PAUSE, CANCEL and PAUSE again.
	Watch time.Duration

	// Progress, if set, is called whenever something is known anew, from Run's goroutine.
	Progress func(Progress)

	// Log, if set, is told of windows and of what made them doubtful.
	Log *slog.Logger
}

// Progress is how far a run is.
type Progress struct {
	Count     uint64 // labels of the job
	Confirmed uint64
	Doubtful  uint64
	Printed   uint64 // confirmed, and counted by the printer in the window that prints
	Waiting   string // what the printer is waited for, "" while it prints
}

// A Policy says what happens to labels that are doubtful, in this run or in the one that it resumes. In all policies a label
// that became doubtful is listed in the report.
type Policy uint8

const (
	Continue    Policy = iota // they stay doubtful and aren't printed again; the run goes on with the next window
	StopAtDoubt               // the first new doubtful window ends the run with ErrDoubtful
	VoidDoubt                 // they are marked void and aren't printed again
	Reprint                   // those doubtful when Run begins are printed again, and listed in Report.Reprinted: two may be on paper
)

// ErrDoubtful ends a run with the policy StopAtDoubt.
var ErrDoubtful = errors.New("labels are doubtful: look at the paper, void what is doubled or missing, and resume the run")

const (
	defaultWindow = 20
	maxWindow     = 10_000
	defaultReady  = time.Minute
	defaultStall  = 30 * time.Second
	defaultWatch  = time.Second
)

func (j *Job) check() error {
	switch {
	case j.ID == "":
		return errors.New("printer: job without an id: a journal needs one")
	case j.Append == nil || j.Journal == nil:
		return fmt.Errorf("printer: job %s: Append and Journal must be set", j.ID)
	case j.Window < 0 || j.Window > maxWindow:
		return fmt.Errorf("printer: job %s: window of %d labels: want 1 to %d", j.ID, j.Window, maxWindow)
	case j.Policy > Reprint:
		return fmt.Errorf("printer: job %s: no policy %d", j.ID, j.Policy)
	}
	if j.Window == 0 {
		j.Window = defaultWindow
	}
	for _, d := range []struct {
		value *time.Duration
		zero  time.Duration
	}{{&j.Ready, defaultReady}, {&j.Stall, defaultStall}, {&j.Watch, defaultWatch}} {
		if *d.value <= 0 {
			*d.value = d.zero
		}
	}
	if j.Log == nil {
		j.Log = slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError + 1}))
	}
	return nil
}

// label appends label i, and refuses what isn't exactly one format: its counter would prove nothing.
func (j *Job) label(dst []byte, i uint64) ([]byte, error) {
	start := len(dst)
	dst, err := j.Append(dst, i)
	if err != nil {
		return dst[:start], fmt.Errorf("printer: job %s: label %d: %w", j.ID, i, err)
	}
	format := bytes.TrimSpace(dst[start:])
	if !bytes.HasPrefix(format, []byte("^XA")) || !bytes.HasSuffix(format, []byte("^XZ")) || !printsOnce(format) {
		return dst[:start], fmt.Errorf("printer: job %s: label %d: %.40q is not one format ^XA … ^XZ that prints once", j.ID, i, format)
	}
	return dst, nil
}

// printsOnce reports whether a format ends once only and asks for no copies: a label that counts twice would stand in for one that
// isn't printed. Printers take commands in small letters too.
func printsOnce(format []byte) bool {
	ends := 0
	for at := bytes.IndexByte(format, '^'); at >= 0 && at+3 <= len(format); at = bytes.IndexByte(format, '^') {
		name, params := [2]byte{format[at+1] &^ 0x20, format[at+2] &^ 0x20}, format[at+3:]
		format = params
		switch name {
		case [2]byte{'X', 'Z'}:
			ends++
		case [2]byte{'P', 'Q'}:
			digits := len(params) - len(bytes.TrimLeft(params, "0123456789"))
			if n := string(bytes.TrimLeft(params[:digits], "0")); n != "1" && digits > 0 {
				return false
			}
		}
	}
	return ends == 1
}

// Memory is a Journal in memory, for previews and tests: a run that it keeps can't be resumed after a crash. Its zero value is empty.
type Memory struct {
	mu    sync.Mutex
	marks []memoryMark
}

type memoryMark struct {
	run             string
	from, to        uint64
	state, evidence string
}

// Mark keeps a mark.
func (m *Memory) Mark(_ context.Context, run string, from, to uint64, state, evidence string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.marks = append(m.marks, memoryMark{run, from, to, state, evidence})
	return nil
}

// Marks calls fn for the marks of a run in their order.
func (m *Memory) Marks(_ context.Context, run string, fn func(from, to uint64, state, evidence string) error) error {
	m.mu.Lock()
	marks := m.marks[:len(m.marks):len(m.marks)]
	m.mu.Unlock()
	for _, k := range marks {
		if k.run != run {
			continue
		}
		if err := fn(k.from, k.to, k.state, k.evidence); err != nil {
			return err
		}
	}
	return nil
}
