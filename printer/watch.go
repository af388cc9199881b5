package printer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// A watch sends a window and observes the printer until the window is printed.
type watch struct {
	link    *link
	pace    *pace
	job     *Job
	base    reading // of the idle printer, before the window
	n       int64   // labels of the window
	sent    int64   // labels whose sending has begun
	allowed time.Duration

	previous reading
	began    time.Time
	moved    time.Time // when there was progress last
	reached  time.Time // when the counter first was at its target
	polls    int
	gap      time.Duration
}

const (
	// minPoll is the least pause between two readings.
	minPoll = 2 * time.Millisecond
	// minIdle is the least time after which a printer that is idle won't print what is missing.
	minIdle = 2 * time.Second
)

func newWatch(l *link, p *pace, base reading, labels *batch) *watch {
	now := time.Now()
	job := l.account.job
	return &watch{
		link: l, pace: p, job: job, base: base, n: labels.count(),
		allowed:  job.MaxStatusGap + l.printer.lineTime(labels.size()/int(labels.count())),
		previous: base, began: now, moved: now,
	}
}

// print sends the window and observes the printer until the window is confirmed. The error is why
// it can't be.
func (w *watch) print(ctx context.Context, labels *batch) (reading, error) {
	if err := w.send(ctx, labels); err != nil {
		return reading{}, err
	}
	for pause := minPoll; ; {
		now, err := w.observe(ctx, false)
		if err != nil {
			return now, err
		}
		if !w.link.has[zebra.TotalLabels] && now.busy() == "" && time.Since(w.moved) > minSettle*4 {
			return now, errors.New("the printer has no counter")
		}
		if w.counted(now) == w.n {
			if w.reached.IsZero() {
				w.reached = time.Now()
			}
			if now.busy() == "" {
				end, err := w.settle(ctx)
				if err != nil || end.busy() == "" {
					return end, err
				}
			}
		}
		if err := w.checkProgress(now); err != nil {
			return now, err
		}
		pause = w.pause(now, pause)
		if err := sleep(ctx, pause); err != nil {
			return now, err
		}
	}
}

// counted returns the labels that the counter has moved by since the window began.
func (w *watch) counted(now reading) int64 { return now.counter() - w.base.counter() }

// send writes label by label, asking in between often enough.
func (w *watch) send(ctx context.Context, labels *batch) error {
	for label := range labels.all() {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		w.sent++
		limited, cancel := context.WithTimeout(ctx, w.job.StallTimeout)
		err := w.link.printer.send(limited, label)
		cancel()
		if err != nil {
			return err
		}
		if time.Since(w.previous.asked) > w.job.MaxStatusGap/4 {
			if _, err := w.observe(ctx, false); err != nil {
				return err
			}
		}
	}
	w.moved = time.Now()
	return nil
}

// observe takes a reading, of all meters or of the counter only, and returns an error if it
// contradicts the window.
func (w *watch) observe(ctx context.Context, all bool) (reading, error) {
	limited, cancel := context.WithTimeout(ctx, w.job.StallTimeout)
	defer cancel()
	now, err := w.link.read(limited, all)
	if err != nil {
		return now, err
	}
	w.polls++
	gap := now.got.Sub(w.previous.asked)
	w.gap = max(w.gap, gap)
	before := w.previous
	if now.movedSince(before) {
		w.moved = now.got
	}
	w.previous = now
	switch {
	case now.connection != w.base.connection:
		return now, errors.New("reconnected")
	case now.status == nil:
		return now, errors.New("no host status: " + w.whySilent(ctx))
	case len(now.status.Faults()) > 0:
		return now, errors.New(strings.Join(now.status.Faults(), ", "))
	case gap > w.allowed:
		return now, fmt.Errorf("no status reply for %d ms", gap.Milliseconds())
	case now.counter() < before.counter():
		return now, errors.New("the counter went back")
	case w.counted(now) > w.sent:
		return now, errors.New("the counter went past the window: " +
			"another host prints, or a label was printed again")
	case w.link.has[zebra.TotalLabels] && int64(now.status.Formats) > 1+w.sent-w.counted(before):
		// The counter before is older than the queue, so this holds whatever was printed in
		// between. The settings may count as one.
		return now, errors.New("formats of another host are in the buffer")
	}
	w.link.account.progress("", uint64(max(0, w.counted(now))))
	return now, nil
}

// whySilent asks a printer that leaves ~HS unanswered why.
func (w *watch) whySilent(ctx context.Context) string {
	limited, cancel := context.WithTimeout(ctx, replyTimeout)
	defer cancel()
	a, err := w.link.printer.query(limited, query{faults: true})
	if err != nil || len(a.faults.Names()) == 0 {
		return "no reason reported"
	}
	return strings.Join(a.faults.Names(), ", ")
}

// settle waits for as long as the label under the head could take, and reads all meters. A label
// that is printed twice, or one of another host's, may have moved the counter in the place of ours.
func (w *watch) settle(ctx context.Context) (reading, error) {
	for rest := max(minSettle, w.labelTime()*3/2); rest > 0; {
		step := min(rest, w.job.MaxStatusGap/4)
		rest -= step
		if err := sleep(ctx, step); err != nil {
			return reading{}, err
		}
		now, err := w.observe(ctx, rest <= 0)
		if err != nil || now.busy() != "" {
			return now, err
		}
	}
	why := zebra.Contradiction(w.base.meters, w.previous.meters, w.n, w.pace.labelCM)
	if why != "" {
		return w.previous, errors.New(why)
	}
	return w.previous, nil
}

// labelTime returns how long a label takes, and no less: from the first label of the window to the
// last, as printers may count a label when it begins. Of one label it is the time of earlier
// windows, or of its length on the slowest printer.
func (w *watch) labelTime() time.Duration {
	switch {
	case w.n > 1:
		return w.reached.Sub(w.began) / time.Duration(w.n-1)
	case w.pace.labelTime > 0:
		return w.pace.labelTime
	}
	dotsPerMM := w.link.account.report.Identity.DotsPerMM
	return slowestLabel(float64(w.previous.status.LabelLength) / dotsPerMM)
}

// checkProgress returns an error if the printer doesn't go on.
func (w *watch) checkProgress(now reading) error {
	still := time.Since(w.moved)
	if still > w.job.StallTimeout {
		return fmt.Errorf("no progress for %s", w.job.StallTimeout)
	}
	if now.busy() == "" && w.counted(now) < w.n && still > max(minIdle, 20*w.pace.labelTime) {
		return fmt.Errorf("printer idle but only %d of %d labels counted", w.counted(now), w.n)
	}
	return nil
}

// pause returns how long to wait before the next reading: until the window should be printed, by
// the pace of its labels so far or of the window before. Readings are never so far apart that the
// printer would be unwatched.
func (w *watch) pause(now reading, last time.Duration) time.Duration {
	round := time.Since(now.asked)
	most := max((w.job.MaxStatusGap-2*round)/4, minPoll)
	pace := w.pace.labelTime
	if done := w.counted(now); w.link.has[zebra.TotalLabels] && done > 0 {
		pace = now.got.Sub(w.began) / time.Duration(done)
	}
	if pace == 0 || !w.link.has[zebra.TotalLabels] {
		return min(max(2*last, round), most)
	}
	left := w.began.Add(time.Duration(w.n) * pace).Sub(now.got)
	return min(max(left, pace/4, round, minPoll), most)
}
