// Scheme helps to design a serial number scheme. For a pattern it prints length, capacity, odds
// and samples, and counts the typing mistakes that the scheme misses; without a pattern it reads
// patterns until an empty line.
//
//	go run ./examples/scheme -pattern 'SN{YY}{MM}{index:5}{check}' -line 3
//	go run ./examples/scheme -preset udi -issued 2000000
//	go run ./examples/scheme -pattern 'SN{index:6}{check}' -read SN0000412
//	go run ./examples/scheme
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// A desk has what patterns are tried with.
type desk struct {
	fields  serial.Fields
	ring    serial.Keyring
	issued  uint64
	samples uint64
	give    string // how the user gives fields
	out     io.Writer
}

func run(args []string, in io.Reader, out, errs io.Writer) int {
	flags := flag.NewFlagSet("scheme", flag.ContinueOnError)
	flags.SetOutput(errs)
	pattern := flags.String("pattern", "", "the pattern to try, such as 'SN{YY}{index:5}{check}'")
	preset := flags.String("preset", "",
		"try a preset, such as udi; -preset list prints their names")
	read := flags.String("read", "", "read this serial instead of showing samples")
	at := flags.String("time", "",
		"when the units are made, such as 2026-11-22T14:05:00+01:00 (now)")
	d := &desk{out: out, give: "-set name=value",
		fields: serial.Fields{Values: map[string]string{}}}
	flags.Uint64Var(&d.issued, "issued", 0,
		"how many serials will be issued in one scope, such as 2000000 (all)")
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
	case *preset == "list":
		list(out)
		return 0
	case *preset != "":
		if *pattern = presetPattern(*preset); *pattern == "" {
			fmt.Fprintf(errs, "no preset %q; -preset list prints their names\n", *preset)
			return 1
		}
	}
	if *pattern == "" {
		d.give = "name=value"
		d.ask(in)
		return 0
	}
	if err := d.try(*pattern, *read); err != nil {
		point(errs, err)
		return 1
	}
	return 0
}

// point prints a pattern or a serial with a mark under what is wrong, then what is wrong.
func point(w io.Writer, err error) {
	var e *serial.Error
	if !errors.As(err, &e) || e.Input == "" || len(e.Input) > 100 ||
		strings.Trim(e.Input, printable) != "" {
		fmt.Fprintln(w, err)
		return
	}
	fmt.Fprintf(w, "  %s\n  %s%s\n", e.Input, strings.Repeat(" ", e.Pos),
		strings.Repeat("^", max(1, e.Len)))
	if e.Part != "" {
		fmt.Fprintf(w, "%s: ", e.Part)
	}
	fmt.Fprintf(w, "%v: %s", e.Err, e.Detail)
	if e.Hint != "" {
		fmt.Fprintf(w, "; %s", e.Hint)
	}
	fmt.Fprintln(w)
}

const printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_" +
	"`abcdefghijklmnopqrstuvwxyz{|}~"

func list(w io.Writer) {
	for _, r := range serial.Presets() {
		fmt.Fprintf(w, "%-15s %s\n%15s %s\n", r.Name, r.Pattern, "", r.Source)
		if r.Note != "" {
			fmt.Fprintf(w, "%15s %s\n", "", r.Note)
		}
	}
}

// presetPattern returns the pattern of a preset, "" if there is none with that name.
func presetPattern(name string) string {
	if s, ok := serial.Preset(name); ok {
		return s.String()
	}
	return ""
}

func (d *desk) set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return fmt.Errorf("want a field and its value, such as station=7")
	}
	switch name {
	case "product":
		d.fields.Product = value
	case "lot":
		d.fields.Lot = value
	case "plant":
		d.fields.Plant = value
	case "line":
		d.fields.Line = value
	case "shift":
		d.fields.Shift = value
	case "time":
		return d.clock(value)
	case "issued":
		n, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return fmt.Errorf("issued=%s, want a number", value)
		}
		d.issued = n
	default:
		d.fields.Values[name] = value
	}
	return nil
}

func (d *desk) clock(at string) (err error) {
	if d.fields.Time, err = time.Parse(time.RFC3339, at); err != nil {
		return fmt.Errorf("time %q, want one such as 2026-11-22T14:05:00+01:00", at)
	}
	return nil
}

// prepare sets the time and makes a key for this run: samples show what scrambled serials look
// like, not those that will be issued.
func (d *desk) prepare(at string) error {
	d.fields.Time = time.Now()
	if at != "" {
		if err := d.clock(at); err != nil {
			return err
		}
	}
	key, err := serial.GenerateKey("K")
	if err != nil {
		return err
	}
	d.ring, err = serial.NewKeyring(key)
	return err
}

// ask reads patterns, fields such as line=3, and serials after a question mark.
func (d *desk) ask(in io.Reader) {
	fmt.Fprintln(d.out, "A pattern, such as SN{YY}{MM}{index:5}{check}; help; an empty line ends.")
	last := ""
	for lines := bufio.NewScanner(in); ; {
		fmt.Fprint(d.out, "> ")
		if !lines.Scan() || lines.Text() == "" {
			return
		}
		line := strings.TrimSpace(lines.Text())
		var err error
		switch text, isRead := strings.CutPrefix(line, "?"); {
		case line == "help":
			fmt.Fprint(d.out, help)
		case line == "quit" || line == "exit":
			return
		case isRead && last == "":
			err = errors.New("want a pattern first")
		case isRead:
			err = d.try(last, strings.TrimSpace(text))
		case line == "presets":
			list(d.out)
		case !strings.Contains(line, "{") && presetPattern(line) != "":
			last = presetPattern(line)
			err = d.try(last, "")
		case !strings.Contains(line, "{") && strings.Contains(line, "="):
			if err = d.set(line); err == nil && last != "" {
				err = d.try(last, "")
			}
		default:
			if err = d.try(line, ""); err == nil {
				last = line
			}
		}
		if err != nil {
			point(d.out, err)
		}
	}
}

const help = `SN{YY}{MM}{index:5}{check}   try a pattern; serial/pattern.md has the language
? SN2611000421               read a serial under the last pattern
line=3  station=7            give a field; also product= lot= plant= shift=
time=2026-11-22T14:05:00Z    when the unit is made
issued=2000000               how many will be issued: for the odds, and as the limit for ?
udi                          a preset; the word presets lists them
quit                         or an empty line
`

// try compiles a pattern and prints what it does, or reads a serial under it.
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
		return fmt.Errorf("%w; give fields as %s", err, d.give)
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
	if wrong := s.Diagnose(d.fields, text, d.issued); wrong != nil {
		point(d.out, wrong.Err)
		for _, m := range wrong.Suggestions {
			fmt.Fprintf(d.out, "did you mean %s? (%s, at character %d)\n", m.Serial, m.Mistake,
				m.Pos+1)
		}
		return nil
	}
	f, index, err := s.Parse(d.fields, text)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out, "index %d, made %s, product %q lot %q plant %q line %q shift %q %v\n", index,
		f.Time.Format("2006-01-02 15:04"), f.Product, f.Lot, f.Plant, f.Line, f.Shift, f.Values)
	return nil
}
