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
			require.Equal(t, []string{"SN00000006", "SN00000007"}, w.order(),
				"it goes on at the mark")
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

// TestOlderFilePutBackAfterKill: the log that the killed process left belongs to the newer file.
// SQLite would carry its pages over into the older one and destroy it.
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

// TestTornState: another process that copies its log into the file may be seen half-way, in page
// 2 of the file or of the log, or while the file is shorter than it will be.
func TestTornState(t *testing.T) {
	w := newWorld(t)
	p := start(t, w.path, 20)
	w.issue(p.serials(t, 40))
	p.serials(t, 1) // done
	file, log := read(t, w.path), read(t, w.path+"-wal")
	p.kill(t)
	for name, torn := range map[string][]byte{
		"page 2":  append(bytes.Clone(file[:4096+2048]), make([]byte, len(file)-4096-2048)...),
		"no cell": append(bytes.Clone(file[:4096]), make([]byte, len(file)-4096)...),
		"short":   file[:4096],
	} {
		t.Run(name, func(t *testing.T) {
			write(t, w.path, torn)
			write(t, w.path+"-wal", log)
			done := make(chan error)
			go func() { done <- sqlite.QuarantineForeignWAL(w.path) }()
			time.Sleep(10 * time.Millisecond)
			write(t, w.path, file)
			require.NoError(t, <-done)
			require.FileExists(t, w.path+"-wal")

			write(t, w.path, torn) // and remains so
			err := sqlite.QuarantineForeignWAL(w.path)
			require.ErrorIs(t, err, ledger.ErrDamaged)
		})
	}
}

// TestForeignLogInUse: a log that looks foreign while another process writes to it is left to that
// process, whatever shows that it does.
func TestForeignLogInUse(t *testing.T) {
	for name, touch := range map[string]func(t *testing.T, log string, info os.FileInfo){
		"time": func(t *testing.T, log string, info os.FileInfo) {
			at := info.ModTime().Add(time.Second)
			require.NoError(t, os.Chtimes(log, at, at))
		},
		"size": func(t *testing.T, log string, info os.FileInfo) {
			require.NoError(t, os.Truncate(log, info.Size()+1))
			require.NoError(t, os.Chtimes(log, info.ModTime(), info.ModTime()))
		},
		"file": func(t *testing.T, log string, info os.FileInfo) {
			write(t, log+".new", read(t, log))
			require.NoError(t, os.Chtimes(log+".new", info.ModTime(), info.ModTime()))
			require.NoError(t, os.Rename(log+".new", log))
		},
		"gone": func(t *testing.T, log string, _ os.FileInfo) {
			require.NoError(t, os.Remove(log))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.order()
			old, log := read(t, w.path), w.path+"-wal"
			p := start(t, w.path, 500) // more than a log holds
			w.issue(p.serials(t, 1000))
			p.kill(t)
			write(t, w.path, old)
			done := make(chan error)
			go func() { done <- sqlite.QuarantineForeignWAL(w.path) }()
			time.Sleep(10 * time.Millisecond)
			touch(t, log, stat(t, log))
			require.NoError(t, <-done)
			stale, err := filepath.Glob(log + ".stale-*")
			require.NoError(t, err)
			require.Empty(t, stale)
			require.NoError(t, sqlite.QuarantineForeignWAL(w.path))
			require.NoFileExists(t, log)
		})
	}
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

// TestMovedAndMountedAnew: neither a move nor a device number that changes with each mount makes
// a file a copy, however often they take turns; a copy is one all the same.
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
	require.Len(t, bytes.TrimRight(read(t, w.path+".mark"), "\x00"), size,
		"what is known isn't noted again")
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

// TestMarkOfAnother, and marks that are older than their file, are taken for copies: either may
// not be what it was.
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
