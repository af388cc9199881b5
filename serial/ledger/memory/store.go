package memory

import (
	"context"
	"crypto/rand"
	"iter"
	"slices"
	"sync"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A store is a driver.Store in memory.
type store struct {
	turn chan struct{} // holds a token while a writer is at work

	mu      sync.Mutex
	records index // those of transactions that are complete
	closed  bool
}

func newStore() *store {
	instance := rand.Text()[:16]
	head := driver.Head{Ledger: instance, Hash: driver.ChainStart(instance)}
	return &store{turn: make(chan struct{}, 1), records: newIndex(head)}
}

func (s *store) String() string { return "memory" }

// Close implements driver.Store. It waits for a transaction under way.
func (s *store) Close() error {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.records = index{}
	return nil
}

// Records implements driver.Reader.
func (s *store) Records(ctx context.Context, f driver.Filter) iter.Seq2[driver.Record, error] {
	return stream(ctx, f, func() ([]candidates, error) {
		c, err := s.candidates(ctx, f)
		return []candidates{c}, err
	})
}

// candidates returns the records that may match a filter.
func (s *store) candidates(ctx context.Context, f driver.Filter) (candidates, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return candidates{}, err
	}
	return s.records.candidates(f), nil
}

// stream yields the entries that match a filter, in the order of their parts.
func stream(ctx context.Context, f driver.Filter,
	parts func() ([]candidates, error)) iter.Seq2[driver.Record, error] {
	return func(yield func(driver.Record, error) bool) {
		list, err := parts()
		if err != nil {
			yield(driver.Record{}, err)
			return
		}
		if f.Newest {
			slices.Reverse(list)
		}
		left := f.Limit
		for _, c := range list {
			for i := range c.count() {
				if f.Newest {
					i = c.count() - 1 - i
				}
				e := c.at(i)
				if !e.matches(&f) {
					continue
				}
				if err := ctx.Err(); err != nil {
					yield(driver.Record{}, err)
					return
				}
				left--
				if !yield(e.Record, nil) || left == 0 {
					return
				}
			}
		}
	}
}

// Span implements driver.Reader.
func (s *store) Span(ctx context.Context, c driver.Counter, index uint64) (
	driver.Record, bool, error) {
	e, ok, err := s.span(ctx, c, index)
	return e.Record, ok, err
}

func (s *store) span(ctx context.Context, c driver.Counter, index uint64) (entry, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return entry{}, false, err
	}
	e, ok := s.records.span(c, index)
	return e, ok, nil
}

// usable returns why a call can't be answered, if it can't.
func (s *store) usable(ctx context.Context) error {
	if s.closed {
		return &ledger.StoreError{Name: s.String(), Err: ledger.ErrClosed, Hint: "open another one"}
	}
	return ctx.Err()
}

// Update implements driver.Store.
func (s *store) Update(ctx context.Context, fn func(driver.Tx) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	t, err := s.begin(ctx)
	if err != nil {
		return err
	}
	if err := fn(t); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range t.records.entries {
		s.records.add(e.Record)
	}
	return nil
}

func (s *store) begin(ctx context.Context) (*tx, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	return &tx{store: s, records: newIndex(s.records.head)}, nil
}

// A tx is a driver.Tx.
type tx struct {
	store   *store
	records index // those that were appended
}

// Head implements driver.Tx.
func (t *tx) Head() driver.Head { return t.records.head }

// Due implements driver.Tx.
func (t *tx) Due() *driver.Renewal {
	if t.Head().Seq > 0 {
		return nil
	}
	return &driver.Renewal{Cause: driver.Created, Ledger: t.Head().Ledger}
}

// Append implements driver.Tx.
func (t *tx) Append(r driver.Record) error {
	t.records.add(r)
	return nil
}

// Records implements driver.Reader.
func (t *tx) Records(ctx context.Context, f driver.Filter) iter.Seq2[driver.Record, error] {
	ctx = context.WithoutCancel(ctx)
	return stream(ctx, f, func() ([]candidates, error) {
		c, err := t.store.candidates(ctx, f)
		return []candidates{c, t.records.candidates(f)}, err
	})
}

// Span implements driver.Reader.
func (t *tx) Span(ctx context.Context, c driver.Counter, index uint64) (
	driver.Record, bool, error) {
	e, ok, err := t.store.span(context.WithoutCancel(ctx), c, index)
	if own, found := t.records.span(c, index); found && (!ok || own.First > e.First) {
		e, ok = own, true
	}
	return e.Record, ok && err == nil, err
}
