package printer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

const (
	// minSettle is the least time that an idle printer must stay as it is: longer than the label under the head takes, which no number
	// of ~HS tells about.
	minSettle = 30 * time.Millisecond
	minPoll   = 2 * time.Millisecond
)

// print sends the window in r.buf and watches it. The cause is why it is doubtful.
func (r *run) print(ctx context.Context, n uint64) (state State, evidence string, cause error) {
	if r.Blind {
		return r.printBlind(ctx)
	}
	now := time.Now()
	w := &watch{run: r, n: int64(n), previous: r.base, began: now, moved: now}
	w.allowed = r.Watch + lineTime(r.p, len(r.buf)/int(n))
	end, err := w.all(ctx)
	more := []string{fmt.Sprintf("polls=%d", w.polls), fmt.Sprintf("gap=%dms", w.gap.Milliseconds())}
	if err != nil {
		why := err.Error()
		if ctx.Err() != nil {
			why = context.Cause(ctx).Error()
		}
		r.Log.Warn("doubtful", "job", r.ID, "why", why)
		evidence := r.evidence(r.base.counter(), w.previous.counter(), append(more, "why="+word(why))...)
		return Doubtful, evidence, err
	}
	r.learn(w, end)
	if r.labelTime > 0 {
		more = append(more, paceKey+r.labelTime.Round(10*time.Microsecond).String())
	}
	evidence = r.evidence(r.base.counter(), end.counter(), more...)
	r.base, r.fresh = end, true
	return Counted, evidence, nil
}

func (r *run) printBlind(ctx context.Context) (State, string, error) {
	for from, at := 0, 0; at < len(r.ends); at++ {
		limited, cancel := context.WithTimeout(ctx, r.Stall)
		err := r.p.send(limited, r.buf[from:r.ends[at]])
		cancel()
		if err != nil {
			return Doubtful, r.evidence(-1, -1, "why="+word(err.Error())), err
		}
		from = r.ends[at]
	}
	return Sent, r.evidence(-1, -1, "blind"), nil
}

// learn keeps how long a label takes, and how long it is.
func (r *run) learn(w *watch, end reading) {
	if w.n > 1 {
		r.labelTime = w.perLabel()
	}
	if r.has[printLength] {
		r.movedCM = end.meters[printLength] - r.base.meters[printLength]
		most := float64(r.movedCM+1) / float64(w.n) // readings are whole centimetres
		if r.labelCM == 0 || most < r.labelCM {
			r.labelCM = most
		}
	}
}

// review looks once more at the run's first counted window when the next one, of no more labels, has told how long a label is: labels that
// were fed within the first made it longer, and nothing else shows them.
func (r *run) review(ctx context.Context, from, to uint64, evidence string) error {
	first := r.first
	switch {
	case !r.has[printLength]:
		return nil
	case first.Count() == 0:
		r.first, r.firstCM = Range{from, to, Counted, evidence}, r.movedCM
		return nil
	case r.reviewed || to-from > first.Count():
		return nil
	}
	r.reviewed = true
	if !tooLong(r.firstCM, int64(first.Count()), r.labelCM) {
		return nil
	}
	cause := fmt.Errorf("the media moved by %d cm, more than in the window after it", r.firstCM)
	evidence = first.Evidence + " why=" + word(cause.Error())
	if err := r.mark(ctx, first.From, first.To, Doubtful, evidence); err != nil {
		return err
	}
	return r.doubt(ctx, first.From, first.To, evidence, cause)
}

// perLabel is how long a label takes, and no less: from the first label of the window to the last, as printers may count a label when
// it begins. Of one label it is the time of earlier windows, or of its length at the slowest speed that printers have.
func (w *watch) perLabel() time.Duration {
	switch {
	case w.n > 1:
		return w.reached.Sub(w.began) / time.Duration(w.n-1)
	case w.labelTime > 0:
		return w.labelTime
	}
	mm := float64(w.previous.status.LabelLength) / w.report.Identity.DotsPerMM
	if mm == 0 {
		mm = 100
	}
	return time.Duration(min(mm, 1000) / slowest * float64(time.Second))
}

// slowest is the speed in mm/s below which no label printer prints: 1 in/s.
const slowest = 25.4

// lineTime is how long a label takes on a slow line.
func lineTime(p *Printer, size int) time.Duration {
	if p.conn == nil {
		return 0
	}
	line, ok := p.conn.rw.(interface{ ByteTime() time.Duration })
	if !ok {
		return 0
	}
	return time.Duration(size) * line.ByteTime()
}

// A watch observes a window.
type watch struct {
	*run
	n        int64
	sent     int64 // labels whose sending has begun
	allowed  time.Duration
	previous reading
	began    time.Time
	moved    time.Time // when something last went on
	reached  time.Time // when the counter first stood at its target
	polls    int
	gap      time.Duration
}

