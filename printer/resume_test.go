package printer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

// A hooked journal calls before at each mark; its error is the mark's.
type hooked struct {
	printer.Memory
	before func(from, to uint64, state string) error
}

func (h *hooked) Mark(ctx context.Context, run string, from, to uint64, state,
	evidence string) error {
	if err := h.before(from, to, state); err != nil {
		return err
	}
	return h.Memory.Mark(ctx, run, from, to, state, evidence)
}

// job is a job of forty labels in windows of ten.
func job(journal printer.Journal) printer.Job {
	return printer.Job{ID: "run", Count: 40, Window: 10, Append: appendLabel, Journal: journal,
		Template: "sha256:12"}
}

func bubble(t *testing.T, cfg printertest.Config, test func(t *testing.T,
	srv *printertest.Server, p *printer.Printer)) {
	synctest.Test(t, func(t *testing.T) {
		if cfg.LabelsPerSecond == 0 {
			cfg.LabelsPerSecond = 5
		}
		srv := printertest.NewUnstartedServer(cfg)
		defer srv.Close()
		p := connect(t, srv)
		defer p.Close()
		test(t, srv, p)
	})
}

func ranges(report printer.Report, states ...printer.State) string {
	var words []string
	for r := range report.Ranges.In(states...) {
		words = append(words, fmt.Sprintf("%d-%d", r.From, r.To))
	}
	return strings.Join(words, " ")
}

func TestEvidence(t *testing.T) {
	bubble(t, printertest.Config{Counter: 100}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		var journal printer.Memory
		report, err := printer.Run(t.Context(), p, job(&journal))
		require.NoError(t, err)
		var marks []string
		require.NoError(t, journal.Marks(t.Context(), "run", func(from, to uint64, state,
			evidence string) error {
			words := strings.Fields(evidence)
			marks = append(marks, fmt.Sprintf("%d %d %s %s", from, to, state, words[:4]))
			return nil
		}))
		require.Equal(t, []string{
			"0 10 intent [counter=100 printer=VP410-300dpi/V90.00.0Z/VP0000000001 settings=^JZN template=sha256:12]",
			"0 10 counted [counter=100..110 printer=VP410-300dpi/V90.00.0Z/VP0000000001 settings=^JZN template=sha256:12]",
		}, marks[:2])
		require.Len(t, marks, 8)
		require.False(t, srv.Paper()[0].Page.Reprint, "^JZN must be in force")
		require.Equal(t,
			"run run on virtual (VP410-300dpi/V90.00.0Z/VP0000000001)\n      40 confirmed by the printer's counter: 0–39", report.String())
	})
}

// A run is killed at each of its marks, before or after it is written, and resumed.
func TestResumeAfterKill(t *testing.T) {
	errKilled := errors.New("killed")
	for at := range 8 {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprint(at, after), func(t *testing.T) {
				bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
					p *printer.Printer) {
					n := 0
					journal := &hooked{}
					journal.before = func(from, to uint64, state string) error {
						if n++; n-1 == at {
							if after {
								require.NoError(t, journal.Memory.Mark(t.Context(), "run", from,
									to, state, "template=sha256:12"))
							}
							return errKilled
						}
						return nil
					}
					_, err := printer.Run(t.Context(), p, job(journal))
					require.ErrorIs(t, err, errKilled)

					report, err := printer.Run(t.Context(), p, job(&journal.Memory))
					require.NoError(t, err)
					check(t, report, 40, srv.Paper())
					from := uint64(at / 2 * 10)
					interrupted := fmt.Sprintf("%d-%d", from, from+10)
					if at%2 == 0 && !after || at%2 == 1 && after {
						interrupted = "" // before the intent, or after the outcome
					}
					require.Equal(t, interrupted, ranges(report, printer.Doubtful))
					require.EqualValues(t, 40, report.Confirmed()+report.Count(printer.Doubtful))
					require.Empty(t, report.Reprinted)
				})
			})
		}
	}
}

func interruptedJournal(t *testing.T) *printer.Memory {
	var journal printer.Memory
	require.NoError(t, journal.Mark(t.Context(), "run", 0, 10, "intent", "template=sha256:12"))
	require.NoError(t, journal.Mark(t.Context(), "run", 0, 10, "counted", "counter=0..10"))
	require.NoError(t, journal.Mark(t.Context(), "run", 10, 20, "intent", "template=sha256:12"))
	require.NoError(t, journal.Mark(t.Context(), "other", 20, 40, "counted", ""))
	return &journal
}

