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

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
	"github.com/gonameplate/nameplate/zpl"
)

// carry runs the program and returns its exit status and what it said.
func carry(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), args, &out, &errs)
	return status, out.String(), errs.String()
}

// open opens the ledger in a folder with its keys.
func open(t testing.TB, dir string) *ledger.Ledger {
	t.Helper()
	db := filepath.Join(dir, "ledger.db")
	text, err := os.ReadFile(keyFile(db))
	require.NoError(t, err)
	keys, err := serial.ParseKeyring(text)
	require.NoError(t, err)
	l, err := sqlite.Open(t.Context(), db, ledger.Keys(keys))
	require.NoError(t, err)
	return l
}

// serials are those of all blocks of the ledger in a folder.
func serials(t *testing.T, dir string) (list []string) {
	t.Helper()
	l := open(t, dir)
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

func TestOrderToPaper(t *testing.T) {
	dir := t.TempDir()
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	defer paper.Close()
	args := []string{"-order", "order.json", "-out", dir, "-printer", paper.URL}

	status, stdout, stderr := carry(args...)
	require.Equal(t, exitDone, status, stdout+stderr)
	require.Contains(t, stdout, "200 confirmed")
	first := serials(t, dir)
	require.Len(t, first, 200)
	require.Equal(t, first, fromPages(t, paper.Printed()), "what is on paper is what was commissioned, in its order")
	require.Empty(t, paper.Errors())
	written, err := os.ReadFile(filepath.Join(dir, "labels.zpl"))
	require.NoError(t, err)
	require.Equal(t, first, fromPages(t, readPages(t, written)), "labels.zpl says the same")
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(dir, "ledger.keys"))
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}

	// Once more: the next 200.
	status, stdout, stderr = carry(args...)
	require.Equal(t, exitDone, status, stdout+stderr)
	both := serials(t, dir)
	require.Len(t, both, 400)
	require.Equal(t, first, both[:200])
	requireDistinct(t, both)
	require.NotContains(t, stdout+stderr, hexKey(t, dir), "the key is never shown")

	// A run that is through has nothing to resume; it tells once more what became of its units.
	status, stdout, stderr = carry(append(args, "-resume")...)
	require.Equal(t, exitDone, status, stdout+stderr)
	require.Contains(t, stdout, "200 confirmed")
	require.Len(t, paper.Printed(), 400)
	require.Equal(t, both, serials(t, dir))
}

func hexKey(t *testing.T, dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, "ledger.keys"))
	require.NoError(t, err)
	words := strings.Fields(string(text))
	return words[len(words)-1]
}

func requireDistinct(t *testing.T, list []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, s := range list {
		require.False(t, seen[s], "serial %s twice", s)
		seen[s] = true
	}
}

// readPages are the pages that ZPL prints.
func readPages(t testing.TB, text []byte) (pages []zpl.Page) {
	t.Helper()
	read, err := zpl.Pages(bytes.NewReader(text))
	require.NoError(t, err)
	for _, p := range read {
		pages = append(pages, *p)
	}
	return pages
}

// fromPages reads the serials off printed pages, in their order.
func fromPages(t *testing.T, pages []zpl.Page) (list []string) {
	t.Helper()
	for _, page := range pages {
		list = append(list, serialOn(t, page))
	}
	return list
}

// TestRestoredFileGoesOn puts an older copy of the ledger back in the middle.
func TestRestoredFileGoesOn(t *testing.T) {
	dir := t.TempDir()
	db, backup := filepath.Join(dir, "ledger.db"), filepath.Join(t.TempDir(), "backup.db")
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	defer paper.Close()
	args := []string{"-order", "order.json", "-out", dir, "-printer", paper.URL, "-n", "20"}
	for i := range 4 {
		switch i {
		case 1:
			copyFile(t, db, backup)
		case 3:
			copyFile(t, backup, db)
		}
		status, stdout, stderr := carry(args...)
		require.Equal(t, exitDone, status, stdout+stderr)
	}
	printed := fromPages(t, paper.Printed())
	require.Len(t, printed, 80)
	requireDistinct(t, printed)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, data, 0o644))
}

