package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPragmas reads the settings of every connection back: a driver ignores those that it doesn't
// know.
func TestPragmas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	s, err := openStore(t.Context(), path, path+markSuffix, defaultSettings())
	require.NoError(t, err)
	defer s.Close()
	for pragma, want := range map[string]any{
		"synchronous": int64(2), "fullfsync": int64(1), "checkpoint_fullfsync": int64(1),
		"cell_size_check": int64(1), "trusted_schema": int64(0), "journal_mode": "wal",
		"busy_timeout": int64(10_000), "application_id": int64(0x4e504c54), "user_version": int64(1),
	} {
		var writer, reader any
		require.NoError(t, s.conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&writer))
		require.NoError(t, s.db.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&reader))
		require.Equal(t, want, writer, pragma)
		require.Equal(t, want, reader, pragma)
	}
	require.Equal(t, 10*time.Second, defaultSettings().busyTimeout)
}

func TestPageSize(t *testing.T) {
	header := make([]byte, headerSize)
	for want, bytes := range map[int][2]byte{512: {2, 0}, 4096: {16, 0}, 65536: {0, 1}} {
		header[16], header[17] = bytes[0], bytes[1]
		require.Equal(t, want, pageSize(header))
	}
}
