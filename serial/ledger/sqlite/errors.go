package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/gonameplate/nameplate/serial/ledger"
)

// explain returns an error of SQLite or of the operating system as one of the ledger, with a hint.
// Others remain as they are.
func explain(path string, err error) error {
	var known *ledger.StoreError
	if err == nil || errors.As(err, &known) {
		return err
	}
	switch sentinel := sentinelOf(err); sentinel {
	case ledger.ErrFull:
		return &ledger.StoreError{Name: path, Err: sentinel, System: err,
			Hint: "free some space and repeat the call: nothing of it was kept"}
	case ledger.ErrBusy:
		return &ledger.StoreError{Name: path, Err: sentinel, System: err,
			Hint: "find the program that has a transaction open, and repeat the call"}
	case ledger.ErrAccess:
		return accessError(path, err)
	case ledger.ErrDamaged:
		return damagedError(path, err)
	}
	return err
}

// sentinelOf returns the sentinel for an error of SQLite or of the operating system, or nil for
// others.
func sentinelOf(err error) error {
	var s *sqlite.Error
	if errors.As(err, &s) {
		switch s.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			return ledger.ErrFull
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return ledger.ErrBusy
		case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
			return ledger.ErrAccess
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			return ledger.ErrDamaged
		}
		if strings.Contains(s.Error(), "malformed JSON") { // the body of a record
			return ledger.ErrDamaged
		}
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ledger.ErrFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ledger.ErrAccess
	case errors.Is(err, ledger.ErrDamaged):
		return ledger.ErrDamaged
	}
	return nil
}

func accessError(path string, err error) error {
	return &ledger.StoreError{Name: path, Err: ledger.ErrAccess, System: err,
		Hint: "let this user read and write the file, its high-water mark and their folder"}
}

func damagedError(path string, err error) error {
	e := &ledger.StoreError{Name: path, Err: ledger.ErrDamaged,
		Hint: "restore it from a backup and leave its high-water mark as it is: " +
			"no number is issued again"}
	var own damageError
	if errors.As(err, &own) {
		e.Detail = string(own)
	} else {
		e.System = err
	}
	return e
}

// damage returns the error of a file that contradicts itself; it is ledger.ErrDamaged.
func damage(format string, args ...any) error { return damageError(fmt.Sprintf(format, args...)) }

type damageError string

func (e damageError) Error() string        { return string(e) }
func (e damageError) Is(target error) bool { return target == ledger.ErrDamaged }
