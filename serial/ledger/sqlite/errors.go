package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/gonameplate/nameplate/serial/ledger"
)

// explain says in the ledger's terms what is wrong with a file, and the mend.
func explain(path string, err error) error {
	var known *ledger.StoreError
	if err == nil || errors.As(err, &known) {
		return err
	}
	switch kind := kindOf(err); kind {
	case ledger.ErrFull:
		return &ledger.StoreError{Name: path, Err: kind, Cause: err, Mend: "free some space and repeat the call: nothing of it was kept"}
	case ledger.ErrBusy:
		return &ledger.StoreError{Name: path, Err: kind, Cause: err, Mend: "find the program that has a transaction open, and repeat the call"}
	case ledger.ErrAccess:
		return accessError(path, err)
	case ledger.ErrDamaged:
		return damaged(path, err)
	}
	return err
}

// kindOf returns the sentinel for an error of SQLite or of the operating system, or nil for others.
func kindOf(err error) error {
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
	return &ledger.StoreError{Name: path, Err: ledger.ErrAccess, Cause: err,
		Mend: "let this user read and write the file, its high-water mark and their folder"}
}

func damaged(path string, err error) error {
	return &ledger.StoreError{Name: path, Err: ledger.ErrDamaged, Cause: err,
		Mend: "put a backup back and leave its high-water mark as it is: no number is issued again"}
}

// damage is what contradicts itself in a file; it is ledger.ErrDamaged.
func damage(format string, args ...any) error { return damageError(fmt.Sprintf(format, args...)) }

type damageError string

func (e damageError) Error() string        { return string(e) }
func (e damageError) Is(target error) bool { return target == ledger.ErrDamaged }
