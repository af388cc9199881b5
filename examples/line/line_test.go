package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/printer/line"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
	"github.com/gonameplate/nameplate/zpl"
)

// carry runs the program and returns its exit status and its output.
func carry(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), nil, args, &out, &errs)
	return status, out.String(), errs.String()
}

// serials are those of all blocks of the ledger in a folder.
func serials(t *testing.T, dir string) (list []string) {
	t.Helper()
	keys, err := line.ReadKeys(filepath.Join(dir, "ledger.keys"))
	require.NoError(t, err)
	l, err := sqlite.Open(t.Context(), filepath.Join(dir, "ledger.db"), &ledger.Options{Keys: keys})
	require.NoError(t, err)
	defer l.Close()
	for block, err := range l.Blocks(t.Context(), "") {
		require.NoError(t, err)
		for unit, err := range block.Units() {
			require.NoError(t, err)
			list = append(list, unit.Serial)
		}
	}
	return list
}

func newPaper(t *testing.T, labelsPerSecond float64) *printertest.Server {
	cfg := printertest.Config{DotsPerMM: 8, LabelsPerSecond: labelsPerSecond}
	paper := printertest.NewServer(cfg)
	t.Cleanup(paper.Close)
	return paper
}

// TestProgram carries out the order in the program, twice, and asks for more.
func TestProgram(t *testing.T) {
	dir, paper := t.TempDir(), newPaper(t, 2000)
	args := []string{"-out", dir, "-printer", paper.URL}
	status, stdout, stderr := carry(args...)
	require.Equal(t, exitDone, status, stdout+stderr)
	require.Contains(t, stdout, "200 confirmed")
	units := serials(t, dir)
	require.Len(t, units, 200)
	require.Empty(t, paper.Errors())
	pages := paper.Printed()
	require.Len(t, pages, 200)
	written, err := os.ReadFile(filepath.Join(dir, "labels.zpl"))
	require.NoError(t, err)
	read, err := zpl.Pages(bytes.NewReader(written))
	require.NoError(t, err)
	require.Len(t, read, 200)
	for i, page := range pages {
		require.Contains(t, wording(page), units[i])
		require.Equal(t, wording(page), wording(*read[i]), "labels.zpl is what is printed")
	}
	for name, head := range map[string]string{"labels.pdf": "%PDF-", "label-1.png": "\x89PNG"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(text), head))
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(dir, "ledger.keys"))
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}
	key, err := os.ReadFile(filepath.Join(dir, "ledger.keys"))
	require.NoError(t, err)
	words := strings.Fields(string(key))
	require.NotContains(t, stdout+stderr, words[len(words)-1], "the key is never shown")

	// The order is done once.
	status, stdout, stderr = carry(args...)
	require.Equal(t, exitError, status, stdout+stderr)
	require.Equal(t, `line: order.json: order: "MO-2026-11842" is complete; `+
		"further units need a name: -more NAME\n", stderr)
	status, stdout, stderr = carry(append(args, "-n", "7")...)
	require.Equal(t, exitError, status, stdout+stderr)
	require.Contains(t, stderr, `units: has changed since the order began: "200" then, "7" now`)
	require.Equal(t, units, serials(t, dir))

	// A complete order has nothing to resume; -resume reports once more what became of its units.
	status, stdout, stderr = carry(append(args, "-resume")...)
	require.Equal(t, exitDone, status, stdout+stderr)
	require.Contains(t, stdout, "200 confirmed")
	require.Contains(t, stdout, "no label confirmed in this run")
	require.Len(t, paper.Printed(), 200)

	for _, more := range [][]string{{"-more", "spare", "-n", "3"}, {"-more", "spare", "-resume"}} {
		status, stdout, stderr = carry(append(args, more...)...)
		require.Equal(t, exitDone, status, stdout+stderr)
		require.Contains(t, stdout, "3 confirmed")
		require.Len(t, serials(t, dir), 203)
		require.Len(t, paper.Printed(), 203)
	}
}

// wording joins the data of a page's fields.
func wording(page zpl.Page) string {
	var b strings.Builder
	for _, f := range page.Fields {
		b.WriteString(f.Data)
	}
	return b.String()
}

// TestLogisticOrder sends another product, template and kind of serial through the same code.
func TestLogisticOrder(t *testing.T) {
	dir, paper := t.TempDir(), newPaper(t, 2000)
	status, stdout, stderr := carry("-order", "logistic-order.json", "-accept", "use-by-past", "-out", dir, "-printer", paper.URL)
	require.Equal(t, exitDone, status, stdout+stderr)
	require.Contains(t, stdout, "3. built 48 GS1 messages, the first (02)19506000134359(37)40")
	require.Len(t, serials(t, dir), 24)
	require.Len(t, paper.Printed(), 24)
}