func TestPolicies(t *testing.T) {
	for _, c := range []struct {
		policy                    printer.Policy
		confirmed, doubtful, void string
		reprinted                 int
		err                       error
	}{
		{policy: printer.Continue, confirmed: "0-10 20-40", doubtful: "10-20"},
		{policy: printer.StopAtDoubt, confirmed: "0-10", doubtful: "10-20",
			err: printer.ErrDoubtful},
		{policy: printer.VoidDoubt, confirmed: "0-10 20-40", void: "10-20"},
		{policy: printer.Reprint, confirmed: "0-40", reprinted: 1},
	} {
		bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
			p *printer.Printer) {
			journal := interruptedJournal(t)
			j := job(journal)
			j.Policy = c.policy
			report, err := printer.Run(t.Context(), p, j)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, c.confirmed, ranges(report, printer.Counted))
			require.Equal(t, c.doubtful, ranges(report, printer.Doubtful))
			require.Equal(t, c.void, ranges(report, printer.Void))
			require.Len(t, report.Reprinted, c.reprinted)
			if c.err != nil {
				require.Empty(t, srv.Paper())
			}
			// It stays so, and what was reprinted stays listed.
			j.Policy = printer.Continue
			again, err := printer.Run(t.Context(), p, j)
			require.NoError(t, err)
			require.Equal(t, len(report.Reprinted), len(again.Reprinted))
			require.Equal(t, c.doubtful, ranges(again, printer.Doubtful))
		})
	}
}

// FEED within the first window shows when the second one has shown how long a label is.
func TestFeedInFirstWindow(t *testing.T) {
	for policy, want := range map[printer.Policy]string{printer.Continue: "10-40",
		printer.StopAtDoubt: "10-20", printer.VoidDoubt: "10-40"} {
		bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
			p *printer.Printer) {
			srv.At(5, func(s *printertest.Server) { s.Feed(1) })
			j := job(new(printer.Memory))
			j.Policy = policy
			report, err := printer.Run(t.Context(), p, j)
			require.Equal(t, policy == printer.StopAtDoubt, errors.Is(err, printer.ErrDoubtful),
				"%v", err)
			check(t, report, 40, srv.Paper())
			require.Equal(t, "0-10", ranges(report, printer.Doubtful)+ranges(report,
				printer.Void))
			require.Contains(t, report.Ranges[0].Evidence.Why, "the media moved by 33 cm")
			require.Equal(t, want, ranges(report, printer.Counted))
			again, err := printer.Run(t.Context(), p, j)
			require.NoError(t, err)
			require.Equal(t, "10-40", ranges(again, printer.Counted))
		})
	}
}

// A short window shows little of how long a label is, as lengths are read in whole centimetres:
// it must not make a long one doubtful.
func TestLengthOfShortWindow(t *testing.T) {
	bubble(t, printertest.Config{LabelLength: 39.5}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		var journal printer.Memory
		require.NoError(t, journal.Mark(t.Context(), "run", 1, 10, "counted", ""))
		report, err := printer.Run(t.Context(), p, job(&journal))
		require.NoError(t, err)
		require.EqualValues(t, 40, report.Confirmed(), report)
	})
}

// A window that becomes doubtful in this run.
func TestPoliciesWithinRun(t *testing.T) {
	for policy, want := range map[printer.Policy]string{
		printer.Continue: "doubtful", printer.StopAtDoubt: "doubtful", printer.VoidDoubt: "void",
		printer.Reprint: "doubtful",
	} {
		bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
			p *printer.Printer) {
			srv.At(13, (*printertest.Server).Reprint)
			j := job(new(printer.Memory))
			j.Policy = policy
			report, err := printer.Run(t.Context(), p, j)
			check(t, report, 40, srv.Paper())
			require.Equal(t, "10-20", ranges(report, printer.State(want)))
			if policy == printer.StopAtDoubt {
				require.ErrorIs(t, err, printer.ErrDoubtful)
				require.Equal(t, "20-40", ranges(report, printer.NotSent))
				return
			}
			require.NoError(t, err)
			require.EqualValues(t, 30, report.Confirmed())
		})
	}
}

func TestResumeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*printer.Job, *printer.Memory)
		err    string
	}{
		"template": {func(j *printer.Job, _ *printer.Memory) { j.Template = "sha256:13" },
			"printer: run run: reading the journal: invalid job: template sha256:13, want sha256:12 with which the run began; resume with that, or begin another run"},
		"count": {func(j *printer.Job, _ *printer.Memory) { j.Count = 15 },
			"printer: run run: reading the journal: invalid job: labels 10 to 20 are marked, want labels below 15; use another ID for another job"},
		"state": {func(_ *printer.Job, m *printer.Memory) {
			m.Mark(context.Background(), "run",
				0, 1, "weighed", "")
		},
			`printer: run run: reading the journal: invalid job: labels 0 to 0 are marked "weighed", which this version doesn't know`},
		"id": {func(j *printer.Job, _ *printer.Memory) { j.ID = "" },
			"printer: invalid job: no ID; a journal needs one"},
		"window": {func(j *printer.Job, _ *printer.Memory) { j.Window = -1 },
			"printer: job run: invalid job: window of -1 labels, want 1 to 10000"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
				p *printer.Printer) {
				journal := interruptedJournal(t)
				j := job(journal)
				c.change(&j, journal)
				_, err := printer.Run(t.Context(), p, j)
				require.EqualError(t, err, c.err)
				require.Empty(t, srv.Paper())
			})
		})
	}
}

// The last label that a killed program had sent is under the head when the run is resumed, and
// counts as the only one of the next window would: that must not confirm it.
func TestLeftoverUnderTheHead(t *testing.T) {
	bubble(t, printertest.Config{LabelsPerSecond: 1, Unknown: bare}, func(t *testing.T,
		srv *printertest.Server, p *printer.Printer) {
		var journal printer.Memory
		require.NoError(t, journal.Mark(t.Context(), "run", 0, 10, "intent",
			"template=sha256:12"))
		label, err := appendLabel(nil, 9)
		require.NoError(t, err)
		srv.Foreign(string(label))
		j := job(&journal)
		j.Count = 11
		report, err := printer.Run(t.Context(), p, j)
		require.NoError(t, err)
		srv.PowerCycle(0, 0) // what isn't on paper by now never is
		check(t, report, 11, srv.Paper())
	})
}

// A label that can't be made ends the run before its window is marked.
func TestBadLabel(t *testing.T) {
	for name, broken := range map[string]func(dst []byte, i uint64) ([]byte, error){
		"label 25: no expiry": func(dst []byte, i uint64) ([]byte, error) {
			return dst,
				errors.New("no expiry")
		},
		"want one format ^XA … ^XZ": func(dst []byte, i uint64) ([]byte,
			error) {
			return append(dst, "^XA^FDx^FS"...), nil
		},
		`^PQ02^XZ", want`: func(dst []byte, i uint64) ([]byte,
			error) {
			return append(dst, "^XA^FDx^FS^PQ1,0^PQ02^XZ"...), nil
		},
		`"^XA^xz^XA^XZ", want`: func(dst []byte, i uint64) ([]byte,
			error) {
			return append(dst, "^XA^xz^XA^XZ"...), nil
		},
		`"^XA^XZ^XA^XZ", want`: func(dst []byte, i uint64) ([]byte,
			error) {
			return append(dst, "^XA^XZ^XA^XZ"...), nil
		},
	} {
		bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
			p *printer.Printer) {
			j := job(new(printer.Memory))
			j.Append = func(dst []byte, i uint64) ([]byte, error) {
				if i == 25 {
					return broken(dst, i)
				}
				return appendLabel(dst, i)
			}
			report, err := printer.Run(t.Context(), p, j)
			require.ErrorContains(t, err, name)
			require.Equal(t, "20-40", ranges(report, printer.NotSent))
			require.EqualValues(t, 20, report.Confirmed())
			require.Len(t, srv.Printed(), 20)
		})
	}
}

// What another host prints while the intent is written is noticed before anything is sent.
func TestForeignLabelWhileIntentIsWritten(t *testing.T) {
	bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		intents := 0
		journal := &hooked{before: func(from, to uint64, state string) error {
			if state == "intent" && from == 20 {
				if intents++; intents == 1 {
					srv.Foreign(foreignLabel)
					time.Sleep(2 * time.Second)
				}
			}
			return nil
		}}
		report, err := printer.Run(t.Context(), p, job(journal))
		require.NoError(t, err)
		require.Equal(t, 2, intents)
		require.EqualValues(t, 40, report.Confirmed())
		check(t, report, 40, srv.Paper())
	})
}

// Another host that prints at every intent can't hold a run for ever.
func TestForeignLabelsAtEachIntent(t *testing.T) {
	bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		journal := &hooked{before: func(from, to uint64, state string) error {
			if state == "intent" && from == 20 {
				srv.Foreign(foreignLabel)
				time.Sleep(time.Second)
			}
			return nil
		}}
		report, err := printer.Run(t.Context(), p, job(journal))
		require.ErrorContains(t, err, "another host goes on printing")
		require.Equal(t, "20-30", ranges(report, printer.Doubtful))
		require.Equal(t, "30-40", ranges(report, printer.NotSent))
		check(t, report, 40, srv.Paper())
	})
}