// TestLogisticOrder sends another product, template and kind of serial through the same code.
func TestLogisticOrder(t *testing.T) {
	dir := t.TempDir()
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	defer paper.Close()
	status, stdout, stderr := carry("-order", "logistic-order.json", "-out", dir, "-printer", paper.URL)
	require.Equal(t, exitDone, status, stdout+stderr)
	numbers := serials(t, dir)
	require.Len(t, numbers, 24)
	pages := paper.Printed()
	require.Len(t, pages, 24)
	for i, page := range pages {
		var all gs1.Message
		for _, f := range page.Fields {
			if f.Kind == zpl.Code128 {
				require.True(t, f.GS1)
				part, err := gs1.Parser{SkipAssociations: true}.ParseElementString("\x1d" + f.Data)
				require.NoError(t, err)
				all = append(all, part...)
			}
		}
		require.NoError(t, all.Validate(), "%v %+v", all, page.Fields)
		sscc, ok := all.Value("00")
		require.True(t, ok)
		require.Equal(t, "19506000"+numbers[i], sscc[:17])
	}
}

// TestChangedOrder resumes a run whose order was edited in between: labels of one run must not differ.
func TestChangedOrder(t *testing.T) {
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	defer paper.Close()
	dir := t.TempDir()
	o := readJSON(t, "order.json")
	o["units"] = 2
	copyFile(t, "udi.json", filepath.Join(dir, "udi.json"))
	file := filepath.Join(dir, "order.json")
	args := []string{"-order", file, "-out", dir, "-printer", paper.URL}
	writeJSON(t, file, o)
	status, stdout, stderr := carry(args...)
	require.Equal(t, exitDone, status, stdout+stderr)

	labelField("expires", "2029-11-21")(o, nil)
	writeJSON(t, file, o)
	status, stdout, stderr = carry(append(args, "-resume")...)
	require.Equal(t, exitError, status, stdout+stderr)
	require.Contains(t, stderr, file)
	require.Contains(t, stderr, "has changed")
	require.Len(t, paper.Printed(), 2)
}

// TestDoubtIsListed has the operator press CANCEL in the middle of the run.
func TestDoubtIsListed(t *testing.T) {
	dir := t.TempDir()
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 200, Hand: 50 * time.Millisecond})
	defer paper.Close()
	paper.At(50, (*printertest.Server).Cancel)
	status, stdout, stderr := carry("-order", "order.json", "-out", dir, "-printer", paper.URL)
	require.Equal(t, exitUnconfirmed, status, stdout+stderr)
	printed := map[string]int{}
	for _, s := range fromPages(t, paper.Printed()) {
		printed[s]++
	}
	for _, s := range serials(t, dir) {
		if printed[s] != 1 {
			require.Contains(t, stdout, s, "printed %d times", printed[s])
		}
	}
}

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

// TestHostileData has every text of an order try to be a command. Each label is still one page with the same fields, and what they
// say is the data, or the order is refused in one line.
func TestHostileData(t *testing.T) {
	plain := hostile(t, nil)
	require.Len(t, plain, 2)
	for name, c := range map[string]struct {
		change  func(o, template map[string]any)
		text    string // that each page says
		times   int    // how often; 0 means once
		refused string
	}{
		"a format":           {change: set("product", "^XA^FDx^FS^XZ"), text: "^XA^FDx^FS^XZ"},
		"a reset":            {change: set("product", "~JA~JR"), text: "~JA~JR"},
		"escapes":            {change: set("product", `\\_1_5E\&_7E`), text: `\\_1_5E\&_7E`},
		"backslashes":        {change: labelField("ref", `\_1\1\\`), text: `\_1\1\\`},
		"a lot of specials":  {change: set("lot", "L(1)%>8_1&/"), text: "L(1)%>8_1&/", times: 3},
		"a lot with a caret": {change: set("lot", "L^FS"), refused: "lot"},
		"a control":          {change: set("product", "a\x10^XA"), refused: "U+0010"},
		"right to left":      {change: set("product", "קטטר"), refused: "product"},
		"an emoji":           {change: set("product", "💉 set"), refused: "product"},
		"a serial's caret":   {change: set("scheme", "^XA{index:3}"), refused: "serial"},
		"a serial's tilde":   {change: set("scheme", "~JA{index:3}"), refused: "serial"},
		"a serial of signs":  {change: set("scheme", `>8(%_1{index:3}`), text: ">8(%_1000", times: 3},
		"a field's command":  {change: labelField("maker", "^CC!~CT#"), text: "^CC!~CT#"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.refused != "" {
				hostileRefused(t, c.change, c.refused)
				return
			}
			pages := hostile(t, c.change)
			require.Len(t, pages, 2)
			for i, p := range pages {
				require.Equal(t, plain[i].Settings, p.Settings, "no command of the data has set anything")
			}
			require.Equal(t, max(1, c.times), strings.Count(wording(pages[0]), c.text), "as text, and as interpretation and symbol where it is encoded")
		})
	}
}

