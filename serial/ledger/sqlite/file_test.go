package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

func define(t testing.TB, l *ledger.Ledger, id, pattern string) {
	t.Helper()
	require.NoError(t, l.Define(ctx, ledger.Product{ID: id, Scheme: serial.MustCompile(pattern)}))
}

// change runs a statement on a file as another program would.
func change(t *testing.T, path, text string) error {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec(text)
	return err
}

func TestForeignFiles(t *testing.T) {
	for name, make := range map[string]func(t *testing.T, path string){
		"text": func(t *testing.T,
			path string) {
			write(t, path, []byte("serial;lot\n1;2\n"))
		},
		"short": func(t *testing.T,
			path string) {
			write(t, path, []byte("SQLite format 3\x00"))
		},
		"other database": func(t *testing.T,
			path string) {
			require.NoError(t, change(t, path, "CREATE TABLE t (a)"))
		},
		"other application": func(t *testing.T, path string) {
			require.NoError(t, change(t, path, "PRAGMA application_id = 7; CREATE TABLE t (a)"))
		},
		"text with a journal beside it": func(t *testing.T, path string) {
			write(t, path, []byte("serial;lot\n1;2\n"))
			write(t, path+"-journal", []byte("x"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.db")
			make(t, path)
			before, info := read(t, path), stat(t, path)
			_, err := sqlite.Open(ctx, path, nil)
			require.ErrorIs(t, err, ledger.ErrForeign)
			require.ErrorContains(t, err, path)
			require.Equal(t, before, read(t, path))
			require.Equal(t, info.ModTime(), stat(t, path).ModTime())
			left, err := filepath.Glob(path + "*")
			require.NoError(t, err)
			require.NotContains(t, left, path+".mark")
			require.NotContains(t, left, path+"-wal")
		})
	}
}

// halfMade leaves at a path what is there when whoever made the file was killed when all its pages
// were written, but before the journal was gone: SQLite takes the pages back.
func halfMade(t *testing.T, path string) {
	t.Helper()
	l, err := sqlite.Open(ctx, path, nil)
	require.NoError(t, err)
	require.NoError(t, l.Close())
	file := read(t, path)
	file[18], file[19] = 1, 1 // not yet in WAL mode
	write(t, path, file)
	journal := make([]byte, 512) // of a file that had no pages before
	copy(journal, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
	journal[22], journal[26] = 512>>8, 4096>>8 // bytes of a sector and of a page
	write(t, path+"-journal", journal)
}

func TestKilledInTheFirstCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	halfMade(t, path)
	_, err := sqlite.Open(ctx, path, nil)
	require.ErrorIs(t, err, ledger.ErrMissing, "the mark says that there were records")

	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Remove(path+".mark"))
	halfMade(t, path)
	require.NoError(t, os.Remove(path+".mark"))
	l, err := sqlite.Open(ctx, path, nil)
	require.NoError(t, err)
	define(t, l, "P", "{index:4}")
	require.NoError(t, l.Close())
}

// TestKilledBeforeTheHeader: a file whose header isn't that of a ledger yet is being made if
// SQLite's journal and a mark without records are beside it, and is another program's otherwise.
func TestKilledBeforeTheHeader(t *testing.T) {
	for name, records := range map[string]bool{"no records": false, "records": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			halfMade(t, w.path)
			if !records {
				require.NoError(t, os.Remove(w.path))
				require.NoError(t, os.Remove(w.path+".mark"))
				journal := read(t, w.path+"-journal")
				require.NoError(t, os.Remove(w.path+"-journal"))
				s, err := sqlite.OpenStore(ctx, w.path) // no ledger: no epoch
				require.NoError(t, err)
				require.NoError(t, s.Close())
				write(t, w.path+"-journal", journal)
			}
			file := read(t, w.path)
			file[18], file[19] = 1, 1
			copy(file[68:72], make([]byte, 4)) // the application's id
			write(t, w.path, file)
			if records {
				_, err := sqlite.Open(ctx, w.path, nil)
				require.ErrorIs(t, err, ledger.ErrForeign)
				require.Equal(t, file, read(t, w.path))
				return
			}
			w.order()
			w.intact()
		})
	}
}

