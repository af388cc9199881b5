package sqlite_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// smallDisk mounts a file system of a size.
func smallDisk(t *testing.T, bytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Skipf("mounting a small disk needs more rights than this user has: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, 0)) })
	return dir
}

// TestNoPermission opens files as another user.
func TestNoPermission(t *testing.T) {
	if os.Geteuid() != 0 {
		dir := t.TempDir()
		w := newWorld(t)
		w.order()
		require.NoError(t, os.Chmod(w.path, 0))
		_, err := sqlite.Open(ctx, w.path, nil)
		require.ErrorIs(t, err, ledger.ErrAccess)
		require.NoError(t, os.Chmod(dir, 0o500))
		_, err = sqlite.Open(ctx, filepath.Join(dir, "ledger.db"), nil)
		require.ErrorIs(t, err, ledger.ErrAccess)
		return
	}
	// Root may do everything: run this test as nobody.
	dir, err := os.MkdirTemp("", "nobody")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	require.NoError(t, os.Chmod(dir, 0o777))
	exe, err := os.Executable()
	require.NoError(t, err)
	binary, err := os.ReadFile(exe)
	require.NoError(t, err)
	mine := filepath.Join(dir, "test")
	require.NoError(t, os.WriteFile(mine, binary, 0o755))
	cmd := exec.Command(mine, "-test.run=^TestNoPermission$")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "TMPDIR="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
}

// TestOpenTwice: a second ledger of a process doesn't take away the first one's lock on the file.
func TestOpenTwice(t *testing.T) {
	w := newWorld(t)
	first := w.open()
	define(t, first, "P", "SN{index:8}")
	locks := func() (n int) {
		text, err := os.ReadFile("/proc/locks")
		if err != nil {
			t.Skip(err)
		}
		mine := fmt.Sprintf(":%d ", stat(t, w.path).Sys().(*syscall.Stat_t).Ino)
		return strings.Count(string(text), mine)
	}
	require.Equal(t, 1, locks())
	for range 2 {
		require.NoError(t, w.open().Close())
		require.Equal(t, 1, locks())
	}
}
