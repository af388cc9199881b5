package ledger

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// epochBody is the body of an epoch record.
type epochBody struct {
	Cause string `json:"cause"`           // "created", "behind" or "adopted"
	Burn  uint64 `json:"burn,omitempty"`  // indices of every counter skipped by this epoch
	Floor uint64 `json:"floor,omitempty"` // the sum of the burns so far: where new counters begin
}

// renew begins the epoch that a store demands, and burns each counter ahead to its mark.
func (l *Ledger) renew(ctx context.Context, tx driver.Tx) error {
	due := tx.Due()
	if due == nil {
		return nil
	}
	body := epochBody{Cause: string(due.Cause)}
	if due.Cause == driver.Copied {
		if l.options.BurnAhead == 0 {
			return l.copied(due)
		}
		body.Cause, body.Burn = "adopted", l.options.BurnAhead
	}
	h := tx.Head()
	floor, err := l.floor(ctx, tx, h.Epoch)
	if err != nil {
		return err
	}
	if body.Burn > maxIndex-floor {
		return invalid("", fmt.Sprintf("Options.BurnAhead is %d, want at most %d", body.Burn,
			maxIndex-floor), "")
	}
	body.Floor = floor + body.Burn
	next, err := l.nextOf(ctx, tx, due.Marks)
	if err != nil {
		return err
	}
	h.Ledger, h.Epoch = due.Ledger, h.Epoch+1
	d := draft{kind: driver.KindEpoch, reason: due.Detail, body: body}
	if err := l.append(ctx, tx, h, d); err != nil {
		return err
	}
	return l.burn(ctx, tx, due.Marks, next, body.Burn)
}

// copied returns the error of a copy that was not told to burn ahead.
func (l *Ledger) copied(due *driver.Renewal) error {
	return &StoreError{Name: l.String(), Err: ErrCopied, Detail: due.Detail,
		Hint: "use the original; if that is gone, or this one is to continue by itself, set " +
			"Options.BurnAhead to more than the original can have issued of any counter since"}
}

// burn skips the indices between what each counter would issue next and its mark. They lie behind
// those that the epoch skips of every counter.
func (l *Ledger) burn(ctx context.Context, tx driver.Tx, marks, next map[driver.Counter]uint64,
	ahead uint64) error {
	for _, c := range slices.SortedFunc(maps.Keys(marks), compareCounters) {
		mark := marks[c]
		if next[c] >= mark {
			continue
		}
		d := draft{kind: driver.KindBurn,
			reason: "indices up to the high-water mark may be on units",
			body:   span{Counter: c, First: next[c] + ahead, Count: mark - next[c]}}
		if err := l.append(ctx, tx, tx.Head(), d); err != nil {
			return err
		}
	}
	return nil
}

func (l *Ledger) append(ctx context.Context, tx driver.Tx, h driver.Head, d draft) error {
	r, err := l.seal(ctx, d, h)
	if err != nil {
		return err
	}
	return tx.Append(r)
}

// nextOf returns the next index of each counter that has a mark.
func (l *Ledger) nextOf(ctx context.Context, tx driver.Tx, marks map[driver.Counter]uint64) (
	map[driver.Counter]uint64, error) {
	next := make(map[driver.Counter]uint64, len(marks))
	for c := range marks {
		n, err := l.next(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		next[c] = n
	}
	return next, nil
}

// floor returns the sum of what the epochs up to one have burnt.
func (l *Ledger) floor(ctx context.Context, r driver.Reader, epoch uint64) (uint64, error) {
	if epoch == 0 {
		return 0, nil
	}
	rec, ok, err := firstRecord(r.Records(ctx, driver.Filter{Kind: driver.KindEpoch, Epoch: epoch}))
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, contradiction("epoch %d has no record", epoch)
	}
	var body epochBody
	err = decode(&rec, &body)
	return body.Floor, err
}

func compareCounters(a, b driver.Counter) int {
	return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(a.Version, b.Version),
		cmp.Compare(a.Scope, b.Scope))
}
