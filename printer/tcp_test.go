package printer_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/port"
	"github.com/gonameplate/nameplate/printer/printertest"
)

// noLeaks fails the test if goroutines outlive it.
func noLeaks(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for range 200 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		stacks := make([]byte, 1<<20)
		t.Errorf("%d goroutines have become %d:\n%s", before, runtime.NumGoroutine(),
			stacks[:runtime.Stack(stacks, true)])
	})
}

func serve(t testing.TB, cfg printertest.Config) (*printertest.Server, *printer.Printer) {
	srv := printertest.NewServer(cfg)
	t.Cleanup(srv.Close)
	p, err := printer.Dial(t.Context(), srv.URL)
	require.NoError(t, err)
	t.Cleanup(func() { p.Close() })
	return srv, p
}

func TestTCP(t *testing.T) {
	noLeaks(t)
	srv, p := serve(t, printertest.Config{LabelsPerSecond: 400, Counter: 7})
	report, err := printer.Run(t.Context(), p, job(new(printer.Memory)))
	require.NoError(t, err)
	check(t, report, 40, srv.Paper())
	require.EqualValues(t, 40, report.Confirmed(), report)

	status, err := p.Status(t.Context())
	require.NoError(t, err)
	require.True(t, status.Idle())
	faults, err := p.Faults(t.Context())
	require.NoError(t, err)
	require.Empty(t, faults.Names())
	id, err := p.Identify(t.Context())
	require.NoError(t, err)
	require.Equal(t, printer.Identity{Model: "VP410-300dpi", Firmware: "V90.00.0Z",
		DotsPerMM: 12, Memory: "65536KB", ID: "VP0000000001"}, id)
	value, ok, err := p.Var(t.Context(), "odometer.total_label_count")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "47", value)
	_, ok, err = p.Var(t.Context(), "no.such")
	require.NoError(t, err)
	require.False(t, ok)
	_, _, err = p.Var(t.Context(), "a\"\r\n~JA")
	require.ErrorContains(t, err, "invalid name, want letters")
	require.NoError(t, p.Close())
	_, err = p.Status(t.Context())
	require.ErrorContains(t, err, "is closed")
}

// What was sent before Close is printed.
func TestCloseDrains(t *testing.T) {
	noLeaks(t)
	srv, p := serve(t, printertest.Config{LabelsPerSecond: 500, Buffer: 200})
	var labels []byte
	for i := range uint64(100) {
		labels, _ = appendLabel(labels, i)
	}
	require.NoError(t, p.Send(t.Context(), append(labels,
		"~HS\n"...))) // a reply that nobody reads
	require.NoError(t, p.Close())
	require.True(t, srv.Idle(5*time.Second))
	require.Len(t, srv.Printed(), 100)
}

// Mishaps once more over a real network and in real time.
func TestTCPMishaps(t *testing.T) {
	noLeaks(t)
	for name, happen := range map[string]func(*printertest.Server){
		"reset":   (*printertest.Server).Disconnect,
		"cancel":  func(s *printertest.Server) { s.Cancel(); s.Reprint() },
		"restart": func(s *printertest.Server) { s.PowerCycle(50*time.Millisecond, 2) },
		"foreign": func(s *printertest.Server) { s.Foreign(foreignLabel) },
		"media":   func(s *printertest.Server) { s.MediaOut(100 * time.Millisecond) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, p := serve(t, printertest.Config{LabelsPerSecond: 200,
				OperatorDelay: 400 * time.Millisecond})
			srv.At(15, happen)
			j := job(new(printer.Memory))
			j.MaxStatusGap = 300 * time.Millisecond
			report, err := printer.Run(t.Context(), p, j)
			require.NoError(t, err)
			require.True(t, srv.Idle(5*time.Second))
			check(t, report, 40, srv.Paper())
			require.NotZero(t, report.Count(printer.Doubtful))
		})
	}
}

// Where there is no printer the error is port's, which names the address.
func TestDialErrors(t *testing.T) {
	for _, address := range []string{"tcp://host:9100/path", "file:///no/such/device"} {
		p, err := printer.Dial(t.Context(), address)
		require.Nil(t, p)
		require.ErrorAs(t, err, new(*port.Error))
		require.True(t, strings.HasPrefix(err.Error(), `port: "`+address+`": `), "%v", err)
	}
}

// A host that takes the connection and says nothing.
func TestSilentHost(t *testing.T) {
	noLeaks(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	p, err := printer.Dial(t.Context(), "tcp://"+l.Addr().String())
	require.NoError(t, err)
	defer p.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = p.Status(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorContains(t, err, "no answer")

	j := job(new(printer.Memory))
	j.ReadyTimeout = 300 * time.Millisecond
	report, err := printer.Run(t.Context(), p, j)
	var notReady *printer.NotReadyError
	require.ErrorAs(t, err, &notReady)
	require.Equal(t, "0-40", ranges(report, printer.NotSent))
}

// A host that never stops talking is bounded, and still isn't a printer.
func TestBabblingHost(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		for err == nil {
			_, err = conn.Write(make([]byte, 1<<16))
		}
	}()
	p, err := printer.Dial(t.Context(), "tcp://"+l.Addr().String())
	require.NoError(t, err)
	defer p.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = p.Status(ctx)
	require.Error(t, err)
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lp0")
	require.NoError(t, os.WriteFile(path, []byte("before"), 0o600))
	p, err := printer.Dial(t.Context(), "file://"+path)
	require.NoError(t, err)
	require.True(t, p.OneWay())
	_, err = p.Status(t.Context())
	require.ErrorContains(t, err, "can't carry replies")
	_, err = printer.Run(t.Context(), p, job(new(printer.Memory)))
	require.ErrorContains(t, err, "set Job.Blind to print without proof")
	j := job(new(printer.Memory))
	j.Blind = true
	report, err := printer.Run(t.Context(), p, j)
	require.NoError(t, err)
	require.Equal(t, "0-40", ranges(report, printer.Sent))
	require.NoError(t, p.Close())
	printed, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(printed), "before^XA^JZN^XZ"))
	require.Equal(t, 40, strings.Count(string(printed), "^FDSN"))
}

// A full disk, or any other failure of the journal, ends the run before more is sent.
func TestJournalFails(t *testing.T) {
	full := errors.New("no space left on device")
	for _, state := range []string{"intent", "counted"} {
		srv, p := serve(t, printertest.Config{LabelsPerSecond: 1000})
		journal := &hooked{before: func(from, to uint64, s string) error {
			if s == state && from == 10 {
				return full
			}
			return nil
		}}
		j := job(journal)
		j.MaxStatusGap = time.Minute // the machine may be busy
		report, err := printer.Run(t.Context(), p, j)
		require.ErrorIs(t, err, full)
		require.ErrorContains(t, err, "journal: labels 10 to 19 as "+state)
		require.EqualValues(t, 10, report.Confirmed())
		require.LessOrEqual(t, len(srv.Printed()), 20)
	}
}
