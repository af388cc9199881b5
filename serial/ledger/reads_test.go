package ledger_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
)

// A brittle store fails at one of the steps of a call: a record that is read, the end of a
// stream, a span or an append.
type brittle struct {
	driver.Store
	left   int // steps until it fails; never if it is negative
	failed bool
}

func (s *brittle) step() error {
	s.left--
	if s.left == -1 {
		s.failed = true
		return errDisk
	}
	return nil
}

func (s *brittle) stream(all records) records {
	return func(yield func(driver.Record, error) bool) {
		for r, err := range all {
			if e := s.step(); e != nil {
				r, err = driver.Record{}, e
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
		if err := s.step(); err != nil {
			yield(driver.Record{}, err)
		}
	}
}

func (s *brittle) Records(ctx context.Context, f driver.Filter) records {
	return s.stream(s.Store.Records(ctx, f))
}

func (s *brittle) Span(ctx context.Context, c driver.Counter, at uint64) (
	driver.Record, bool, error) {
	if err := s.step(); err != nil {
		return driver.Record{}, false, err
	}
	return s.Store.Span(ctx, c, at)
}

func (s *brittle) Update(ctx context.Context, fn func(driver.Tx) error) error {
	return s.Store.Update(ctx, func(tx driver.Tx) error { return fn(brittleTx{tx, s}) })
}

type brittleTx struct {
	driver.Tx
	s *brittle
}

func (t brittleTx) Records(ctx context.Context, f driver.Filter) records {
	return t.s.stream(t.Tx.Records(ctx, f))
}

func (t brittleTx) Span(ctx context.Context, c driver.Counter, at uint64) (
	driver.Record, bool, error) {
	if err := t.s.step(); err != nil {
		return driver.Record{}, false, err
	}
	return t.Tx.Span(ctx, c, at)
}

func (t brittleTx) Append(r driver.Record) error {
	if err := t.s.step(); err != nil {
		return err
	}
	return t.Tx.Append(r)
}

// furnished is a store with two versions of a scheme, blocks of both, marks and an event.
func furnished(t *testing.T) driver.Store {
	t.Helper()
	s := memory.NewStore()
	l, err := ledger.New(t.Context(), s, nil)
	require.NoError(t, err)
	for _, pattern := range []string{"SN{index:6}", "T{index:6}"} {
		define(t, l, pattern)
		b, err := l.Commission(t.Context(), ledger.Order{Request: pattern, Product: "P", Count: 3})
		require.NoError(t, err)
		require.NoError(t, l.Journal(b).Mark(t.Context(), "run", 0, 2, "counted", ""))
		require.NoError(t, l.Record(t.Context(), ledger.Event{Step: "packed", Block: b.ID, To: 2}))
	}
	return s
}

// drain returns the error of a stream.
func drain[T any](stream func(func(T, error) bool)) error {
	for _, err := range stream {
		if err != nil {
			return err
		}
	}
	return nil
}

// calls are those of every method.
var calls = map[string]func(context.Context, *ledger.Ledger, *ledger.Block) error{
	"Define the same": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		return l.Define(ctx, ledger.Product{ID: "P", Scheme: serial.MustCompile("T{index:6}")})
	},
	"Define an earlier one": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		return l.Define(ctx, ledger.Product{ID: "P", Scheme: serial.MustCompile("SN{index:6}")})
	},
	"Define another": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		return l.Define(ctx, ledger.Product{ID: "Q", Scheme: serial.MustCompile("SN{index:6}")})
	},
	"Commission": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		_, err := l.Commission(ctx, ledger.Order{Request: "new", Product: "P", Count: 1})
		return err
	},
	"Commission again": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		_, err := l.Commission(ctx, ledger.Order{Request: "T{index:6}", Product: "P", Count: 3})
		return err
	},
	"Mark": func(ctx context.Context, l *ledger.Ledger, b *ledger.Block) error {
		return l.Journal(b).Mark(ctx, "run", 0, 1, "read", "")
	},
	"Marks and Mark": func(ctx context.Context, l *ledger.Ledger, b *ledger.Block) error {
		j := l.Journal(b)
		err := j.Marks(ctx, "run", func(uint64, uint64, string, string) error { return nil })
		if err == nil {
			err = j.Mark(ctx, "run", 0, 1, "read", "")
		}
		return err
	},
	"Record a serial": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		return l.Record(ctx, ledger.Event{Step: "packed", Product: "P", Serial: "SN000001"})
	},
	"Record a block": func(ctx context.Context, l *ledger.Ledger, b *ledger.Block) error {
		return l.Record(ctx, ledger.Event{Step: "packed", Block: b.ID, To: 1})
	},
	"Find": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		_, err := l.Find(ctx, "P", "SN000001")
		return err
	},
	"History": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		_, err := l.History(ctx, "P", "T000001")
		return err
	},
	"Block": func(ctx context.Context, l *ledger.Ledger, b *ledger.Block) error {
		_, err := l.Block(ctx, b.ID)
		return err
	},
	"ByRequest": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		_, err := l.ByRequest(ctx, "SN{index:6}")
		return err
	},
	"Outcomes": func(ctx context.Context, l *ledger.Ledger, b *ledger.Block) error {
		_, err := l.Outcomes(ctx, b)
		return err
	},
	"Products": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		return drain(l.Products(ctx))
	},
	"Blocks": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		return drain(l.Blocks(ctx, ""))
	},
	"Recall": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		return drain(l.Recall(ctx, ledger.Query{}))
	},
	"Audit": func(ctx context.Context, l *ledger.Ledger, _ *ledger.Block) error {
		_, err := l.Audit(ctx)
		return err
	},
}

