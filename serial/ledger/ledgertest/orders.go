package ledgertest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

func testCommission(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:4}")
	a := commission(t, l, ledger.Order{Product: "P", Count: 3})
	b := commission(t, l, ledger.Order{Product: "P", Count: 2, Machine: "M7",
		Attributes: map[string]string{"po": "17"},
		Fields:     serial.Fields{Lot: "L42", Line: "3", Shift: "2", Time: day}})
	equal(t, []string{"SN0000", "SN0001", "SN0002"}, serials(t, a))
	equal(t, []string{"SN0003", "SN0004"}, serials(t, b))

	again, err := l.Block(ctx, b.ID)
	noError(t, err)
	equal(t, "M7", again.Machine)
	equal(t, "L42", again.Fields.Lot)
	equal(t, map[string]string{"po": "17"}, again.Attributes)
	isTrue(t, day.Equal(again.Fields.Time), "the time of the order is kept to the nanosecond")
	equal(t, day.Format(time.RFC3339Nano), again.Fields.Time.Format(time.RFC3339Nano))

	_, err = b.At(2)
	errorContains(t, err, "unit 2 of 2")
	_, err = l.Block(ctx, "1.1")
	errorIs(t, err, ledger.ErrUnknownBlock)
	_, err = l.Block(ctx, "7."+fmt.Sprint(b.Seq))
	errorIs(t, err, ledger.ErrUnknownBlock)

	var ids []string
	for b, err := range l.Blocks(ctx, "P") {
		noError(t, err)
		ids = append(ids, b.ID)
	}
	equal(t, []string{a.ID, b.ID}, ids)
}

func testEnvelope(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:4}")
	b, err := l.Commission(ledger.WithActor(ctx, "", "order 17"),
		ledger.Order{Product: "P", Count: 3})
	noError(t, err)
	noError(t, l.Journal(b).Mark(ledger.WithActor(ctx, "boris", "start"), "run", 0, 3, "sent", ""))
	h, err := l.History(ctx, "P", "SN0001")
	noError(t, err)
	equal(t, 2, len(h.Entries))
	block, mark := h.Entries[0].Envelope, h.Entries[1].Envelope
	equal(t, driver.KindBlock, block.Kind)
	equal(t, [3]string{"anna", "order 17", "line 1.0"},
		[3]string{block.Actor, block.Reason, block.Software})
	equal(t, [3]string{"boris", "start", "line 1.0"},
		[3]string{mark.Actor, mark.Reason, mark.Software})
	equal(t, "2026-11-22T14:30:04.123456+01:00", block.Time.Format(driver.TimeLayout))
	equal(t, block.Seq+1, mark.Seq)
	equal(t, block.Hash, mark.Previous)
	isTrue(t, mark.Ledger != "")
	equal(t, uint64(1), mark.Epoch)
}

func testRetriedOrder(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:4}")
	o := ledger.Order{Request: "order 17", Product: "P", Count: 3, Fields: serial.Fields{Lot: "L1"}}
	a := commission(t, l, o)
	n := audit(t, l)
	b, err := l.Commission(ledger.WithActor(ctx, "boris", ""), o) // who orders again doesn't matter
	noError(t, err)
	equal(t, a.ID, b.ID)
	equal(t, serials(t, a), serials(t, b))
	equal(t, n, audit(t, l))

	found, err := l.ByRequest(ctx, "order 17")
	noError(t, err)
	equal(t, a.ID, found.ID)
	_, err = l.ByRequest(ctx, "order 18")
	errorIs(t, err, ledger.ErrUnknownBlock)

	for _, change := range []func(*ledger.Order){
		func(o *ledger.Order) { o.Count++ },
		func(o *ledger.Order) { o.Fields.Lot = "L2" },
		func(o *ledger.Order) { o.Machine = "M1" },
		func(o *ledger.Order) { o.Attributes = map[string]string{"po": "1"} },
	} {
		other := o
		change(&other)
		_, err := l.Commission(ctx, other)
		errorIs(t, err, ledger.ErrOrderDiffers)
	}
	equal(t, n, audit(t, l))
}

