package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

var ctx = context.Background()

// day is a fixed time in a plant east of Greenwich.
var day = time.Date(2026, 11, 22, 14, 30, 0, 123456789, time.FixedZone("", 3600))

// open opens a ledger in a new file, whose clock ticks a second each time that it is read.
func open(t testing.TB) *ledger.Ledger {
	t.Helper()
	return openFile(t, filepath.Join(t.TempDir(), "ledger.db"))
}

func openFile(t testing.TB, path string) *ledger.Ledger {
	t.Helper()
	return openKeys(t, path, serial.Keyring{})
}

func openKeys(t testing.TB, path string, keys serial.Keyring) *ledger.Ledger {
	t.Helper()
	var mu sync.Mutex
	now := day
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
	o := ledger.Options{Clock: clock, Actor: "anna", Software: "line 1.0", Keys: keys}
	l, err := sqlite.Open(ctx, path, &o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	return l
}

func define(t testing.TB, l *ledger.Ledger, id, pattern string) {
	t.Helper()
	require.NoError(t, l.Define(ctx, ledger.Product{ID: id, Name: "Pump", Scheme: serial.MustCompile(pattern)}))
}

func commission(t testing.TB, l *ledger.Ledger, o ledger.Order) *ledger.Block {
	t.Helper()
	b, err := l.Commission(ctx, o)
	require.NoError(t, err)
	return b
}

// serials returns the serials of a block.
func serials(t testing.TB, b *ledger.Block) (list []string) {
	t.Helper()
	for u, err := range b.Units() {
		require.NoError(t, err)
		list = append(list, u.Serial)
	}
	return list
}

// records counts what the ledger has recorded.
func records(t testing.TB, l *ledger.Ledger) uint64 {
	t.Helper()
	head, err := l.Audit(ctx)
	require.NoError(t, err)
	return head.Seq
}

func TestCommission(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:4}")
	a := commission(t, l, ledger.Order{Product: "P", Count: 3})
	b := commission(t, l, ledger.Order{Product: "P", Count: 2, Machine: "M7", Attributes: map[string]string{"po": "17"},
		Fields: serial.Fields{Lot: "L42", Line: "3", Shift: "2", Time: day}})
	require.Equal(t, []string{"SN0000", "SN0001", "SN0002"}, serials(t, a))
	require.Equal(t, []string{"SN0003", "SN0004"}, serials(t, b))

	again, err := l.Block(ctx, b.ID)
	require.NoError(t, err)
	require.Equal(t, "M7", again.Machine)
	require.Equal(t, "L42", again.Fields.Lot)
	require.Equal(t, map[string]string{"po": "17"}, again.Attributes)
	require.True(t, day.Equal(again.Fields.Time), "the time of the order is kept to the nanosecond")
	require.Equal(t, day.Format(time.RFC3339Nano), again.Fields.Time.Format(time.RFC3339Nano))

	_, err = b.At(2)
	require.ErrorContains(t, err, "unit 2 of 2")
	_, err = l.Block(ctx, "1.1")
	require.ErrorIs(t, err, ledger.ErrUnknownBlock)
	_, err = l.Block(ctx, "7."+fmt.Sprint(b.Seq))
	require.ErrorIs(t, err, ledger.ErrUnknownBlock)

	var ids []string
	for b, err := range l.Blocks(ctx, "P") {
		require.NoError(t, err)
		ids = append(ids, b.ID)
	}
	require.Equal(t, []string{a.ID, b.ID}, ids)
}