// A cancelled run ends at once, with its window doubtful, durably.
func TestCancelled(t *testing.T) {
	for _, after := range []time.Duration{0, 100, 1000, 2500, 3900, 5000} {
		bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
			p *printer.Printer) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			time.AfterFunc(after*time.Millisecond, cancel)
			journal := new(printer.Memory)
			began := time.Now()
			report, err := printer.Run(ctx, p, job(journal))
			require.ErrorIs(t, err, context.Canceled)
			require.Less(t, time.Since(began), after*time.Millisecond+2*time.Second)
			require.True(t, srv.Idle(time.Minute))
			check(t, report, 40, srv.Paper())

			again, err := printer.Run(t.Context(), p, job(journal))
			require.NoError(t, err)
			check(t, again, 40, srv.Paper())
			require.Equal(t, ranges(report, printer.Doubtful), ranges(again, printer.Doubtful))
		})
	}
}

// A stopped run finishes the window under way: on a healthy printer nothing is doubtful, and what
// isn't sent is printed when the run is resumed.
func TestStopped(t *testing.T) {
	seen := map[string]bool{}
	for after := time.Duration(0); after < 9*time.Second; after += 210 * time.Millisecond {
		bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
			p *printer.Printer) {
			stop := make(chan struct{})
			time.AfterFunc(after, func() { close(stop) })
			journal := new(printer.Memory)
			j := job(journal)
			j.Stop = stop
			began := time.Now()
			report, err := printer.Run(t.Context(), p, j)
			took := time.Since(began)
			require.True(t, srv.Idle(time.Minute))
			check(t, report, 40, srv.Paper())
			require.Zero(t, report.Count(printer.Doubtful, printer.Intent), report)
			require.EqualValues(t, len(srv.Printed()), report.Confirmed())
			require.Zero(t, report.Confirmed()%10)
			require.Less(t, took, after+3*time.Second, "longer than a window")
			seen[ranges(report, printer.Counted)] = true
			if report.Confirmed() < 40 {
				require.ErrorIs(t, err, printer.ErrStopped)
				require.EqualError(t, err, "printer: run run: stopped")
			} else {
				require.NoError(t, err)
			}
			again, err := printer.Run(t.Context(), p, job(journal))
			require.NoError(t, err)
			require.EqualValues(t, 40, again.Confirmed())
			check(t, again, 40, srv.Paper())
		})
	}
	for _, printed := range []string{"", "0-10", "0-20", "0-30", "0-40"} {
		require.Contains(t, seen, printed)
	}
}

// A run that waits for its printer stops at once; a window that becomes doubtful is accounted
// for.
func TestStoppedWhileWaiting(t *testing.T) {
	bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		srv.At(15, func(s *printertest.Server) { s.Pause(time.Hour) })
		stop := make(chan struct{})
		time.AfterFunc(10*time.Second, func() { close(stop) })
		j := job(new(printer.Memory))
		j.Stop = stop
		began := time.Now()
		report, err := printer.Run(t.Context(), p, j)
		require.ErrorIs(t, err, printer.ErrStopped)
		require.Equal(t, 10*time.Second, time.Since(began))
		require.Equal(t, "0-10", ranges(report, printer.Counted))
		require.Equal(t, "10-20", ranges(report, printer.Doubtful))
		require.Equal(t, "20-40", ranges(report, printer.NotSent))
	})
}

func TestCancelledWhilePrinterStalls(t *testing.T) {
	bubble(t, printertest.Config{Buffer: 100}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		srv.At(5, func(s *printertest.Server) { s.Pause(time.Hour) })
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		began := time.Now()
		report, err := printer.Run(ctx, p, job(new(printer.Memory)))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Less(t, time.Since(began), 15*time.Second)
		check(t, report, 40, srv.Paper())
	})
}

