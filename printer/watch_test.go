package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// scripted connects to a printer that answers each query by the next reply, and then nothing.
func scripted(t *testing.T, replies ...string) *Printer {
	p, err := DialFunc(t.Context(), "scripted", func(context.Context) (io.ReadWriteCloser,
		error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			buf := make([]byte, 4096)
			for _, reply := range replies {
				if _, err := theirs.Read(buf); err != nil {
					return
				}
				io.WriteString(theirs, reply)
			}
			io.Copy(io.Discard, theirs)
		}()
		return ours, nil
	})
	require.NoError(t, err)
	t.Cleanup(func() { p.Close() })
	return p
}

// reply is an answer to ~HS, with formats in the buffer, and to getvar of the counter.
func reply(formats, counter int) string {
	return fmt.Sprintf("\x02030,0,0,0360,%03d,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"+
		"\x021234,0\x03\r\n\"%d\"", formats, counter)
}

const pausedReply = "\x02030,0,1,0360,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n\"101\""

// watching returns a watch of a window of ten labels, of which some are sent, on a printer whose
// counter was at 100.
func watching(t *testing.T, sent int64, replies ...string) *watch {
	job := &Job{ID: "run", Count: 40, Append: func(dst []byte, _ uint64) ([]byte,
		error) {
		return append(dst, "^XA^XZ"...), nil
	}, Journal: new(Memory)}
	require.NoError(t, job.check())
	p := scripted(t, replies...)
	l := &link{account: newAccount("scripted", job), printer: p}
	l.has[zebra.TotalLabels] = true
	base := reading{asked: time.Now(), got: time.Now(), connection: 1, status: &HostStatus{},
		meters: zebra.NoMeters()}
	base.meters[zebra.TotalLabels] = 100
	var labels batch
	require.NoError(t, labels.fill(job, 0, 10))
	w := newWatch(l, &pace{}, base, &labels)
	w.sent = sent
	return w
}

// Each guard alone: a reading that contradicts the window makes it doubtful at once.
func TestObserve(t *testing.T) {
	for name, c := range map[string]struct {
		sent     int64
		previous int64 // counter
		later    time.Duration
		reply    string
		err      string
	}{
		"nothing printed": {10, 100, 0, reply(10, 100), ""},
		"all printed":     {10, 109, 0, reply(0, 110), ""},
		"one past the window": {10, 109, 0, reply(0, 111),
			"the counter went past the window: another host prints, or a label was printed again"},
		"one past what is sent": {5, 104, 0, reply(0, 106),
			"the counter went past the window: another host prints, or a label was printed again"},
		"counter went back":         {10, 105, 0, reply(0, 104), "the counter went back"},
		"all waiting, and settings": {10, 100, 0, reply(11, 100), ""},
		"one format too many": {10, 100, 0, reply(12, 100),
			"formats of another host are in the buffer"},
		"half waiting": {10, 105, 0, reply(6, 105), ""},
		"one of another host": {10, 105, 0, reply(7, 105),
			"formats of another host are in the buffer"},
		"within the gap": {10, 100, time.Second, reply(0, 100), ""},
		"past the gap": {10, 100, 1001 * time.Millisecond, reply(0, 100),
			"no status reply for 1001 ms"},
		"paused": {10, 100, 0, pausedReply, "paused"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := watching(t, c.sent, c.reply)
				w.previous.meters[zebra.TotalLabels] = c.previous
				time.Sleep(c.later)
				now, err := w.observe(t.Context(), false)
				require.Equal(t, 1, w.polls)
				require.Equal(t, c.later, w.gap)
				require.Equal(t, now, w.previous)
				if c.err == "" {
					require.NoError(t, err)
				} else {
					require.EqualError(t, err, c.err)
				}
			})
		})
	}
}

