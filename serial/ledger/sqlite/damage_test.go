package sqlite_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// useAll calls every method that reads, and returns the errors.
func useAll(path string) (errs []error) {
	l, err := sqlite.Open(ctx, path, nil)
	if err != nil {
		return []error{err}
	}
	defer l.Close()
	keep := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	for _, err := range l.Products(ctx) {
		keep(err)
	}
	for b, err := range l.Blocks(ctx, "") {
		keep(err)
		if err == nil {
			_, err = l.Outcomes(ctx, b)
			keep(err)
		}
	}
	for _, err := range l.Recall(ctx, ledger.Query{Lot: "L42"}) {
		keep(err)
	}
	_, err = l.ByRequest(ctx, "order 17")
	keep(err)
	_, err = l.Find(ctx, "P", "SN00000001")
	keep(err)
	_, err = l.History(ctx, "P", "SN00000001")
	keep(err)
	_, err = l.Audit(ctx)
	keep(err)
	keep(l.Define(ctx, ledger.Product{ID: "P", Scheme: serial.MustCompile("SN{index:8}")}))
	_, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 2})
	keep(err)
	return errs
}

// rich makes a file with records of every kind that a ledger writes by itself.
func rich(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	l := w.open()
	define(t, l, "P", "SN{index:8}")
	b, err := l.Commission(ctx, ledger.Order{Request: "order 17", Product: "P", Count: 2,
		Fields: serial.Fields{Lot: "L42", Line: "3"}})
	require.NoError(t, err)
	require.NoError(t, l.Journal(b).Mark(ctx, "run", 0, 2, "counted", "17→19"))
	require.NoError(t, l.Record(ctx, ledger.Event{Step: "scrapped", Product: "P",
		Serial: "SN00000001"}))
	require.NoError(t, l.Close())
	return w
}

// TestFlippedBits: whatever bit of a record flips, what fails because of it is ErrDamaged and comes
// with a hint; the audit finds it.
func TestFlippedBits(t *testing.T) {
	w := rich(t)
	good, mark := read(t, w.path), read(t, w.path+".mark")
	require.Empty(t, useAll(w.path))
	bodies := [][]byte{[]byte(`{"cause":"created"}`), []byte(`{"product":"P","scheme"`),
		[]byte(`{"request":"order 17"`),
		[]byte(`{"block":3,"run":"run"`), []byte(`{"event":"scrapped"`)}
	random := rand.New(rand.NewPCG(1, 2))
	for _, body := range bodies {
		require.Equal(t, 1, bytes.Count(good, body), "%s", body)
		at := bytes.Index(good, body)
		for range 12 {
			bad := bytes.Clone(good)
			bad[at+random.IntN(len(body))] ^= byte(1 << random.IntN(8))
			write(t, w.path, bad)
			write(t, w.path+".mark", mark)
			errs := useAll(w.path)
			require.NotEmpty(t, errs)
			damaged := false
			for _, err := range errs {
				var e *ledger.StoreError
				switch {
				case errors.Is(err, ledger.ErrUnknownProduct), errors.Is(err,
					ledger.ErrUnknownBlock), errors.Is(err, ledger.ErrNotIssued):
					continue // an index doesn't lead to the record any more
				}
				require.ErrorAs(t, err, &e)
				require.ErrorIs(t, err, ledger.ErrDamaged)
				require.NotEmpty(t, e.Hint)
				damaged = true
			}
			require.True(t, damaged, "%v", errs)
		}
	}
}

// TestFlippedBitsAnywhere in the file, its structure included, end in no other errors than those
// of a store, and never in a panic.
func TestFlippedBitsAnywhere(t *testing.T) {
	w := rich(t)
	good, mark := read(t, w.path), read(t, w.path+".mark")
	random := rand.New(rand.NewPCG(3, 4))
	rounds := 400
	if testing.Short() {
		rounds = 40
	}
	for range rounds {
		bad := bytes.Clone(good)
		bad[random.IntN(len(bad))] ^= byte(1 << random.IntN(8))
		write(t, w.path, bad)
		write(t, w.path+".mark", mark)
		for _, err := range useAll(w.path) {
			var e *ledger.StoreError
			var call *ledger.Error
			require.True(t, errors.As(err, &e) && e.Hint != "" || errors.As(err, &call), "%v", err)
		}
	}
}
