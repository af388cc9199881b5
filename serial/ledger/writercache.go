package ledger

import "github.com/gonameplate/nameplate/serial/ledger/driver"

// A writerCache holds what the writer knows of its store without asking it. It is valid while the
// store ends with the record that the cache was last told of: nobody else has written, and no
// transaction has failed, since.
type writerCache struct {
	head     driver.Hash
	versions map[string][]productBody
	next     map[driver.Counter]uint64
}

// validFor empties the cache unless it is valid for a store with this head.
func (c *writerCache) validFor(head driver.Hash) {
	if c.head != head || c.next == nil {
		*c = writerCache{head: head, versions: map[string][]productBody{},
			next: map[driver.Counter]uint64{}}
	}
}

// add takes a record that was appended.
func (c *writerCache) add(r *driver.Record) {
	c.head = r.Hash
	if r.Kind == driver.KindProduct {
		clear(c.versions)
	}
	if counter, next, ok := r.CounterEnd(); ok {
		c.next[counter] = next
	}
}

// getOrLoad returns the value of a key in a map, and loads it if it isn't there.
func getOrLoad[K comparable, V any](m map[K]V, key K, load func() (V, error)) (V, error) {
	if v, ok := m[key]; ok {
		return v, nil
	}
	v, err := load()
	if err == nil {
		m[key] = v
	}
	return v, err
}