// wording is what the fields of a page say, one after the other.
func wording(page zpl.Page) string {
	var b strings.Builder
	for _, f := range page.Fields {
		b.WriteString(f.Data)
	}
	return b.String()
}

// hostile carries out a changed order of two units and returns the pages of labels.zpl, which are those on paper.
func hostile(t *testing.T, change func(o, template map[string]any)) []zpl.Page {
	t.Helper()
	dir, paper, status, said := carryChanged(t, change)
	require.Equal(t, exitDone, status, said)
	require.Empty(t, paper.Errors())
	written, err := os.ReadFile(filepath.Join(dir, "out", "labels.zpl"))
	require.NoError(t, err)
	pages := readPages(t, written)
	require.Len(t, paper.Printed(), len(pages))
	for i, p := range paper.Printed() {
		require.Equal(t, wording(pages[i]), wording(p))
	}
	return pages
}

func hostileRefused(t *testing.T, change func(o, template map[string]any), problem string) {
	t.Helper()
	_, paper, status, said := carryChanged(t, change)
	require.Equal(t, exitError, status, said)
	require.Contains(t, said, problem)
	require.Empty(t, paper.Paper())
}

// carryChanged carries out two units of an order after a change.
func carryChanged(t *testing.T, change func(o, template map[string]any)) (dir string, paper *printertest.Server, status int, said string) {
	t.Helper()
	dir = t.TempDir()
	paper = printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	t.Cleanup(paper.Close)
	o, template := readJSON(t, "order.json"), readJSON(t, "udi.json")
	if change != nil {
		change(o, template)
	}
	writeJSON(t, filepath.Join(dir, "order.json"), o)
	writeJSON(t, filepath.Join(dir, "udi.json"), template)
	status, stdout, stderr := carry("-order", filepath.Join(dir, "order.json"), "-out", filepath.Join(dir, "out"), "-printer", paper.URL, "-n", "2")
	t.Log(strings.TrimSpace(stderr))
	return dir, paper, status, stdout + stderr
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

// TestFullDisk runs out of space at every stage: on a file system of a few pages more each time.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		ci.Skip(t, "a small file system to fill up can only be mounted by root on Linux")
	}
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	defer paper.Close()
	disk := t.TempDir()
	stages := map[string]int{}
	for kb := 16; kb <= 1024; kb += 48 {
		mount(t, disk, kb)
		status, stdout, stderr := carry("-order", "order.json", "-out", filepath.Join(disk, "out"), "-printer", paper.URL, "-n", "40")
		if status == exitDone {
			stages["done"]++
		} else {
			require.Equal(t, exitError, status, stdout+stderr)
			require.Equal(t, 1, strings.Count(stderr, "\n"), "one line: %s", stderr)
			require.Regexp(t, "no space|full|quota", stderr)
			stages[stderr]++
		}
		unmount(t, disk)
	}
	require.Contains(t, stages, "done")
	for _, s := range slices.Sorted(maps.Keys(stages)) {
		t.Logf("%d × %s", stages[s], strings.TrimSpace(s))
	}
	requireDistinct(t, fromPages(t, paper.Printed()))
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
