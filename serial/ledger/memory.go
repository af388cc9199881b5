package ledger

// A memory is what the writer knows of its store without asking. It holds while nobody else has written.
type memory struct {
	head     Hash // of the store that it is about
	versions map[string][]productBody
	next     map[Counter]uint64
}

// about forgets everything unless the memory is about a store with this head.
func (m *memory) about(head Hash) {
	if m.head != head || m.next == nil {
		*m = memory{head: head, versions: map[string][]productBody{}, next: map[Counter]uint64{}}
	}
}

// add takes a record that was appended.
func (m *memory) add(r *Record) {
	m.head = r.Hash
	if r.Kind == KindProduct {
		clear(m.versions)
	}
	if c, next, ok := r.Raises(); ok {
		m.next[c] = next
	}
}

// remembered returns a value of a map, and asks for it if it isn't there.
func remembered[K comparable, V any](m map[K]V, key K, ask func() (V, error)) (V, error) {
	if v, ok := m[key]; ok {
		return v, nil
	}
	v, err := ask()
	if err == nil {
		m[key] = v
	}
	return v, err
}
