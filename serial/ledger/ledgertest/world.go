package ledgertest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// day is a fixed time in a plant east of Greenwich.
var day = time.Date(2026, 11, 22, 14, 30, 0, 123456789, time.FixedZone("", 3600))

// A world is a store, and every serial that was issued from it, whatever happens to it.
type world struct {
	*suite
	t      *testing.T
	name   string
	shared driver.Store // for stores that aren't durable: all that there is of them
	issued map[string]bool
}

func (s *suite) world(t *testing.T) *world {
	return &world{suite: s, t: t, name: filepath.Join(t.TempDir(), "ledger"),
		issued: map[string]bool{}}
}

// store opens the store, once more if it is open already.
func (w *world) store() driver.Store {
	w.t.Helper()
	if w.shared != nil {
		return lasting{w.shared}
	}
	st, err := w.open(w.t.Context(), w.name)
	noError(w.t, err)
	w.t.Cleanup(func() { noError(w.t, st.Close()) })
	if w.can.Durable {
		return st
	}
	w.shared = st
	return lasting{st}
}

// A lasting store isn't closed by one of several ledgers that are over it.
type lasting struct{ driver.Store }

func (lasting) Close() error { return nil }

// A ticker is a clock that ticks a second each time that it is read.
type ticker struct {
	mu  sync.Mutex
	now time.Time
}

func (c *ticker) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

// ledger opens a ledger over the store, whose clock ticks a second each time that it is read.
func (w *world) ledger() *ledger.Ledger {
	w.t.Helper()
	return w.keyed(serial.Keyring{})
}

func (w *world) keyed(keys serial.Keyring) *ledger.Ledger {
	w.t.Helper()
	clock := &ticker{now: day}
	return w.with(&ledger.Options{Clock: clock.Now, Actor: "anna", Software: "line 1.0",
		Keys: keys})
}

func (w *world) with(o *ledger.Options) *ledger.Ledger {
	w.t.Helper()
	l, err := ledger.New(w.t.Context(), w.store(), o)
	noError(w.t, err)
	w.t.Cleanup(func() { noError(w.t, l.Close()) })
	return l
}

// ledger opens a ledger over a new store.
func (s *suite) ledger(t *testing.T) *ledger.Ledger { return s.world(t).ledger() }

// order opens the store, commissions two units and closes it.
func (w *world) order(o *ledger.Options) []string {
	w.t.Helper()
	l := w.with(o)
	define(w.t, l, "P", "SN{index:8}")
	list := serials(w.t, commission(w.t, l, ledger.Order{Product: "P", Count: 2}))
	audit(w.t, l)
	noError(w.t, l.Close())
	w.issue(list)
	return list
}

// issue notes serials, none of which may have been issued before.
func (w *world) issue(list []string) {
	w.t.Helper()
	for _, s := range list {
		isTrue(w.t, !w.issued[s], s, " was issued twice")
		w.issued[s] = true
	}
}

func define(t testing.TB, l *ledger.Ledger, id, pattern string) {
	t.Helper()
	p := ledger.Product{ID: id, Name: "Pump", Scheme: serial.MustCompile(pattern)}
	noError(t, l.Define(context.Background(), p))
}

func commission(t testing.TB, l *ledger.Ledger, o ledger.Order) *ledger.Block {
	t.Helper()
	b, err := l.Commission(context.Background(), o)
	noError(t, err)
	return b
}

// serials returns the serials of a block.
func serials(t testing.TB, b *ledger.Block) (list []string) {
	t.Helper()
	for u, err := range b.Units() {
		noError(t, err)
		list = append(list, u.Serial)
	}
	return list
}

// audit checks the chain and returns how many records there are.
func audit(t testing.TB, l *ledger.Ledger) uint64 {
	t.Helper()
	head, err := l.Audit(context.Background())
	noError(t, err)
	return head.Seq
}
