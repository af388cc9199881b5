package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
)

type records = iter.Seq2[driver.Record, error]

// A failing store does what its function makes of each transaction.
type failing struct {
	driver.Store
	update func(ctx context.Context, fn func(driver.Tx) error,
		run func(func(driver.Tx) error) error) error
}

func (s *failing) Update(ctx context.Context, fn func(driver.Tx) error) error {
	if s.update == nil {
		return s.Store.Update(ctx, fn)
	}
	return s.update(ctx, fn, func(fn func(driver.Tx) error) error {
		return s.Store.Update(ctx,
			fn)
	})
}

var errDisk = errors.New("disk on fire")

// lose runs a transaction and fails at its end: nothing of it is kept.
func lose(_ context.Context, fn func(driver.Tx) error,
	run func(func(driver.Tx) error) error) error {
	return run(func(tx driver.Tx) error { return errors.Join(fn(tx), errDisk) })
}

// keep runs a transaction and fails all the same: its outcome is unknown.
func keep(_ context.Context, fn func(driver.Tx) error,
	run func(func(driver.Tx) error) error) error {
	return errors.Join(run(fn), errDisk)
}

func openFailing(t *testing.T, patterns ...string) (*ledger.Ledger, *failing) {
	t.Helper()
	s := &failing{Store: memory.NewStore()}
	l, err := ledger.New(t.Context(), s, nil)
	require.NoError(t, err)
	define(t, l, patterns...)
	return l, s
}

// define defines product P by one scheme after the other.
func define(t *testing.T, l *ledger.Ledger, patterns ...string) {
	t.Helper()
	for _, p := range patterns {
		require.NoError(t, l.Define(t.Context(),
			ledger.Product{ID: "P", Scheme: serial.MustCompile(p)}))
	}
}

// TestFailedTransaction: what a failed transaction would have taken is free, and what it would have
// defined isn't there.
func TestFailedTransaction(t *testing.T) {
	l, s := openFailing(t, "SN{index:4}")
	ctx, order := t.Context(), ledger.Order{Product: "P", Count: 3}
	b, err := l.Commission(ctx, order)
	require.NoError(t, err)
	require.EqualValues(t, 0, b.First)

	s.update = lose
	_, err = l.Commission(ctx, order)
	require.ErrorIs(t, err, errDisk)
	require.ErrorContains(t, err, `ledger: order of product "P": disk on fire`)
	err = l.Define(ctx, ledger.Product{ID: "P", Scheme: serial.MustCompile("T{index:4}")})
	require.ErrorIs(t, err, errDisk)
	s.update = nil

	b, err = l.Commission(ctx, order)
	require.NoError(t, err)
	require.EqualValues(t, 3, b.First)
	u, err := b.At(0)
	require.NoError(t, err)
	require.Equal(t, "SN0003", u.Serial)
}

// TestUnknownOutcome: an order whose outcome is unknown is sent again and gets the same block.
func TestUnknownOutcome(t *testing.T) {
	l, s := openFailing(t, "SN{index:4}")
	ctx, order := t.Context(), ledger.Order{Request: "r", Product: "P", Count: 3}
	s.update = keep
	_, err := l.Commission(ctx, order)
	require.ErrorIs(t, err, errDisk)
	s.update = nil
	b, err := l.Commission(ctx, order)
	require.NoError(t, err)
	require.EqualValues(t, 0, b.First)
	b, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
	require.NoError(t, err)
	require.EqualValues(t, 3, b.First)
}

// TestUncommittedBlock: a block that is read within a transaction which then fails isn't kept.
func TestUncommittedBlock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, s := openFailing(t, "SN{index:4}")
		ctx := t.Context()
		hold, held := make(chan struct{}), make(chan struct{})
		s.update = func(_ context.Context, fn func(driver.Tx) error,
			run func(func(driver.Tx) error) error) error {
			s.update = lose // the next one
			close(held)
			<-hold
			return run(fn)
		}
		var group sync.WaitGroup
		commission := func() {
			group.Go(func() {
				_, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 3})
				require.ErrorIs(t, err, errDisk)
			})
			synctest.Wait()
		}
		group.Go(func() { // alone in its transaction
			require.NoError(t, l.Define(ctx,
				ledger.Product{ID: "Q", Scheme: serial.MustCompile("{index:2}")}))
		})
		<-held
		commission() // SN0000 …
		group.Go(func() {
			err := l.Define(ctx, ledger.Product{ID: "P",
				Scheme: serial.MustCompile("SN{index:4 hex}")})
			require.ErrorIs(t, err, errDisk)
		})
		synctest.Wait()
		group.Go(func() { // SN0000 … once more: it reads the first block
			_, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 3})
			require.ErrorIs(t, err, ledger.ErrCollision)
		})
		synctest.Wait()
		close(hold)
		group.Wait()
		s.update = nil
		_, err := l.Find(ctx, "P", "SN0001")
		require.ErrorIs(t, err, ledger.ErrNotIssued)
	})
}

