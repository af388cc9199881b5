package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strconv"

	"github.com/gonameplate/nameplate/printer/line"
)

// A config is what the command line asks for.
type config struct {
	order    string // "": the order in the program
	units    uint64 // 0: as many as the order says
	more     string
	accepted []line.Warning
	printer  string // "": a virtual one of our own
	out      string
	db       string
	speed    float64 // of the virtual printer, labels/s
	resume   bool
}

// maxUnits bounds a run: its labels.pdf is made in memory, some 30 KB a label.
const maxUnits = 50_000

const usage = `line carries out a production order: it commissions serials in a ledger, builds their
GS1 data, lays out and prints a label for each, and accounts for every one. An order is done once.

  go run ./examples/line     the order in the program, on a virtual printer

  -order FILE    the production order; its template is beside it
                   -order examples/line/logistic-order.json
  -n N           units to make, instead of the order's number; at most 50000 in one run
                   -n 25
  -printer ADDR  the printer; without it a virtual one is started on a loopback port
                   -printer tcp://192.168.7.20:9100
                   -printer "serial:///dev/ttyUSB0?baud=9600&flow=xonxoff"
                   -printer file:///dev/usb/lp0
                 A device, or a file that exists, can't answer: its labels are sent, not confirmed.
  -out DIR       where labels.zpl, labels.pdf and label-1.png go (default out/line)
                   -out /tmp/labels
  -db FILE       the ledger, made if there is none (default ledger.db in the -out folder). The key
                 of its serials is beside it: back up both, apart from each other.
                   -db /var/lib/plant/ledger.db
  -speed N       labels a second of the virtual printer (default 100)
                   -speed 5
  -resume        go on with an order that is under way, after a crash or a fault
                   -resume
  -more NAME     further units of an order that is complete; each name is done once, too
                   -more "replacements 1" -n 3
  -accept NAME   carry out an order in spite of a warning
                   -accept use-by-before-made

Exit status: 0 every label is confirmed; 1 an error; 2 a wrong flag; 3 the order is complete and
some labels are doubtful, or went to a printer that can't answer. (go run prints the status and ends
with 1 itself; a built program ends with it.)
`

// errHelp is returned when the user asked for the usage, which has been printed.
var errHelp = flag.ErrHelp

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	set := flag.NewFlagSet("line", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&c.order, "order", "", "")
	set.StringVar(&c.more, "more", "", "")
	set.Func("accept", "", func(s string) error {
		c.accepted = append(c.accepted, line.Warning(s))
		return nil
	})
	set.Func("n", "", func(s string) (err error) {
		c.units, err = strconv.ParseUint(s, 10, 64)
		if err != nil || c.units == 0 || c.units > maxUnits {
			return fmt.Errorf("want 1 to %d units", maxUnits)
		}
		return nil
	})
	set.StringVar(&c.printer, "printer", "", "")
	set.StringVar(&c.out, "out", filepath.Join("out", "line"), "")
	set.StringVar(&c.db, "db", "", "")
	c.speed = 100
	set.Func("speed", "", func(s string) (err error) {
		c.speed, err = strconv.ParseFloat(s, 64)
		if err != nil || !(c.speed > 0 && c.speed <= 1e6) {
			return errors.New("a printer makes more than 0 and at most 1,000,000 labels a second")
		}
		return nil
	})
	set.BoolVar(&c.resume, "resume", false, "")
	err := set.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stderr, usage)
		return c, errHelp
	case err != nil:
		return c, fmt.Errorf("%w; -h explains the flags", err)
	case set.NArg() > 0:
		return c, fmt.Errorf("%q is not a flag; an order's file is named with -order", set.Arg(0))
	case c.resume && c.units > 0:
		return c, errors.New("-n and -resume: the order has its number of units; leave -n out")
	}
	if c.db == "" {
		c.db = filepath.Join(c.out, "ledger.db")
	}
	return c, nil
}
