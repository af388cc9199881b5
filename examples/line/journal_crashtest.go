//go:build crashtest

package main

import (
	"context"
	"os"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/printer"
)

// With the build tag crashtest the environment variable NAMEPLATE_LINE_KILL=before:3 (or after:3) kills the process as
// kill -9 does, just before (after) the third write of the journal.
func init() {
	side, count, ok := strings.Cut(os.Getenv("NAMEPLATE_LINE_KILL"), ":")
	if !ok {
		return
	}
	n, err := strconv.Atoi(count)
	if err != nil {
		panic(err)
	}
	journal = func(j printer.Journal) printer.Journal { return &killer{Journal: j, after: side == "after", left: n} }
}

type killer struct {
	printer.Journal
	after bool
	left  int
}

func (k *killer) Mark(ctx context.Context, run string, from, to uint64, state, evidence string) error {
	k.left--
	if k.left == 0 && !k.after {
		killSelf()
	}
	err := k.Journal.Mark(ctx, run, from, to, state, evidence)
	if k.left == 0 {
		killSelf()
	}
	return err
}

func killSelf() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // until the signal has done its work
}
