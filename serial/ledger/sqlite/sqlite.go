// Package sqlite keeps a ledger in a file, by SQLite without cgo.
//
// # Files
//
// Beside the ledger in FILE lies FILE.mark, the high-water mark: it outlives the file, so that an older file which is put
// back never issues a number again. While a process has the ledger open, and after a crash, SQLite's FILE-wal and FILE-shm
// are there too and belong to it. To back up a ledger that is closed, copy FILE; one that is open, with
// "VACUUM INTO" or the sqlite3 program's ".backup". Never restore FILE.mark: an older mark permits what it has forgotten.
//
// # Durability
//
// The file is in WAL mode with synchronous=FULL: each transaction is on the disk (fsync) before its call returns, and readers,
// such as a recall while a line runs, don't hold up writers. The default of many programs, synchronous=NORMAL, would
// return before that and forget serials that are on paper. On macOS fullfsync makes fsync mean the disk's platters too.
// Before each transaction becomes durable, the mark does. Ledgers don't belong on network file systems, whose locks and
// syncs may be promises only.
//
// # What can't be seen
//
// A machine or a disk that is set back whole, such as a snapshot of a virtual machine, looks from inside as if nothing had
// happened. Keep the mark on another disk with OpenWithMark, or, after setting it back, remove the mark and open the ledger
// with AdoptCopy.
package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/gonameplate/nameplate/serial/ledger"
)

//go:embed schema.sql
var schema string

// markSuffix makes the name of the mark from the file's.
const markSuffix = ".mark"

// busyTimeout is how long a writer waits for another program's transaction.
var busyTimeout = 10 * time.Second

// pragmas of each connection. The package comment says why.
var pragmas = []string{
	"synchronous(FULL)", "fullfsync(1)", "checkpoint_fullfsync(1)",
	"cell_size_check(1)", "trusted_schema(0)",
}

// Open opens the ledger in a file, and makes it if there is no such file yet.
//
// It returns a *ledger.StoreError that wraps ledger.ErrForeign for a file of another program, which is left untouched;
// ErrNewer; ErrCopied for a copy that the original may contradict; ErrMissing if only the mark is there; ErrAccess for
// directories, missing folders and permissions; ErrDamaged, ErrFull and ErrBusy.
func Open(ctx context.Context, path string, opts ...ledger.Option) (*ledger.Ledger, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // whatever its name, it has one mark
	}
	return OpenWithMark(ctx, path, path+markSuffix, opts...)
}

// OpenWithMark opens the ledger in a file whose mark is elsewhere, such as on another disk.
func OpenWithMark(ctx context.Context, path, markPath string, opts ...ledger.Option) (*ledger.Ledger, error) {
	s, err := open(ctx, path, markPath, opts)
	if err != nil {
		return nil, err
	}
	l, err := ledger.New(ctx, s, opts...)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return l, nil
}

func open(ctx context.Context, path, markPath string, opts []ledger.Option) (*store, error) {
	inUse.Lock()
	defer inUse.Unlock()
	exists, err := look(path, markPath)
	if err != nil {
		return nil, explain(path, err)
	}
	s := &store{path: path}
	if s.markPath, err = filepath.Abs(markPath); err != nil {
		return nil, explain(path, err)
	}
	for _, o := range opts {
		o(&s.options)
	}
	if s.db, err = sql.Open("sqlite", dsn(path)); err != nil {
		return nil, explain(path, err)
	}
	if err = s.prepare(ctx, exists); err == nil {
		s.file, err = os.Stat(path)
	}
	if err != nil {
		return nil, errors.Join(explain(path, err), s.Close())
	}
	inUse.files = append(inUse.files, s.file)
	return s, nil
}

