package printer_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

var evidenceTexts = map[string]printer.Evidence{
	"":                  {},
	"counter=0":         {Counter: []uint64{0}},
	"counter=100..120":  {Counter: []uint64{100, 120}},
	"printer=A/1/2":     {Printer: "A/1/2"},
	"settings=^JZN":     {Settings: "^JZN"},
	`template="a b_c"`:  {Template: "a b_c"},
	"polls=9":           {Polls: 9},
	"gap=104ms":         {Gap: 104 * time.Millisecond},
	"pace=69.78ms":      {Pace: 69780 * time.Microsecond},
	"policy=void":       {Policy: "void"},
	"blind":             {Blind: true},
	"why=paused":        {Why: "paused"},
	`why="head open"`:   {Why: "head open"},
	`why="a=b \"c\""`:   {Why: `a=b "c"`},
	`why="\xff"`:        {Why: "\xff"},
	"station=3 by hand": {Other: "station=3 by hand"},
	`reader="line 3"`:   {Other: `reader="line 3"`},
	"counter=12..x":     {Other: "counter=12..x"},
	"polls=many gap=10": {Other: "polls=many gap=10"},
	"counter=7..9 printer=M/V/ID settings=^JZN template=t polls=3 gap=1.25s pace=200ms policy=void blind why=late seen": {
		Counter: []uint64{7, 9}, Printer: "M/V/ID", Settings: "^JZN", Template: "t", Polls: 3,
		Gap:  1250 * time.Millisecond,
		Pace: 200 * time.Millisecond, Policy: "void", Blind: true, Why: "late", Other: "seen",
	},
}

func TestEvidenceText(t *testing.T) {
	for text, want := range evidenceTexts {
		var e printer.Evidence
		require.NoError(t, e.UnmarshalText([]byte(text)))
		require.Equal(t, want, e, text)
		require.Equal(t, text, e.String())
		written, err := e.MarshalText()
		require.NoError(t, err)
		require.Equal(t, text, string(written))
	}
	for text, want := range map[string]printer.Evidence{
		"  why=a\tpolls=1  ": {Why: "a", Polls: 1},
		`why="a"b`:           {Why: `"a"b`},
		`why="a`:             {Why: `"a`},
		"why= polls=0":       {},
	} {
		e := printer.Evidence{Why: "another", Blind: true}
		require.NoError(t, e.UnmarshalText([]byte(text)))
		require.Equal(t, want, e, text)
	}
}

// Evidence of journals that were written before values were quoted: _ is a blank.
func TestEvidenceOfEarlierVersions(t *testing.T) {
	text, err := os.ReadFile("testdata/evidence-unquoted.txt")
	require.NoError(t, err)
	reasons := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		var e printer.Evidence
		require.NoError(t, e.UnmarshalText([]byte(line)))
		require.Empty(t, e.Other, line)
		require.Equal(t, "^JZN", e.Settings)
		require.Equal(t, "sha256:12_of_udi.json", e.Template)
		require.NotEmpty(t, e.Printer)
		require.Equal(t, strings.Contains(line, "counter="), len(e.Counter) > 0, line)
		require.Equal(t, strings.Contains(line, ".."), len(e.Counter) == 2, line)
		require.Equal(t, strings.Contains(line, "polls=") && !strings.Contains(line, "polls=0"),
			e.Polls > 0, line)
		require.Equal(t, strings.Contains(line, "gap=") && !strings.Contains(line, "gap=0ms"),
			e.Gap > 0, line)
		require.Equal(t, strings.Contains(line, "pace="), e.Pace > 0, line)
		require.Equal(t, strings.Contains(line, " blind"), e.Blind, line)
		require.Equal(t, strings.Contains(line, "policy=void"), e.Policy == "void", line)
		require.Equal(t, strings.Contains(line, "why="), e.Why != "", line)
		require.NotContains(t, e.Why, "_")
		reasons[e.Why] = true
	}
	for _, why := range []string{"interrupted", "head open, paused", "unwatched for 1150 ms",
		"the media moved by 36 cm"} {
		require.Contains(t, reasons, why)
	}
}

// A run that such a journal has begun is resumed, and only with its template.
func TestResumeEarlierJournal(t *testing.T) {
	const evidence = "counter=100..110 printer=VP410-300dpi/V90.00.0Z/VP0000000001 settings=^JZN template=sha256:12_of_udi.json polls=10 gap=414ms pace=223.33ms"
	for template, err := range map[string]error{"sha256:12 of udi.json": nil,
		"sha256:12\tof_udi.json": nil, "sha256:12": printer.ErrJob, "": nil} {
		bubble(t, printertest.Config{}, func(t *testing.T, srv *printertest.Server,
			p *printer.Printer) {
			var journal printer.Memory
			require.NoError(t, journal.Mark(t.Context(), "run", 0, 10, "counted", evidence))
			j := job(&journal)
			j.Template = template
			report, got := printer.Run(t.Context(), p, j)
			require.ErrorIs(t, got, err)
			if err == nil {
				require.EqualValues(t, 40, report.Confirmed())
				require.Equal(t, []uint64{100, 110}, report.Ranges[0].Evidence.Counter)
			}
		})
	}
}

func TestEvidenceAsJSON(t *testing.T) {
	text, err := json.Marshal(printer.Range{From: 1, To: 2, State: printer.Doubtful,
		Evidence: printer.Evidence{Why: "head open"}})
	require.NoError(t, err)
	require.JSONEq(t, `{"From":1,"To":2,"State":"doubtful","Evidence":"why=\"head open\""}`,
		string(text))
}

func ExampleEvidence_UnmarshalText() {
	var e printer.Evidence
	err := e.UnmarshalText([]byte(`counter=100..113 printer=ZT410/V75.20.15Z/42J163 polls=4 gap=250ms why="media out, paused"`))
	fmt.Println(e.Counter, e.Why, err)
	// Output: [100 113] media out, paused <nil>
}

func FuzzEvidence(f *testing.F) {
	for text := range evidenceTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var e, again printer.Evidence
		require.NoError(t, e.UnmarshalText([]byte(text)))
		require.NoError(t, again.UnmarshalText([]byte(e.String())))
		require.Equal(t, e, again, "%q became %q", text, e.String())
	})
}
