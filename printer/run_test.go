package printer_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

// sn is what stands on label i.
func sn(i uint64) string { return fmt.Sprintf("SN%06d", i) }

func appendLabel(dst []byte, i uint64) ([]byte, error) {
	return fmt.Appendf(dst, "^XA^CI28^FO30,30^A0N,40,40^FD%s^FS^XZ\n", sn(i)), nil
}

const foreignLabel = "^XA^FO10,10^A0N,30,30^FDforeign^FS^XZ"

// connect connects to a virtual printer in memory.
func connect(t testing.TB, srv *printertest.Server) *printer.Printer {
	p, err := printer.DialFunc(t.Context(), "virtual", func(context.Context) (io.ReadWriteCloser,
		error) {
		return srv.Pipe(), nil
	})
	require.NoError(t, err)
	return p
}

// check compares a report with the paper, and fails the test if a label is wrongly confirmed or
// isn't accounted for.
func check(t testing.TB, report printer.Report, count uint64, paper []printertest.Sheet) {
	t.Helper()
	whole, partial := map[string]int{}, map[string]int{}
	for _, sheet := range paper {
		if sheet.Kind == printertest.Blank {
			continue
		}
		text := sheet.Page.Fields[0].Data
		if sheet.Kind == printertest.Partial {
			partial[text]++
		} else {
			whole[text]++
		}
	}
	at := uint64(0)
	for _, r := range report.Ranges {
		require.Equal(t, at, r.From, "the ranges have a gap or overlap: %v", report.Ranges)
		require.Greater(t, r.To, r.From)
		at = r.To
		for i := r.From; i < r.To; i++ {
			once := whole[sn(i)] == 1 && partial[sn(i)] == 0
			switch {
			case r.State.Confirmed() && !once:
				t.Errorf("label %d is confirmed and %d times on paper, %d times in part: %s\n%v",
					i, whole[sn(i)], partial[sn(i)], r.Evidence, report)
			case r.State == printer.NotSent && whole[sn(i)]+partial[sn(i)] > 0:
				t.Errorf("label %d is not sent and on paper", i)
			case r.State == printer.Intent:
				t.Errorf("label %d has no outcome", i)
			}
		}
	}
	require.Equal(t, count, at, "labels are missing from the report")
}

// A mishap is something that happens to a run, at the nth label.
type mishap struct {
	name   string
	cfg    printertest.Config
	happen func(s *printertest.Server, n uint64)
	doubts bool // it must leave doubtful labels whenever it happens after the first window
	never  bool // no label can be confirmed
}

