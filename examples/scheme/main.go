// Scheme helps to design a serial number scheme. Give it a pattern and it tells length, capacity, odds and samples, and counts what typing mistakes
// the scheme catches; without one it asks for patterns until it gets an empty line.
//
//	go run ./examples/scheme -pattern 'SN{YY}{MM}{index:5}{check}' -line 3
//	go run ./examples/scheme -ready udi -issued 2000000
//	go run ./examples/scheme -pattern 'SN{index:6}{check}' -read SN0000412
//	go run ./examples/scheme
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// A desk is what patterns are tried with.
type desk struct {
	fields  serial.Fields
	ring    serial.Keyring
	issued  uint64
	samples uint64
	out     io.Writer
}

func run(args []string, in io.Reader, out, errs io.Writer) int {
	flags := flag.NewFlagSet("scheme", flag.ContinueOnError)
	flags.SetOutput(errs)
	pattern := flags.String("pattern", "", "the pattern to try, such as 'SN{YY}{index:5}{check}'")
	ready := flags.String("ready", "", "try a ready scheme, such as udi; -ready list names them")
	read := flags.String("read", "", "read this serial instead of showing samples")
	at := flags.String("time", "", "when the units are made, such as 2026-11-22T14:05:00+01:00 (now)")
	d := &desk{out: out, fields: serial.Fields{Values: map[string]string{}}}
	flags.Uint64Var(&d.issued, "issued", 0, "how many serials you will issue in one scope, such as 2000000 (all)")
	flags.Uint64Var(&d.samples, "n", 5, "how many samples to show")
	flags.StringVar(&d.fields.Product, "product", "09506000134352", "field product")
	flags.StringVar(&d.fields.Lot, "lot", "L42", "field lot")
	flags.StringVar(&d.fields.Plant, "plant", "B", "field plant")
	flags.StringVar(&d.fields.Line, "line", "3", "field line")
	flags.StringVar(&d.fields.Shift, "shift", "2", "field shift")
	flags.Func("set", "any other field, such as -set station=7; may be given again", d.set)
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if err := d.prepare(*at); err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	switch {
	case *ready == "list":
		for _, r := range serial.ReadySchemes() {
			fmt.Fprintf(out, "%-15s %s\n%15s %s; %s\n", r.Name, r.Pattern, "", r.Source, r.Note)
		}
		return 0
	case *ready != "":
		for _, r := range serial.ReadySchemes() {
			if r.Name == *ready {
				*pattern = r.Pattern
			}
		}
		if *pattern == "" {
			fmt.Fprintf(errs, "no ready scheme is named %q: -ready list names them\n", *ready)
			return 1
		}
	}
	if *pattern == "" {
		d.ask(in)
		return 0
	}
	if err := d.try(*pattern, *read); err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	return 0
}

func (d *desk) set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return fmt.Errorf("want a field and its value, such as station=7")
	}
	d.fields.Values[name] = value
	return nil
}

// prepare takes the time and makes a key for this run: samples show what scrambled serials look like, not those that you will issue.
func (d *desk) prepare(at string) error {
	d.fields.Time = time.Now()
	if at != "" {
		var err error
		if d.fields.Time, err = time.Parse(time.RFC3339, at); err != nil {
			return fmt.Errorf("-time %q: want a time such as 2026-11-22T14:05:00+01:00", at)
		}
	}
	key, err := serial.NewKey("K")
	if err != nil {
		return err
	}
	d.ring, err = serial.NewKeyring(key)
	return err
}

// ask reads patterns, fields such as line=3, and serials after a question mark.
func (d *desk) ask(in io.Reader) {
	fmt.Fprintln(d.out, "A pattern, such as SN{YY}{MM}{index:5}{check}; a field, such as station=7; ? and a serial to read; an empty line ends.")
	last := ""
	for lines := bufio.NewScanner(in); ; {
		fmt.Fprint(d.out, "> ")
		if !lines.Scan() || lines.Text() == "" {
			return
		}
		line := strings.TrimSpace(lines.Text())
		var err error
		switch text, isRead := strings.CutPrefix(line, "?"); {
		case isRead && last == "":
			err = fmt.Errorf("a pattern first")
		case isRead:
			err = d.try(last, strings.TrimSpace(text))
		case !strings.Contains(line, "{") && strings.Contains(line, "="):
			err = d.set(line)
		default:
			if err = d.try(line, ""); err == nil {
				last = line
			}
		}
		if err != nil {
			fmt.Fprintln(d.out, err)
		}
	}
}

// try compiles a pattern and shows what it does, or reads a serial under it.
func (d *desk) try(pattern, read string) error {
	s, err := serial.Compile(pattern)
	if err != nil {
		return err
	}
	if s, err = s.WithKeys(d.ring); err != nil {
		return err
	}
	if read != "" {
		return d.read(s, read)
	}
	first, err := s.Format(d.fields, 0)
	if err != nil {
		return fmt.Errorf("%w\ngive fields with -set name=value (or name=value here)", err)
	}
	d.facts(s)
	d.show(s, first)
	d.mistakes(s)
	return nil
}

func (d *desk) facts(s *serial.Scheme) {
	least, most := s.Len()
	issued := d.issued
	if issued == 0 {
		issued = s.Capacity()
	}
	fmt.Fprintf(d.out, "pattern   %s\nversion   %s\n", s, s.Version())
	if least == most {
		fmt.Fprintf(d.out, "length    %d characters\n", most)
	} else {
		fmt.Fprintf(d.out, "length    %d to %d characters\n", least, most)
	}
	scope, _ := s.Scope(d.fields)
	if scope == "" {
		scope = "all units of a product"
	}
	fmt.Fprintf(d.out, "capacity  %d in one scope (%s)\n", s.Capacity(), scope)
	if issued > s.Capacity() {
		fmt.Fprintf(d.out, "          too few for %d\n", issued)
	}
	odds := s.Odds(issued)
	if odds >= 1 {
		fmt.Fprintf(d.out, "a guess   hits as soon as serials are issued: they can be counted on\n")
	} else {
		fmt.Fprintf(d.out, "a guess   hits one in %.0f when %d are issued\n", 1/odds, issued)
	}
}

func (d *desk) show(s *serial.Scheme, first string) {
	fmt.Fprintln(d.out, "samples")
	n := min(d.samples, s.Capacity())
	for i := range n {
		text, err := s.Format(d.fields, i)
		if err != nil {
			fmt.Fprintf(d.out, "%12d  %v\n", i, err)
			return
		}
		shown, _ := s.Display(text)
		fmt.Fprintf(d.out, "%12d  %s", i, text)
		if shown != text {
			fmt.Fprintf(d.out, "  printed %s", shown)
		}
		fmt.Fprintln(d.out)
	}
	last, err := s.Format(d.fields, s.Capacity()-1)
	if err == nil && last != first {
		fmt.Fprintf(d.out, "%12d  %s\n", s.Capacity()-1, last)
	}
}

func (d *desk) read(s *serial.Scheme, text string) error {
	f, index, err := s.Parse(d.fields, text)
	if err != nil {
		fmt.Fprintln(d.out, err)
		for _, m := range s.Suggest(d.fields, text, d.issued) {
			fmt.Fprintf(d.out, "did you mean %s? (%s, at position %d)\n", m.Serial, m.Mistake, m.Pos+1)
		}
		return nil
	}
	fmt.Fprintf(d.out, "index %d, made %s, product %q lot %q plant %q line %q shift %q %v\n", index, f.Time.Format("2006-01-02 15:04"), f.Product, f.Lot, f.Plant, f.Line, f.Shift, f.Values)
	return nil
}
