package main

import (
	"bytes"
	"context"
	"errors"
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
	"github.com/gonameplate/nameplate/printer"
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
	l, err := sqlite.Open(t.Context(), db, &ledger.Options{Keys: keys})
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

	// Where a unit was made stands on what was printed, not only on what was ordered.
	l := open(t, dir)
	unit, err := l.Find(t.Context(), "09506000134352", first[199])
	require.NoError(t, errors.Join(err, l.Close()))
	require.Equal(t, string(printer.Counted), unit.Print.State)
	require.Equal(t, ledger.Place{Plant: "Lübeck", Line: "3", Shift: "2", Machine: "M7"}, unit.Print.Place)

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

// TestNewestRunIsResumed gives one run up for a mistake in the order, and interrupts the next one: that one is resumed.
func TestNewestRunIsResumed(t *testing.T) {
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 200})
	defer paper.Close()
	dir := t.TempDir()
	copyFile(t, "udi.json", filepath.Join(dir, "udi.json"))
	file := filepath.Join(dir, "order.json")
	args := []string{"-order", file, "-out", dir, "-printer", paper.URL}
	o := readJSON(t, "order.json")
	o["units"] = 40
	for i, expires := range []string{"2029-11-20", "2029-11-21"} {
		labelField("expires", expires)(o, nil)
		writeJSON(t, file, o)
		ctx, interrupt := context.WithCancel(t.Context())
		paper.At(uint64(len(paper.Printed())+5), func(*printertest.Server) { interrupt() })
		require.Equal(t, exitError, run(ctx, args, t.Output(), t.Output()), "run %d", i)
		interrupt()
		require.True(t, paper.Idle(10*time.Second))
	}
	status, stdout, stderr := carry(append(args, "-resume")...)
	require.Equal(t, exitUnconfirmed, status, stdout+stderr)
	require.Contains(t, stdout, "20 confirmed")
	require.Contains(t, stdout, "20 doubtful")
	require.Len(t, serials(t, dir), 80)
}

// TestDoubtIsListed has the operator press CANCEL in the middle of the run.
func TestDoubtIsListed(t *testing.T) {
	dir := t.TempDir()
	paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 200, OperatorDelay: 50 * time.Millisecond})
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
