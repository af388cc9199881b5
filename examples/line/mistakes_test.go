package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer/printertest"
)

// TestBadInput has one clear line for each mistake, and nothing half-done.
func TestBadInput(t *testing.T) {
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	defer paper.Close()
	for name, c := range map[string]struct {
		change func(o, template map[string]any)
		args   []string
		want   []string
	}{
		"no order":             {args: []string{"-order", "nowhere.json"}, want: []string{"nowhere.json", "-order"}},
		"wrong check digit":    {change: labelField("gtin", "09506000134353"), want: []string{"order.json", "gtin", "09506000134353", "2"}},
		"lot too long":         {change: set("lot", "L12345678901234567890"), want: []string{"order.json", "lot", "20"}},
		"31 February":          {change: labelField("expires", "2029-02-31"), want: []string{"order.json", "expires", "2029-02-31"}},
		"no such day made":     {change: set("made", "2026-13-01"), want: []string{"order.json", "made", "2026-13-01", "YYYY-MM-DD"}},
		"numbers run out":      {change: set("scheme", "{index:2}"), want: []string{"order.json", "100"}},
		"too few for secrecy":  {change: set("scheme", "{index:3 scrambled}"), want: []string{"order.json", "scheme", "1,000,000"}},
		"unknown order field":  {change: set("lott", "L1"), want: []string{"order.json", "lott"}},
		"unknown label field":  {change: labelField("reff", "x"), want: []string{"order.json", "reff", "udi.json"}},
		"unknown field":        {change: element(func(e map[string]any) { e["content"] = "{lto}" }), want: []string{"udi.json", "lto", "lot"}},
		"outside the label":    {change: element(func(e map[string]any) { e["x"] = 49.0; e["width"] = 30.0 }), want: []string{"udi.json", "element 2", "beyond the label"}},
		"text too long":        {change: set("product", strings.Repeat("Introducer ", 5)), want: []string{"order.json", "product"}},
		"unreachable printer":  {args: []string{"-printer", "tcp://127.0.0.1:1"}, want: []string{"-printer", "127.0.0.1:1", "check"}},
		"no printer's address": {args: []string{"-printer", "zebra"}, want: []string{"-printer", "zebra", "tcp://host:9100"}},
		"another's ledger":     {args: []string{"-db", "order.json"}, want: []string{"-db", "order.json"}},
		"no folder for it":     {args: []string{"-db", "nowhere/ledger.db"}, want: []string{"-db", "nowhere", "folder"}},
		"no template":          {change: set("template", "nowhere.json"), want: []string{"order.json", "template", "nowhere.json"}},
		"units as text":        {change: set("units", "200"), want: []string{"order.json:", "units", "can't be string"}},
		"far too many units":   {change: func(o, _ map[string]any) { o["units"] = 10_000_000 }, want: []string{"order.json", "units", "50000", "-n"}},
		"a field twice":        {change: set("LOT", "L1"), want: []string{"order.json", "lot", "twice"}},
		"endless name":         {change: set("product", strings.Repeat("x", 10_000)), want: []string{"order.json", "product", "10000", "60"}},
		"nothing to resume":    {args: []string{"-resume"}, want: []string{"-resume", "ledger.db"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			o, template := readJSON(t, "order.json"), readJSON(t, "udi.json")
			if c.change != nil {
				c.change(o, template)
			}
			writeJSON(t, filepath.Join(dir, "order.json"), o)
			writeJSON(t, filepath.Join(dir, "udi.json"), template)
			t.Chdir(dir)
			status, stdout, stderr := carry(append([]string{"-order", "order.json", "-out", "out", "-printer", paper.URL}, c.args...)...)
			require.Equal(t, exitError, status, stdout+stderr)
			require.Equal(t, 1, strings.Count(stderr, "\n"), "one line: %s", stderr)
			for _, want := range c.want {
				require.Contains(t, stderr, want)
			}
			t.Log(strings.TrimSpace(stderr))
			require.Empty(t, paper.Printed())
			if _, err := os.Stat("out/ledger.db"); err == nil {
				require.Empty(t, serials(t, "out"), "nothing commissioned")
			}
			require.NoFileExists(t, "out/labels.zpl")
			require.Less(t, len(stderr), 600)
		})
	}
}

