package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// markSuffix makes the name of the mark from the file's.
const markSuffix = ".mark"

// Open opens the ledger in a file, and makes it if there is no such file yet. Nil options are the
// default.
//
// It returns a [*ledger.StoreError] that wraps ledger.ErrForeign for a file of another program,
// which is left untouched; ErrNewer for a later format; ErrCopied for a copy that the original
// may contradict; ErrMissing if only the mark is there; ErrAccess for directories, missing
// folders and permissions; ErrDamaged, ErrFull and ErrBusy.
func Open(ctx context.Context, path string, o *ledger.Options) (*ledger.Ledger, error) {
	path = resolve(path)
	return OpenWithMark(ctx, path, path+markSuffix, o)
}

// OpenWithMark opens the ledger in a file whose mark is elsewhere, such as on another disk.
func OpenWithMark(ctx context.Context, path, markPath string, o *ledger.Options) (
	*ledger.Ledger, error) {
	s, err := openStore(ctx, path, markPath, defaultSettings())
	if err != nil {
		return nil, err
	}
	return overStore(ctx, s, o)
}

// OpenStore opens the store in a file without a ledger over it, for programs that wrap or test it.
// Its errors are those of Open, but for ErrCopied.
func OpenStore(ctx context.Context, path string) (driver.Store, error) {
	path = resolve(path)
	s, err := openStore(ctx, path, path+markSuffix, defaultSettings())
	if err != nil {
		return nil, err
	}
	return s, nil
}

// resolve returns the path of the file that a link leads to: whatever its name, it has one mark.
func resolve(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

// overStore returns the ledger that a store keeps.
func overStore(ctx context.Context, s *store, o *ledger.Options) (*ledger.Ledger, error) {
	l, err := ledger.New(ctx, s, o)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return l, nil
}

func openStore(ctx context.Context, path, markPath string, set *settings) (*store, error) {
	inUse.Lock()
	defer inUse.Unlock()
	s := &store{path: path, set: set, turn: make(chan struct{}, 1)}
	var err error
	if s.markPath, err = filepath.Abs(markPath); err != nil {
		return nil, explain(path, err)
	}
	exists, err := s.look()
	if err != nil {
		return nil, explain(path, err)
	}
	if s.db, err = sql.Open("sqlite", dsn(path, set)); err != nil {
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

// look reports, before SQLite touches it, whether there is a ledger at the path. A log that belongs
// to another state of the file is set aside.
func (s *store) look() (exists bool, err error) {
	if inUse.has(s.path) {
		return true, nil
	}
	if exists, err = s.inspect(); err != nil {
		return false, err
	}
	if exists {
		return true, quarantineForeignWAL(s.path)
	}
	return false, s.checkMissing()
}

func dsn(path string, set *settings) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // a drive letter
	}
	busy := fmt.Sprintf("busy_timeout(%d)", set.busyTimeout.Milliseconds())
	query := url.Values{"_pragma": append([]string{busy}, set.pragmas...)}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: query.Encode()}
	return u.String()
}