// The longest gap is kept, and progress is a counter or a queue that moved.
func TestObserveKeepsCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watching(t, 10, reply(5, 100), reply(5, 100), reply(5, 101), reply(4, 101))
		for i, c := range []struct {
			later time.Duration
			moved bool
		}{{400 * time.Millisecond, true}, {100 * time.Millisecond, false},
			{100 * time.Millisecond, true}, {100 * time.Millisecond, true}} {
			time.Sleep(c.later)
			_, err := w.observe(t.Context(), false)
			require.NoError(t, err)
			require.Equal(t, i+1, w.polls)
			require.Equal(t, 400*time.Millisecond, w.gap)
			require.Equal(t, c.moved, w.moved.Equal(time.Now()), i)
		}
	})
}

func TestCheckProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watching(t, 10)
		idle, busy := w.base, w.base
		busy.status = &HostStatus{Formats: 3}
		idle.meters[zebra.TotalLabels] = 107
		full := idle
		full.meters[zebra.TotalLabels] = 110
		w.moved = time.Now()
		time.Sleep(2 * time.Second)
		require.NoError(t, w.checkProgress(idle))
		time.Sleep(time.Nanosecond)
		require.EqualError(t, w.checkProgress(idle),
			"printer idle but only 7 of 10 labels counted")
		require.NoError(t, w.checkProgress(full))
		require.NoError(t, w.checkProgress(busy))
		w.pace.labelTime = 200 * time.Millisecond
		require.NoError(t, w.checkProgress(idle))
		time.Sleep(2 * time.Second)
		require.Error(t, w.checkProgress(idle))
		w.moved = time.Now()
		time.Sleep(30 * time.Second)
		require.NoError(t, w.checkProgress(busy))
		time.Sleep(time.Nanosecond)
		require.EqualError(t, w.checkProgress(busy), "no progress for 30s")
	})
}

func TestWatchPause(t *testing.T) {
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		done      int64
		later     time.Duration // since the window began
		round     time.Duration // that the reading took
		labelTime time.Duration
		last      time.Duration
		noCounter bool
		want      time.Duration
	}{
		"unknown pace":        {0, 0, 0, 0, 5 * ms, false, 10 * ms},
		"slow replies":        {0, 0, 30 * ms, 0, 5 * ms, false, 30 * ms},
		"bounded":             {0, 0, 0, 0, time.Second, false, 250 * ms},
		"bounded, slow":       {0, 0, 100 * ms, 0, time.Second, false, 200 * ms},
		"slower than allowed": {0, 0, 600 * ms, 0, time.Second, false, 2 * ms},
		"until the end":       {0, 0, 0, 10 * ms, 2 * ms, false, 100 * ms},
		"by what is done":     {5, 50 * ms, 0, 70 * ms, 2 * ms, false, 50 * ms},
		"at the end":          {9, 90 * ms, 0, 10 * ms, 2 * ms, false, 10 * ms},
		"overdue":             {10, 100 * ms, 0, 40 * ms, 2 * ms, false, 2500 * time.Microsecond},
		"least":               {10, 10 * ms, 0, 40 * ms, 2 * ms, false, 2 * ms},
		"no counter":          {0, 0, 0, 10 * ms, 5 * ms, true, 10 * ms},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := watching(t, 10)
				w.link.has[zebra.TotalLabels] = !c.noCounter
				w.pace.labelTime = c.labelTime
				time.Sleep(c.later)
				now := w.base
				now.got, now.asked = time.Now(), time.Now().Add(-c.round)
				now.meters[zebra.TotalLabels] = 100 + c.done
				require.Equal(t, c.want, w.pause(now, c.last))
			})
		})
	}
}

func TestLabelTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watching(t, 10)
		w.reached = w.began.Add(900 * time.Millisecond)
		require.Equal(t, 100*time.Millisecond, w.labelTime())
		w.n = 2
		require.Equal(t, 900*time.Millisecond, w.labelTime())
		w.n = 1
		w.previous.status = &HostStatus{LabelLength: 254}
		w.link.account.report.Identity.DotsPerMM = 10
		require.Equal(t, time.Second, w.labelTime())
		w.pace.labelTime = 70 * time.Millisecond
		require.Equal(t, 70*time.Millisecond, w.labelTime())
	})
}