func TestEnvelope(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:4}")
	b, err := l.Commission(ledger.WithActor(ctx, "", "order 17"), ledger.Order{Product: "P", Count: 3})
	require.NoError(t, err)
	require.NoError(t, l.Journal(b).Mark(ledger.WithActor(ctx, "boris", "start"), "run", 0, 3, "sent", ""))
	h, err := l.History(ctx, "P", "SN0001")
	require.NoError(t, err)
	require.Len(t, h.Entries, 2)
	block, mark := h.Entries[0].Envelope, h.Entries[1].Envelope
	require.Equal(t, driver.KindBlock, block.Kind)
	require.Equal(t, [3]string{"anna", "order 17", "line 1.0"}, [3]string{block.Actor, block.Reason, block.Software})
	require.Equal(t, [3]string{"boris", "start", "line 1.0"}, [3]string{mark.Actor, mark.Reason, mark.Software})
	require.Equal(t, "2026-11-22T14:30:04.123456+01:00", block.Time.Format(driver.TimeLayout))
	require.Equal(t, block.Seq+1, mark.Seq)
	require.Equal(t, block.Hash, mark.Previous)
	require.NotEmpty(t, mark.Ledger)
	require.EqualValues(t, 1, mark.Epoch)
}

func TestRetriedOrder(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:4}")
	o := ledger.Order{Request: "order 17", Product: "P", Count: 3, Fields: serial.Fields{Lot: "L1"}}
	a := commission(t, l, o)
	n := records(t, l)
	b, err := l.Commission(ledger.WithActor(ctx, "boris", ""), o) // who orders again doesn't matter
	require.NoError(t, err)
	require.Equal(t, a.ID, b.ID)
	require.Equal(t, serials(t, a), serials(t, b))
	require.Equal(t, n, records(t, l))

	found, err := l.ByRequest(ctx, "order 17")
	require.NoError(t, err)
	require.Equal(t, a.ID, found.ID)
	_, err = l.ByRequest(ctx, "order 18")
	require.ErrorIs(t, err, ledger.ErrUnknownBlock)

	for _, change := range []func(*ledger.Order){
		func(o *ledger.Order) { o.Count++ },
		func(o *ledger.Order) { o.Fields.Lot = "L2" },
		func(o *ledger.Order) { o.Machine = "M1" },
		func(o *ledger.Order) { o.Attributes = map[string]string{"po": "1"} },
	} {
		other := o
		change(&other)
		_, err := l.Commission(ctx, other)
		require.ErrorIs(t, err, ledger.ErrOrderDiffers)
	}
	require.Equal(t, n, records(t, l))
}

func TestOrderIsRefusedWhole(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:2}")
	define(t, l, "L", "{lot}-{index:2}")
	commission(t, l, ledger.Order{Product: "P", Count: 98})
	n := records(t, l)
	for name, test := range map[string]struct {
		order ledger.Order
		is    error
		says  string
	}{
		"unknown product":   {ledger.Order{Product: "Q", Count: 1}, ledger.ErrUnknownProduct, `"Q"`},
		"exhausted":         {ledger.Order{Product: "P", Count: 3}, ledger.ErrExhausted, "2 of 100"},
		"exhausted by far":  {ledger.Order{Product: "P", Count: 1<<64 - 1}, ledger.ErrExhausted, "2 of 100"},
		"missing field":     {ledger.Order{Product: "L", Count: 3}, serial.ErrField, "lot"},
		"no product":        {ledger.Order{Count: 3}, ledger.ErrInvalid, "Product is empty"},
		"no count":          {ledger.Order{Product: "P"}, ledger.ErrInvalid, "Count is 0"},
		"two products":      {ledger.Order{Product: "P", Count: 1, Fields: serial.Fields{Product: "Q"}}, nil, `"Q"`},
		"not UTF-8":         {ledger.Order{Product: "P", Count: 1, Fields: serial.Fields{Lot: "L\xff"}}, nil, "lot"},
		"attribute's UTF-8": {ledger.Order{Product: "P", Count: 1, Attributes: map[string]string{"a": "\xff"}}, nil, "attribute a"},
		"odd offset": {ledger.Order{Product: "P", Count: 1, Fields: serial.Fields{Time: day.In(time.FixedZone("", 3208))}}, nil,
			"3208"},
		"year 10000": {ledger.Order{Product: "P", Count: 1, Fields: serial.Fields{Time: day.AddDate(8000, 0, 0)}}, nil, "year"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := l.Commission(ctx, test.order)
			require.ErrorContains(t, err, test.says)
			if test.is != nil {
				require.ErrorIs(t, err, test.is)
			}
		})
	}
	require.Equal(t, n, records(t, l))
	commission(t, l, ledger.Order{Product: "P", Count: 2})
}