// TestSharedTransaction: callers that wait for each other share a transaction; the one that
// breaks off half-way takes nothing with it, and nobody is left without an answer.
func TestSharedTransaction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, s := openFailing(t, "SN{index:4}")
		hold, transactions := make(chan struct{}), 0
		s.update = func(_ context.Context, fn func(driver.Tx) error,
			run func(func(driver.Tx) error) error) error {
			if transactions++; transactions == 1 {
				<-hold
			}
			return run(fn)
		}
		var group sync.WaitGroup
		blocks := make([]*ledger.Block, 20)
		for i := range blocks {
			group.Go(func() {
				var err error
				blocks[i], err = l.Commission(t.Context(), ledger.Order{Product: "P", Count: 2})
				require.NoError(t, err)
			})
			synctest.Wait()
		}
		close(hold)
		group.Wait()
		require.Equal(t, 2, transactions, "those that waited share the second one")
		for i, b := range blocks {
			require.EqualValues(t, 2*i, b.First, "in the order in which they came")
		}
	})
}

// TestEndedContextOfSharer: the context of the caller that runs a shared transaction ends only
// its own call.
func TestEndedContextOfSharer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, s := openFailing(t, "SN{index:4}")
		begun := make(chan struct{}, 2)
		s.update = func(ctx context.Context, fn func(driver.Tx) error,
			run func(func(driver.Tx) error) error) error {
			begun <- struct{}{}
			if len(begun) == 1 { // another program holds the store
				<-ctx.Done()
				return ctx.Err()
			}
			return run(fn)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var group sync.WaitGroup
		group.Go(func() {
			_, err := l.Commission(short, ledger.Order{Product: "P", Count: 2})
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.ErrorContains(t, err, `ledger: order of product "P": `)
		})
		synctest.Wait()
		group.Go(func() {
			b, err := l.Commission(t.Context(), ledger.Order{Product: "P", Count: 2})
			require.NoError(t, err)
			require.EqualValues(t, 0, b.First)
		})
		group.Wait()
	})
}

// TestPutBack: those that share the transaction of a caller whose context ends get another one.
func TestPutBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, s := openFailing(t, "SN{index:4}")
		hold, transactions := make(chan struct{}), 0
		s.update = func(ctx context.Context, fn func(driver.Tx) error,
			run func(func(driver.Tx) error) error) error {
			switch transactions++; transactions {
			case 1:
				<-hold
			case 2: // another program holds the store
				<-ctx.Done()
				return ctx.Err()
			}
			return run(fn)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var group sync.WaitGroup
		for i, ctx := range []context.Context{t.Context(), short, t.Context(), t.Context()} {
			group.Go(func() {
				_, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 2})
				if ctx == short {
					require.ErrorIs(t, err, context.DeadlineExceeded)
				} else {
					require.NoError(t, err, i)
				}
			})
			synctest.Wait()
		}
		close(hold)
		group.Wait()
		require.Equal(t, 3, transactions)
	})
}

// TestCollisionUnknown: without the key of an earlier version nobody can say whether a new serial
// was issued by it, so the order is rejected.
func TestCollisionUnknown(t *testing.T) {
	s := memory.NewStore()
	l, err := ledger.New(t.Context(), s, nil)
	require.NoError(t, err)
	key, err := serial.GenerateKey("k")
	require.NoError(t, err)
	ring, err := serial.NewKeyring(key)
	require.NoError(t, err)
	keyed, err := serial.MustCompile("{index:8 scrambled}").WithKeys(ring)
	require.NoError(t, err)
	require.NoError(t, l.Define(t.Context(), ledger.Product{ID: "P", Scheme: keyed}))
	order := ledger.Order{Product: "P", Count: 1}
	_, err = l.Commission(t.Context(), order)
	require.NoError(t, err)

	l, err = ledger.New(t.Context(), s, nil) // without the key
	require.NoError(t, err)
	define(t, l, "{index:8}")
	_, err = l.Commission(t.Context(), order)
	require.ErrorIs(t, err, serial.ErrKey)
	l, err = ledger.New(t.Context(), s, &ledger.Options{Keys: ring})
	require.NoError(t, err)
	_, err = l.Commission(t.Context(), order)
	require.NoError(t, err)
}

