// Line carries one production order through the whole house, as a packaging line does: it commissions serials in a ledger,
// builds each unit's GS1 data, lays out and prints a label for each, and accounts for every one. Run it with -h.
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
)

// Exit statuses, as the usage tells them.
const (
	exitDone = iota
	exitError
	exitUsage
	exitUnconfirmed
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program: it says on stdout what it does, and on stderr, in one line, why it can't go on.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, errHelp):
		return exitDone
	case err != nil:
		return complain(stderr, err, exitUsage)
	}
	confirmed, err := carryOut(ctx, c, stdout)
	switch {
	case err != nil:
		return complain(stderr, err, exitError)
	case !confirmed:
		return exitUnconfirmed
	}
	return exitDone
}

func complain(w io.Writer, err error, status int) int {
	fmt.Fprintln(w, "line:", strings.ReplaceAll(err.Error(), "\n", "; "))
	return status
}