// A printer that stays faulty ends the run with an error that says why; nothing is lost.
func TestPrinterStaysFaulty(t *testing.T) {
	for name, c := range map[string]struct {
		happen func(*printertest.Server)
		cfg    printertest.Config
		why    string
	}{
		"pause": {func(s *printertest.Server) { s.Pause(time.Hour) }, printertest.Config{},
			"paused"},
		"head": {func(s *printertest.Server) { s.HeadOpen(time.Hour) },
			printertest.Config{}, "head open"},
		"silent head": {func(s *printertest.Server) { s.HeadOpen(time.Hour) },
			printertest.Config{SilentFaults: true}, "no host status"},
		"off": {func(s *printertest.Server) { s.PowerCycle(time.Hour, 0) },
			printertest.Config{}, "closed"},
		"busy": {func(s *printertest.Server) {
			s.Foreign(strings.Repeat(foreignLabel,
				1000))
		}, printertest.Config{}, "formats of earlier jobs to print"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, c.cfg, func(t *testing.T, srv *printertest.Server, p *printer.Printer) {
				srv.At(15, c.happen)
				report, err := printer.Run(t.Context(), p, job(new(printer.Memory)))
				var notReady *printer.NotReadyError
				require.ErrorAs(t, err, &notReady)
				require.Contains(t, notReady.Detail, c.why)
				require.Contains(t, err.Error(), "printer: virtual: not ready within 1m0s: ")
				require.Equal(t, "10-20", ranges(report, printer.Doubtful))
				require.Equal(t, "20-40", ranges(report, printer.NotSent))
				check(t, report, 40, srv.Paper())
			})
		})
	}
}

func TestAnotherPrinterAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := printertest.NewUnstartedServer(printertest.Config{LabelsPerSecond: 5})
		defer first.Close()
		second := printertest.NewUnstartedServer(printertest.Config{UniqueID: "VP2"})
		defer second.Close()
		servers := []*printertest.Server{first, second}
		p, err := printer.DialFunc(t.Context(), "virtual",
			func(context.Context) (io.ReadWriteCloser, error) {
				s := servers[0]
				servers = servers[1:]
				return s.Pipe(), nil
			})
		require.NoError(t, err)
		defer p.Close()
		first.At(15, (*printertest.Server).Disconnect)
		report, err := printer.Run(t.Context(), p, job(new(printer.Memory)))
		require.ErrorContains(t, err,
			"another printer answers: VP410-300dpi/V90.00.0Z/VP2, want VP410-300dpi/V90.00.0Z/VP0000000001")
		require.Equal(t, "10-20", ranges(report, printer.Doubtful))
		require.Empty(t, second.Paper())
	})
}

func TestBlind(t *testing.T) {
	bubble(t, printertest.Config{NoSGD: true}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		j := job(new(printer.Memory))
		j.Blind = true
		report, err := printer.Run(t.Context(), p, j)
		require.NoError(t, err)
		require.Equal(t, "0-40", ranges(report, printer.Sent))
		require.True(t, report.Ranges[0].Evidence.Blind)
		require.True(t, srv.Idle(time.Minute))
		require.Len(t, srv.Printed(), 40)
	})
}

func TestProgress(t *testing.T) {
	bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		srv.At(25, func(s *printertest.Server) { s.Pause(5 * time.Second) })
		var seen []printer.Progress
		j := job(new(printer.Memory))
		j.Progress = func(p printer.Progress) { seen = append(seen, p) }
		_, err := printer.Run(t.Context(), p, j)
		require.NoError(t, err)
		last := seen[len(seen)-1]
		require.Equal(t, printer.Progress{Count: 40, Confirmed: 30, Doubtful: 10, Printed: 30},
			last)
		require.True(t, slices.ContainsFunc(seen,
			func(p printer.Progress) bool { return p.Waiting == "paused" }))
		require.True(t, slices.ContainsFunc(seen,
			func(p printer.Progress) bool { return p.Confirmed == 0 && p.Printed > 0 }))
	})
}

func TestRanges(t *testing.T) {
	var journal printer.Memory
	for _, m := range []struct {
		from, to uint64
		state    printer.State
	}{{0, 10, printer.Counted}, {5, 15, printer.Doubtful}, {7, 8, printer.Void}, {12, 30,
		printer.Read}, {0, 1, printer.Void}} {
		require.NoError(t, journal.Mark(t.Context(), "run", m.from, m.to, string(m.state), ""))
	}
	bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
		p *printer.Printer) {
		j := job(&journal)
		j.Count = 30
		report, err := printer.Run(t.Context(), p, j)
		require.NoError(t, err)
		require.Equal(t, "1-5", ranges(report, printer.Counted))
		require.Equal(t, "5-7 8-12", ranges(report, printer.Doubtful))
		require.Equal(t, "0-1 7-8", ranges(report, printer.Void))
		require.Equal(t, "12-30", ranges(report, printer.Read))
		require.Equal(t, []uint64{5, 6, 8, 9, 10, 11},
			slices.Collect(report.Ranges.Labels(printer.Doubtful)))
		require.Empty(t, srv.Paper())
	})
}