func TestPace(t *testing.T) {
	var p pace
	p.interrupted()
	require.Equal(t, 200*time.Millisecond, p.leftTime)
	for recalled, want := range map[time.Duration]time.Duration{
		time.Second: time.Second, 10 * time.Second: 10 * time.Second,
		time.Hour: 10 * time.Second, -1: 0, 0: 70, 1: 1,
	} {
		p.labelTime = 70
		p.recall(recalled)
		require.Equal(t, want, p.labelTime, recalled)
	}
	p.labelTime = time.Second
	p.interrupted()
	require.Equal(t, time.Second, p.leftTime)
	require.Equal(t, time.Second, slowestLabel(25.4))
	require.Equal(t, slowestLabel(100), slowestLabel(0))
	require.NotEqual(t, slowestLabel(999), slowestLabel(1000))
	require.Equal(t, slowestLabel(1000), slowestLabel(1001))

	before, after := reading{meters: zebra.NoMeters()}, reading{meters: zebra.NoMeters()}
	p = pace{labelTime: 5}
	p.update(1, before, after, 7)
	require.Equal(t, pace{labelTime: 5}, p)
	p.update(2, before, after, 7)
	require.Equal(t, pace{labelTime: 7}, p)
	for _, c := range []struct {
		n, moved int64
		cm       float64
	}{{10, 30, 3.1}, {10, 40, 3.1}, {10, 20, 2.1}} {
		before.meters[zebra.PrintLength], after.meters[zebra.PrintLength] = 0, c.moved
		p.update(c.n, before, after, 7)
		require.Equal(t, c.moved, p.movedCM)
		require.Equal(t, c.cm, p.labelCM)
	}
}

func TestReading(t *testing.T) {
	idle := reading{got: time.Now(), connection: 1, status: &HostStatus{}}
	require.Equal(t, "", idle.busy())
	for want, status := range map[string]*HostStatus{
		"no host status, as when media or ribbon is out or the head is open": nil,
		"media out, paused":                  {PaperOut: true, Paused: true},
		"1 formats of earlier jobs to print": {PartialFormat: true},
		"3 formats of earlier jobs to print": {Formats: 3, Remaining: 2},
		"4 formats of earlier jobs to print": {Formats: 3, Remaining: 4},
	} {
		require.Equal(t, want, reading{status: status}.busy())
	}
	require.True(t, idle.settled(idle))
	for name, change := range map[string]func(now, last *reading){
		"first":      func(_, last *reading) { *last = reading{} },
		"connection": func(_, last *reading) { last.connection = 2 },
		"busy":       func(now, _ *reading) { now.status = nil },
		"was busy":   func(_, last *reading) { last.status = &HostStatus{Paused: true} },
		"counter":    func(now, _ *reading) { now.meters[zebra.TotalLabels]++ },
		"restarted":  func(_, last *reading) { last.meters[zebra.Uptime]++ },
	} {
		now, last := idle, idle
		change(&now, &last)
		require.False(t, now.settled(last), name)
	}
	later := idle
	later.meters[zebra.Uptime]++
	require.True(t, later.settled(idle), "time goes on")
}

// An idle printer must stay so for two labels' time, and 30 ms at least; one that isn't ready is
// asked 20 ms later, and twice as late each time up to half a second.
func TestReadyTakes(t *testing.T) {
	identity := "\"ID\"\"?\"\"?\"\"?\"\"?\"\"?\"\x02M,V1,12,1KB\x03\r\n"
	prologue := ""
	idle := []string{prologue, identity, reply(0, 1), reply(0, 1)}
	busy := []string{prologue, identity, reply(1, 1), reply(1, 1), reply(1, 1), reply(1, 1),
		reply(1, 1), reply(1, 1), reply(1, 1), reply(0, 1), reply(0, 1)}
	for _, c := range []struct {
		replies   []string
		labelTime time.Duration
		want      time.Duration
	}{
		{idle, 0, 30 * time.Millisecond}, {idle, 20 * time.Millisecond, 40 * time.Millisecond},
		{idle, time.Second, 2 * time.Second},
		{busy, 0, (20 + 40 + 80 + 160 + 320 + 500 + 500 + 30) * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := watching(t, 0, c.replies...)
			var waiting []string
			w.job.Progress = func(p Progress) { waiting = append(waiting, p.Waiting) }
			began := time.Now()
			_, err := w.link.ready(t.Context(), c.labelTime)
			require.NoError(t, err)
			require.Equal(t, c.want, time.Since(began))
			require.Len(t, waiting, len(c.replies)-4)
			require.NotContains(t, waiting, "")
		})
	}
}