// TestHalfMadeFileOpenedTogether: several processes find the file of one that was killed making it.
func TestHalfMadeFileOpenedTogether(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 2
	}
	for range rounds {
		w := newWorld(t)
		halfMade(t, w.path)
		require.NoError(t, os.Remove(w.path+".mark"))
		var all []*process
		for range 4 {
			all = append(all, start(t, w.path, 2))
		}
		for _, p := range all {
			w.issue(p.serials(t, 4))
		}
		for _, p := range all {
			p.end(t)
		}
		require.Len(t, w.issued, 16)
		w.intact()
	}
}

func stat(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return info
}

func TestNewerFormat(t *testing.T) {
	w := newWorld(t)
	w.order()
	require.NoError(t, change(t, w.path, "PRAGMA user_version = 2"))
	before := read(t, w.path)
	_, err := sqlite.Open(ctx, w.path, nil)
	require.ErrorIs(t, err, ledger.ErrNewer)
	require.ErrorContains(t, err, "format 2")
	require.Equal(t, before, read(t, w.path))
}

// TestBadPageSize is damage, not an empty file.
func TestBadPageSize(t *testing.T) {
	w := newWorld(t)
	w.order()
	file := read(t, w.path)
	for _, size := range [][2]byte{{0, 0}, {1, 0}, {16, 1}} {
		copy(file[16:18], size[:])
		write(t, w.path, file)
		_, err := sqlite.Open(ctx, w.path, nil)
		require.ErrorIs(t, err, ledger.ErrDamaged)
		require.ErrorContains(t, err, "pages have")
	}
}