var mishaps = []mishap{
	{name: "nothing"},
	{name: "feed", doubts: true, happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.Feed(2) })
	}},
	{name: "feeds that count", doubts: true, cfg: printertest.Config{CountFeeds: true},
		happen: func(s *printertest.Server, n uint64) {
			s.At(n, func(s *printertest.Server) { s.Feed(1) })
		}},
	{name: "counted feed and cancel", cfg: printertest.Config{CountFeeds: true},
		happen: func(s *printertest.Server, n uint64) {
			s.At(n, (*printertest.Server).Cancel, func(s *printertest.Server) { s.Feed(1) })
		}},
	{name: "another host", doubts: true, happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.Foreign(foreignLabel) })
	}},
	{name: "another host's long job", doubts: true, happen: func(s *printertest.Server,
		n uint64) {
		s.At(n, func(s *printertest.Server) { s.Foreign(strings.Repeat(foreignLabel, 30)) })
	}},
	{name: "pause", happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.Pause(5 * time.Second) })
	}},
	{name: "cancel", happen: func(s *printertest.Server, n uint64) {
		s.At(n,
			(*printertest.Server).Cancel)
	}},
	{name: "reprint", doubts: true, happen: func(s *printertest.Server, n uint64) {
		s.At(n,
			(*printertest.Server).Reprint)
	}},
	{name: "cancel and reprint", happen: func(s *printertest.Server, n uint64) {
		s.At(n, (*printertest.Server).Cancel, (*printertest.Server).Reprint)
	}},
	{name: "reprint and cancel", happen: func(s *printertest.Server, n uint64) {
		s.At(n, (*printertest.Server).Reprint, (*printertest.Server).Cancel)
	}},
	{name: "cancel and another host", happen: func(s *printertest.Server, n uint64) {
		s.At(n, (*printertest.Server).Cancel,
			func(s *printertest.Server) { s.Foreign(foreignLabel) })
	}},
	{name: "cancel all", happen: func(s *printertest.Server, n uint64) {
		s.At(n,
			(*printertest.Server).CancelAll)
	}},
	{name: "counter reset", doubts: true, happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.SetCounter(0) })
	}},
	{name: "counter set ahead", doubts: true, happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.SetCounter(5000) })
	}},
	{name: "no counter", never: true,
		cfg: printertest.Config{Unknown: []string{"odometer.total_label_count"}}},
	{name: "no variables", never: true, cfg: printertest.Config{NoSGD: true}},
	{name: "media out", happen: mediaOut},
	{name: "media out, silently", cfg: printertest.Config{SilentFaults: true}, happen: mediaOut},
	{name: "media out, partial label counts", cfg: printertest.Config{CountPartial: true},
		happen: mediaOut},
	{name: "media out, bare meters", cfg: printertest.Config{CountPartial: true,
		SilentFaults: true, Unknown: bare}, happen: mediaOut},
	{name: "media out with reprint", cfg: printertest.Config{IgnoreJZ: true, Unknown: bare},
		happen: mediaOut},
	{name: "media out with reprint that counts twice", cfg: printertest.Config{IgnoreJZ: true,
		CountPartial: true}, happen: mediaOut},
	{name: "media out, labels count when they begin", cfg: printertest.Config{CountEarly: true,
		Unknown: bare}, happen: mediaOut},
	{name: "media out with reprint, labels count when they begin",
		cfg:    printertest.Config{IgnoreJZ: true, CountEarly: true, Unknown: bare},
		happen: mediaOut},
	{name: "another host, labels count when they begin",
		cfg: printertest.Config{CountEarly: true}, happen: func(s *printertest.Server, n uint64) {
			s.At(n, func(s *printertest.Server) { s.Foreign(foreignLabel) })
		}},
	{name: "head open", happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.HeadOpen(3 * time.Second) })
	}},
	{name: "connection reset", happen: func(s *printertest.Server, n uint64) {
		s.At(n,
			(*printertest.Server).Disconnect)
	}},
	{name: "label cut in two", happen: func(s *printertest.Server,
		n uint64) {
		s.CutFormat(int(n)+3, 25)
	}},
	{name: "power loss", happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.PowerCycle(20*time.Second, 0) })
	}},
	{name: "power loss, counter forgets", happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.PowerCycle(20*time.Second, 3) })
	}},
	{name: "power loss within a label", cfg: printertest.Config{CountPartial: true,
		Unknown: bare}, happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) {
			s.Midway(func(s *printertest.Server) { s.PowerCycle(20*time.Second, 0) })
		})
	}},
	{name: "restart", happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.PowerCycle(0, 0) })
	}},
	{name: "silence", happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.Mute(40 * time.Second) })
	}},
	{name: "silence and cancel", happen: func(s *printertest.Server, n uint64) {
		s.At(n, func(s *printertest.Server) { s.Mute(3 * time.Second); s.Cancel(); s.Reprint() })
	}},
	{name: "slow replies", cfg: printertest.Config{Delay: 100 * time.Millisecond}},
	{name: "slow replies, cancel and reprint",
		cfg: printertest.Config{Delay: 300 * time.Millisecond},
		happen: func(s *printertest.Server, n uint64) {
			s.At(n, (*printertest.Server).Cancel, (*printertest.Server).Reprint)
		}},
	{name: "very slow replies, cancel and reprint",
		cfg: printertest.Config{Delay: 2 * time.Second}, happen: func(s *printertest.Server,
			n uint64) {
			s.At(n, (*printertest.Server).Cancel, (*printertest.Server).Reprint)
		}},
	{name: "replies later than an operator", never: true,
		cfg: printertest.Config{Delay: 1600 * time.Millisecond}},
	{name: "split replies with junk", cfg: printertest.Config{Split: 3,
		Junk: "PAPER LOW\x02?\r\n", LineEnds: true}},
	{name: "split replies, reprint", doubts: true, cfg: printertest.Config{Split: 1},
		happen: func(s *printertest.Server, n uint64) {
			s.At(n, (*printertest.Server).Reprint)
		}},
	{name: "tiny buffer", cfg: printertest.Config{Buffer: 100, LabelsPerSecond: 5}},
	{name: "tiny buffer, cancel and reprint", cfg: printertest.Config{Buffer: 100,
		LabelsPerSecond: 5}, happen: func(s *printertest.Server, n uint64) {
		s.At(n, (*printertest.Server).Cancel, (*printertest.Server).Reprint)
	}},
}

