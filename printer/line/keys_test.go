package line

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

func TestKeyFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "plant.keys")
	_, err := ReadKeys(file)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, file)
	require.ErrorContains(t, err, "backup")

	keys, err := CreateKeys(file)
	require.NoError(t, err)
	require.Equal(t, []string{"1"}, keys.IDs())
	again, err := ReadKeys(file)
	require.NoError(t, err)
	require.Equal(t, keys.RevealKeys(), again.RevealKeys())
	if runtime.GOOS != "windows" {
		info, err := os.Stat(file)
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}

	_, err = CreateKeys(file)
	require.ErrorIs(t, err, fs.ErrExist, "a key file is never replaced")
	require.ErrorContains(t, err, file)
	again, err = ReadKeys(file)
	require.NoError(t, err)
	require.Equal(t, keys.RevealKeys(), again.RevealKeys())
	_, err = CreateKeys(filepath.Join(t.TempDir(), "nowhere", "plant.keys"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "plant.keys")
	left, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	require.Len(t, left, 1, "no part is left behind")
}

// TestDamagedKeyFile rejects a key file that is not its owner's alone or not whole, without
// showing the key.
func TestDamagedKeyFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "plant.keys")
	keys, err := CreateKeys(file)
	require.NoError(t, err)
	words := strings.Fields(string(keys.RevealKeys()))
	for _, c := range []struct {
		text   string
		mode   fs.FileMode
		err    error
		detail string
	}{
		{string(keys.RevealKeys()), 0o640, ErrExposed, "chmod 600"},
		{string(keys.RevealKeys()), 0o604, ErrExposed, "mode 0604"},
		{string(keys.RevealKeys()), 0o601, ErrExposed, "mode 0601"},
		{string(keys.RevealKeys()[:20]), 0o600, serial.ErrKey, ""},
		{"", 0o600, serial.ErrKey, ""},
	} {
		if c.mode != 0o600 && runtime.GOOS == "windows" {
			continue
		}
		require.NoError(t, os.WriteFile(file, []byte(c.text), 0o600))
		require.NoError(t, os.Chmod(file, c.mode))
		_, err := ReadKeys(file)
		require.ErrorIs(t, err, c.err)
		require.ErrorContains(t, err, c.detail)
		require.ErrorContains(t, err, file)
		require.NotContains(t, err.Error(), words[len(words)-1])
	}
}

// TestOtherKeys uses the keys of another ledger.
func TestOtherKeys(t *testing.T) {
	t.Parallel()
	b, other := newBench(t, fast).onDisk(t), newBench(t, fast)
	_, err := Start(t.Context(), b.Line, anOrder())
	require.NoError(t, err)
	require.NoError(t, b.Ledger.Close())
	b.Keys = other.Keys
	b.Ledger = openLedger(t, b.dir, b.Keys)
	o := anOrder()
	o.ID = "MO-2"
	_, err = Start(t.Context(), b.Line, o)
	require.ErrorIs(t, err, ledger.ErrKey)
	require.ErrorContains(t, err, "makes other serials")
	require.ErrorIs(t, err, ErrOrder)
	_, err = Resume(t.Context(), b.Line, "MO-1")
	require.ErrorIs(t, err, ledger.ErrKey)
	_, err = Status(t.Context(), b.Line, "MO-1")
	require.ErrorIs(t, err, ledger.ErrKey)
}
