package ledger

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// TestCacheIsBounded: a cache holds no more blocks than its bound, and each once.
func TestCacheIsBounded(t *testing.T) {
	c, key := newCache(), driver.Counter{Product: "P"}
	for i := range uint64(3 * cachedBlocks / 2) {
		c.keepBlock(&Block{Product: "P", First: 10 * i, Count: 5})
		c.keepBlock(&Block{Product: "P", First: 10 * i, Count: 5})
		require.True(t, len(c.blocks[key]) <= cachedBlocks)
		require.EqualValues(t, 10*i, c.block(key, 10*i+4).First)
		require.Nil(t, c.block(key, 10*i+5))
	}
	require.Equal(t, cachedBlocks/2, len(c.blocks[key]))
	require.Nil(t, c.block(key, 4), "it was dropped")
	require.Nil(t, c.block(driver.Counter{Product: "Q"}, 4))
}
