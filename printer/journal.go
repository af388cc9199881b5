package printer

import (
	"context"
	"sync"
)

// A Journal keeps the outcomes of a print run as ranges of label positions. Its methods have
// built-in types only, so that a ledger satisfies it without importing this package.
//
// Two programs may come to carry on the same run, as when one is resumed that still runs elsewhere.
// A journal that several programs can reach must let only one of them go on: Mark returns an error
// when another has marked the run since this one read it, as the ledger's journal does. Run then
// stops before it sends another label.
type Journal interface {
	// Mark records durably, before it returns, that the labels from ≤ i < to of a run are in a
	// state (the text of a State) by some evidence (the text of an Evidence). A later mark of the
	// same labels supersedes an earlier one; none is ever removed.
	Mark(ctx context.Context, run string, from, to uint64, state, evidence string) error

	// Marks calls fn for every mark of a run in the order in which they were recorded, and stops at
	// fn's first error, which it returns.
	Marks(ctx context.Context, run string,
		fn func(from, to uint64, state, evidence string) error) error
}

// Memory is a Journal in memory, for previews and tests: a run can't be resumed from it after a
// crash. Its zero value is empty. It is safe for several goroutines.
type Memory struct {
	mu    sync.Mutex
	marks []memoryMark
}

type memoryMark struct {
	run             string
	from, to        uint64
	state, evidence string
}

// Mark keeps a mark.
func (m *Memory) Mark(
	_ context.Context, run string, from, to uint64, state, evidence string,
) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.marks = append(m.marks, memoryMark{run, from, to, state, evidence})
	return nil
}

// Marks calls fn for the marks of a run in their order.
func (m *Memory) Marks(
	_ context.Context, run string, fn func(from, to uint64, state, evidence string) error,
) error {
	m.mu.Lock()
	marks := m.marks[:len(m.marks):len(m.marks)]
	m.mu.Unlock()
	for _, k := range marks {
		if k.run != run {
			continue
		}
		if err := fn(k.from, k.to, k.state, k.evidence); err != nil {
			return err
		}
	}
	return nil
}
