package ledgertest

import (
	"errors"
	"slices"
	"testing"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

func testDefineAgain(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:4}")
	commission(t, l, ledger.Order{Product: "P", Count: 5})
	n := audit(t, l)
	define(t, l, "P", "SN{index:4}")
	equal(t, n, audit(t, l), "the same definition is no new record")

	// A new version counts anew, and the old serials are still found.
	define(t, l, "P", "T{index:4}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 5})
	equal(t, "T0000", serials(t, b)[0])
	for _, s := range []string{"SN0004", "T0004"} {
		_, err := l.Find(ctx, "P", s)
		noError(t, err)
	}
	define(t, l, "P", "SN{index:4}") // the old version goes on where it was
	b = commission(t, l, ledger.Order{Product: "P", Count: 1})
	equal(t, "SN0005", serials(t, b)[0])
	products := 0
	for p, err := range l.Products(ctx) {
		noError(t, err)
		equal(t, "SN{index:4}", p.Scheme.String())
		products++
	}
	equal(t, 1, products)
}

func testCollisions(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:4}")
	commission(t, l, ledger.Order{Product: "P", Count: 5})
	define(t, l, "P", "SN{index:4 hex}")
	_, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 5})
	errorIs(t, err, ledger.ErrCollision)
	errorContains(t, err, `"SN0000"`)
	define(t, l, "Q", "SN{index:4}") // another product may have the same serials
	commission(t, l, ledger.Order{Product: "Q", Count: 5})
}

func testKeys(t *testing.T, s *suite) {
	ctx := t.Context()
	w := s.world(t)
	pattern := "{index:8 crockford scrambled}{check}"
	ring := func(ids ...string) (r serial.Keyring) {
		for _, id := range ids {
			k, err := serial.GenerateKey(id)
			noError(t, err)
			r, err = r.With(k)
			noError(t, err)
		}
		return r
	}
	keyed := func(r serial.Keyring) *serial.Scheme {
		s, err := serial.MustCompile(pattern).WithKeys(r)
		noError(t, err)
		return s
	}
	mine := ring("a")
	l := w.ledger()
	noError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: keyed(mine)}))
	want := serials(t, commission(t, l, ledger.Order{Request: "r", Product: "P", Count: 5}))

	t.Run("another key of the same name", func(t *testing.T) {
		l := w.ledger()
		err := l.Define(ctx, ledger.Product{ID: "P", Scheme: keyed(ring("a"))})
		errorIs(t, err, ledger.ErrKey)
	})
	t.Run("no key", func(t *testing.T) {
		l := w.ledger()
		_, err := l.Find(ctx, "P", want[2])
		errorIs(t, err, serial.ErrKey)
		isTrue(t, !errors.Is(err, ledger.ErrNotIssued), "without the key nobody can say")
	})
	t.Run("from the keyring", func(t *testing.T) {
		more, err := mine.With(func() serial.Key { k, _ := serial.GenerateKey("b"); return k }())
		noError(t, err)
		l := w.keyed(more)
		b, err := l.ByRequest(ctx, "r")
		noError(t, err)
		equal(t, want, serials(t, b))
		u, err := l.Find(ctx, "P", want[2])
		noError(t, err)
		equal(t, uint64(2), u.Position)

		noError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: keyed(more)}))
		fresh := serials(t, commission(t, l, ledger.Order{Product: "P", Count: 5}))
		isTrue(t, !slices.Equal(want, fresh))
	})
}

// testKeyInSerial shows that a block keeps the key that was current when it was made.
func testKeyInSerial(t *testing.T, s *suite) {
	ctx := t.Context()
	w := s.world(t)
	a, err := serial.GenerateKey("A")
	noError(t, err)
	b, err := serial.GenerateKey("B")
	noError(t, err)
	scheme := func(keys ...serial.Key) *serial.Scheme {
		ring, err := serial.NewKeyring(keys...)
		noError(t, err)
		s, err := serial.MustCompile("{key}{index:8 clear scrambled}").WithKeys(ring)
		noError(t, err)
		return s
	}
	l := w.ledger()
	noError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: scheme(a)}))
	want := serials(t, commission(t, l, ledger.Order{Request: "r", Product: "P", Count: 5}))
	noError(t, l.Define(ctx, ledger.Product{ID: "P", Scheme: scheme(a, b)}))
	block, err := l.ByRequest(ctx, "r")
	noError(t, err)
	equal(t, want, serials(t, block))
	fresh := serials(t, commission(t, l, ledger.Order{Product: "P", Count: 5}))
	equal(t, "B", fresh[0][:1])
	for _, s := range append(want, fresh...) {
		_, err := l.Find(ctx, "P", s)
		noError(t, err)
	}
}

// Odds are no part of a version: stricter ones would make serials unreadable that the version has
// issued.
func testStricterOdds(t *testing.T, s *suite) {
	key, err := serial.GenerateKey("a")
	noError(t, err)
	ring, err := serial.NewKeyring(key)
	noError(t, err)
	define := func(l *ledger.Ledger, pattern string) error {
		s, err := serial.MustCompile(pattern).WithKeys(ring)
		noError(t, err)
		return l.Define(t.Context(), ledger.Product{ID: "P", Scheme: s})
	}
	l := s.ledger(t)
	noError(t, define(l, "{lot:1}{index:7 scrambled}{reset:lot}{odds:1/10000}"))
	first := serials(t, commission(t, l, ledger.Order{Product: "P", Count: 500,
		Fields: serial.Fields{Lot: "A"}}))
	commission(t, l, ledger.Order{Product: "P", Count: 50, Fields: serial.Fields{Lot: "B"}})
	noError(t, define(l, "{lot:1}{index:7 scrambled}{reset:lot}{odds:1/19990}"))
	errorIs(t, define(l, "{lot:1}{index:7 scrambled}{reset:lot}{odds:1/20000}"),
		ledger.ErrExhausted)
	_, err = l.Find(t.Context(), "P", first[499])
	noError(t, err)
}