// TestInterrupted interrupts an order, starts it again by mistake, and resumes it.
func TestInterrupted(t *testing.T) {
	dir, paper := t.TempDir(), newPaper(t, 200)
	args := []string{"-out", dir, "-printer", paper.URL, "-n", "40"}
	ctx, interrupt := context.WithCancel(t.Context())
	paper.At(5, func(*printertest.Server) { interrupt() })
	var out, errs bytes.Buffer
	require.Equal(t, exitError, run(ctx, nil, args, &out, &errs))
	require.Contains(t, errs.String(), "; run with -resume to go on\n")
	require.Contains(t, out.String(), "20 doubtful")
	require.Contains(t, out.String(), "20 not sent")
	require.True(t, paper.Idle(10*time.Second))

	status, stdout, stderr := carry(args...)
	require.Equal(t, exitError, status, stdout+stderr)
	require.Contains(t, stderr, " is under way; resume it: -resume\n")
	require.Len(t, serials(t, dir), 40, "nothing is commissioned beside")

	status, stdout, stderr = carry("-out", dir, "-printer", paper.URL, "-resume")
	require.Equal(t, exitUnconfirmed, status, stdout+stderr)
	require.Contains(t, stdout, "20 confirmed")
	require.Contains(t, stdout, "20 doubtful")
	for _, s := range serials(t, dir)[:20] {
		require.Contains(t, stdout, "\n     "+s+"\n", "doubtful serials are listed")
	}
}

// TestStopped interrupts an order once: the labels under way are finished, and none is doubtful.
func TestStopped(t *testing.T) {
	dir, paper := t.TempDir(), newPaper(t, 200)
	args := []string{"-out", dir, "-printer", paper.URL, "-n", "40"}
	stop := make(chan struct{})
	paper.At(5, func(*printertest.Server) { close(stop) })
	var out, errs bytes.Buffer
	require.Equal(t, exitError, run(t.Context(), stop, args, &out, &errs))
	require.Contains(t, errs.String(), "stopped; run with -resume to go on\n")
	require.Contains(t, out.String(), "20 confirmed")
	require.Contains(t, out.String(), "20 not sent")
	require.NotContains(t, out.String(), "doubtful")

	status, stdout, stderr := carry("-out", dir, "-printer", paper.URL, "-resume")
	require.Equal(t, exitDone, status, stdout+stderr)
	require.Contains(t, stdout, "40 confirmed")
	require.Len(t, paper.Printed(), 40)
}

// TestChangedOrder resumes an order whose file was edited in between.
func TestChangedOrder(t *testing.T) {
	paper, dir := newPaper(t, 2000), t.TempDir()
	o := readJSON(t, "order.json")
	copyFile(t, "udi.json", filepath.Join(dir, "udi.json"))
	file := filepath.Join(dir, "order.json")
	args := []string{"-order", file, "-out", dir, "-printer", paper.URL, "-accept", "use-by-past"}
	writeJSON(t, file, o)
	status, stdout, stderr := carry(append(args, "-n", "2")...)
	require.Equal(t, exitDone, status, stdout+stderr)

	o["label"].(map[string]any)["expires"] = "2029-11-21"
	writeJSON(t, file, o)
	status, stdout, stderr = carry(append(args, "-resume")...)
	require.Equal(t, exitError, status, stdout+stderr)
	require.Contains(t, stderr, file+": label.expires: has changed since the order began")
	require.Len(t, paper.Printed(), 2)
}

// TestBadInput has one clear line for each mistake, and nothing half-done.
func TestBadInput(t *testing.T) {
	paper := newPaper(t, 2000)
	set := func(key string, value any) func(map[string]any) {
		return func(o map[string]any) { o[key] = value }
	}
	for name, c := range map[string]struct {
		change func(map[string]any)
		args   []string
		want   []string
	}{
		"no order":             {args: []string{"-order", "nowhere.json"}, want: []string{"nowhere.json", "-order"}},
		"no such folder":       {args: []string{"-order", "no/where.json"}, want: []string{"no/where.json", "-order"}},
		"lot too long":         {change: set("lot", "L12345678901234567890"), want: []string{"order.json", "lot", "20"}},
		"no such day made":     {change: set("made", "2026-13-01"), want: []string{"order.json", "made", "2026-13-01", "YYYY-MM-DD"}},
		"made after use-by":    {change: set("made", "2029-11-21"), want: []string{"order.json", "2029-11-20", "2029-11-21", "use-by-before-made: -accept NAME"}},
		"unknown field":        {change: set("lott", "L1"), want: []string{"order.json", "lott"}},
		"units as text":        {change: set("units", "200"), want: []string{"order.json, line", "units", "want a number"}},
		"far too many units":   {change: set("units", 10_000_000), want: []string{"order.json", "units", "50000", "-n"}},
		"no template":          {change: set("template", "nowhere.json"), want: []string{"order.json", "template", "nowhere.json"}},
		"an order as template": {change: set("template", "order.json"), want: []string{"order.json:1:1", "width"}},
		"unknown warning":      {args: []string{"-accept", "all"}, want: []string{"order.json", "acknowledged", "all"}},
		"unreachable printer":  {args: []string{"-printer", "tcp://127.0.0.1:1"}, want: []string{"-printer", "127.0.0.1:1"}},
		"no printer's address": {args: []string{"-printer", "zebra"}, want: []string{"-printer", "zebra", "tcp://"}},
		"another's ledger":     {args: []string{"-db", "order.json"}, want: []string{"-db", "order.json", "not a ledger"}},
		"no folder for it":     {args: []string{"-db", "nowhere/ledger.db"}, want: []string{"nowhere", "ledger.keys"}},
		"no folder for labels": {args: []string{"-out", "order.json"}, want: []string{"-out", "order.json", "folder"}},
		"nothing to resume":    {args: []string{"-resume"}, want: []string{"-resume", "ledger.db"}},
		"more of nothing":      {args: []string{"-more", "spare"}, want: []string{"order.json", "is not started"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			o := readJSON(t, "order.json")
			if c.change != nil {
				c.change(o)
			}
			copyFile(t, "udi.json", filepath.Join(dir, "udi.json"))
			writeJSON(t, filepath.Join(dir, "order.json"), o)
			t.Chdir(dir)
			status, stdout, stderr := carry(append([]string{"-order", "order.json", "-accept", "use-by-past", "-out", "out", "-printer", paper.URL}, c.args...)...)
			require.Equal(t, exitError, status, stdout+stderr)
			require.Equal(t, 1, strings.Count(stderr, "\n"), "one line: %s", stderr)
			require.Equal(t, 1, strings.Count(stderr, "line: "), stderr)
			for _, want := range c.want {
				require.Contains(t, stderr, want)
			}
			require.Empty(t, paper.Printed())
			if _, err := os.Stat("out/ledger.db"); err == nil {
				require.Empty(t, serials(t, "out"), "nothing commissioned")
			}
			require.NoFileExists(t, "out/labels.zpl")
			require.Less(t, len(stderr), 600)
		})
	}
}

