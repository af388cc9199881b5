package ledgertest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// filters are those that testFilters applies.
var filters = []driver.Filter{
	{},
	{Kind: driver.KindBlock},
	{Kind: driver.KindEpoch, Epoch: 1},
	{Epoch: 2},
	{Seq: 7},
	{Seq: 9999},
	{Kind: driver.KindBlock, Product: "P1"},
	{Kind: driver.KindBlock, Lot: "L'2"},
	{Kind: driver.KindBlock, Product: "P1", Lot: "L'2"},
	{Kind: driver.KindBlock, Product: "P2", Version: "v1"},
	{Kind: driver.KindProduct, Product: "P0", Version: "v0"},
	{Kind: driver.KindBlock, Product: "P9"},
	{Kind: driver.KindBlock, Request: "r100"},
	{Kind: driver.KindBlock, Request: "r"},
	{Block: 3},
	{Kind: driver.KindMark, Block: 3},
	{Kind: driver.KindEvent, Block: 3},
	{Kind: driver.KindMark, Block: 3, After: 400},
	{After: 700},
	{After: 9999},
	{Kind: "other"},
	{Kind: "o'ther"},
}

// Filters select what their fields name, in either direction, beyond any size of a page.
func testFilters(t *testing.T, s *suite) {
	w, st := s.writer(t)
	all := w.various(st)
	for _, f := range filters {
		for _, f.Newest = range []bool{false, true} {
			for _, f.Limit = range []int{0, 1, 2, 255, 256, 257, 600} {
				var want []driver.Record
				for _, e := range all {
					if e.matches(f) {
						want = append(want, e.Record)
					}
				}
				if f.Newest {
					slices.Reverse(want)
				}
				if f.Limit > 0 {
					want = want[:min(f.Limit, len(want))]
				}
				same(t, want, collect(t, st, f), fmt.Sprintf("%+v", f))
			}
		}
	}
}

// A keyed record has what filters ask of its body.
type keyed struct {
	driver.Record
	product, version, lot, request string
	block                          uint64
}

func (k *keyed) matches(f driver.Filter) bool {
	return (f.Kind == "" || f.Kind == k.Kind) &&
		(f.Epoch == 0 || f.Epoch == k.Epoch) &&
		(f.Seq == 0 || f.Seq == k.Seq) &&
		(f.Product == "" || f.Product == k.product) &&
		(f.Version == "" || f.Version == k.version) &&
		(f.Lot == "" || f.Lot == k.lot) &&
		(f.Request == "" || f.Request == k.request) &&
		(f.Block == 0 || f.Block == k.block) &&
		k.Seq > f.After
}

// various appends records of every kind in three transactions, and returns all there are.
func (w *writer) various(st driver.Store) []keyed {
	w.t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	all := []keyed{{Record: w.append(st)[0]}} // the epoch's
	for range 3 {
		var drafts []draft
		var list []keyed
		for range 250 {
			k, d := anyRecord(random, len(all)+len(list))
			list, drafts = append(list, k), append(drafts, d)
		}
		for i, r := range w.append(st, drafts...) {
			list[i].Record = r
		}
		all = append(all, list...)
	}
	return all
}

// anyRecord returns a random record with what filters ask of it.
func anyRecord(random *rand.Rand, n int) (keyed, draft) {
	product, version := fmt.Sprint("P", random.IntN(3)), fmt.Sprint("v", random.IntN(2))
	of := 1 + random.Uint64N(9)
	switch random.IntN(4) {
	case 0:
		body := fmt.Sprintf(`{"product":%q,"version":%q}`, product, version)
		return keyed{product: product, version: version}, draft{driver.KindProduct, body}
	case 1:
		lot, request := fmt.Sprint("L'", random.IntN(4)), fmt.Sprint("r", n)
		more := fmt.Sprintf(`,"lot":%q,"request":%q`, lot, request)
		return keyed{product: product, version: version, lot: lot, request: request},
			block(product, version, "", uint64(n), 1, more)
	case 2:
		body := fmt.Sprintf(`{"block":%d,"run":"a"}`, of)
		return keyed{block: of}, draft{driver.KindMark, body}
	default:
		body := fmt.Sprintf(`{"event":"e","block":%d}`, of)
		return keyed{block: of}, draft{driver.KindEvent, body}
	}
}