// bare leaves nothing but the counter.
var bare = []string{"odometer.user_label_count", "odometer.total_print_length",
	"odometer.latch_open_count", "device.uptime"}

func mediaOut(s *printertest.Server, n uint64) {
	s.At(n, func(s *printertest.Server) { s.MediaOut(8 * time.Second) })
}

// TestMishaps runs each mishap at many labels, with windows and speeds of all kinds, in virtual
// time.
func TestMishaps(t *testing.T) {
	seeds := uint64(15)
	if testing.Short() {
		seeds = 8
	}
	for _, m := range mishaps {
		t.Run(m.name, func(t *testing.T) {
			for seed := range seeds {
				synctest.Test(t, func(t *testing.T) { m.run(t, seed) })
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

func (m mishap) run(t *testing.T, seed uint64) {
	rnd := rand.New(rand.NewPCG(seed, 17))
	count := 30 + rnd.Uint64N(40)
	window := []int{1, 2, 5, 7, 20, 100}[rnd.IntN(6)]
	cfg := m.cfg
	if cfg.LabelsPerSecond == 0 {
		cfg.LabelsPerSecond = []float64{0, 1, 5, 40}[rnd.IntN(4)]
	}
	cfg.Counter = rnd.Uint64N(200)
	srv := printertest.NewUnstartedServer(cfg)
	defer srv.Close()
	n := 1 + rnd.Uint64N(count-1)
	if m.happen != nil {
		m.happen(srv, n)
	}
	p := connect(t, srv)
	defer p.Close()
	job := printer.Job{
		ID: "run", Count: count, Append: appendLabel, Journal: new(printer.Memory),
		Window: window, Template: "t1",
		ReadyTimeout: 3 * time.Minute,
	}
	report, err := printer.Run(t.Context(), p, job)
	require.NoError(t, err, "seed %d", seed)
	require.True(t, srv.Idle(time.Minute))
	check(t, report, count, srv.Paper())
	require.Zero(t, report.Count(printer.NotSent, printer.Intent))
	if cut := m.name == "label cut in two"; !cut {
		require.Empty(t, srv.Errors())
	}

	again, err := printer.Run(t.Context(), p, job) // nothing is left to do
	require.NoError(t, err)
	require.Equal(t, report.Ranges, again.Ranges)

	switch doubtful := report.Count(printer.Doubtful); {
	case m.never:
		require.Zero(t, report.Confirmed(), report)
	case m.happen == nil:
		require.Zero(t, doubtful, report)
	case m.doubts && n > uint64(window) && n%uint64(window) != 0:
		require.NotZero(t, doubtful, "the mishap at label %d passed unseen: %v", n, report.Ranges)
	}
	if !m.never && cfg.Delay < 200*time.Millisecond {
		require.LessOrEqual(t, report.Count(printer.Doubtful), uint64(3*window+1), report)
	}
}
