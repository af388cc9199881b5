package line

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/gonameplate/nameplate/serial"
)

// ErrExposed is returned for a key file that others than its owner may use.
var ErrExposed = errors.New("others may use the keys")

// ReadKeys reads a key file, the secret of scrambled serials. Keep a backup of it, apart from that
// of the ledger: without the keys no scrambled serial leads back to its unit, and new keys can
// repeat serials.
//
// Its error names the file and wraps fs.ErrNotExist if there is none, [ErrExposed] if the file's
// mode lets others read it (not on Windows), or [serial.ErrKey] if it isn't a key file. No error
// shows a key.
func ReadKeys(file string) (serial.Keyring, error) {
	text, err := os.ReadFile(file)
	if err == nil {
		err = secret(file)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return serial.Keyring{}, fmt.Errorf("line: keys: %w; put the file's backup there", err)
	}
	var keys serial.Keyring
	if err == nil {
		keys, err = serial.ParseKeyring(text)
	}
	if err == nil && len(keys.IDs()) == 0 {
		err = fmt.Errorf("%w: the file has no key; put its backup there", serial.ErrKey)
	}
	if err != nil {
		return serial.Keyring{}, fmt.Errorf("line: keys: %s: %w", file, err)
	}
	return keys, nil
}

// secret rejects a file that others may use, where the system has modes.
func secret(file string) error {
	info, err := os.Stat(file)
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		err = fmt.Errorf("%w: mode %04o, want 0600; chmod 600 it", ErrExposed, info.Mode().Perm())
	}
	return err
}

// CreateKeys makes a key file with a new key of the identifier "1" and mode 0600. It is whole and
// on the disk when CreateKeys returns, or isn't there. It never replaces a file, as serials may
// depend on its keys: the error wraps fs.ErrExist then. Back the file up before the first label is
// used.
func CreateKeys(file string) (serial.Keyring, error) {
	key, err := serial.GenerateKey("1")
	if err != nil {
		return serial.Keyring{}, fmt.Errorf("line: keys: %w", err)
	}
	keys, err := serial.NewKeyring(key)
	if err == nil {
		err = writeNew(file, keys.RevealKeys())
	}
	if err != nil {
		return serial.Keyring{}, fmt.Errorf("line: keys: %s: %w", file, err)
	}
	return keys, nil
}

// writeNew writes a file with mode 0600 under another name, makes it durable, and puts it in place
// where there is none.
func writeNew(file string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.part") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Link(f.Name(), file)
	}
	return err
}
