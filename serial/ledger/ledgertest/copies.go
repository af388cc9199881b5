package ledgertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// records returns the file of the store's records.
func (w *world) records() []byte {
	w.t.Helper()
	b, err := os.ReadFile(w.name)
	noError(w.t, err)
	return b
}

// putBack writes an older file of records in the place of the store's.
func (w *world) putBack(old []byte) {
	w.t.Helper()
	noError(w.t, os.WriteFile(w.name, old, 0o644))
}

// copied copies the store's files, or only the file of its records.
func (w *world) copied(all bool) *world {
	w.t.Helper()
	c := w.world(w.t)
	c.issued = w.issued
	files, err := filepath.Glob(w.name + "*")
	noError(w.t, err)
	for _, file := range files {
		if file != w.name && !all {
			continue
		}
		b, err := os.ReadFile(file)
		noError(w.t, err)
		noError(w.t, os.WriteFile(c.name+strings.TrimPrefix(file, w.name), b, 0o644))
	}
	return c
}

// epochs returns the causes of the store's epochs.
func (w *world) epochs() (causes []string) {
	w.t.Helper()
	for _, r := range collect(w.t, w.store(), driver.Filter{Kind: driver.KindEpoch}) {
		var body struct{ Cause string }
		noError(w.t, json.Unmarshal(r.Body, &body))
		causes = append(causes, body.Cause)
	}
	return causes
}

// rejected opens a ledger that can't be opened.
func (w *world) rejected(want error) error {
	w.t.Helper()
	st, err := w.open(w.t.Context(), w.name)
	if err == nil {
		w.t.Cleanup(func() { _ = st.Close() })
		_, err = ledger.New(w.t.Context(), st, nil)
	}
	errorIs(w.t, err, want)
	errorContains(w.t, err, w.name)
	return err
}

// An older file that is put back issues none of the numbers that it has forgotten.
func testPutBack(t *testing.T, s *suite) {
	w := s.world(t)
	w.order(nil)
	old := w.records()
	w.order(nil)
	lost := w.order(nil)
	w.putBack(old)
	equal(t, []string{"SN00000006", "SN00000007"}, w.order(nil), "it goes on at the mark")
	w.order(nil)
	equal(t, []string{"created", "behind"}, w.epochs())
	l := w.with(nil)
	_, err := l.Find(t.Context(), "P", lost[0])
	errorIs(t, err, ledger.ErrNotIssued)
	errorContains(t, err, "burnt")
}

// It does so however often it is put back.
func testPutBackTwice(t *testing.T, s *suite) {
	w := s.world(t)
	w.order(nil)
	old := w.records()
	for range 3 {
		w.order(nil)
		w.putBack(old)
		w.order(nil)
		equal(t, []string{"created", "behind"}, w.epochs())
	}
}

// An older file that has forgotten what was printed, though no number, begins a new epoch too.
func testForgottenMark(t *testing.T, s *suite) {
	w := s.world(t)
	w.order(nil)
	old := w.records()
	l := w.with(nil)
	for b, err := range l.Blocks(t.Context(), "") {
		noError(t, err)
		noError(t, l.Journal(b).Mark(t.Context(), "run", 0, 2, "counted", ""))
	}
	noError(t, l.Close())
	w.putBack(old)
	noError(t, w.with(nil).Close())
	equal(t, []string{"created", "behind"}, w.epochs())
	equal(t, 0, len(collect(t, w.store(), driver.Filter{Kind: driver.KindBurn})))
}

// A copy issues nothing, for the original may issue the same.
func testCopied(t *testing.T, s *suite) {
	for _, all := range []bool{false, true} {
		t.Run(fmt.Sprintf("all=%t", all), func(t *testing.T) {
			w := s.world(t)
			w.order(nil)
			c := w.copied(all)
			before := c.records()
			err := c.rejected(ledger.ErrCopied)
			errorContains(t, err, "BurnAhead")
			equal(t, before, c.records(), "it is left as it is")
			for range 10 {
				w.order(nil) // the original goes on
			}
			o := &ledger.Options{BurnAhead: 100}
			equal(t, "SN00000102", c.order(o)[0])
			equal(t, "SN00000104", c.order(o)[0], "it has no effect on what is no copy")
			c.order(nil)
			w.order(nil)
			equal(t, []string{"created", "adopted"}, c.epochs())

			l := c.with(nil) // a counter that the copy has never seen is burnt ahead as well
			define(t, l, "Q", "Q{index:4}")
			equal(t, "Q0100", serials(t, commission(t, l, ledger.Order{Product: "Q", Count: 1}))[0])
			audit(t, l)
		})
	}
}

// A copy that has the mark of its own later state continues behind that mark and what it burns.
func testBurnAhead(t *testing.T, s *suite) {
	w := s.world(t)
	w.order(nil)
	before := w.records()
	c := w.copied(false)
	for i := range 10 {
		equal(t, fmt.Sprintf("SN%08d", 2+4+2*i), c.order(&ledger.Options{BurnAhead: 4})[0])
	}
	c.putBack(before)
	c.rejected(ledger.ErrCopied)
	equal(t, fmt.Sprintf("SN%08d", 26+4), c.order(&ledger.Options{BurnAhead: 4})[0],
		"its mark is at 26")
	c.order(nil)

	c = w.copied(false)
	st := c.store()
	_, err := ledger.New(t.Context(), st, &ledger.Options{BurnAhead: 1<<64 - 1})
	errorIs(t, err, ledger.ErrInvalid)
	l, err := ledger.New(t.Context(), st, &ledger.Options{BurnAhead: 1<<63 - 1})
	noError(t, err)
	define(t, l, "P", "SN{index:8}")
	_, err = l.Commission(t.Context(), ledger.Order{Product: "P", Count: 1})
	errorIs(t, err, ledger.ErrExhausted)
	s2 := serial.MustCompile("T{index:8}")
	noError(t, l.Define(t.Context(), ledger.Product{ID: "Q", Scheme: s2}))
	_, err = l.Commission(t.Context(), ledger.Order{Product: "Q", Count: 1})
	errorIs(t, err, ledger.ErrExhausted)
}

// A mark without its records doesn't let the numbers begin anew.
func testGone(t *testing.T, s *suite) {
	w := s.world(t)
	w.order(nil)
	old := w.records()
	w.order(nil)
	for _, lose := range []func() error{
		func() error { return os.Remove(w.name) },
		func() error { return os.Truncate(w.name, 0) },
	} {
		noError(t, lose())
		w.rejected(ledger.ErrMissing)
		w.putBack(old)
		w.order(nil)
	}
}
