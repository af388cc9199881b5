package line

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial"
)

// An edit changes an order and the template's JSON.
type edit func(o *Order, template map[string]any)

func labelField(name, value string) edit {
	return func(o *Order, _ map[string]any) { o.Label[name] = value }
}

func scheme(pattern string) edit { return func(o *Order, _ map[string]any) { o.Scheme = pattern } }
func product(name string) edit   { return func(o *Order, _ map[string]any) { o.Product = name } }
func lot(name string) edit       { return func(o *Order, _ map[string]any) { o.Lot = name } }

// element changes the template's first text.
func element(change func(map[string]any)) edit {
	return func(_ *Order, template map[string]any) {
		for _, e := range template["elements"].([]any) {
			if e := e.(map[string]any); e["type"] == "text" {
				change(e)
				return
			}
		}
	}
}

// without removes the template's elements with a name, and its field of that name.
func without(template map[string]any, name string) {
	for _, list := range []string{"fields", "elements"} {
		kept := []any{}
		for _, e := range template[list].([]any) {
			if e.(map[string]any)["name"] != name {
				kept = append(kept, e)
			}
		}
		template[list] = kept
	}
}

// edited returns an order and a template with a change.
func edited(t testing.TB, change edit) (Order, *template.Template) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(templates, "udi.json"))
	require.NoError(t, err)
	var template map[string]any
	require.NoError(t, json.Unmarshal(text, &template))
	o := anOrder()
	change(&o, template)
	text, err = json.Marshal(template)
	require.NoError(t, err)
	parsed, err := parseTemplate(text)
	require.NoError(t, err)
	return o, parsed
}

// TestBadOrders finds what is wrong before anything is commissioned, and names it in one line.
func TestBadOrders(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	for name, c := range map[string]struct {
		change edit
		want   []string
	}{
		"no id":               {func(o *Order, _ map[string]any) { o.ID = "" }, []string{"order: is missing"}},
		"no code":             {func(o *Order, _ map[string]any) { o.Code = "" }, []string{"code: is missing"}},
		"no units":            {func(o *Order, _ map[string]any) { o.Units = 0 }, []string{"units"}},
		"no such day made":    {func(o *Order, _ map[string]any) { o.Made = "2026-13-01" }, []string{"made", "2026-13-01", "YYYY-MM-DD"}},
		"wrong check digit":   {labelField("gtin", "09506000134353"), []string{"gtin", "09506000134353", "2"}},
		"lot too long":        {lot("L12345678901234567890"), []string{"lot", "20"}},
		"31 February":         {labelField("expires", "2029-02-31"), []string{"expires", "2029-02-31"}},
		"numbers run out":     {scheme("{index:1}"), []string{"scheme", "only 10 serials for 11 units"}},
		"not a pattern":       {scheme("{indx:1}"), []string{"scheme", "indx"}},
		"no such key":         {scheme("{index:8 scrambled key=old}"), []string{"scheme", "old"}},
		"too few for secrecy": {scheme("{index:3 scrambled}"), []string{"scheme", "1,000,000"}},
		"unknown label field": {labelField("reff", "x"), []string{"label.reff", "udi.json", "which has maker, address"}},
		"its own field twice": {labelField("lot", "x"), []string{"label.lot", "is a field of the order itself"}},
		"the serial given":    {labelField("serial", "x"), []string{"label.serial", "is a field of the order itself"}},
		"text too long":       {product(strings.Repeat("Introducer ", 5)), []string{"product"}},
		"endless name":        {product(strings.Repeat("x", 10_000)), []string{"product", "10000", "60"}},
		"outside the label": {element(func(e map[string]any) { e["x"] = 49.0; e["width"] = 30.0 }),
			[]string{"template", "udi.json: error: element 2", "beyond the label"}},
		"no scheme": {scheme(""), []string{"scheme: is missing, and the template udi.json shows a serial"}},
		"no place for the serial": {func(_ *Order, template map[string]any) {
			without(template, "serial")
			without(template, "udi")
		}, []string{"scheme", "template udi.json has no field serial"}},
		"a control":         {product("a\x10^XA"), []string{"product", "U+0010"}},
		"right to left":     {product("קטטר"), []string{"product"}},
		"an emoji":          {product("💉 set"), []string{"product"}},
		"a lot with a ^":    {lot("L^FS"), []string{"lot"}},
		"a serial's caret":  {scheme("^XA{index:3}"), []string{"serial"}},
		"a serial's tilde":  {scheme("~JA{index:3}"), []string{"serial"}},
		"unknown warning":   {func(o *Order, _ map[string]any) { o.Acknowledged = []Warning{"all"} }, []string{"acknowledged", "all", string(UseByPast)}},
		"a wide serial":     {scheme("{index:18 alnum}"), []string{"serial"}},
		"label not in UTF8": {labelField("ref", "\xff"), []string{"ref"}},
	} {
		t.Run(name, func(t *testing.T) {
			o, template := edited(t, c.change)
			if name == "numbers run out" {
				o.Units = 11
			}
			l := b.Line
			l.Template = template
			for _, call := range []func() error{
				func() error { _, err := Check(t.Context(), l, o); return err },
				func() error { _, err := Start(t.Context(), l, o); return err },
			} {
				err := call()
				require.ErrorIs(t, err, ErrOrder)
				var wrong *OrderError
				require.ErrorAs(t, err, &wrong)
				text := err.Error()
				require.True(t, strings.HasPrefix(text, "line: order"), text)
				require.Equal(t, 1, strings.Count(text, "line: "), text)
				require.NotContains(t, text, "\n", "one line")
				require.Less(t, len(text), 600)
				for _, want := range c.want {
					require.Contains(t, text, want)
				}
			}
			require.Empty(t, serials(t, b.Ledger), "nothing is commissioned")
			require.Empty(t, b.paper.Paper())
		})
	}
}