// Labels that a killed program has sent may still be in the printer.
func TestResumeExpectsLabelsLeft(t *testing.T) {
	for _, c := range []struct {
		state State
		text  string
		want  pace
	}{
		{Intent, "", pace{leftTime: 200 * time.Millisecond}},
		{Intent, "pace=70ms", pace{labelTime: 70 * time.Millisecond,
			leftTime: 70 * time.Millisecond}},
		{Counted, "pace=70ms", pace{labelTime: 70 * time.Millisecond}},
		{Doubtful, "", pace{}},
	} {
		journal := new(Memory)
		require.NoError(t, journal.Mark(t.Context(), "run", 0, 10, string(c.state), c.text))
		var p pace
		todo, err := newAccount("p", &Job{ID: "run", Count: 20,
			Journal: journal}).resume(t.Context(), &p)
		require.NoError(t, err)
		require.Equal(t, c.want, p)
		require.Equal(t, Ranges{{From: 10, To: 20}}, todo)
	}
}

// Only a window of no more labels than the first shows what was fed within that, and once.
func TestRecheckFirstWindow(t *testing.T) {
	journal := new(Memory)
	job := &Job{ID: "run", Count: 40, Journal: journal}
	r := &runner{job: job, account: newAccount("p", job)}
	r.link.has[zebra.PrintLength] = true
	window := func(from, to uint64, moved int64, labelCM float64) {
		r.pace.movedCM, r.pace.labelCM = moved, labelCM
		require.NoError(t, r.recheckFirstWindow(t.Context(), Range{from, to, Counted,
			Evidence{}}))
	}
	window(0, 5, 21, 4.4)
	window(5, 15, 30, 3.1)
	require.Zero(t, r.account.report.Count(Doubtful))
	window(15, 20, 15, 3.1)
	require.EqualValues(t, 5, r.account.report.Count(Doubtful))
	require.Equal(t, "the media moved by 21 cm, more than in the window after it",
		r.account.report.Ranges[0].Evidence.Why)
	require.NoError(t, r.account.mark(t.Context(), 0, 5, Void, Evidence{}))
	window(20, 25, 15, 3.1)
	require.Zero(t, r.account.report.Count(Doubtful))
}

func TestQueryParts(t *testing.T) {
	all := query{status: true, faults: true, vars: []string{"a"}, identity: true}
	require.Equal(t, "~HS\r\n~HQES\r\n! U1 getvar \"a\"\r\n~HI\r\n", string(all.append(nil)))
	whole := answer{status: &HostStatus{}, faults: &Faults{}, vars: []string{"1"},
		identity: &Identity{}}
	require.True(t, whole.complete(all))
	for _, q := range []query{{status: true}, {faults: true}, {vars: []string{"a"}},
		{identity: true}} {
		require.False(t, answer{}.complete(q))
		require.False(t, answer{}.last(q))
		require.True(t, whole.complete(q))
		require.True(t, whole.last(q))
	}
	require.True(t, answer{identity: &Identity{}}.last(all))
	require.False(t, answer{vars: []string{"1"}}.last(all))
	require.True(t, answer{vars: []string{"1"}}.last(query{status: true, faults: true,
		vars: []string{"a"}}))
	require.False(t, answer{faults: &Faults{}}.complete(query{status: true, faults: true}))
	require.True(t, answer{faults: &Faults{}}.last(query{status: true, faults: true}))
}

