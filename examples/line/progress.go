package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/gonameplate/nameplate/printer"
)

// A progress shows how far the print run is: a bar on a terminal, a line per quarter elsewhere.
type progress struct {
	out      io.Writer
	total    uint64
	terminal bool
	shown    int    // characters of the bar on the terminal's line
	quarter  uint64 // the last one that has a line
	waiting  string
}

func newProgress(out io.Writer, total uint64) *progress {
	p := &progress{out: out, total: total}
	if file, ok := out.(*os.File); ok {
		info, err := file.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

// at shows how far the run is, and what it waits for, once for each reason.
func (p *progress) at(now printer.Progress) {
	if now.Waiting != "" && now.Waiting != p.waiting {
		p.finish() // the bar is drawn again below
		fmt.Fprintf(p.out, "   waiting for the printer: %s\n", now.Waiting)
	}
	p.waiting = now.Waiting
	quarter := 4 * now.Printed / p.total
	switch {
	case p.terminal:
		const width = 40
		done := int(width * now.Printed / p.total)
		bar := fmt.Sprintf("   printing [%-*s] %d/%d",
			width, strings.Repeat("=", done), now.Printed, p.total)
		fmt.Fprintf(p.out, "\r%-*s", p.shown, bar)
		p.shown = len(bar)
	case quarter > p.quarter:
		p.quarter = quarter
		fmt.Fprintf(p.out, "   %d of %d labels printed\n", now.Printed, p.total)
	}
}

// finish clears the bar.
func (p *progress) finish() {
	if p.shown > 0 {
		fmt.Fprintf(p.out, "\r%*s\r", p.shown, "")
		p.shown = 0
	}
}
