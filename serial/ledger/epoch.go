package ledger

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
)

// maxIndex bounds the indices that a ledger counts to: stores keep them in 63 bits.
const maxIndex = 1<<63 - 1

// epochBody is the body of an epoch record.
type epochBody struct {
	Cause string `json:"cause"`
	Burn  uint64 `json:"burn,omitempty"`  // indices of every counter skipped by this epoch
	Floor uint64 `json:"floor,omitempty"` // the sum of the burns so far: where new counters begin
}

// spanBody is what blocks and burns have in common: consecutive indices of a counter.
type spanBody struct {
	Product string `json:"product"`
	Version string `json:"version"`
	Scope   string `json:"scope"`
	First   uint64 `json:"first"`
	Count   uint64 `json:"count"`
}

func (s spanBody) end() uint64      { return s.First + s.Count }
func (s spanBody) counter() Counter { return Counter{s.Product, s.Version, s.Scope} }

// Raises returns the counter that a block or burn raises, and the index that follows on it.
func (r *Record) Raises() (c Counter, next uint64, ok bool) {
	if r.Kind != KindBlock && r.Kind != KindBurn {
		return c, 0, false
	}
	var s spanBody
	if r.decode(&s) != nil {
		return c, 0, false
	}
	return s.counter(), s.end(), true
}

// renew begins the epoch that a store demands, and burns each counter ahead to its mark.
func (l *Ledger) renew(ctx context.Context, tx Tx) error {
	due := tx.Head().Due
	if due == nil {
		return nil
	}
	h := tx.Head()
	floor, err := l.floor(ctx, tx, h.Epoch)
	if err != nil {
		return err
	}
	next, err := l.nextOf(ctx, tx, due.Marks)
	if err != nil {
		return err
	}
	h.Ledger, h.Epoch = due.Ledger, h.Epoch+1
	body := epochBody{Cause: due.Cause, Burn: due.Burn, Floor: floor + due.Burn}
	if err := l.append(ctx, tx, h, draft{kind: KindEpoch, reason: due.Detail, body: body}); err != nil {
		return err
	}
	for _, c := range slices.SortedFunc(maps.Keys(due.Marks), compareCounters) {
		mark := due.Marks[c]
		if next[c] >= mark {
			continue
		}
		burn := spanBody{c.Product, c.Version, c.Scope, next[c] + due.Burn, mark - next[c]}
		d := draft{kind: KindBurn, reason: "indices up to the high-water mark may be on units", body: burn}
		if err := l.append(ctx, tx, tx.Head(), d); err != nil {
			return err
		}
	}
	return nil
}

func (l *Ledger) append(ctx context.Context, tx Tx, h Head, d draft) error {
	r, err := l.seal(ctx, d, h)
	if err != nil {
		return err
	}
	return tx.Append(r)
}

// nextOf returns the next index of each counter that has a mark.
func (l *Ledger) nextOf(ctx context.Context, tx Tx, marks map[Counter]uint64) (map[Counter]uint64, error) {
	next := make(map[Counter]uint64, len(marks))
	for c := range marks {
		n, err := l.next(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		next[c] = n
	}
	return next, nil
}

// next returns the index that a counter issues next. An epoch that burns raises every counter, so that a counter stands
// at the end of its last span plus what epochs burnt since.
func (l *Ledger) next(ctx context.Context, tx Tx, c Counter) (uint64, error) {
	last, ok, err := tx.Span(ctx, c, maxIndex)
	if err != nil {
		return 0, err
	}
	var span spanBody
	if ok {
		if err := last.decode(&span); err != nil || last.Epoch == tx.Head().Epoch {
			return span.end(), err
		}
	}
	now, err := l.floor(ctx, tx, tx.Head().Epoch)
	if err != nil {
		return 0, err
	}
	then, err := l.floor(ctx, tx, last.Epoch)
	return span.end() + now - then, err
}

// floor returns the sum of what the epochs up to one have burnt.
func (l *Ledger) floor(ctx context.Context, r Reader, epoch uint64) (uint64, error) {
	if epoch == 0 {
		return 0, nil
	}
	for rec, err := range r.Records(ctx, Filter{Kind: KindEpoch, Epoch: epoch}) {
		var body epochBody
		if err == nil {
			err = rec.decode(&body)
		}
		return body.Floor, err
	}
	return 0, l.damaged(fmt.Errorf("epoch %d has no record", epoch))
}

// damaged is the error of records that contradict each other.
func (l *Ledger) damaged(cause error) error {
	return &StoreError{Name: l.String(), Err: ErrDamaged, Cause: cause,
		Mend: "restore it from a backup; its high-water mark keeps numbers from being issued again"}
}

func compareCounters(a, b Counter) int {
	return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Scope, b.Scope))
}