func TestNoPlaceForAFile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), nil)
	for _, path := range []string{dir, filepath.Join(dir, "none", "ledger.db"),
		filepath.Join(dir, "file", "ledger.db")} {
		_, err := sqlite.Open(ctx, path, nil)
		require.ErrorIs(t, err, ledger.ErrAccess, path)
		require.ErrorContains(t, err, path)
	}
	_, err := os.Stat(filepath.Join(dir, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestNamesOfFiles(t *testing.T) {
	for _, name := range []string{"a b.db", "50%.db", "what?.db", "süß#1.db", "a&b=c.db"} {
		path := filepath.Join(t.TempDir(), name)
		l, err := sqlite.Open(ctx, path, nil)
		require.NoError(t, err, name)
		require.NoError(t, l.Close())
		require.FileExists(t, path)
	}
}

// TestBusy: another program that holds a transaction open is waited for until the context or the
// patience ends.
func TestBusy(t *testing.T) {
	w := newWorld(t)
	w.settings = []sqlite.Setting{sqlite.BusyTimeout(300 * time.Millisecond)}
	l := w.open()
	db, err := sql.Open("sqlite", w.path)
	require.NoError(t, err)
	defer db.Close()
	conn, err := db.Conn(ctx)
	require.NoError(t, err)
	_, err = conn.ExecContext(ctx, "BEGIN IMMEDIATE")
	require.NoError(t, err)
	product := ledger.Product{ID: "P", Scheme: serial.MustCompile("{index:4}")}

	require.ErrorIs(t, l.Define(ctx, product), ledger.ErrBusy)

	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	first := make(chan error)
	go func() { first <- l.Define(short, product) }()
	time.Sleep(10 * time.Millisecond)
	second := make(chan error)
	go func() { second <- l.Define(ctx, product) }() // it goes on when the first gives up
	require.ErrorIs(t, <-first, context.DeadlineExceeded)
	_, err = conn.ExecContext(ctx, "ROLLBACK")
	require.NoError(t, err)
	require.NoError(t, <-second)
	require.NoError(t, conn.Close())
}

// TestAudit changes a file behind the ledger's back, as whoever can write it can.
func TestAudit(t *testing.T) {
	for name, test := range map[string]struct{ change, says string }{
		"a changed body": {"DROP TRIGGER record_is_never_changed; UPDATE record SET body = replace(body, 'SN00000001', 'SN00000009') WHERE seq = 3",
			"record 3: it was changed"},
		"a changed actor":      {"DROP TRIGGER record_is_never_changed; UPDATE record SET actor = 'x' WHERE seq = 2", "record 2: it was changed"},
		"a record removed":     {"DROP TRIGGER record_is_never_removed; DELETE FROM record WHERE seq = 3", "record 3 is missing"},
		"the last one removed": {"DROP TRIGGER record_is_never_removed; DELETE FROM record WHERE seq = 4", "ends with record 3"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.order()
			w.order()
			require.NoError(t, change(t, w.path, test.change))
			_, err := w.open().Audit(ctx)
			require.ErrorIs(t, err, ledger.ErrDamaged)
			require.ErrorContains(t, err, test.says)
		})
	}
	w := newWorld(t)
	w.order()
	require.ErrorContains(t, change(t, w.path, "UPDATE record SET actor = 'x'"), "never changed")
	require.ErrorContains(t, change(t, w.path, "DELETE FROM record"), "never removed")
}

// TestDamagedFile: garbage in the file is an error that names it, never a panic.
func TestDamagedFile(t *testing.T) {
	w := newWorld(t)
	w.order()
	good := read(t, w.path)
	for page := 1; page*4096 < len(good); page++ {
		bad := append([]byte(nil), good...)
		for i := range 200 {
			bad[page*4096+i] ^= 0x5a
		}
		write(t, w.path, bad)
		l, err := sqlite.Open(ctx, w.path, nil)
		if err == nil {
			for _, e := range l.Blocks(ctx, "") {
				err = e
			}
			if err == nil {
				_, err = l.Audit(ctx)
			}
			l.Close()
		}
		if err != nil {
			require.ErrorIs(t, err, ledger.ErrDamaged)
			require.ErrorContains(t, err, w.path)
		}
	}
}

// TestShell: whoever has only the database's own shell can read the file.
func TestShell(t *testing.T) {
	shell := ci.Program(t, "sqlite3")
	w := newWorld(t)
	l := w.open()
	define(t, l, "P", "SN{index:4}")
	b, err := l.Commission(ctx, ledger.Order{Request: "order 17", Product: "P", Count: 3,
		Machine: "M7",
		Fields:  serial.Fields{Lot: "L42", Line: "3"}})
	require.NoError(t, err)
	require.NoError(t, l.Journal(b).Mark(ctx, "run", 0, 2, "counted", "17→19"))
	require.NoError(t, l.Record(ctx, ledger.Event{Step: "scrapped", Product: "P",
		Serial: "SN0001"}))
	require.NoError(t, l.Close())
	ask := func(text string) string {
		out, err := exec.Command(shell, "-readonly", w.path, text).CombinedOutput()
		require.NoError(t, err, string(out))
		return strings.TrimSpace(string(out))
	}
	require.Equal(t, "ok", ask("PRAGMA integrity_check"))
	require.Equal(t, "1.3|order 17|P|3|SN0000|SN0002|L42|3|M7",
		ask("SELECT block, request, product, count, first_serial, last_serial, lot, line, machine FROM block"))
	require.Equal(t, "1.3|0|2|counted|17→19",
		ask("SELECT block, from_unit, to_unit, state, evidence FROM mark"))
	require.Equal(t, "scrapped|1.3|1|2|SN0001",
		ask("SELECT event, block, from_unit, to_unit, serial FROM event"))
	require.Equal(t, "P|SN{index:4}", ask("SELECT product, scheme FROM product"))
	require.Equal(t, "1|created", ask("SELECT epoch, cause FROM epoch"))
	require.Contains(t, ask(".schema"), "-- RFC 3339 with the offset",
		"the comments of the schema are in the file")
}

// TestBusyWhileMade: a file that another process writes to before it is in WAL mode is waited for.
func TestBusyWhileMade(t *testing.T) {
	w := newWorld(t)
	w.order()
	db, err := sql.Open("sqlite", w.path)
	require.NoError(t, err)
	defer db.Close()
	conn, err := db.Conn(ctx)
	require.NoError(t, err)
	for _, text := range []string{"PRAGMA journal_mode=DELETE", "BEGIN IMMEDIATE"} {
		_, err = conn.ExecContext(ctx, text)
		require.NoError(t, err)
	}
	time.AfterFunc(100*time.Millisecond, func() { conn.ExecContext(ctx, "COMMIT") })
	w.order()
	w.intact()
}