// TestKeyFile rejects a key file that is missing, not the owner's alone, or another ledger's.
func TestKeyFile(t *testing.T) {
	paper := newPaper(t, 2000)
	dir, other := t.TempDir(), t.TempDir()
	args := func(dir string) []string { return []string{"-out", dir, "-printer", paper.URL, "-n", "2"} }
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
		"chmod 600":                        func() error { return os.Chmod(file, 0o640) },
		"the file has no key":              func() error { return os.WriteFile(file, whole[:20], 0o600) },
		"use the key file that":            func() error { return os.WriteFile(file, others, 0o600) },
		"a new key could repeat serials":   func() error { return os.Remove(file) },
		"put the file's backup there: a n": func() error { return os.Remove(file) },
	} {
		if problem == "chmod 600" && runtime.GOOS == "windows" {
			continue
		}
		require.NoError(t, change())
		status, stdout, stderr := carry(append(args(dir), "-more", "x")...)
		require.Equal(t, exitError, status, stdout+stderr)
		require.Contains(t, stderr, problem)
		require.NoError(t, os.WriteFile(file, whole, 0o600))
		require.NoError(t, os.Chmod(file, 0o600))
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
	status, stdout, stderr := carry("-h")
	require.Equal(t, exitDone, status)
	require.Empty(t, stdout)
	require.Equal(t, usage, stderr)
}

// TestFullDisk runs out of space at every stage: on a file system of a few pages more each time.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		ci.Skip(t, "a small file system to fill up can only be mounted by root on Linux")
	}
	paper := newPaper(t, 5000)
	disk := t.TempDir()
	stages := map[string]int{}
	done := 0
	step := 48
	if testing.Short() {
		step = 144
	}
	for kb := 16; kb <= 1024; kb += step {
		mount(t, disk, kb)
		status, stdout, stderr := carry("-out", filepath.Join(disk, "out"), "-printer", paper.URL, "-n", "40")
		if status == exitDone {
			done++
		} else {
			require.Equal(t, exitError, status, stdout+stderr)
			require.Equal(t, 1, strings.Count(stderr, "\n"), "one line: %s", stderr)
			require.Regexp(t, "no space|full|quota", stderr)
			stages[stderr]++
		}
		unmount(t, disk)
	}
	require.Positive(t, done)
	require.Greater(t, len(stages), 2)
	for _, s := range slices.Sorted(maps.Keys(stages)) {
		t.Logf("%d × %s", stages[s], strings.TrimSpace(s))
	}
	seen := map[string]bool{}
	for _, page := range paper.Printed() {
		require.False(t, seen[wording(page)])
		seen[wording(page)] = true
	}
}

func mount(t *testing.T, dir string, kb int) {
	t.Helper()
	out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+strconv.Itoa(kb)+"k", "tmpfs", dir).CombinedOutput()
	if err != nil {
		ci.Skip(t, "no small file system can be mounted here: "+string(out))
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
}

func unmount(t *testing.T, dir string) {
	t.Helper()
	out, err := exec.Command("umount", dir).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// TestTemplatesAreCopies holds the templates beside the program to those of package label's tests.
func TestTemplatesAreCopies(t *testing.T) {
	for _, name := range []string{"udi.json", "logistic.json"} {
		here, err := os.ReadFile(name)
		require.NoError(t, err)
		there, err := os.ReadFile(filepath.Join("../../label/internal/labeltest", name))
		require.NoError(t, err)
		require.Equal(t, string(there), string(here))
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, data, 0o644))
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
