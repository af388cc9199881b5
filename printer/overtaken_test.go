package printer_test

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// A run that still prints is resumed by another program, on the same printer or on another: the
// first one stops, and no label is confirmed that is on paper twice.
func TestResumedTwiceAtOnce(t *testing.T) {
	for name, printers := range map[string]int{"one printer": 1, "two printers": 2} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			open := func() *ledger.Ledger {
				l, err := sqlite.Open(t.Context(), path, nil)
				require.NoError(t, err)
				t.Cleanup(func() { l.Close() })
				return l
			}
			l := open()
			require.NoError(t, l.Define(t.Context(), ledger.Product{ID: "P",
				Scheme: serial.MustCompile("SN{index:6}")}))
			b, err := l.Commission(t.Context(), ledger.Order{Product: "P", Count: 40})
			require.NoError(t, err)

			srv, first := serve(t, printertest.Config{LabelsPerSecond: 100})
			servers := []*printertest.Server{srv}
			if printers == 2 {
				other, _ := serve(t, printertest.Config{LabelsPerSecond: 100, UniqueID: "VP2"})
				servers = append(servers, other)
			}
			second, err := printer.Dial(t.Context(), servers[len(servers)-1].URL)
			require.NoError(t, err)
			defer second.Close()

			other := open()
			same, err := other.Block(t.Context(), b.ID)
			require.NoError(t, err)
			begun, done := make(chan struct{}), make(chan error)
			var once atomic.Bool
			j, again := job(l.Journal(b)), job(other.Journal(same))
			j.MaxStatusGap, again.MaxStatusGap = time.Minute,
				time.Minute // the machine may be busy
			j.Progress = func(p printer.Progress) {
				if p.Printed >= 15 && once.CompareAndSwap(false, true) {
					close(begun)
				}
			}
			go func() {
				_, err := printer.Run(t.Context(), first, j)
				done <- err
			}()
			<-begun
			report, err := printer.Run(t.Context(), second, again)
			require.NoError(t, err)
			require.ErrorIs(t, <-done, ledger.ErrOvertaken)
			var paper []printertest.Sheet
			for _, s := range servers {
				paper = append(paper, s.Paper()...)
			}
			check(t, report, 40, paper)
			require.Zero(t, report.Count(printer.NotSent, printer.Intent))
			require.GreaterOrEqual(t, report.Confirmed(), uint64(10), report)
		})
	}
}
