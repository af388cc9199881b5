package ledger

import (
	"context"
	"fmt"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// maxIndex bounds the indices that a ledger counts to: stores keep them in 63 bits.
const maxIndex = 1<<63 - 1

// A span is what blocks and burns have in common: consecutive indices of a counter.
type span struct {
	driver.Counter
	First uint64 `json:"first"`
	Count uint64 `json:"count"`
}

func (s span) end() uint64 { return s.First + s.Count }

// next returns the index that a counter issues next: the end of its last span plus what epochs
// have burnt since.
func (l *Ledger) next(ctx context.Context, tx driver.Tx, c driver.Counter) (uint64, error) {
	rec, ok, err := tx.Span(ctx, c, maxIndex)
	if err != nil {
		return 0, err
	}
	var last span
	if ok {
		if err := decode(&rec, &last); err != nil || rec.Epoch == tx.Head().Epoch {
			return last.end(), err
		}
	}
	now, err := l.floor(ctx, tx, tx.Head().Epoch)
	if err != nil {
		return 0, err
	}
	then, err := l.floor(ctx, tx, rec.Epoch)
	return last.end() + now - then, err
}

// scopeName returns a counter's scope for a message.
func scopeName(scope string) string {
	if scope == "" {
		return "all"
	}
	return fmt.Sprintf("scope %s", clip(scope))
}