// all sends the window and observes the printer until it is confirmed, or an error says why it can't be.
func (w *watch) all(ctx context.Context) (reading, error) {
	if err := w.send(ctx); err != nil {
		return reading{}, err
	}
	pause := minPoll
	for {
		now, err := w.poll(ctx)
		if err != nil {
			return now, err
		}
		if !w.has[totalLabels] && now.why() == "" && time.Since(w.moved) > minSettle*4 {
			return now, errors.New("the printer has no counter")
		}
		if now.counter() == w.base.counter()+w.n {
			if w.reached.IsZero() {
				w.reached = time.Now()
			}
			if now.why() == "" {
				end, err := w.settle(ctx)
				if err != nil || end.why() == "" {
					return end, err
				}
			}
		}
		if err := w.progressing(now); err != nil {
			return now, err
		}
		pause = w.pause(now, pause)
		if err := sleep(ctx, pause); err != nil {
			return now, err
		}
	}
}

// send writes label by label, asking in between often enough.
func (w *watch) send(ctx context.Context) error {
	for at, from := 0, 0; at < len(w.ends); at++ {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		w.sent++
		limited, cancel := context.WithTimeout(ctx, w.Stall)
		err := w.p.send(limited, w.buf[from:w.ends[at]])
		cancel()
		if err != nil {
			return err
		}
		from = w.ends[at]
		if time.Since(w.previous.asked) > w.Watch/4 {
			if _, err := w.poll(ctx); err != nil {
				return err
			}
		}
	}
	w.moved = time.Now()
	return nil
}

// poll takes a reading and returns an error if it speaks against the window.
func (w *watch) poll(ctx context.Context) (reading, error) { return w.observe(ctx, false) }

func (w *watch) observe(ctx context.Context, all bool) (reading, error) {
	limited, cancel := context.WithTimeout(ctx, w.Stall)
	defer cancel()
	now, err := w.read(limited, all)
	if err != nil {
		return now, err
	}
	w.polls++
	gap := now.got.Sub(w.previous.asked)
	w.gap = max(w.gap, gap)
	before := w.previous
	if now.counter() != before.counter() || now.status != nil && before.status != nil && now.status.Formats != before.status.Formats {
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
		return now, fmt.Errorf("unwatched for %d ms", gap.Milliseconds())
	case now.counter() < before.counter():
		return now, errors.New("the counter went back")
	case now.counter() > w.base.counter()+w.sent:
		return now, errors.New("the counter went past the window: another host prints, or a label was printed again")
	case w.has[totalLabels] && int64(now.status.Formats) > 1+w.sent-(before.counter()-w.base.counter()):
		// The counter before is older than the queue, so this holds whatever was printed in between. The settings may count as one.
		return now, errors.New("formats of another host are in the buffer")
	}
	w.progress("", uint64(max(0, now.counter()-w.base.counter())))
	return now, nil
}

// whySilent asks a printer that leaves ~HS unanswered why.
func (w *watch) whySilent(ctx context.Context) string {
	limited, cancel := context.WithTimeout(ctx, replyTimeout)
	defer cancel()
	a, err := w.p.query(limited, query{faults: true})
	if err != nil || len(a.faults.Names()) == 0 {
		return "it doesn't say why"
	}
	return strings.Join(a.faults.Names(), ", ")
}

// settle waits for as long as the label under the head could take, and reads all meters. A label that is printed twice, or one of
// another host's, may have moved the counter in the place of ours.
func (w *watch) settle(ctx context.Context) (reading, error) {
	for rest := max(minSettle, w.perLabel()*3/2); rest > 0; {
		step := min(rest, w.Watch/4)
		rest -= step
		if err := sleep(ctx, step); err != nil {
			return reading{}, err
		}
		now, err := w.observe(ctx, rest <= 0)
		if err != nil || now.why() != "" {
			return now, err
		}
	}
	if why := w.base.meters.against(w.previous.meters, w.n, w.labelCM); why != "" {
		return w.previous, errors.New(why)
	}
	return w.previous, nil
}

// progressing returns an error when the printer doesn't go on.
func (w *watch) progressing(now reading) error {
	still := time.Since(w.moved)
	if still > w.Stall {
		return fmt.Errorf("nothing went on for %s", w.Stall)
	}
	// An idle printer won't print what it has lost.
	if now.why() == "" && now.counter() < w.base.counter()+w.n && still > max(2*time.Second, 20*w.labelTime) {
		return errors.New("the printer is idle and its counter short of the window")
	}
	return nil
}

// pause is how long to wait before the next poll: until the window should be printed, by the pace of its labels so far or that of the
// window before. The polls are never so far apart that the window would be unwatched.
func (w *watch) pause(now reading, last time.Duration) time.Duration {
	round := time.Since(now.asked)
	most := max((w.Watch-2*round)/4, minPoll)
	pace := w.labelTime
	if done := now.counter() - w.base.counter(); w.has[totalLabels] && done > 0 {
		pace = now.got.Sub(w.began) / time.Duration(done)
	}
	if pace == 0 || !w.has[totalLabels] {
		return min(max(2*last, round), most)
	}
	left := w.began.Add(time.Duration(w.n) * pace).Sub(now.got)
	return min(max(left, pace/4, round, minPoll), most)
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