func TestCountersByScope(t *testing.T) {
	l := open(t)
	define(t, l, "P", "{YYMMDD}{index:3}{reset:day}")
	first := func(at time.Time) string {
		b := commission(t, l, ledger.Order{Product: "P", Count: 2, Fields: serial.Fields{Time: at}})
		return serials(t, b)[0]
	}
	require.Equal(t, "261122000", first(day))
	require.Equal(t, "261122002", first(day.Add(time.Hour)))
	require.Equal(t, "261123000", first(day.AddDate(0, 0, 1)))
	require.Equal(t, "261122004", first(day))
	u, err := l.Find(ctx, "P", "261123001")
	require.NoError(t, err)
	require.EqualValues(t, 1, u.Position)
}

func TestConcurrentOrders(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:6}")
	seen := map[string]bool{}
	var mu sync.Mutex
	var group sync.WaitGroup
	for caller := range 16 {
		group.Go(func() {
			for i := range 10 {
				b, err := l.Commission(ctx, ledger.Order{Request: fmt.Sprint(caller, i), Product: "P", Count: 3})
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
	require.Len(t, seen, 480)
	require.EqualValues(t, 2+2*160, records(t, l))
}

// TestOneBadOrderAmongMany shows that callers which share a transaction don't share their errors.
func TestOneBadOrderAmongMany(t *testing.T) {
	l := open(t)
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
			require.NoError(t, err)
		default:
			require.Error(t, err)
		}
	}
	require.EqualValues(t, 2+32, records(t, l))
}

func TestCancelledOrder(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:6}")
	gone, cancel := context.WithCancel(ctx)
	cancel()
	for range 20 {
		_, err := l.Commission(gone, ledger.Order{Product: "P", Count: 1})
		require.ErrorIs(t, err, context.Canceled)
	}
	require.EqualValues(t, 2, records(t, l))
}

func TestDefineAgain(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:4}")
	commission(t, l, ledger.Order{Product: "P", Count: 5})
	n := records(t, l)
	define(t, l, "P", "SN{index:4}")
	require.Equal(t, n, records(t, l), "the same definition is no new record")

	define(t, l, "P", "T{index:4}") // a new version: it counts anew, and the old serials are still found
	b := commission(t, l, ledger.Order{Product: "P", Count: 5})
	require.Equal(t, "T0000", serials(t, b)[0])
	for _, s := range []string{"SN0004", "T0004"} {
		_, err := l.Find(ctx, "P", s)
		require.NoError(t, err)
	}
	define(t, l, "P", "SN{index:4}") // the old version goes on where it was
	b = commission(t, l, ledger.Order{Product: "P", Count: 1})
	require.Equal(t, "SN0005", serials(t, b)[0])
	products := 0
	for p, err := range l.Products(ctx) {
		require.NoError(t, err)
		require.Equal(t, "SN{index:4}", p.Scheme.String())
		products++
	}
	require.Equal(t, 1, products)
}

func TestSchemesThatCollide(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:4}")
	commission(t, l, ledger.Order{Product: "P", Count: 5})
	define(t, l, "P", "SN{index:4 hex}")
	_, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 5})
	require.ErrorIs(t, err, ledger.ErrCollision)
	require.ErrorContains(t, err, `"SN0000"`)
	define(t, l, "Q", "SN{index:4}") // another product may have the same serials
	commission(t, l, ledger.Order{Product: "Q", Count: 5})
}

func TestKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	pattern := "{index:8 crockford scrambled}{check}"
	ring := func(ids ...string) (r serial.Keyring) {
		for _, id := range ids {
			k, err := serial.GenerateKey(id)
			require.NoError(t, err)
			r, err = r.With(k)
			require.NoError(t, err)
		}
		return r
	}
	keyed := func(r serial.Keyring) *serial.Scheme {
		s, err := serial.MustCompile(pattern).WithKeys(r)
		require.NoError(t, err)
		return s
	}
	mine := ring("a")
	l := openFile(t, path)
	require.NoError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: keyed(mine)}))
	want := serials(t, commission(t, l, ledger.Order{Request: "r", Product: "P", Count: 5}))

	t.Run("another key of the same name", func(t *testing.T) {
		l := openFile(t, path)
		err := l.Define(ctx, ledger.Product{ID: "P", Scheme: keyed(ring("a"))})
		require.ErrorIs(t, err, ledger.ErrKey)
	})
	t.Run("no key", func(t *testing.T) {
		l := openFile(t, path)
		_, err := l.Find(ctx, "P", want[2])
		require.ErrorIs(t, err, serial.ErrKey)
		require.False(t, errors.Is(err, ledger.ErrNotIssued), "without the key nobody can say")
	})
	t.Run("from the keyring", func(t *testing.T) {
		more, err := mine.With(func() serial.Key { k, _ := serial.GenerateKey("b"); return k }())
		require.NoError(t, err)
		l := openKeys(t, path, more)
		b, err := l.ByRequest(ctx, "r")
		require.NoError(t, err)
		require.Equal(t, want, serials(t, b))
		u, err := l.Find(ctx, "P", want[2])
		require.NoError(t, err)
		require.EqualValues(t, 2, u.Position)

		require.NoError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: keyed(more)}))
		fresh := serials(t, commission(t, l, ledger.Order{Product: "P", Count: 5}))
		require.NotEqual(t, want, fresh)
	})
}

// TestKeyInSerial shows that a block keeps the key that was current when it was made.
func TestKeyInSerial(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	a, err := serial.GenerateKey("A")
	require.NoError(t, err)
	b, err := serial.GenerateKey("B")
	require.NoError(t, err)
	scheme := func(keys ...serial.Key) *serial.Scheme {
		ring, err := serial.NewKeyring(keys...)
		require.NoError(t, err)
		s, err := serial.MustCompile("{key}{index:8 clear scrambled}").WithKeys(ring)
		require.NoError(t, err)
		return s
	}
	l := openFile(t, path)
	require.NoError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: scheme(a)}))
	want := serials(t, commission(t, l, ledger.Order{Request: "r", Product: "P", Count: 5}))
	require.NoError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: scheme(a, b)}))
	block, err := l.ByRequest(ctx, "r")
	require.NoError(t, err)
	require.Equal(t, want, serials(t, block))
	fresh := serials(t, commission(t, l, ledger.Order{Product: "P", Count: 5}))
	require.Equal(t, "B", fresh[0][:1])
	for _, s := range append(want, fresh...) {
		_, err := l.Find(ctx, "P", s)
		require.NoError(t, err)
	}
}

// Odds are no part of a version: stricter ones would make serials unreadable that the version has issued.
func TestStricterOdds(t *testing.T) {
	key, err := serial.GenerateKey("a")
	require.NoError(t, err)
	ring, err := serial.NewKeyring(key)
	require.NoError(t, err)
	define := func(l *ledger.Ledger, pattern string) error {
		s, err := serial.MustCompile(pattern).WithKeys(ring)
		require.NoError(t, err)
		return l.Define(t.Context(), ledger.Product{ID: "P", Scheme: s})
	}
	l := openFile(t, filepath.Join(t.TempDir(), "ledger.db"))
	require.NoError(t, define(l, "{lot:1}{index:7 scrambled}{reset:lot}{odds:1/10000}"))
	first := serials(t, commission(t, l, ledger.Order{Product: "P", Count: 500, Fields: serial.Fields{Lot: "A"}}))
	commission(t, l, ledger.Order{Product: "P", Count: 50, Fields: serial.Fields{Lot: "B"}})
	require.NoError(t, define(l, "{lot:1}{index:7 scrambled}{reset:lot}{odds:1/19990}"))
	require.ErrorIs(t, define(l, "{lot:1}{index:7 scrambled}{reset:lot}{odds:1/20000}"), ledger.ErrExhausted)
	_, err = l.Find(t.Context(), "P", first[499])
	require.NoError(t, err)
}