// look finds out, before SQLite touches it, whether there is a ledger at a path, and whether what lies beside it belongs to it.
func look(path, markPath string) (exists bool, err error) {
	if inUse.has(path) {
		return true, nil
	}
	if exists, err = inspect(path, markPath); err != nil {
		return false, err
	}
	if exists {
		return true, setAsideStrangeLog(path)
	}
	return false, checkMissing(path, markPath)
}

func dsn(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // a drive letter
	}
	query := url.Values{"_pragma": append([]string{fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds())}, pragmas...)}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: query.Encode()}
	return u.String()
}

// prepare opens the writer's connection, and makes the file if it is new.
func (s *store) prepare(ctx context.Context, exists bool) (err error) {
	s.db.SetMaxOpenConns(1 + max(2, runtime.GOMAXPROCS(0)))
	s.reads = newQuerier(s.db)
	if s.conn, err = s.db.Conn(ctx); err != nil {
		return err
	}
	s.writes = newQuerier(s.conn)
	if exists {
		if exists, err = s.survived(ctx); err != nil {
			return err
		}
	}
	if !exists {
		if err := s.create(ctx); err != nil {
			return err
		}
	}
	return s.setWAL(ctx)
}

// survived reports whether there are tables in a file that looked like a ledger: SQLite takes them back if whoever made them was killed
// before their commit was through.
func (s *store) survived(ctx context.Context) (bool, error) {
	if made, err := s.anyTables(ctx); made || err != nil {
		return made, err
	}
	return false, checkMissing(s.path, s.markPath)
}

func (s *store) anyTables(ctx context.Context) (made bool, err error) {
	err = s.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM sqlite_schema").Scan(&made)
	return made, err
}

// setWAL puts a new file into WAL mode. SQLite doesn't wait there for another process that does the same.
func (s *store) setWAL(ctx context.Context) error {
	for deadline := time.Now().Add(busyTimeout); ; {
		var mode string
		err := s.conn.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode)
		switch {
		case kindOf(err) == ledger.ErrBusy && time.Now().Before(deadline) && ctx.Err() == nil:
			time.Sleep(10 * time.Millisecond)
		case err == nil && mode != "wal":
			return fmt.Errorf("the file system can't do write-ahead logs (journal mode %s)", mode)
		default:
			return err
		}
	}
}

// checkMissing refuses to begin anew where a mark says that a ledger was.
func checkMissing(path, markPath string) error {
	m, err := openMark(markPath)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer m.close()
	if m.last.Seq == 0 {
		return nil
	}
	return &ledger.StoreError{Name: path, Err: ledger.ErrMissing,
		Cause: fmt.Errorf("%s says that it has %d records", markPath, m.last.Seq),
		Mend:  "put a backup of it back, however old; if none of its serials was ever used, remove the mark"}
}

// create makes the tables. Page 2 must be the state's, and all of it must be in the file itself, so that whatever looks at
// the file can tell what it is; so the file goes into WAL mode only afterwards.
func (s *store) create(ctx context.Context) error {
	if _, err := s.conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return err
	}
	err := s.createTables(ctx)
	if err != nil {
		s.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	_, err = s.conn.ExecContext(ctx, "COMMIT")
	return err
}

func (s *store) createTables(ctx context.Context) error {
	if made, err := s.anyTables(ctx); made || err != nil {
		return err // another process was faster
	}
	instance := newInstance()
	start := ledger.ChainStart(instance)
	m, err := createMark(s.markPath, instance, position{Hash: start}, nil)
	if err != nil {
		return err
	}
	if err := m.close(); err != nil {
		return err
	}
	script := fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;\n%s", applicationID, formatVersion, schema)
	if _, err := s.conn.ExecContext(ctx, script); err != nil {
		return err
	}
	var version uint32
	if err := s.writes.one(ctx, "PRAGMA schema_version", &version); err != nil {
		return err
	}
	_, err = s.conn.ExecContext(ctx, "INSERT INTO state VALUES (1, ?, 0, 0, ?)", instance, chain{version, start, start}.bytes())
	return err
}