// TestBadLines rejects a line that lacks something.
func TestBadLines(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	for want, change := range map[string]func(l *Line){
		"no printers": func(l *Line) { l.Printers = nil },
		"is nil":      func(l *Line) { l.Printers = []*printer.Printer{nil} },
		"given twice": func(l *Line) { l.Printers = append(l.Printers, l.Printers[0]) },
		"no template": func(l *Line) { l.Template = nil },
		"dots/mm":     func(l *Line) { l.DotsPerMM = -1 },
		"Job.ID":      func(l *Line) { l.Job.ID = "x" },
		"Count":       func(l *Line) { l.Job.Count = 1 },
		"Append":      func(l *Line) { l.Job.Append = func(b []byte, _ uint64) ([]byte, error) { return b, nil } },
		"Journal":     func(l *Line) { l.Job.Journal = &printer.Memory{} },
		"Template or": func(l *Line) { l.Job.Template = "x" },
		"Blind":       func(l *Line) { l.Job.Blind = true },
	} {
		l := b.Line
		change(&l)
		_, err := Check(t.Context(), l, anOrder())
		require.ErrorContains(t, err, want)
		_, err = Start(t.Context(), l, anOrder())
		require.ErrorContains(t, err, want)
	}
	l := b.Line
	l.Ledger = nil
	_, err := Start(t.Context(), l, anOrder())
	require.ErrorContains(t, err, "no ledger")
	_, err = Resume(t.Context(), l, "MO-1")
	require.ErrorContains(t, err, "no ledger")
	_, err = Status(t.Context(), l, "MO-1")
	require.ErrorContains(t, err, "no ledger")
	_, err = Start(t.Context(), b.Line, anOrder())
	require.NoError(t, err)
	b.Printers = nil
	_, err = Resume(t.Context(), b.Line, "MO-1")
	require.ErrorContains(t, err, "no printers")
}

// TestCheckWithoutLedger checks an order before there is a ledger.
func TestCheckWithoutLedger(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	b.Ledger = nil
	p, err := Check(t.Context(), b.Line, anOrder())
	require.NoError(t, err)
	require.Equal(t, New, p.State)
	require.Equal(t, []label.Device{{DotsPerMM: 8}}, p.Devices)
	require.Len(t, p.Identities, 1)
	require.NotEmpty(t, p.Identities[0].Model)
	require.Empty(t, p.Warnings)
	require.Empty(t, p.Findings)
}

// TestSilentPrinter asks a printer that is switched off.
func TestSilentPrinter(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	b.paper.Close()
	_, err := Start(t.Context(), b.Line, anOrder())
	require.ErrorContains(t, err, "line: printer")
	require.Empty(t, serials(t, b.Ledger))
}

