package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/gs1"
)

// print prints what a scan says, or what is wrong with it.
func (d *desk) print(line string) {
	d.scans++
	fmt.Fprintln(d.out, visible(line))
	scan, repairs, err := d.parse(line)
	for _, r := range repairs {
		fmt.Fprintln(d.out, mark(line, r.Pos, r.Len), r.What)
	}
	if err != nil {
		d.wrong++
		explain(d.out, err)
		if _, _, err := d.parser.RepairScan(line); err == nil {
			fmt.Fprintln(d.out, "  -repair undoes this")
		}
	} else {
		d.say(scan)
	}
	fmt.Fprintln(d.out)
}

// parse parses a scan, or a message in another form.
func (d *desk) parse(line string) (gs1.Scan, []gs1.Repair, error) {
	switch {
	case strings.HasPrefix(line, "("),
		strings.HasPrefix(line, "http"),
		strings.HasPrefix(line, "^"):
		if m, err := d.parser.Parse(line); err == nil || !d.repair {
			return gs1.Scan{Message: m}, nil, err
		}
		fallthrough
	default:
		if d.repair {
			return d.parser.RepairScan(line)
		}
	}
	scan, err := d.parser.ParseScan(line)
	return scan, nil, err
}

// say prints what a scan says, an element a line.
func (d *desk) say(scan gs1.Scan) {
	if carrier := scan.Carrier(); carrier != "" {
		fmt.Fprintln(d.out, " ", carrier)
	}
	if scan.GTIN != "" {
		d.row("", "GTIN", string(scan.GTIN), "")
	}
	for _, e := range scan.Message {
		ai, _ := gs1.Lookup(e.AI)
		d.row("("+e.AI+")", ai.Title, e.Value, meaning(e, d.now()))
	}
	if scan.GTIN == "" && len(scan.Message) == 0 {
		fmt.Fprintln(d.out, "  text without GS1 data")
	}
}

func (d *desk) row(ai, title, value, meaning string) {
	line := fmt.Sprintf("  %-6s %-21s %-20s  %s", ai, title, visible(value), meaning)
	fmt.Fprintln(d.out, strings.TrimRight(line, " "))
}

// meaning returns dates, quantities and countries in words.
func meaning(e gs1.Element, now time.Time) string {
	if q, ok := gs1.ParseQuantity(e); ok {
		return q.String()
	}
	if list, rest, ok := gs1.ParseCountries(e); ok {
		var names []string
		for _, c := range list {
			names = append(names, cmp.Or(c.Name(), "no single country"))
		}
		return strings.TrimRight(strings.Join(names, ", ")+" "+rest, " ")
	}
	first, last, ok := gs1.ParsePeriod(e, now)
	if !ok {
		return ""
	}
	const day = "2 January 2006"
	if first != last {
		return first.Format(day) + " to " + last.Format(day)
	}
	t, _ := gs1.ParseTime(e, now)
	return strings.TrimSuffix(t.Format(day+" 15:04:05"), " 00:00:00")
}

// explain prints an error, marked below the characters that it concerns if it knows them.
func explain(out io.Writer, err error) {
	var e *gs1.Error
	if !errors.As(err, &e) {
		fmt.Fprintln(out, " ", err)
		return
	}
	what := e.Err.Error()
	if ai, ok := gs1.Lookup(e.AI); ok {
		what += strings.TrimRight(" in ("+e.AI+") "+ai.Title, " ")
	}
	fmt.Fprintf(out, "%s %s: %s\n", mark(e.Input, e.Pos, e.Len), what, e.Detail)
}

// mark returns spaces, and carets below n bytes of line at pos, and the rest of their characters,
// as visible shows them.
func mark(line string, pos, n int) string {
	inside := func() bool { return !utf8.RuneStart(line[pos]) && !utf8.ValidString(line[:pos]) }
	for ; n > 0 && pos > 0 && inside(); pos, n = pos-1, n+1 {
	}
	for ; n > 0 && pos+n < len(line) && !utf8.RuneStart(line[pos+n]); n++ {
	}
	return strings.Repeat(
		" ",
		width(visible(line[:pos])),
	) + strings.Repeat(
		"^",
		max(1, width(visible(line[pos:pos+n]))),
	)
}

// visible shows control characters as the pictures that Unicode has for them, so that they take a
// column and do nothing to the terminal.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return r + 0x2400
		case r == 0x7f:
			return '\u2421'
		case unicode.Is(unicode.C, r):
			return '\u25a1'
		}
		return r
	}, s)
}

// width returns how many columns a terminal gives to s.
func width(s string) (columns int) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.M, r):
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana),
			r >= 0x3000 && r <= 0x303e, r >= 0xff01 && r <= 0xff60, r >= 0x1f300 && r <= 0x1faff:
			columns += 2
		default:
			columns++
		}
	}
	return columns
}
