package sqlite_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// fill commissions until there is no space, and checks that the order which failed left nothing.
func fill(w *world, l *ledger.Ledger) {
	t := w.t
	define(t, l, "P", "SN{index:8}")
	var err error
	for range 10_000 {
		var b *ledger.Block
		if b, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 2}); err != nil {
			break
		}
		for u, err := range b.Units() {
			require.NoError(t, err)
			w.issue([]string{u.Serial})
		}
	}
	require.ErrorIs(t, err, ledger.ErrFull)
	require.ErrorContains(t, err, w.path)
	n := 0
	for b, err := range l.Blocks(ctx, "P") {
		require.NoError(t, err)
		n += int(b.Count)
	}
	require.Len(t, w.issued, n, "blocks in the ledger and blocks returned are the same")
	_, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 2})
	require.ErrorIs(t, err, ledger.ErrFull)
	require.NoError(t, l.Close())
}

// TestFullDatabase: SQLite itself can't grow any more.
func TestFullDatabase(t *testing.T) {
	w := newWorld(t)
	t.Run("full", func(t *testing.T) {
		w.settings = []sqlite.Setting{sqlite.Pragma("max_page_count(40)")}
		fill(w, w.open())
	})
	w.settings = nil
	w.order() // there is space again
	require.Equal(t, []string{"created"}, w.epochs())
	w.intact()
}

// TestFullWhileMade: what can't be made is not there, and can be made once there is space.
func TestFullWhileMade(t *testing.T) {
	for name, setting := range map[string]sqlite.Setting{
		"the tables": sqlite.Pragma("max_page_count(3)"),
		"the mark":   sqlite.Sync(func(*os.File) error { return syscall.ENOSPC }),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			_, err := sqlite.OpenSet(ctx, w.path, nil, setting)
			require.ErrorIs(t, err, ledger.ErrFull)
			require.ErrorContains(t, err, w.path)
			w.order()
			w.intact()
			require.Equal(t, []string{"created"}, w.epochs())
		})
	}
}

// TestFullDisk: the file system of the ledger, its log and its mark is full.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, 600<<10)
	w := newWorld(t)
	w.path = filepath.Join(dir, "ledger.db")
	ballast := filepath.Join(dir, "ballast")
	write(t, ballast, make([]byte, 64<<10))
	fill(w, w.open())
	require.NoError(t, os.Remove(ballast))
	w.order()
	w.intact()
}

// TestFullDiskAtStart: there isn't even space for the file.
func TestFullDiskAtStart(t *testing.T) {
	dir := smallDisk(t, 16<<10)
	path := filepath.Join(dir, "ledger.db")
	_, err := sqlite.Open(ctx, path, nil)
	require.ErrorIs(t, err, ledger.ErrFull)
	require.ErrorContains(t, err, path)
}
