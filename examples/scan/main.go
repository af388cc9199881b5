// Scan reads what barcode readers send, from standard input or from a reader on a serial line, and
// prints what each scan is, what it says, what was repaired and what is doubtful:
//
//	scan < scans.txt
//	scan -port /dev/ttyACM0 -expect 01,17,10,21
//
// Repairs, doubts and errors are marked below the characters that they concern. With -json each
// scan is a JSON object on a line. Scans end with CR, LF, CR LF or ETX, and on a serial line also
// when the reader pauses; STX may begin one. The exit status is 1 if a scan has no reading or a
// doubt, 2 if the flags are wrong, and 3 if the reader can't be read or is unplugged.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/label/scan"
	"github.com/gonameplate/nameplate/printer/port"
)

func main() {
	d := desk{out: os.Stdout}
	device := flag.String("port", "",
		"read from a reader on this serial `line`, such as /dev/ttyACM0 or COM3")
	baud := flag.Int("baud", 9600, "its speed in bits a second; readers on USB don't care")
	pause := flag.Duration("pause", 200*time.Millisecond,
		"the silence on a serial line that ends a scan without line end")
	reconnect := flag.Bool("reconnect", false,
		"wait for a serial reader that was unplugged to come back")
	flag.BoolVar(&d.reader.Parser.SkipAssociations, "alone", false,
		"accept scans whose required AIs are in another symbol, such as a lot without GTIN")
	flag.BoolVar(&d.json, "json", false, "print a JSON object for each scan")
	flag.Func("expect", "comma-separated `AIs` that each scan has, such as 01,17,10,21",
		func(ais string) error {
			d.reader.Expect = strings.Split(ais, ",")
			return nil
		})
	flag.Func("keyboard", "keyboard `layout` of the computer that typed the scans: one of "+
		strings.Join(scan.Keyboards(), " "), func(tag string) error {
		if d.reader.Keyboard = tag; !slices.Contains(scan.Keyboards(), tag) {
			return errors.New("unknown layout")
		}
		return nil
	})
	flag.Usage = usage
	flag.Parse()
	if flag.NArg() > 0 || *pause <= 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	var err error
	if *device == "" {
		err = d.read(ctx, os.Stdin, 0)
	} else {
		err = d.attend(ctx, serialLine(*device, *baud), *pause, *reconnect)
	}
	if d.scans > 1 {
		fmt.Fprintf(os.Stderr, "%d scans, %d wrong, %d doubtful\n", d.scans, d.wrong, d.doubtful)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "scan:", err)
		os.Exit(3)
	case d.wrong+d.doubtful > 0:
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprint(flag.CommandLine.Output(), `usage: scan [flags] < scans
       scan [flags] -port /dev/ttyACM0

example: printf ']d2010952123454321310L42\n' | scan
`)
	flag.PrintDefaults()
}

// serialLine returns how to open a reader's serial line, in which every byte is data.
func serialLine(device string, baud int) func(context.Context) (io.ReadCloser, error) {
	path := url.URL{Path: device}
	address := fmt.Sprintf("serial://%s?baud=%d&flow=none", path.EscapedPath(), baud)
	return func(ctx context.Context) (io.ReadCloser, error) {
		line, err := port.Open(ctx, address)
		var e *port.Error
		if errors.As(err, &e) {
			return nil, fmt.Errorf(
				"the reader at %s: %w: check that it is plugged in and that this user may use it",
				device,
				e.Err,
			)
		}
		return line, err
	}
}

// A desk reads scans and prints them.
type desk struct {
	out    io.Writer
	reader scan.Reader
	json   bool

	scans, wrong, doubtful int
}

// attend reads from a line until it ends; then, if it is to reconnect, from the line opened again.
func (d *desk) attend(
	ctx context.Context,
	open func(context.Context) (io.ReadCloser, error),
	pause time.Duration,
	reconnect bool,
) error {
	line, err := open(ctx)
	for err == nil {
		err = d.read(ctx, line, pause)
		line.Close()
		if ctx.Err() != nil {
			return nil
		}
		if err == nil {
			err = io.EOF
		}
		if !reconnect {
			return fmt.Errorf("the reader is gone: %w: check its cable, or use -reconnect", err)
		}
		fmt.Fprintf(d.out, "the reader is gone: %v; waiting for it\n\n", err)
		for err != nil {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(500 * time.Millisecond):
			}
			line, err = open(ctx)
		}
	}
	return err
}

// read prints each scan of in. On a line whose scans end by a pause, what is left over when it ends
// is no scan but a loss.
func (d *desk) read(ctx context.Context, in io.Reader, pause time.Duration) error {
	for scan, err := range scans(ctx, in, pause) {
		switch {
		case errors.Is(err, errLong):
			d.scans++
			d.wrong++
			fmt.Fprintf(d.out, "%s…\n  %v\n\n", visible(scan[:60]), err)
		case err != nil && scan != "":
			return fmt.Errorf("in the middle of %q: %w", scan, err)
		case err != nil:
			return err
		default:
			d.print(scan)
		}
	}
	return nil
}
