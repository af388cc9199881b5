package sqlite

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzLog: whatever lies in the place of the write-ahead log or the file is told apart without a
// panic.
func FuzzLog(f *testing.F) {
	dir := f.TempDir()
	path := filepath.Join(dir, "ledger.db")
	l, err := Open(f.Context(), path, nil)
	require.NoError(f, err)
	file, err := os.ReadFile(path)
	require.NoError(f, err)
	log, err := os.ReadFile(path + "-wal")
	require.NoError(f, err)
	require.NoError(f, l.Close())
	belongs, err := beside(f.TempDir(), file, log)
	require.NoError(f, err)
	require.True(f, belongs)

	f.Add(file[:8192], log)
	f.Add(file[:8192], log[:5000])
	f.Add(file[:8192], []byte{})
	f.Add(file[:100], log)
	f.Fuzz(func(t *testing.T, file, log []byte) { beside(t.TempDir(), file, log) })
}

// TestMutatedLogs is FuzzLog without coverage, whose counters for all of SQLite leave the fuzzer
// a few tries a second.
func TestMutatedLogs(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	l, err := Open(t.Context(), path, nil)
	require.NoError(t, err)
	log, err := os.ReadFile(path + "-wal")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		f, w := bytes.Clone(file[:8192]), bytes.Clone(log)
		for range 1 + random.IntN(4) {
			f[random.IntN(len(f))] = byte(random.Uint32())
			f[4096+random.IntN(16)] = byte(random.Uint32())
			w[random.IntN(len(w))] = byte(random.Uint32())
		}
		beside(dir, f, w[:random.IntN(len(w))])
	}
}

// beside asks whether a log belongs to a file.
func beside(dir string, file, log []byte) (bool, error) {
	path := filepath.Join(dir, "file")
	if err := os.WriteFile(path, file, 0o644); err != nil {
		return false, err
	}
	if err := os.WriteFile(path+"-wal", log, 0o644); err != nil {
		return false, err
	}
	if exists, err := inspectHeader(path); err != nil || !exists {
		return false, err
	}
	return logBelongs(path, path+"-wal")
}
