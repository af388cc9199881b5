// Scan reads what barcode readers send, a scan a line, and prints what each says:
//
//	scan < scans.txt
//	cat /dev/ttyACM0 | scan -repair
//
// Repairs and errors are marked below the characters that they concern. The exit status is 1 if a scan was wrong.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/gs1"
)

func main() {
	repair := flag.Bool("repair", false, "mend what readers and keyboards are known to damage, such as {GS} typed as text")
	alone := flag.Bool("alone", false, "accept scans whose required AIs are in another symbol, such as a lot without GTIN")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: scan [-repair] [-alone] < scans\n\nexample: printf ']d2010952123454321310L42\\n' | scan")
		flag.PrintDefaults()
	}
	flag.Parse()
	wrong, err := run(os.Stdin, os.Stdout, gs1.Parser{SkipAssociations: *alone}, *repair)
	if err != nil {
		fmt.Fprintln(os.Stderr, "scan:", err)
	}
	if err != nil || wrong > 0 {
		os.Exit(1)
	}
}

// run prints each line of in and returns how many were wrong.
func run(in io.Reader, out io.Writer, parser gs1.Parser, repair bool) (wrong int, err error) {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := lines.Text()
		if line == "" {
			continue
		}
		fmt.Fprintln(out, visible(line))
		scan, repairs, err := read(line, parser, repair)
		for _, r := range repairs {
			fmt.Fprintln(out, mark(line, r.Pos, r.Len), r.What)
		}
		if err != nil {
			wrong++
			explain(out, err)
		} else {
			say(out, scan)
		}
		fmt.Fprintln(out)
	}
	return wrong, lines.Err()
}

// read parses a scan, or a message in another form.
func read(line string, parser gs1.Parser, repair bool) (gs1.Scan, []gs1.Repair, error) {
	switch {
	case strings.HasPrefix(line, "("), strings.HasPrefix(line, "http"), strings.HasPrefix(line, "^"):
		m, err := parser.Parse(line)
		return gs1.Scan{Message: m}, nil, err
	case repair:
		return parser.RepairScan(line)
	}
	scan, err := parser.ParseScan(line)
	return scan, nil, err
}

// say prints what a scan says, an element a line.
func say(out io.Writer, scan gs1.Scan) {
	if scan.GTIN != "" {
		fmt.Fprintf(out, "  %-28s %s\n", "GTIN of the EAN/UPC symbol", scan.GTIN)
	}
	for _, e := range scan.Message {
		title := ""
		if ai, ok := gs1.Lookup(e.AI); ok {
			title = ai.Title
		}
		value := e.Value
		if q, ok := gs1.ParseQuantity(e); ok {
			value = strings.TrimSpace(q.String())
		}
		fmt.Fprintf(out, "  %-6s %-21s %s\n", "("+e.AI+")", title, value)
	}
	if scan.GTIN == "" && len(scan.Message) == 0 {
		fmt.Fprintf(out, "  text without GS1 data\n")
	}
}

// explain prints an error, marked below the characters that it concerns if it knows them.
func explain(out io.Writer, err error) {
	var e *gs1.Error
	if !errors.As(err, &e) {
		fmt.Fprintln(out, " ", err)
		return
	}
	what := e.Kind.Error()
	if ai, ok := gs1.Lookup(e.AI); ok {
		what += " in (" + e.AI + ") " + ai.Title
	}
	fmt.Fprintf(out, "%s %s: expected %s\n", mark(e.Input, e.Pos, e.Len), what, e.Want)
}

// mark returns spaces, and carets below n bytes of line at pos as visible shows it.
func mark(line string, pos, n int) string {
	before, below := visible(line[:pos]), visible(line[pos:pos+n])
	return strings.Repeat(" ", utf8.RuneCountInString(before)) + strings.Repeat("^", max(1, utf8.RuneCountInString(below)))
}

// visible shows control characters as the pictures that Unicode has for them, one for one.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return r + 0x2400
		case r == 0xfeff:
			return '\u25a1'
		}
		return r
	}, s)
}