// TestOrderFile reads what editors make of an order's file.
func TestOrderFile(t *testing.T) {
	text, err := os.ReadFile("order.json")
	require.NoError(t, err)
	want, err := readOrder("order.json")
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "order.json")
	for name, c := range map[string]struct{ text, problem string }{
		"Windows":       {text: "\ufeff" + strings.ReplaceAll(string(text), "\n", "\r\n")},
		"Latin 1":       {text: strings.ReplaceAll(string(text), "ü", "\xfc"), problem: "UTF-8"},
		"empty":         {text: " \n", problem: "is empty"},
		"not an object": {text: "[]", problem: "an order: can't be array"},
		"two orders":    {text: string(text) + string(text), problem: "closing brace"},
		"label twice":   {text: strings.Replace(string(text), `"ref":`, `"ref": "a", "ref":`, 1), problem: "label.ref: stands there twice"},
	} {
		require.NoError(t, os.WriteFile(file, []byte(c.text), 0o644))
		o, err := readOrder(file)
		if c.problem != "" {
			require.ErrorContains(t, err, c.problem, name)
			require.ErrorContains(t, err, file, name)
			continue
		}
		require.NoError(t, err, name)
		o.file = want.file
		require.Equal(t, want, o, name)
	}
}

// TestKeyFile refuses a key file that is not the owner's alone, not whole, or another ledger's.
func TestKeyFile(t *testing.T) {
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	defer paper.Close()
	dir, other := t.TempDir(), t.TempDir()
	args := func(dir string) []string {
		return []string{"-order", "order.json", "-out", dir, "-printer", paper.URL, "-n", "2"}
	}
	for _, d := range []string{dir, other} {
		status, stdout, stderr := carry(args(d)...)
		require.Equal(t, exitDone, status, stdout+stderr)
	}
	file := filepath.Join(dir, "ledger.keys")
	whole, err := os.ReadFile(file)
	require.NoError(t, err)
	others, err := os.ReadFile(filepath.Join(other, "ledger.keys"))
	require.NoError(t, err)
	for problem, change := range map[string]func() error{
		"chmod 600":           func() error { return os.Chmod(file, 0o640) },
		"the keyring is":      func() error { return os.WriteFile(file, whole[:20], 0o600) },
		"not a key file":      func() error { return os.WriteFile(file, nil, 0o600) },
		"makes other serials": func() error { return os.WriteFile(file, others, 0o600) },
	} {
		if problem == "chmod 600" && runtime.GOOS == "windows" {
			continue
		}
		require.NoError(t, change())
		status, stdout, stderr := carry(args(dir)...)
		require.Equal(t, exitError, status, stdout+stderr)
		require.Contains(t, stderr, problem)
		require.Contains(t, stderr, file)
		require.NoError(t, os.Chmod(file, 0o600))
		require.NoError(t, os.WriteFile(file, whole, 0o600))
	}
	require.Len(t, serials(t, dir), 2)
}

// TestFlags has exit status 2 for what the usage doesn't allow.
func TestFlags(t *testing.T) {
	for _, args := range [][]string{
		{"-n", "0"}, {"-n", "-3"}, {"-n", "50001"}, {"-n", "x"}, {"-n", "5", "-resume"}, {"-speed", "0"}, {"-speed", "NaN"}, {"-foo"}, {"order.json"},
	} {
		status, stdout, stderr := carry(args...)
		require.Equal(t, exitUsage, status, stdout+stderr)
		require.Equal(t, 1, strings.Count(stderr, "\n"), "one line: %s", stderr)
		require.Contains(t, stderr, args[0])
	}
}

func set(key, value string) func(o, template map[string]any) {
	return func(o, _ map[string]any) { o[key] = value }
}

func labelField(key, value string) func(o, template map[string]any) {
	return func(o, _ map[string]any) { o["label"].(map[string]any)[key] = value }
}

// element changes the template's first text.
func element(change func(map[string]any)) func(o, template map[string]any) {
	return func(_, template map[string]any) {
		for _, e := range template["elements"].([]any) {
			if e := e.(map[string]any); e["type"] == "text" {
				change(e)
				return
			}
		}
	}
}

func readJSON(t *testing.T, file string) (v map[string]any) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &v))
	return v
}

func writeJSON(t *testing.T, file string, v map[string]any) {
	t.Helper()
	text, err := json.MarshalIndent(v, "", " ")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, text, 0o644))
}