// TestJustEnoughSerials checks an order that takes every serial of its scheme.
func TestJustEnoughSerials(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	o := anOrder()
	o.Scheme = "{index:1}"
	_, err := Check(t.Context(), b.Line, o)
	require.NoError(t, err)
}

// TestFindings keeps what prints worse than it could, once for all printers and serials.
func TestFindings(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	paper := printertest.NewServer(fast)
	t.Cleanup(paper.Close)
	b.Printers = append(b.Printers, dial(t, paper))
	o, template := edited(t, element(func(e map[string]any) { e["size"], e["min-size"] = 0.7, 0.6 }))
	b.Template = template
	p, err := Check(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.Len(t, p.Findings, 1)
	require.Equal(t, label.TextSize, p.Findings[0].Rule)
	require.Equal(t, label.SeverityWarning, p.Findings[0].Severity)
}

// TestWorstLabel rejects an order of which only late serials are too wide for the label.
func TestWorstLabel(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	narrow := func(width float64) edit {
		return func(o *Order, template map[string]any) {
			o.Scheme = "{index:8 alnum}"
			for _, e := range template["elements"].([]any) {
				if e := e.(map[string]any); e["name"] == "serial" && e["type"] == "text" {
					e["width"] = width
					delete(e, "min-size")
				}
			}
		}
	}
	o, template := edited(t, narrow(11))
	b.Template = template
	data, err := o.data(template)
	require.NoError(t, err)
	data["serial"] = "00000009"
	_, err = template.Execute(data)
	require.NoError(t, err, "the order's own serials fit")
	_, err = Check(t.Context(), b.Line, o)
	require.ErrorContains(t, err, `: element 12 (serial): text "AAAAAAAA" is`)
	require.ErrorContains(t, err, "give the serial more room")

	o, b.Template = edited(t, narrow(20))
	_, err = Check(t.Context(), b.Line, o)
	require.NoError(t, err)
}

func TestWorstSerials(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string][]string{
		"{index:9}":           {"000000000", "999999999"},
		"SN{YY}-{index:5}":    {"SN26-00000", "SN26-99999"},
		"{index:4 alnum}":     {"0000", "WWWW", "ZZZZ", "AAAA", "A0A0"},
		"{index:6 crockford}": {"000000", "WWWWWW", "ZZZZZZ"},
		"{index:2}":           {"00", "99"},
		"{index:1}{check}":    {},
		"{index:12 alnum}":    {"WWWWWWWWWWWW"},
		"{lot}{index:3}":      {"L2647A000"},
		"{index:3 hex}":       {"000", "FFF"},
	} {
		s, err := serial.Compile(pattern)
		require.NoError(t, err, pattern)
		o := anOrder()
		list, err := worstSerials(s, o.fields())
		require.NoError(t, err, pattern)
		first, err := s.Format(o.fields(), 0)
		require.NoError(t, err)
		require.Equal(t, first, list[0])
		require.Subset(t, list, want, pattern)
		require.Less(t, len(list), 40)
		requireDistinct(t, list)
	}
}

func TestCost(t *testing.T) {
	t.Parallel()
	for want, runes := range []string{1: "059", 2: "AQZ", 3: "aqz", 4: "/:@[`{-é"} {
		for _, r := range runes {
			require.Equal(t, want, cost(r), "%q", r)
		}
	}
}

func TestSampled(t *testing.T) {
	t.Parallel()
	for _, capacity := range []uint64{
		1, 2, 10, samples - 1, samples, samples + 1, 3 * samples, 1e9, 1<<64 - 1,
	} {
		seen := map[uint64]bool{}
		n := 0
		for i := range sampled(capacity) {
			require.Less(t, i, capacity)
			seen[i] = true
			n++
		}
		require.Equal(t, int(min(capacity, samples)), n)
		require.True(t, seen[0] && seen[capacity-1] && seen[min(capacity, 1000)-1], "%d", capacity)
		if capacity <= samples {
			require.Len(t, seen, n)
		}
	}
	digits := [10]map[uint64]bool{}
	for i := range sampled(1e10) { // every digit in every place
		for place := range digits {
			if digits[place] == nil {
				digits[place] = map[uint64]bool{}
			}
			digits[place][i%10] = true
			i /= 10
		}
	}
	for place := range digits {
		require.Len(t, digits[place], 10)
	}
	for i := range sampled(10) {
		if i == 3 {
			break
		}
	}
}

