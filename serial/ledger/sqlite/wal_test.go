package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzLog: whatever lies in the place of the write-ahead log or the file is told apart without a panic.
func FuzzLog(f *testing.F) {
	dir := f.TempDir()
	path := filepath.Join(dir, "ledger.db")
	l, err := Open(f.Context(), path)
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