// TestBubble: a ledger in memory runs within a bubble, and leaves no goroutine or timer behind: the
// bubble would wait for it.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		l, err := memory.Open(t.Context(), nil)
		require.NoError(t, err)
		define(t, l, "SN{index:6}")
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				for range 5 {
					time.Sleep(time.Duration(i) * time.Minute)
					b, err := l.Commission(t.Context(), ledger.Order{Product: "P", Count: 2})
					require.NoError(t, err)
					require.NoError(t, l.Journal(b).Mark(t.Context(), "run", 0, 2, "counted", ""))
					require.True(t, b.Time.Equal(time.Now()), "it is dated by the bubble's clock")
				}
			})
		}
		group.Wait()
		n := 0
		for u, err := range l.Recall(t.Context(), ledger.Query{From: start.Add(30 * time.Minute)}) {
			require.NoError(t, err)
			require.Equal(t, "counted", u.Print.State)
			n++
		}
		require.Equal(t, 4, n, "one order after 30 minutes and one after 35")
		_, err = l.Audit(t.Context())
		require.NoError(t, err)
		require.NoError(t, l.Close())
	})
}

// TestActor: an event's actor and reason go before the context's, and those before the ledger's.
func TestActor(t *testing.T) {
	l, err := memory.Open(t.Context(), &ledger.Options{Actor: "options", Software: "line 1.0"})
	require.NoError(t, err)
	define(t, l, "SN{index:4}")
	b, err := l.Commission(t.Context(), ledger.Order{Product: "P", Count: 3})
	require.NoError(t, err)
	require.Equal(t, [3]string{"options", "", "line 1.0"}, [3]string{b.Actor, b.Reason, b.Software})

	ctx := ledger.WithActor(t.Context(), "context", "shift 2")
	event := ledger.Event{Step: "packed", Block: b.ID, To: 1}
	require.NoError(t, l.Record(ctx, event))
	event.Actor, event.Reason = "event", "order 17"
	require.NoError(t, l.Record(ctx, event))
	event.Reason = ""
	require.NoError(t, l.Record(ledger.WithActor(t.Context(), "", "shift 2"), event))
	h, err := l.History(t.Context(), "P", "SN0000")
	require.NoError(t, err)
	var got []string
	for _, e := range h.Entries[1:] {
		require.Equal(t, e.Event.Envelope.Actor, e.Event.Event.Actor)
		require.Equal(t, e.Event.Envelope.Reason, e.Event.Event.Reason)
		got = append(got, e.Actor+", "+e.Reason)
	}
	require.Equal(t, []string{"context, shift 2", "event, order 17", "event, shift 2"}, got)
}

// TestDefaultOptions: without options, records name the user of the process and the main module.
func TestDefaultOptions(t *testing.T) {
	for _, c := range []struct{ user, name, want string }{
		{"anna", "x", "anna"}, {"", "boris", "boris"}, {"", "", "unknown"},
	} {
		t.Setenv("USER", c.user)
		t.Setenv("USERNAME", c.name)
		l, err := memory.Open(t.Context(), nil)
		require.NoError(t, err)
		define(t, l, "SN{index:4}")
		b, err := l.Commission(t.Context(), ledger.Order{Product: "P", Count: 1})
		require.NoError(t, err)
		require.Equal(t, c.want, b.Actor)
		require.Contains(t, b.Software, "github.com/gonameplate/nameplate")
		require.WithinDuration(t, time.Now(), b.Time, time.Minute)
	}
	for _, o := range []ledger.Options{{Actor: "\xff"}, {Software: "\xff"}} {
		_, err := memory.Open(t.Context(), &o)
		require.ErrorIs(t, err, ledger.ErrInvalid)
	}
}

// TestPrintOfABlocksUnit: only a unit that was looked up has a state of printing.
func TestPrintOfABlocksUnit(t *testing.T) {
	l, b := pump(t)
	u, err := b.At(1)
	require.NoError(t, err)
	require.Nil(t, u.Print)
	found, err := l.Find(t.Context(), "P", u.Serial)
	require.NoError(t, err)
	require.Equal(t, "", found.Print.State)
	require.Equal(t, b.Fields.Time, found.Print.Made)
}

// TestManyBlocks: a ledger finds units of more blocks than it keeps.
func TestManyBlocks(t *testing.T) {
	l, err := memory.Open(t.Context(), nil)
	require.NoError(t, err)
	define(t, l, "{index:6}")
	const blocks = 8192 + 10
	for range blocks {
		_, err := l.Commission(t.Context(), ledger.Order{Product: "P", Count: 2})
		require.NoError(t, err)
	}
	for range 2 {
		for i := range uint64(blocks) {
			u, err := l.Find(t.Context(), "P", fmt.Sprintf("%06d", 2*i+1))
			require.NoError(t, err)
			require.Equal(t, u.Index, 2*i+1)
			require.Equal(t, u.Position, uint64(1))
		}
	}
}