// TestWarnings are rejected until somebody acknowledges them, and are recorded then.
func TestWarnings(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		require.NoError(t, err)
		return d.Add(23 * time.Hour)
	}
	for _, c := range []struct {
		name, made, expires, today string
		want                       []Warning
	}{
		{"good", "2026-11-20", "2029-11-20", "2026-11-28", nil},
		{"made and used up on one day", "2026-11-20", "2026-11-20", "2026-11-20", nil},
		{"last day", "2026-11-20", "2026-11-28", "2026-11-28", nil},
		{"past", "2026-11-20", "2026-11-27", "2026-11-28", []Warning{UseByPast}},
		{"before made", "2027-11-21", "2027-11-20", "2026-11-28", []Warning{UseByBeforeMade}},
		{"both", "2026-11-20", "2026-10-20", "2026-11-28", []Warning{UseByBeforeMade, UseByPast}},
	} {
		o := anOrder()
		o.ID, o.Made, o.Label["expires"] = c.name, c.made, c.expires
		b.Now = func() time.Time { return day(c.today) }
		p, err := Check(t.Context(), b.Line, o)
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, p.Warnings, c.name)
		if c.want != nil {
			issued := len(serials(t, b.Ledger))
			_, err = Start(t.Context(), b.Line, o)
			require.ErrorIs(t, err, ErrWarning, c.name)
			for _, w := range c.want {
				require.ErrorContains(t, err, string(w))
			}
			require.ErrorContains(t, err, c.expires)
			o.Acknowledged = c.want[1:]
			_, err = Start(t.Context(), b.Line, o)
			require.ErrorIs(t, err, ErrWarning, c.name)
			require.ErrorContains(t, err, "acknowledge "+string(c.want[0]))
			require.Len(t, serials(t, b.Ledger), issued)
			o.Acknowledged = c.want
		}
		result, err := Start(t.Context(), b.Line, o)
		require.NoError(t, err, c.name)
		require.Equal(t, o.Acknowledged, result.Order.Acknowledged)
		_, err = Resume(t.Context(), b.Line, o.ID)
		require.NoError(t, err)
	}
	l := Line{}
	require.WithinDuration(t, time.Now(), l.now(), time.Minute)
}

// TestWarningsFromMessages reads dates that only the symbol has.
func TestWarningsFromMessages(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	for content, want := range map[string][]Warning{
		"(01){gtin}(15)261119(10){lot}(21){serial}":                  {UseByBeforeMade, UseByPast},
		"(01){gtin}(16)261119(10){lot}(21){serial}":                  {UseByBeforeMade, UseByPast},
		"(01){gtin}(17)261119(10){lot}(21){serial}":                  {UseByBeforeMade, UseByPast},
		"(01){gtin}(7003)2611191200(10){lot}(21){serial}":            {UseByBeforeMade, UseByPast},
		"(01){gtin}(17)261100(10){lot}(21){serial}":                  nil, // 30 November
		"(01){gtin}(11)300101(17)291120(10){lot}(21){serial}":        {UseByBeforeMade},
		"(01){gtin}(13)261119(10){lot}(21){serial}":                  nil, // packed
		"(01){gtin}(11){made:YYMMDD}(17)261120(10){lot}(21){serial}": {UseByPast},
	} {
		o, template := edited(t, func(_ *Order, template map[string]any) {
			for _, e := range template["elements"].([]any) {
				if e := e.(map[string]any); e["type"] == "symbol" {
					e["content"] = content
				}
			}
		})
		b.Template = template
		p, err := Check(t.Context(), b.Line, o)
		require.NoError(t, err, content)
		require.Equal(t, want, p.Warnings, content)
	}
}

// TestGoodsWithALot carries out an order whose labels have no serial.
func TestGoodsWithALot(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	o, template := edited(t, func(o *Order, template map[string]any) {
		o.Scheme = ""
		without(template, "serial")
		for _, e := range template["elements"].([]any) {
			if e := e.(map[string]any); e["type"] == "symbol" {
				e["content"] = "(01){gtin}(17){expires:YYMMDD}(10){lot}"
			}
		}
	})
	b.Template = template
	result, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
	pages := b.paper.Printed()
	require.Len(t, pages, 10)
	require.Equal(t, wording(pages[0]), wording(pages[9]))
	require.Equal(t, "#000000000009", serials(t, b.Ledger)[9])
}
