package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// keyFile is where the keys of a ledger's serials are: beside it, readable by its owner alone.
func keyFile(db string) string {
	return strings.TrimSuffix(db, filepath.Ext(db)) + ".keys"
}

// readKeys reads the keys of a ledger's serials. Without a ledger it makes a key, which is not yet in the file: fresh tells so.
func readKeys(ctx context.Context, db string) (keys serial.Keyring, fresh bool, err error) {
	file := keyFile(db)
	text, err := os.ReadFile(file)
	switch {
	case err == nil:
		if err = secret(file); err == nil {
			keys, err = serial.ParseKeyring(text)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", file, err)
		}
		return keys, false, err
	case !errors.Is(err, fs.ErrNotExist):
		return keys, false, fmt.Errorf("keys: %w", err)
	}
	if _, err := os.Stat(db); err == nil {
		return keys, false, missingKeys(ctx, file, db)
	}
	key, err := serial.GenerateKey("1")
	if err != nil {
		return keys, false, err
	}
	keys, err = serial.NewKeyring(key)
	return keys, true, err
}

// secret refuses a key file that others may read, where the system tells.
func secret(file string) error {
	info, err := os.Stat(file)
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		err = fmt.Errorf("others may use the key (mode %04o); chmod 600 makes it yours alone", info.Mode().Perm())
	}
	return err
}

// missingKeys tells what is wrong with a ledger that has no key file: perhaps that it is none.
func missingKeys(ctx context.Context, file, db string) error {
	l, err := sqlite.Open(ctx, db, nil)
	if err != nil {
		return fmt.Errorf("-db: %w", err)
	}
	err = fmt.Errorf("%s: the key of the serials in %s is missing; put its backup there (a new key could repeat serials)", file, db)
	return errors.Join(err, l.Close())
}

// saveKeys writes a new key file, durably and for its owner alone. It never replaces one: the serials of another run may
// depend on it.
func saveKeys(file string, keys serial.Keyring) error {
	text := keys.RevealKeys()
	err := writeFile(file, 0o600, os.Link, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: another run has made it just now; run again to use its key", file)
	}
	return err
}