// TestEveryStepFails: whichever step of a call fails, the call returns the error and records
// nothing; without a failure it succeeds.
func TestEveryStepFails(t *testing.T) {
	ctx := t.Context()
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			for steps := 0; ; steps++ {
				s := &brittle{Store: furnished(t), left: -1}
				l, err := ledger.New(ctx, s, nil)
				require.NoError(t, err)
				other, err := ledger.New(ctx, s.Store, nil)
				require.NoError(t, err)
				b, err := other.ByRequest(ctx, "T{index:6}")
				require.NoError(t, err)
				before, err := other.Audit(ctx)
				require.NoError(t, err)

				s.left = steps
				err = call(ctx, l, b)
				if !s.failed {
					require.NoError(t, err)
					require.Greater(t, steps, 0)
					return
				}
				require.ErrorIs(t, err, errDisk, "step %d", steps)
				after, err := other.Audit(ctx)
				require.NoError(t, err)
				require.Equal(t, before, after, "step %d", steps)
			}
		})
	}
}

// A behind store demands a new epoch once.
type behind struct {
	driver.Store
	due *driver.Renewal
}

func (s *behind) Update(ctx context.Context, fn func(driver.Tx) error) error {
	return s.Store.Update(ctx, func(tx driver.Tx) error { return fn(&behindTx{tx, s.due}) })
}

type behindTx struct {
	driver.Tx
	due *driver.Renewal
}

func (t *behindTx) Due() *driver.Renewal { return t.due }

func (t *behindTx) Append(r driver.Record) error {
	if r.Kind == driver.KindEpoch {
		t.due = nil
	}
	return t.Tx.Append(r)
}

// TestEveryStepOfAnEpochFails: New returns the error, and the epoch doesn't begin.
func TestEveryStepOfAnEpochFails(t *testing.T) {
	ctx := t.Context()
	version := serial.MustCompile("T{index:6}").Version()
	marks := map[driver.Counter]uint64{
		{Product: "P", Version: version}:             50,
		{Product: "P", Version: version, Scope: "A"}: 7,
		{Product: "Q", Version: version}:             9,
	}
	for steps := 0; ; steps++ {
		base := furnished(t)
		s := &brittle{Store: base, left: steps}
		due := &driver.Renewal{Cause: driver.Behind, Ledger: "L", Marks: marks,
			Detail: "it was set back"}
		_, err := ledger.New(ctx, &behind{s, due}, nil)
		if s.failed {
			require.ErrorIs(t, err, errDisk, "step %d", steps)
			continue
		}
		require.NoError(t, err)
		require.Greater(t, steps, 5)
		l, err := ledger.New(ctx, base, nil)
		require.NoError(t, err)
		b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
		require.NoError(t, err)
		require.EqualValues(t, 50, b.First)
		require.EqualValues(t, 2, b.Epoch)
		var burns []string
		for r, err := range base.Records(ctx, driver.Filter{Kind: driver.KindBurn}) {
			require.NoError(t, err)
			require.Equal(t, "indices up to the high-water mark may be on units", r.Reason)
			burns = append(burns, string(r.Body))
		}
		require.Equal(t, []string{
			`{"product":"P","version":"` + version + `","scope":"","first":3,"count":47}`,
			`{"product":"P","version":"` + version + `","scope":"A","first":0,"count":7}`,
			`{"product":"Q","version":"` + version + `","scope":"","first":0,"count":9}`,
		}, burns, "in the order of their counters")
		for r, err := range base.Records(ctx, driver.Filter{Kind: driver.KindEpoch, Epoch: 2}) {
			require.NoError(t, err)
			require.Equal(t, "it was set back", r.Reason)
		}
		return
	}
}