func testRejectedOrder(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:2}")
	define(t, l, "L", "{lot}-{index:2}")
	commission(t, l, ledger.Order{Product: "P", Count: 98})
	n := audit(t, l)
	for name, test := range map[string]struct {
		order ledger.Order
		is    error
		says  string
	}{
		"unknown product": {ledger.Order{Product: "Q", Count: 1}, ledger.ErrUnknownProduct,
			`"Q"`},
		"exhausted": {ledger.Order{Product: "P", Count: 3}, ledger.ErrExhausted,
			"2 of 100"},
		"exhausted by far": {ledger.Order{Product: "P", Count: 1<<64 - 1}, ledger.ErrExhausted,
			"2 of 100"},
		"missing field": {ledger.Order{Product: "L", Count: 3}, serial.ErrField, "lot"},
		"no product":    {ledger.Order{Count: 3}, ledger.ErrInvalid, "Product is empty"},
		"no count":      {ledger.Order{Product: "P"}, ledger.ErrInvalid, "Count is 0"},
		"two products": {ledger.Order{Product: "P", Count: 1,
			Fields: serial.Fields{Product: "Q"}}, nil, `"Q"`},
		"not UTF-8": {ledger.Order{Product: "P", Count: 1,
			Fields: serial.Fields{Lot: "L\xff"}}, nil, "lot"},
		"attribute's UTF-8": {ledger.Order{Product: "P", Count: 1,
			Attributes: map[string]string{"a": "\xff"}}, nil, "attribute a"},
		"odd offset": {ledger.Order{Product: "P", Count: 1,
			Fields: serial.Fields{Time: day.In(time.FixedZone("", 3208))}}, nil,
			"3208"},
		"year 10000": {ledger.Order{Product: "P", Count: 1,
			Fields: serial.Fields{Time: day.AddDate(8000, 0, 0)}}, nil, "year"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := l.Commission(ctx, test.order)
			errorContains(t, err, test.says)
			if test.is != nil {
				errorIs(t, err, test.is)
			}
		})
	}
	equal(t, n, audit(t, l))
	commission(t, l, ledger.Order{Product: "P", Count: 2})
}

func testScopes(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "{YYMMDD}{index:3}{reset:day}")
	first := func(at time.Time) string {
		b := commission(t, l, ledger.Order{Product: "P", Count: 2, Fields: serial.Fields{Time: at}})
		return serials(t, b)[0]
	}
	equal(t, "261122000", first(day))
	equal(t, "261122002", first(day.Add(time.Hour)))
	equal(t, "261123000", first(day.AddDate(0, 0, 1)))
	equal(t, "261122004", first(day))
	u, err := l.Find(ctx, "P", "261123001")
	noError(t, err)
	equal(t, uint64(1), u.Position)
}

func testConcurrentOrders(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:6}")
	seen := map[string]bool{}
	var mu sync.Mutex
	var group sync.WaitGroup
	for caller := range 16 {
		group.Go(func() {
			for i := range 10 {
				b, err := l.Commission(ctx,
					ledger.Order{Request: fmt.Sprint(caller, i), Product: "P", Count: 3})
				if err == nil {
					err = l.Journal(b).Mark(ctx, "run", 0, 3, "sent", "")
				}
				mu.Lock()
				if err != nil {
					t.Error(err)
				} else {
					for _, s := range serials(t, b) {
						if seen[s] {
							t.Errorf("%s was issued twice", s)
						}
						seen[s] = true
					}
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	equal(t, 480, len(seen))
	equal(t, uint64(2+2*160), audit(t, l))
}

// testOneBadOrderAmongMany shows that callers which share a transaction don't share their errors.
func testOneBadOrderAmongMany(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:6}")
	errs := make([]error, 64)
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() {
			ctx, o := ctx, ledger.Order{Product: "P", Count: 1}
			switch i % 4 {
			case 1:
				o.Product = "Q"
			case 2:
				ctx = ledger.WithActor(ctx, "\xff", "")
			}
			_, errs[i] = l.Commission(ctx, o)
		})
	}
	group.Wait()
	for i, err := range errs {
		switch i % 4 {
		case 0, 3:
			noError(t, err)
		default:
			isTrue(t, err != nil)
		}
	}
	equal(t, uint64(2+32), audit(t, l))
}

func testCancelledOrder(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:6}")
	gone, cancel := context.WithCancel(ctx)
	cancel()
	for range 20 {
		_, err := l.Commission(gone, ledger.Order{Product: "P", Count: 1})
		errorIs(t, err, context.Canceled)
	}
	equal(t, uint64(2), audit(t, l))
}
