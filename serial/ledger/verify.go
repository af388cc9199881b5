package ledger

import (
	"context"
	"crypto/sha256"
	"fmt"
)

// ChainStart is what the first record of an instance follows on, in place of the hash of a record before.
func ChainStart(instance string) Hash { return sha256.Sum256([]byte(instance)) }

// Verify reads every record and checks the chain: the sequence has no holes, each record follows on the one before, its
// hash is its own, epochs grow with epoch records only, and blocks and burns of a counter don't overlap. It returns a
// *StoreError that wraps ErrDamaged and names the first record that is wrong. Whoever can write the file can also write a
// new chain: keep the hash of a Head elsewhere to notice that.
func (l *Ledger) Verify(ctx context.Context) (Head, error) {
	c := checker{ends: map[Counter]uint64{}}
	for rec, err := range l.store.Records(ctx, Filter{}) {
		if err == nil {
			err = c.check(&rec)
			if err != nil {
				err = l.damaged(fmt.Errorf("record %d: %w", rec.Seq, err))
			}
		}
		if err != nil {
			return c.head, err
		}
	}
	return c.head, l.checkHead(ctx, c.head)
}

// checkHead compares the end of the chain with what the store takes for it: records at the end may have been removed.
func (l *Ledger) checkHead(ctx context.Context, end Head) error {
	return l.update(ctx, func(ctx context.Context, tx Tx) ([]draft, error) {
		rec, ok, err := firstRecord(tx.Records(ctx, Filter{Newest: true, Limit: 1}))
		if err != nil {
			return nil, err
		}
		h := tx.Head()
		if !ok || rec.Seq != h.Seq || rec.Hash != h.Hash || h.Seq < end.Seq {
			return nil, l.damaged(fmt.Errorf("it ends with record %d, but record %d was written", end.Seq, h.Seq))
		}
		return nil, nil
	})
}

// A checker follows the chain.
type checker struct {
	head Head
	ends map[Counter]uint64
}

func (c *checker) check(r *Record) error {
	h := &c.head
	if h.Seq == 0 {
		h.Hash = ChainStart(r.Ledger)
	}
	switch {
	case r.Seq != h.Seq+1:
		return fmt.Errorf("record %d is missing", h.Seq+1)
	case r.Previous != h.Hash:
		return fmt.Errorf("it doesn't follow on record %d", h.Seq)
	case r.Digest() != r.Hash:
		return fmt.Errorf("it was changed: its hash is %s, not %s", r.Digest(), r.Hash)
	case r.Kind == KindEpoch && r.Epoch != h.Epoch+1, r.Kind != KindEpoch && (r.Epoch != h.Epoch || r.Ledger != h.Ledger):
		return fmt.Errorf("epoch %d of ledger %s follows on epoch %d of %s", r.Epoch, r.Ledger, h.Epoch, h.Ledger)
	}
	*h = Head{Ledger: r.Ledger, Epoch: r.Epoch, Seq: r.Seq, Hash: r.Hash}
	if r.Kind != KindBlock && r.Kind != KindBurn {
		return nil
	}
	var s spanBody
	if err := r.decode(&s); err != nil {
		return err
	}
	key := s.counter()
	if s.First < c.ends[key] {
		return fmt.Errorf("indices %d … %d of %s overlap with those before", s.First, s.end(), scopeName(s.Scope))
	}
	c.ends[key] = s.end()
	return nil
}
