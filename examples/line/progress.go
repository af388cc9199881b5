package main

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/gonameplate/nameplate/printer"
)

// A progress shows how far the print run is: a bar on a terminal, a line per quarter elsewhere.
type progress struct {
	out     io.Writer
	total   uint64
	bar     *progressbar.ProgressBar // nil where out is no terminal
	quarter uint64                   // the last one told
	waiting string
}

func newProgress(out io.Writer, total uint64) *progress {
	p := &progress{out: out, total: total}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions64(int64(total), progressbar.OptionSetWriter(out), progressbar.OptionSetDescription("   printing"),
			progressbar.OptionShowCount(), progressbar.OptionSetWidth(40), progressbar.OptionClearOnFinish())
	}
	return p
}

// at tells how far the run is, and what it waits for.
func (p *progress) at(now printer.Progress) {
	p.wait(now.Waiting)
	done := now.Printed
	if p.bar != nil {
		_ = p.bar.Set64(int64(done)) // a bar that can't be drawn is no reason to stop printing
		return
	}
	if quarter := 4 * done / p.total; quarter > p.quarter {
		p.quarter = quarter
		fmt.Fprintf(p.out, "   %d of %d labels printed\n", done, p.total)
	}
}

// wait says what the printer is waited for, once for each reason.
func (p *progress) wait(reason string) {
	if reason != "" && reason != p.waiting {
		p.finish() // the bar is drawn again below
		fmt.Fprintf(p.out, "   waiting for the printer: %s\n", reason)
	}
	p.waiting = reason
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
