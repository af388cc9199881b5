package sqlite_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// query returns the first column of what a statement selects from a file, as another program would.
func (w *world) query(text string) (list []string) {
	w.t.Helper()
	db, err := sql.Open("sqlite", w.path)
	require.NoError(w.t, err)
	defer db.Close()
	rows, err := db.Query(text)
	require.NoError(w.t, err)
	defer rows.Close()
	for rows.Next() {
		var s string
		require.NoError(w.t, rows.Scan(&s))
		list = append(list, s)
	}
	require.NoError(w.t, rows.Err())
	return list
}

func (w *world) intact() {
	w.t.Helper()
	require.Equal(w.t, []string{"ok"}, w.query("PRAGMA integrity_check"))
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return b
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, b, 0o644))
}

// TestOlderFilePutBack: numbers that the older file has forgotten are burnt, not issued again.
func TestOlderFilePutBack(t *testing.T) {
	for name, putBack := range map[string]func(t *testing.T, path string, old []byte){
		"over the newer file": write,
		"as a new file": func(t *testing.T, path string, old []byte) {
			write(t, path+".tmp", old)
			require.NoError(t, os.Rename(path+".tmp", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.order()
			old := read(t, w.path)
			w.order()
			lost := w.order()
			putBack(t, w.path, old)
			require.Equal(t, []string{"SN00000006", "SN00000007"}, w.order(), "it goes on at the mark")
			w.order()
			require.Equal(t, []string{"created", "behind"}, w.epochs())
			require.Equal(t, []string{"4"}, w.query("SELECT count FROM burn"))

			l := w.open()
			_, err := l.Find(ctx, "P", lost[0])
			require.ErrorIs(t, err, ledger.ErrNotIssued)
			require.ErrorContains(t, err, "burnt")

			require.NoError(t, l.Close())
			putBack(t, w.path, old) // once more, over two epochs
			w.order()
			require.Equal(t, []string{"created", "behind"}, w.epochs())
			putBack(t, w.path, old)
			w.order()
			w.intact()
		})
	}
}

// TestOlderFileLosesAMark: a restored file that has forgotten what was printed, though no number, begins a new epoch too.
func TestOlderFileLosesAMark(t *testing.T) {
	w := newWorld(t)
	w.order()
	old := read(t, w.path)
	l := w.open()
	for b, err := range l.Blocks(ctx, "") {
		require.NoError(t, err)
		require.NoError(t, l.Journal(b).Mark(ctx, "run", 0, 2, "counted", ""))
	}
	require.NoError(t, l.Close())
	write(t, w.path, old)
	require.NoError(t, w.open().Close())
	require.Equal(t, []string{"created", "behind"}, w.epochs())
	require.Empty(t, w.query("SELECT count FROM burn"))
}

// TestKilled: a killed process leaves its log; nothing of it is lost and nothing is burnt.
func TestKilled(t *testing.T) {
	w := newWorld(t)
	p := start(t, w.path, 20)
	issued := p.serials(t, 40)
	p.kill(t)
	require.FileExists(t, w.path+"-wal")
	w.issue(issued)
	w.order()
	require.Equal(t, []string{"21"}, w.query("SELECT count(*) FROM block"))
	require.Equal(t, []string{"created"}, w.epochs())
	w.intact()
}

// TestKilledAnywhere kills a process that commissions without a pause, again and again.
func TestKilledAnywhere(t *testing.T) {
	rounds := 30
	if testing.Short() {
		rounds = 5
	}
	w := newWorld(t)
	for i := range rounds {
		p := start(t, w.path, 1_000_000)
		w.issue(p.serials(t, 1+7*i))
		require.NoError(t, p.cmd.Process.Kill())
		w.issue(p.serials(t, 1_000_000)) // what it said before it died
		p.cmd.Wait()
		w.order()
	}
	w.intact()
}

// TestOlderFilePutBackAfterKill: the log that the killed process left belongs to the newer file. SQLite would carry its pages
// over into the older one and destroy it.
func TestOlderFilePutBackAfterKill(t *testing.T) {
	for name, backup := range map[string]func(w *world) []byte{
		"a copy of the closed file": func(w *world) []byte { return read(t, w.path) },
		"VACUUM INTO": func(w *world) []byte {
			w.query(fmt.Sprintf("VACUUM INTO '%s.backup'", w.path))
			return read(t, w.path+".backup")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.order()
			old := backup(w)
			p := start(t, w.path, 500) // so that pages are split
			w.issue(p.serials(t, 1000))
			p.kill(t)
			write(t, w.path, old)

			require.Equal(t, "SN00001002", w.order()[0])
			stale, err := filepath.Glob(w.path + "-wal.stale-*")
			require.NoError(t, err)
			require.Len(t, stale, 1, "the log is set aside, not removed")
			w.intact()
			require.Equal(t, []string{"2"}, w.query("SELECT count(*) FROM block"))
			require.Equal(t, []string{"created", "behind"}, w.epochs())
			w.order()
		})
	}
}