// A halfClosed is a stream whose sending half can be closed.
type halfClosed struct {
	err    error
	closed []string
	end    chan struct{}
}

func (h *halfClosed) Read([]byte) (int, error)    { <-h.end; return 0, io.EOF }
func (h *halfClosed) Write(p []byte) (int, error) { return 0, io.ErrShortWrite }
func (h *halfClosed) Close() error {
	h.closed = append(h.closed,
		"both")
	close(h.end)
	return nil
}
func (h *halfClosed) CloseWrite() error {
	h.closed = append(h.closed,
		"write")
	return h.err
}
func (h *halfClosed) ByteTime() time.Duration { return time.Millisecond }

// Close waits two seconds for the printer, and not where the sending half can't be closed; a
// connection that has failed is closed at once.
func TestCloseWaits(t *testing.T) {
	for _, c := range []struct {
		err   error
		close func(*Printer) error
		calls []string
		takes time.Duration
	}{
		{nil, (*Printer).Close, []string{"write", "both"}, 2 * time.Second},
		{errors.ErrUnsupported, (*Printer).Close, []string{"write", "both"}, 0},
		{nil, func(p *Printer) error { p.drop(); return nil }, []string{"both"}, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := &halfClosed{err: c.err, end: make(chan struct{})}
			p, err := DialFunc(t.Context(), "h", func(context.Context) (io.ReadWriteCloser,
				error) {
				return h, nil
			})
			require.NoError(t, err)
			require.Equal(t, 7*time.Millisecond, p.lineTime(7))
			began := time.Now()
			require.NoError(t, c.close(p))
			require.Equal(t, c.takes, time.Since(began))
			require.Equal(t, c.calls, h.closed)
			require.Zero(t, p.lineTime(7))
		})
	}
}

// A write that fails closes the connection.
func TestSendFails(t *testing.T) {
	h := &halfClosed{end: make(chan struct{})}
	p, err := DialFunc(t.Context(), "h", func(context.Context) (io.ReadWriteCloser,
		error) {
		return h, nil
	})
	require.NoError(t, err)
	require.EqualError(t, p.Send(t.Context(), []byte("^XA^XZ")), "printer: h: short write")
	require.Equal(t, []string{"both"}, h.closed)
	require.NoError(t, p.Close())
	require.EqualError(t, p.Send(t.Context(), nil), "printer: h: is closed")
	for _, ask := range []func() error{
		func() error { _, err := p.Faults(t.Context()); return err },
		func() error { _, err := p.Identify(t.Context()); return err },
		func() error { _, _, err := p.Var(t.Context(), "a"); return err },
	} {
		require.EqualError(t, ask(), "printer: h: is closed")
	}
}

// A query without an answer ends after five seconds, and with it the connection.
func TestReplyTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := scripted(t)
		began := time.Now()
		_, err := p.Faults(t.Context())
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.EqualError(t, err, "printer: scripted: no answer: context deadline exceeded")
		require.Equal(t, 5*time.Second, time.Since(began))
		require.Nil(t, p.conn)
	})
}

func TestJobDefaults(t *testing.T) {
	job := Job{ID: "run", Append: func(dst []byte, _ uint64) ([]byte, error) { return dst, nil },
		Journal: new(Memory)}
	require.NoError(t, job.check())
	require.Equal(t, 20, job.Window)
	require.Equal(t, time.Minute, job.ReadyTimeout)
	require.Equal(t, 30*time.Second, job.StallTimeout)
	require.Equal(t, time.Second, job.MaxStatusGap)
	require.NotNil(t, job.Log)
	for window, ok := range map[int]bool{1: true, 10_000: true, 10_001: false, -1: false} {
		job.Window = window
		require.Equal(t, ok, job.check() == nil, window)
	}
	job.Window, job.Policy = 1, Reprint+1
	require.ErrorIs(t, job.check(), ErrJob)
	require.ErrorIs(t, (&Job{ID: "run", Append: job.Append}).check(), ErrJob)
	require.ErrorIs(t, (&Job{ID: "run", Journal: job.Journal}).check(), ErrJob)
}
