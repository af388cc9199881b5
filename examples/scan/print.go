package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/scan"
)

// print prints what a scan says, or what is wrong with it.
func (d *desk) print(line string) {
	d.scans++
	result, err := d.reader.Read(line)
	switch {
	case err != nil:
		d.wrong++
	case len(result.Doubts) > 0:
		d.doubtful++
	}
	if d.json {
		d.object(line, result, err)
		return
	}
	fmt.Fprintln(d.out, visible(line))
	for _, r := range result.Repairs {
		fmt.Fprintln(d.out, mark(line, r.Pos, r.Len), r.What)
	}
	if err != nil {
		explain(d.out, line, err)
	} else {
		d.content(result)
	}
	for _, doubt := range result.Doubts {
		if doubt.Len > 0 && doubt.Len < len(line) {
			fmt.Fprintln(d.out, mark(line, doubt.Pos, doubt.Len))
		}
		fmt.Fprintln(d.out, "  doubt:", visible(doubt.What))
	}
	fmt.Fprintln(d.out)
}

// content prints what a scan says, a field a line.
func (d *desk) content(a scan.Result) {
	title, carrier := a.Kind.String(), gs1.Scan{Symbology: a.Symbology}.Carrier()
	switch {
	case carrier == "":
	case a.Kind == scan.GS1 || a.Kind == scan.Retail:
		title = carrier
	default:
		title += ", " + carrier
	}
	fmt.Fprintln(d.out, " ", title)
	for _, e := range a.Message {
		ai, _ := gs1.Lookup(e.AI)
		d.row("("+e.AI+")", ai.Title, e.Value, meaning(e, d.now()))
	}
	for _, item := range a.Items {
		d.row(item.ID, "", item.Value, "")
	}
	if len(a.Message) > 0 && a.Kind != scan.Retail {
		return
	}
	for _, f := range fields(a) {
		d.row("", f.name, f.value, "")
	}
	if a.Kind == scan.Text || a.Kind == scan.URL {
		fmt.Fprintln(d.out, " ", visible(a.Text))
	}
}

type field struct{ name, value string }

// fields returns the fields that all carriers have in common, those that aren't empty.
func fields(a scan.Result) []field {
	all := []field{
		{"product", a.Product}, {"add-on", a.AddOn}, {"lot", a.Lot}, {"serial", a.Serial},
		{"expiry", date(a.Expiry)}, {"made", date(a.Made)}, {"quantity", a.Quantity},
		{"container", a.Container},
	}
	return slices.DeleteFunc(all, func(f field) bool { return f.value == "" })
}

// date returns the day, with its time of day if it has one, or "" for no time.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strings.TrimSuffix(t.Format("2006-01-02 15:04"), " 00:00")
}

// object prints a scan as a JSON object.
func (d *desk) object(line string, a scan.Result, err error) {
	object := map[string]any{"scan": line}
	if err != nil {
		object["error"] = err.Error()
	} else {
		object["kind"], object["text"] = a.Kind, a.Text
	}
	for _, f := range fields(a) {
		object[f.name] = f.value
	}
	if a.Symbology != "" {
		object["symbology"] = a.Symbology
	}
	if len(a.Message) > 0 {
		object["message"] = a.Message.String()
	}
	if len(a.Items) > 0 {
		object["items"] = a.Items
	}
	if len(a.Repairs) > 0 {
		object["repairs"] = a.Repairs
	}
	var doubts []string
	for _, doubt := range a.Doubts {
		doubts = append(doubts, doubt.What)
	}
	if doubts != nil {
		object["doubts"] = doubts
	}
	encoded, err := json.Marshal(object)
	if err != nil {
		encoded = []byte(`{"error":"` + err.Error() + `"}`)
	}
	fmt.Fprintf(d.out, "%s\n", encoded)
}

func (d *desk) row(ai, title, value, meaning string) {
	line := fmt.Sprintf("  %-6s %-21s %-20s  %s", ai, title, visible(value), meaning)
	fmt.Fprintln(d.out, strings.TrimRight(line, " "))
}

// now returns the time that resolves centuries.
func (d *desk) now() time.Time {
	if d.reader.Now.IsZero() {
		return time.Now()
	}
	return d.reader.Now
}

// meaning returns dates, quantities and countries for people.
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

// explain prints an error, marked below the characters that it concerns if they are the scan's.
func explain(out io.Writer, line string, err error) {
	var e *gs1.Error
	if !errors.As(err, &e) || !strings.HasPrefix(line, e.Input) {
		fmt.Fprintln(out, " ", visible(err.Error()))
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
	for ; n > 0 && pos > 0 && !utf8.RuneStart(line[pos]) && !utf8.ValidString(line[:pos]); pos,
		n = pos-1, n+1 {
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