// TestStrangeLogInUse: what looks strange while another process writes to it is left to that process.
func TestStrangeLogInUse(t *testing.T) {
	w := newWorld(t)
	w.order()
	old := read(t, w.path)
	p := start(t, w.path, 500) // more than a log holds
	w.issue(p.serials(t, 1000))
	p.kill(t)
	write(t, w.path, old)
	done := make(chan error)
	go func() { done <- sqlite.QuarantineForeignWAL(w.path) }()
	for writes, looking := 1, true; looking; writes++ {
		at := time.Now().Add(time.Duration(writes) * time.Second)
		require.NoError(t, os.Chtimes(w.path+"-wal", at, at))
		select {
		case err := <-done:
			require.NoError(t, err)
			looking = false
		default:
		}
	}
	require.FileExists(t, w.path+"-wal")
	require.NoError(t, sqlite.QuarantineForeignWAL(w.path))
	require.NoFileExists(t, w.path+"-wal")
}

// TestFileAndLogPutBack: a backup of the file with its log, made while it was open, is whole.
func TestFileAndLogPutBack(t *testing.T) {
	w := newWorld(t)
	p := start(t, w.path, 20)
	w.issue(p.serials(t, 40))
	p.serials(t, 1) // done
	file, log := read(t, w.path), read(t, w.path+"-wal")
	p.kill(t)
	w.order()
	w.order()
	write(t, w.path, file)
	write(t, w.path+"-wal", log)
	require.Equal(t, "SN00000044", w.order()[0])
	require.Equal(t, []string{"21"}, w.query("SELECT count(*) FROM block"))
	w.intact()
}

// TestCopies: a copy must not issue what the original may.
func TestCopies(t *testing.T) {
	for name, withMark := range map[string]bool{"without its mark": false, "with its mark": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.order()
			copied := &world{t: t, path: filepath.Join(t.TempDir(), "copy.db"), issued: w.issued}
			write(t, copied.path, read(t, w.path))
			if withMark {
				write(t, copied.path+".mark", read(t, w.path+".mark"))
			}
			before := read(t, copied.path)
			_, err := sqlite.Open(ctx, copied.path, nil)
			require.ErrorIs(t, err, ledger.ErrCopied)
			require.ErrorContains(t, err, "BurnAhead")
			require.ErrorContains(t, err, copied.path)
			require.Equal(t, before, read(t, copied.path))

			for range 10 {
				w.order() // the original goes on
			}
			copied.options.BurnAhead = 100
			copied.order()
			copied.order() // it has no effect on what is no copy
			copied.options.BurnAhead = 0
			copied.order()
			w.order()
			require.Equal(t, []string{"created", "adopted"}, copied.epochs())
			require.Equal(t, []string{"2"}, copied.query("SELECT count(DISTINCT ledger) FROM epoch"))
			require.Equal(t, "SN00000108", copied.order()[0])

			l := copied.open() // a counter that the copy has never seen is burnt ahead as well
			define(t, l, "Q", "Q{index:4}")
			b, err := l.Commission(ctx, ledger.Order{Product: "Q", Count: 1})
			require.NoError(t, err)
			u, err := b.At(0)
			require.NoError(t, err)
			require.Equal(t, "Q0100", u.Serial)
			_, err = l.Audit(ctx)
			require.NoError(t, err)
		})
	}
}

// TestContinuedTwice: a copy that continued by itself, and is put back as it was before that, issues
// nothing that it has issued since.
func TestContinuedTwice(t *testing.T) {
	w := newWorld(t)
	w.order()
	copied := &world{t: t, path: filepath.Join(t.TempDir(), "copy.db"), issued: map[string]bool{}}
	before := read(t, w.path)
	write(t, copied.path, before)
	copied.options.BurnAhead = 4
	for range 10 {
		copied.order()
	}
	write(t, copied.path, before)
	_, err := sqlite.Open(ctx, copied.path, nil)
	require.ErrorIs(t, err, ledger.ErrCopied)
	copied.order()
	copied.options.BurnAhead = 0
	copied.order()
	copied.intact()
}

// TestMoved: a file that was moved with its mark is no copy.
func TestMoved(t *testing.T) {
	w := newWorld(t)
	w.order()
	moved := filepath.Join(filepath.Dir(w.path), "moved.db")
	require.NoError(t, os.Rename(w.path, moved))
	require.NoError(t, os.Rename(w.path+".mark", moved+".mark"))
	w.path = moved
	w.order()
	require.Equal(t, []string{"created"}, w.epochs())
}

