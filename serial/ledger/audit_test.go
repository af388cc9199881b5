package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// An edited store has other records than were written.
type edited struct {
	driver.Store
	list []driver.Record
	head driver.Head
}

func (s *edited) Records(_ context.Context, f driver.Filter) records {
	list := slices.Clone(s.list)
	if f.Newest {
		slices.Reverse(list)
	}
	return func(yield func(driver.Record, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (s *edited) Update(_ context.Context, fn func(driver.Tx) error) error {
	return fn(editedTx{s})
}

type editedTx struct{ *edited }

func (t editedTx) Head() driver.Head          { return t.head }
func (t editedTx) Due() *driver.Renewal       { return nil }
func (t editedTx) Append(driver.Record) error { panic("an audit records nothing") }

type list = []driver.Record

// chain links and hashes records anew, as whoever forges them can.
func chain(list []driver.Record) {
	before := driver.ChainStart(list[0].Ledger)
	for i := range list {
		list[i].Previous = before
		list[i].Hash = list[i].Digest()
		before = list[i].Hash
	}
}

// forgeries are changes of the records, and what an audit finds in them.
var forgeries = map[string]struct {
	edit  func(list) list
	forge bool // the chain is made to fit
	want  string
}{
	"nothing":     {func(l list) list { return l }, false, ""},
	"forged anew": {func(l list) list { l[2].Actor = "x"; return l }, true, ""},
	"changed": {func(l list) list { l[2].Actor = "x"; return l }, false,
		"record 3: it was changed"},
	"removed": {func(l list) list { return slices.Delete(l, 2, 3) }, false,
		"record 3 is missing"},
	"removed, too": {func(l list) list { return slices.Delete(l, 2, 3) }, true,
		"record 3 is missing"},
	"the first removed": {func(l list) list { return l[1:] }, true, "record 1 is missing"},
	"the last removed": {func(l list) list { return l[:8] }, false,
		"it ends with record 8, but record 9 was written"},
	"all removed": {func(list) list { return nil }, false,
		"it ends with record 0, but record 9 was written"},
	"another record before": {func(l list) list {
		l[2].Previous[0]++
		l[2].Hash = l[2].Digest()
		return l
	}, false, "record 3: it doesn't follow record 2"},
	"an epoch without a record": {func(l list) list { l[4].Epoch++; return l }, true,
		"record 5: epoch 2 of ledger "},
	"another ledger": {func(l list) list { l[4].Ledger = "x"; return l }, true,
		"record 5: epoch 1 of ledger x follows epoch 1 of "},
	"an epoch that doesn't grow": {func(l list) list { l[4].Kind = driver.KindEpoch; return l }, true,
		"record 5: epoch 1 of ledger "},
	"an epoch that skips one": {func(l list) list {
		l[4].Kind, l[4].Epoch = driver.KindEpoch, 3
		return l
	}, true, "record 5: epoch 3 of ledger "},
	"overlapping blocks": {func(l list) list {
		l[6].Body = slices.Clone(l[2].Body)
		return l
	}, true, "record 7: indices 0 … 3 of all overlap with those before"},
	"overlapping by one": {func(l list) list {
		l[6].Kind = driver.KindBurn
		l[6].Body = burnAt(l[2], 2)
		return l
	}, true, "record 7: indices 2 … 3 of all overlap with those before"},
	"adjoining": {func(l list) list {
		l[6].Kind = driver.KindBurn
		l[6].Body = burnAt(l[2], 3)
		return l
	}, true, ""},
	"unreadable block": {func(l list) list {
		l[6].Body = []byte("{")
		return l
	}, true, "record 7: its block can't be read"},
	"another last record": {func(l list) list { l[8].Actor = "x"; return l }, true,
		"record 9: it was changed"},
}

// TestAudit finds what is wrong in a chain, and names the first record that is.
func TestAudit(t *testing.T) {
	ctx := t.Context()
	base := furnished(t)
	l, err := ledger.New(ctx, base, nil)
	require.NoError(t, err)
	head, err := l.Audit(ctx)
	require.NoError(t, err)
	var good []driver.Record
	for r, err := range base.Records(ctx, driver.Filter{}) {
		require.NoError(t, err)
		good = append(good, r)
	}
	last := good[len(good)-1]
	require.Equal(t, driver.Head{Ledger: last.Ledger, Epoch: 1, Seq: 9, Hash: last.Hash}, head)

	for name, c := range forgeries {
		t.Run(name, func(t *testing.T) {
			s := &edited{Store: base, list: c.edit(slices.Clone(good)), head: head}
			if c.forge {
				chain(s.list)
			}
			if c.forge && name != "another last record" {
				s.head.Hash = s.list[len(s.list)-1].Hash
			}
			l, err := ledger.New(ctx, s, nil)
			require.NoError(t, err)
			_, err = l.Audit(ctx)
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			var e *ledger.StoreError
			require.ErrorAs(t, err, &e)
			require.Equal(t, ledger.ErrDamaged, e.Err)
			require.Contains(t, e.Detail, c.want)
		})
	}
}

// burnAt is the body of a burn of one index of a block's counter.
func burnAt(block driver.Record, first uint64) []byte {
	c, _, _ := block.CounterEnd()
	return fmt.Appendf(nil, `{"product":%q,"version":%q,"scope":"","first":%d,"count":1}`,
		c.Product, c.Version, first)
}
