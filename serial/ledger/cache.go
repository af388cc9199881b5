package ledger

import (
	"cmp"
	"slices"
	"sync"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// cachedBlocks bounds how many blocks a cache holds, at about 1 kB each.
const cachedBlocks = 8192

// A cache holds what readers need again and again: schemes and blocks, which never change, and
// definitions, which are read again before a serial is rejected.
type cache struct {
	mu       sync.Mutex
	schemes  map[schemeKey]*serial.Scheme
	versions map[string][]productBody
	blocks   map[driver.Counter][]*Block // by First
	count    int
}

// A schemeKey identifies a scheme. The version holds the identifiers of keys, not the keys, so two
// products may have the same version and different keys.
type schemeKey struct{ product, version string }

func newCache() cache {
	return cache{
		schemes:  map[schemeKey]*serial.Scheme{},
		versions: map[string][]productBody{},
		blocks:   map[driver.Counter][]*Block{},
	}
}

func (c *cache) scheme(product, version string) *serial.Scheme {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.schemes[schemeKey{product, version}]
}

func (c *cache) keepScheme(product string, s *serial.Scheme) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.schemes[schemeKey{product, s.Version()}] = s
}

func (c *cache) definitions(product string) []productBody {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.versions[product]
}

func (c *cache) keepDefinitions(product string, list []productBody) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.versions[product] = list
}

// block returns the block that has an index of a counter, or nil if it isn't held.
func (c *cache) block(key driver.Counter, index uint64) *Block {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.blocks[key]
	i, found := slices.BinarySearchFunc(list, index, compareFirst)
	if !found {
		i--
	}
	if i < 0 || index-list[i].First >= list[i].Count {
		return nil
	}
	return list[i]
}

func (c *cache) keepBlock(b *Block) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := driver.Counter{Product: b.Product, Version: b.Version, Scope: b.Scope}
	i, found := slices.BinarySearchFunc(c.blocks[key], b.First, compareFirst)
	if found {
		return
	}
	if c.count == cachedBlocks {
		clear(c.blocks)
		c.count, i = 0, 0
	}
	c.blocks[key] = slices.Insert(c.blocks[key], i, b)
	c.count++
}

func compareFirst(b *Block, index uint64) int { return cmp.Compare(b.First, index) }