// TestMovedAndMountedAnew: neither a move nor a device number that changes with each mount makes a file a copy, however
// often they take turns; a copy is one all the same.
func TestMovedAndMountedAnew(t *testing.T) {
	w := newWorld(t)
	w.order()
	for i := range uint64(3) {
		folder := filepath.Join(t.TempDir(), "moved")
		require.NoError(t, os.Rename(filepath.Dir(w.path), folder))
		w.path = filepath.Join(folder, filepath.Base(w.path))
		w.order()
		w.settings = []sqlite.Setting{sqlite.Devices(i + 1)}
		w.order()
	}
	size := len(bytes.TrimRight(read(t, w.path+".mark"), "\x00"))
	require.NoError(t, w.open().Close())
	require.Len(t, bytes.TrimRight(read(t, w.path+".mark"), "\x00"), size, "what is known isn't noted again")
	require.Equal(t, []string{"created"}, w.epochs())

	copied := filepath.Join(t.TempDir(), "copy.db")
	write(t, copied, read(t, w.path))
	write(t, copied+".mark", read(t, w.path+".mark"))
	_, err := sqlite.Open(ctx, copied, nil)
	require.ErrorIs(t, err, ledger.ErrCopied)
	require.ErrorContains(t, err, "was copied from "+w.path)
	require.NoError(t, os.Rename(copied+".mark", w.path+".mark"))
	_, err = sqlite.Open(ctx, w.path, nil)
	require.ErrorIs(t, err, ledger.ErrCopied)
	require.ErrorContains(t, err, "was put back")
}

// TestMarkOfAnother, and marks that are older than their file, are taken for copies: either may not be what it was.
func TestMarkOfAnother(t *testing.T) {
	w := newWorld(t)
	w.order()
	early := read(t, w.path+".mark")
	w.order()
	write(t, w.path+".mark", early)
	_, err := sqlite.Open(ctx, w.path, nil)
	require.ErrorIs(t, err, ledger.ErrCopied)
	require.ErrorContains(t, err, "older")

	other := newWorld(t)
	other.order()
	require.NoError(t, os.Rename(other.path+".mark", w.path+".mark"))
	_, err = sqlite.Open(ctx, w.path, nil)
	require.ErrorIs(t, err, ledger.ErrCopied)
	require.ErrorContains(t, err, "is of ledger")
	w.options.BurnAhead = 10
	w.order()
	w.options.BurnAhead = 0
	w.order()
}

// TestFileIsGone: a mark without its file doesn't let the numbers begin anew.
func TestFileIsGone(t *testing.T) {
	w := newWorld(t)
	w.order()
	old := read(t, w.path)
	w.order()
	for name, lose := range map[string]func(){
		"removed": func() { require.NoError(t, os.Remove(w.path)) },
		"emptied": func() { require.NoError(t, os.Truncate(w.path, 0)) },
	} {
		t.Run(name, func(t *testing.T) {
			w.t = t
			lose()
			_, err := sqlite.Open(ctx, w.path, nil)
			require.ErrorIs(t, err, ledger.ErrMissing)
			require.ErrorContains(t, err, w.path)
			write(t, w.path, old)
			w.order()
		})
	}
}

// TestReplacedWhileOpen: each transaction looks again.
func TestReplacedWhileOpen(t *testing.T) {
	w := newWorld(t)
	w.order()
	l := w.open()
	require.NoError(t, os.Remove(w.path+".mark"))
	_, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
	require.ErrorIs(t, err, ledger.ErrCopied)
}

// TestMarkElsewhere: the mark may be on another disk.
func TestMarkElsewhere(t *testing.T) {
	w := newWorld(t)
	mark := filepath.Join(t.TempDir(), "mark")
	for range 2 {
		l, err := sqlite.OpenWithMark(ctx, w.path, mark, nil)
		require.NoError(t, err)
		require.NoError(t, l.Close())
	}
	require.NoFileExists(t, w.path+".mark")
	_, err := sqlite.Open(ctx, w.path, nil)
	require.ErrorIs(t, err, ledger.ErrCopied)
}

// TestLinked: a ledger has one mark, whatever name it is opened by.
func TestLinked(t *testing.T) {
	w := newWorld(t)
	w.order()
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(w.path, link); err != nil {
		t.Skip(err)
	}
	(&world{t: t, path: link, issued: w.issued}).order()
	w.order()
	require.Equal(t, []string{"created"}, w.epochs())
}

// TestTwoProcesses on one file.
func TestTwoProcesses(t *testing.T) {
	w := newWorld(t)
	var all []*process
	for range 3 {
		all = append(all, start(t, w.path, 50)) // one of them makes the file
	}
	for _, p := range all {
		w.issue(p.serials(t, 100))
	}
	for _, p := range all {
		p.end(t)
	}
	require.Len(t, w.issued, 300)
	w.order()
	require.Equal(t, []string{"created"}, w.epochs())
	w.intact()
}
