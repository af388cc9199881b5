// Line carries out a production order as a packaging line does: it commissions serials in a
// ledger, prints a label for each on a printer, and accounts for every one. Run it with -h.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // a plant's time zone in a scheme, on machines that have no table of them

	"github.com/gonameplate/nameplate/printer/line"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// The exit statuses.
const (
	exitDone = iota
	exitError
	exitUsage
	exitUnconfirmed
)

func main() {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	os.Exit(run(ctx, interrupts(end), os.Args[1:], os.Stdout, os.Stderr))
}

// interrupts returns a channel that is closed at the first interrupt: the labels under way are then
// finished. The second interrupt calls end, which leaves them doubtful.
func interrupts(end func()) <-chan struct{} {
	stop, signals := make(chan struct{}), make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		close(stop)
		<-signals
		end()
	}()
	return stop
}

// run is the program: it writes to stdout what it does, and to stderr, in one line, why it can't
// go on. Closing stop ends it after the labels under way, the end of the context at once.
func run(
	ctx context.Context, stop <-chan struct{}, args []string, stdout, stderr io.Writer,
) int {
	c, err := parseFlags(args, stderr)
	if errors.Is(err, errHelp) {
		return exitDone
	}
	status, confirmed := exitUsage, false
	if err == nil {
		status = exitError
		confirmed, err = carryOut(ctx, stop, c, stdout)
	}
	switch {
	case err != nil:
		text := strings.TrimPrefix(err.Error(), "line: ")
		fmt.Fprintln(stderr, "line:", strings.ReplaceAll(text, "\n", "; "))
		return status
	case !confirmed:
		return exitUnconfirmed
	}
	return exitDone
}

// carryOut carries out the order and reports whether every label is confirmed. Until the order has
// been checked it writes no file, so that a bad order leaves nothing half-done.
func carryOut(
	ctx context.Context, stop <-chan struct{}, c config, out io.Writer,
) (confirmed bool, err error) {
	s := &story{config: c, stdout: out}
	if err := s.readOrder(); err != nil {
		return false, err
	}
	hangUp, err := s.connect(ctx)
	if err != nil {
		return false, fmt.Errorf("-printer: %w", err)
	}
	defer hangUp()
	if err := s.open(ctx); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, s.line.Ledger.Close()) }()
	if err := s.sameOrder(ctx); err != nil {
		return false, err
	}
	o := &s.order
	s.printf("1. order %s: %d × %s, lot %s", o.Request(), o.Units, o.Product, o.Lot)
	carry := func() (line.Result, error) { return line.Start(ctx, s.line, s.order) }
	if c.resume {
		carry = func() (line.Result, error) { return line.Resume(ctx, s.line, s.order.Request()) }
	}
	bar := newProgress(out, s.order.Units)
	s.line.Job.Progress, s.line.Commissioned = bar.at, s.commissioned
	s.line.Job.Stop = stop
	result, err := carry()
	bar.finish()
	if result.Block != "" { // its units are commissioned
		s.printf("6. %s", result)
		s.printf("7. %s; %s, labels.zpl, labels.pdf, label-1.png in %s", pace(result), c.db, c.out)
	}
	return result.AllConfirmed(), withFlag(err, result.Block != "")
}

// withFlag adds to an error the flag that helps.
func withFlag(err error, commissioned bool) error {
	switch {
	case errors.Is(err, line.ErrComplete):
		return fmt.Errorf("%w: -more NAME", err)
	case errors.Is(err, line.ErrUnderWay):
		return fmt.Errorf("%w: -resume", err)
	case errors.Is(err, line.ErrWarning):
		return fmt.Errorf("%w: -accept NAME", err)
	case errors.Is(err, ledger.ErrOvertaken): // another program goes on
	case err != nil && commissioned:
		return fmt.Errorf("%w; run with -resume to go on", err)
	}
	return err
}

// pace returns what this run has printed and how fast.
func pace(r line.Result) string {
	if took := r.Elapsed.Seconds(); r.Printed > 0 {
		return fmt.Sprintf("%.1f s, %.0f labels/s", took, float64(r.Printed)/took)
	}
	return "no label confirmed in this run"
}
