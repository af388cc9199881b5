package sqlite

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

//go:embed schema.sql
var schema string

// prepare opens the writer's connection, and makes the tables if the file is new.
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

// survived reports whether there are tables in a file that looked like a ledger: SQLite removes
// them if whoever made them was killed before their commit was complete.
func (s *store) survived(ctx context.Context) (bool, error) {
	if made, err := s.anyTables(ctx); made || err != nil {
		return made, err
	}
	return false, s.checkMissing()
}

func (s *store) anyTables(ctx context.Context) (made bool, err error) {
	err = s.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM sqlite_schema").Scan(&made)
	return made, err
}

// checkMissing rejects a new file where a mark shows that there was a ledger.
func (s *store) checkMissing() error {
	m, err := openMark(s.markPath, s.set)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer m.close()
	if m.last.Seq == 0 {
		return nil
	}
	return &ledger.StoreError{Name: s.path, Err: ledger.ErrMissing,
		Detail: fmt.Sprintf("by its high-water mark %s it has %d records", s.markPath, m.last.Seq),
		Hint: "put a backup of it back, however old; if none of its serials was ever used, " +
			"remove the mark"}
}

// create makes the tables. Page 2 must be the state's, and all of it must be in the file itself,
// so that whatever looks at the file can see what it is; so the file goes into WAL mode only
// afterwards.
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
	start := driver.ChainStart(instance)
	m, err := createMark(s.markPath, s.set, instance, position{Hash: start}, nil)
	if err != nil {
		return err
	}
	if err := m.close(); err != nil {
		return err
	}
	script := fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;\n%s", applicationID,
		formatVersion, schema)
	if _, err := s.conn.ExecContext(ctx, script); err != nil {
		return err
	}
	var version uint32
	if err := s.writes.one(ctx, "PRAGMA schema_version", &version); err != nil {
		return err
	}
	_, err = s.conn.ExecContext(ctx, "INSERT INTO state VALUES (1, ?, 0, 0, ?)", instance,
		chain{version, start, start}.bytes())
	return err
}

// setWAL puts a new file into WAL mode. SQLite doesn't wait there for another process that does the
// same.
func (s *store) setWAL(ctx context.Context) error {
	for deadline := time.Now().Add(s.set.busyTimeout); ; {
		var mode string
		err := s.conn.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode)
		switch {
		case sentinelOf(err) == ledger.ErrBusy && time.Now().Before(deadline) && ctx.Err() == nil:
			time.Sleep(10 * time.Millisecond)
		case err == nil && mode != "wal":
			return &ledger.StoreError{Name: s.path, Err: ledger.ErrAccess,
				Detail: fmt.Sprintf("the file system can't do write-ahead logs (journal mode %s)",
					mode),
				Hint: "keep the ledger on a local disk"}
		default:
			return err
		}
	}
}