// TestLeftStreams: every stream may be left after its first element.
func TestLeftStreams(t *testing.T) {
	ctx := t.Context()
	l, err := ledger.New(ctx, furnished(t), nil)
	require.NoError(t, err)
	b, err := l.ByRequest(ctx, "T{index:6}")
	require.NoError(t, err)
	n := 0
	for range l.Products(ctx) {
		n++
		break
	}
	for range l.Blocks(ctx, "") {
		n++
		break
	}
	for range l.Recall(ctx, ledger.Query{}) {
		n++
		break
	}
	for range l.Marks(ctx, b) {
		n++
		break
	}
	for range b.Units() {
		n++
		break
	}
	require.Equal(t, 5, n)
}

// TestJoinedOutcomes: neighbours that become equal are one outcome.
func TestJoinedOutcomes(t *testing.T) {
	l, b := pump(t)
	ctx, j := t.Context(), l.Journal(b)
	first := func() []ledger.Outcome {
		list, err := l.Outcomes(ctx, b)
		require.NoError(t, err)
		return list
	}
	require.Len(t, first(), 1)
	require.NoError(t, j.Mark(ctx, "run", 0, 3, "intent", ""))
	require.NoError(t, j.Mark(ctx, "run", 0, 1, "counted", "c"))
	require.Len(t, first(), 2)
	require.NoError(t, j.Mark(ctx, "run", 1, 2, "counted", "c"))
	require.Len(t, first(), 2)
	require.EqualValues(t, 2, first()[0].To)
	require.NoError(t, j.Mark(ctx, "run", 2, 3, "counted", "c"))
	require.Len(t, first(), 1)
	require.EqualValues(t, 3, first()[0].To)
	require.NoError(t, j.Mark(ctx, "run", 1, 2, "void", ""))
	require.Len(t, first(), 3)
	require.NoError(t, j.Mark(ctx, "run", 1, 2, "counted", "c"))
	require.Len(t, first(), 1, "it joins with both")
}

// TestLastIndex: a ledger counts to 2⁶³-1, whatever its scheme could.
func TestLastIndex(t *testing.T) {
	l, err := memory.Open(t.Context(), nil)
	require.NoError(t, err)
	define(t, l, "{index:19}")
	order := ledger.Order{Product: "P", Count: 1 << 63}
	_, err = l.Commission(t.Context(), order)
	require.ErrorIs(t, err, ledger.ErrExhausted)
	require.ErrorContains(t, err, "9223372036854775807 of 9223372036854775807 are left in all")
	order.Count--
	b, err := l.Commission(t.Context(), order)
	require.NoError(t, err)
	u, err := b.At(b.Count - 1)
	require.NoError(t, err)
	require.Equal(t, "9223372036854775806", u.Serial)
	order.Count = 1
	_, err = l.Commission(t.Context(), order)
	require.ErrorIs(t, err, ledger.ErrExhausted)
	_, err = l.Audit(t.Context())
	require.NoError(t, err)
}

// TestBadActor: every call that records rejects an actor that can't be recorded.
func TestBadActor(t *testing.T) {
	l, b := pump(t)
	for _, ctx := range []context.Context{
		ledger.WithActor(t.Context(), "\xff", ""), ledger.WithActor(t.Context(), "", "\xff"),
	} {
		for name, err := range map[string]error{
			"Mark":   l.Journal(b).Mark(ctx, "run", 0, 1, "sent", ""),
			"Record": l.Record(ctx, ledger.Event{Step: "packed", Block: b.ID, To: 1}),
			"Define": l.Define(ctx, ledger.Product{ID: "Q",
				Scheme: serial.MustCompile("{index:2}")}),
		} {
			require.ErrorIs(t, err, ledger.ErrInvalid, name)
		}
	}
	for _, e := range []ledger.Event{
		{Step: "\xff"}, {Step: "packed", Actor: "\xff"}, {Step: "packed", Reason: "\xff"},
		{Step: "packed", Attributes: map[string]string{"a": "\xff"}},
		{Step: "packed", Attributes: map[string]string{"\xff": "a"}},
	} {
		e.Block, e.To = b.ID, 1
		require.ErrorIs(t, l.Record(t.Context(), e), ledger.ErrInvalid)
	}
}
