package ledger

import (
	"context"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// Audit reads every record and checks the chain: the sequence has no gaps, each record follows the
// one before, its hash is its own, epochs grow with epoch records only, and blocks and burns of a
// counter don't overlap. It returns the end of the chain, or a [*StoreError] that wraps ErrDamaged
// and names the first record that is wrong. Whoever can write the file can also write a new chain:
// keep the Hash of a Head elsewhere to notice that.
func (l *Ledger) Audit(ctx context.Context) (driver.Head, error) {
	a := auditor{ends: map[driver.Counter]uint64{}}
	for rec, err := range l.store.Records(ctx, driver.Filter{}) {
		if err == nil {
			err = a.check(&rec)
		}
		if err != nil {
			return a.head, l.fail("", err)
		}
	}
	return a.head, l.fail("", l.auditHead(ctx, a.head))
}

// auditHead compares the end of the chain with the store's head: records at the end may have been
// removed.
func (l *Ledger) auditHead(ctx context.Context, end driver.Head) error {
	return l.update(ctx, func(ctx context.Context, tx driver.Tx) ([]draft, error) {
		rec, ok, err := firstRecord(tx.Records(ctx, driver.Filter{Newest: true, Limit: 1}))
		if err != nil {
			return nil, err
		}
		h := tx.Head()
		switch {
		case !ok || rec.Seq != h.Seq || h.Seq < end.Seq:
			return nil, contradiction("it ends with record %d, but record %d was written",
				end.Seq, h.Seq)
		case rec.Hash != h.Hash:
			return nil, damage(h.Seq, "it was changed: its hash is %s, want %s", rec.Hash, h.Hash)
		}
		return nil, nil
	})
}

// An auditor follows the chain.
type auditor struct {
	head driver.Head
	ends map[driver.Counter]uint64
}

func (a *auditor) check(r *driver.Record) error {
	h := &a.head
	if h.Seq == 0 {
		h.Hash = driver.ChainStart(r.Ledger)
	}
	switch {
	case r.Seq != h.Seq+1:
		return contradiction("record %d is missing", h.Seq+1)
	case r.Previous != h.Hash:
		return damage(r.Seq, "it doesn't follow record %d", h.Seq)
	case r.Digest() != r.Hash:
		return damage(r.Seq, "it was changed: its hash is %s, want %s", r.Hash, r.Digest())
	case r.Kind == driver.KindEpoch && r.Epoch != h.Epoch+1,
		r.Kind != driver.KindEpoch && (r.Epoch != h.Epoch || r.Ledger != h.Ledger):
		return damage(r.Seq, "epoch %d of ledger %s follows epoch %d of %s", r.Epoch, r.Ledger,
			h.Epoch, h.Ledger)
	}
	*h = driver.Head{Ledger: r.Ledger, Epoch: r.Epoch, Seq: r.Seq, Hash: r.Hash}
	if r.Kind != driver.KindBlock && r.Kind != driver.KindBurn {
		return nil
	}
	var s span
	if err := decode(r, &s); err != nil {
		return err
	}
	if s.First < a.ends[s.Counter] {
		return damage(r.Seq, "indices %d … %d of %s overlap with those before", s.First, s.end(),
			scopeName(s.Scope))
	}
	a.ends[s.Counter] = s.end()
	return nil
}
