// Rfid prints a label whose bar code, text and RFID chip carry the same serial, and reads
// inventories of tags.
//
//	rfid -print '(01)09521234543213(21)12345' >label.zpl
//	reader | rfid
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/epc"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/zpl"
)

func main() {
	message := flag.String("print", "", "print the ZPL of a label with this GS1 message")
	scheme := flag.String("scheme", "sgtin+", "the scheme of the chip's EPC")
	prefix := flag.Int("prefix", 0, "digits of the company prefix, for schemes without +")
	host := flag.String("host", "", "hostname of a ++ scheme")
	dots := flag.Float64("dots", 8, "the printer's dots per mm")
	flag.Parse()
	var err error
	if *message != "" {
		o := epc.Options{Scheme: *scheme, Filter: 1, PrefixLength: *prefix, Host: *host}
		err = write(os.Stdout, *message, o, label.Device{DotsPerMM: *dots, Tags: true})
	} else {
		err = inventory(os.Stdout, os.Stdin)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// inventory reads a reader's text, a tag to a line, and describes each tag.
func inventory(w io.Writer, r io.Reader) error {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if bits, ok := findTag(lines.Text()); ok {
			fmt.Fprintln(w, describe(bits))
		}
	}
	return lines.Err()
}

// write writes the label of a message.
func write(w io.Writer, text string, o epc.Options, d label.Device) error {
	m, err := gs1.Parse(text)
	if err != nil {
		return err
	}
	l, err := newLabel(m, o)
	if err != nil {
		return err
	}
	for _, f := range l.Preflight(d) {
		if f.Severity == label.SeverityError {
			return fmt.Errorf("%s", f)
		}
	}
	return zpl.Write(w, l, d)
}
