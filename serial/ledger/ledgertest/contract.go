package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A writer makes records that follow the head of a store.
type writer struct {
	t     *testing.T
	clock ticker
}

// record returns a record that follows a head.
func (w *writer) record(h driver.Head, kind driver.Kind, body string) driver.Record {
	r := driver.Record{Body: []byte(body), Envelope: driver.Envelope{
		Seq: h.Seq + 1, Ledger: h.Ledger, Epoch: max(h.Epoch,
			1), Kind: kind, Actor: "anna's", Reason: `"why"`,
		Time: w.clock.Now().Truncate(time.Microsecond), Software: "süß 1.0", Previous: h.Hash,
	}}
	if kind == driver.KindEpoch {
		r.Epoch = h.Epoch + 1
	}
	r.Hash = r.Digest()
	return r
}

// A draft is a record without its envelope.
type draft struct {
	kind driver.Kind
	body string
}

func block(product, version, scope string, first, count uint64, more string) draft {
	return draft{driver.KindBlock,
		fmt.Sprintf(`{"product":%q,"version":%q,"scope":%q,"first":%d,"count":%d%s}`,
			product, version, scope, first, count, more)}
}

func burn(product, version, scope string, first, count uint64) draft {
	return draft{driver.KindBurn, block(product, version, scope, first, count, "").body}
}

// append appends records in one transaction and returns them. A new store begins its epoch.
func (w *writer) append(st driver.Store, drafts ...draft) (list []driver.Record) {
	w.t.Helper()
	noError(w.t, st.Update(w.t.Context(), func(tx driver.Tx) error {
		list = nil
		if tx.Due() != nil {
			drafts = append([]draft{{driver.KindEpoch, `{"cause":"created"}`}}, drafts...)
		}
		for _, d := range drafts {
			r := w.record(tx.Head(), d.kind, d.body)
			if err := tx.Append(r); err != nil {
				return err
			}
			list = append(list, r)
		}
		return nil
	}))
	return list
}

func (s *suite) writer(t *testing.T) (*writer, driver.Store) {
	t.Helper()
	return &writer{t: t, clock: ticker{now: day}}, s.world(t).store()
}

// collect reads a stream.
func collect(t *testing.T, r driver.Reader, f driver.Filter) (list []driver.Record) {
	t.Helper()
	for rec, err := range r.Records(t.Context(), f) {
		noError(t, err)
		list = append(list, rec)
	}
	return list
}

// same compares records, their times by what is written down.
func same(t *testing.T, want, got []driver.Record, remark ...any) {
	t.Helper()
	text := func(list []driver.Record) (lines []string) {
		for _, r := range list {
			at := r.Time.Format(driver.TimeLayout)
			r.Time = time.Time{}
			lines = append(lines, fmt.Sprintf("%+v %s %s", r.Envelope, at, r.Body))
		}
		return lines
	}
	equal(t, text(want), text(got), remark...)
}

// A new store demands an epoch, until there is one; the head follows what is appended.
func testHead(t *testing.T, s *suite) {
	w, st := s.writer(t)
	var start driver.Head
	look := func(tx driver.Tx) error {
		start = tx.Head()
		isTrue(t, tx.Due() != nil && tx.Due().Cause == driver.Created,
			"a new store demands its first epoch")
		equal(t, start.Ledger, tx.Due().Ledger)
		equal(t, 0, len(tx.Due().Marks))
		return nil
	}
	noError(t, st.Update(t.Context(), look))
	noError(t, st.Update(t.Context(), look), "looking changes nothing")
	isTrue(t, start.Ledger != "", "an instance has a name")
	equal(t, driver.Head{Ledger: start.Ledger, Hash: driver.ChainStart(start.Ledger)}, start)

	noError(t, st.Update(t.Context(), func(tx driver.Tx) error {
		r := w.record(tx.Head(), driver.KindEpoch, `{"cause":"created"}`)
		noError(t, tx.Append(r))
		isTrue(t, tx.Due() == nil, "the epoch has begun")
		equal(t, driver.Head{Ledger: start.Ledger, Epoch: 1, Seq: 1, Hash: r.Hash}, tx.Head())
		return nil
	}))
	last := w.append(st, draft{driver.KindProduct, `{"product":"P"}`},
		draft{driver.KindProduct, `{"product":"Q"}`})[1]
	noError(t, st.Update(t.Context(), func(tx driver.Tx) error {
		isTrue(t, tx.Due() == nil)
		equal(t, driver.Head{Ledger: start.Ledger, Epoch: 1, Seq: 3, Hash: last.Hash}, tx.Head())
		return nil
	}))
	isTrue(t, st.String() != "", "a store has a name for messages")
	equal(t, nil, errors.Join(st.Close(), st.Close()), "it may be closed twice")
}

// What is read is what was appended, to the byte.
func testRecords(t *testing.T, s *suite) {
	w, st := s.writer(t)
	bodies := []string{`{}`, `{"a":"ü\u0000\n"}`, `{ "spaces" : [ 1 , 2.50 ] }`,
		`{"big":18446744073709551615}`}
	var want []driver.Record
	for i, body := range bodies {
		hours := []int{0, 1, -9, 13}[i]
		w.clock.now = w.clock.now.In(time.FixedZone("", hours*3600+i*900))
		want = append(want, w.append(st, draft{driver.KindEvent, body})...)
	}
	w.clock.now = time.Date(1, 1, 1, 0, 0, 0, 1000, time.UTC)
	want = append(want, w.append(st, draft{driver.KindEvent, `{}`})...)
	got := collect(t, st, driver.Filter{})
	same(t, want, got)
	for i := range got {
		equal(t, want[i].Hash, got[i].Digest(), "the hash is still that of the record")
	}
	for range st.Records(t.Context(), driver.Filter{}) {
		break // a stream may be left at any time
	}
	same(t, want, collect(t, st, driver.Filter{}), "and read again")
}

// Span returns the block or burn whose first index is at or below an index.
func testSpans(t *testing.T, s *suite) {
	w, st := s.writer(t)
	w.append(st, block("P", "v1", "", 0, 10, ""), block("P", "v1", "", 10, 5, ""),
		block("P", "v2", "", 3, 5, ""),
		burn("P", "v1", "", 20, 100), block("P", "v1", "A", 7, 1, ""), block("Q", "v1", "", 1<<62,
			1, ""),
		draft{driver.KindProduct, `{"product":"P","version":"v1","scope":"","first":2}`})
	for _, c := range []struct {
		counter driver.Counter
		index   uint64
		want    int64 // first index; -1 if there is none
	}{
		{driver.Counter{Product: "P", Version: "v1"}, 0, 0},
		{driver.Counter{Product: "P", Version: "v1"}, 9, 0},
		{driver.Counter{Product: "P", Version: "v1"}, 10, 10},
		{driver.Counter{Product: "P", Version: "v1"}, 17, 10}, // no span reaches it
		{driver.Counter{Product: "P", Version: "v1"}, 20, 20},
		{driver.Counter{Product: "P", Version: "v1"}, 1<<63 - 1, 20},
		{driver.Counter{Product: "P", Version: "v1"}, 1<<64 - 1, 20},
		{driver.Counter{Product: "P", Version: "v2"}, 2, -1},
		{driver.Counter{Product: "P", Version: "v2"}, 3, 3},
		{driver.Counter{Product: "P", Version: "v1", Scope: "A"}, 6, -1},
		{driver.Counter{Product: "P", Version: "v1", Scope: "A"}, 8, 7},
		{driver.Counter{Product: "P", Version: "v1", Scope: "B"}, 8, -1},
		{driver.Counter{Product: "Q", Version: "v1"}, 1<<62 - 1, -1},
		{driver.Counter{Product: "Q", Version: "v1"}, 1 << 62, 1 << 62},
	} {
		check := func(r driver.Reader) {
			t.Helper()
			rec, ok, err := r.Span(t.Context(), c.counter, c.index)
			noError(t, err)
			got := int64(-1)
			if ok {
				_, end, _ := rec.CounterEnd()
				got = map[uint64]int64{10: 0, 15: 10, 8: 3, 120: 20, 1<<62 + 1: 1 << 62}[end]
				if c.counter.Scope == "A" {
					got = 7
				}
			}
			equal(t, c.want, got, fmt.Sprintf("span of %+v at %d", c.counter, c.index))
		}
		check(st)
		noError(t, st.Update(t.Context(), func(tx driver.Tx) error { check(tx); return nil }))
	}
}

// An error of the function leaves nothing behind, and is returned as it is.
func testRollback(t *testing.T, s *suite) {
	w, st := s.writer(t)
	want := w.append(st, block("P", "v1", "", 0, 10, ""))
	stop := errors.New("stop")
	err := st.Update(t.Context(), func(tx driver.Tx) error {
		noError(t, tx.Append(w.record(tx.Head(), driver.KindBlock,
			block("P", "v1", "", 10, 10, `,"request":"r"`).body)))
		return stop
	})
	isTrue(t, err == stop, "the function's error is returned as it is")
	same(t, want, collect(t, st, driver.Filter{}))
	_, ok, err := st.Span(t.Context(), driver.Counter{Product: "P", Version: "v1"}, 15)
	noError(t, err)
	isTrue(t, ok)
	want = append(want, w.append(st, block("P", "v1", "", 10, 10, `,"request":"r"`))...)
	same(t, want, collect(t, st, driver.Filter{}), "what was given up can be appended")
	noError(t, st.Update(t.Context(), func(tx driver.Tx) error {
		equal(t, want[len(want)-1].Hash, tx.Head().Hash)
		return nil
	}))
}

// A transaction reads what it has appended; others don't yet.
func testOwnReads(t *testing.T, s *suite) {
	w, st := s.writer(t)
	before := w.append(st, block("P", "v1", "", 0, 10, ""))
	c := driver.Counter{Product: "P", Version: "v1"}
	noError(t, st.Update(t.Context(), func(tx driver.Tx) error {
		r := w.record(tx.Head(), driver.KindBlock,
			block("P", "v1", "", 10, 5, `,"request":"r"`).body)
		noError(t, tx.Append(r))
		same(t, append(slices.Clone(before), r), collect(t, tx, driver.Filter{}))
		same(t, []driver.Record{r}, collect(t, tx,
			driver.Filter{Kind: driver.KindBlock, Request: "r"}))
		same(t, []driver.Record{r, before[1]},
			collect(t, tx, driver.Filter{Newest: true, Limit: 2}))
		same(t, []driver.Record{before[0]}, collect(t, tx, driver.Filter{Limit: 1}))
		same(t, before, collect(t, st, driver.Filter{}), "outside it isn't there yet")
		for at, want := range map[uint64]driver.Record{9: before[1], 10: r, 99: r} {
			got, ok, err := tx.Span(t.Context(), c, at)
			noError(t, err)
			isTrue(t, ok)
			same(t, []driver.Record{want}, []driver.Record{got})
		}
		got, ok, err := st.Span(t.Context(), c, 99)
		noError(t, err)
		isTrue(t, ok && got.Seq == before[1].Seq, "outside it isn't there yet")
		return nil
	}))
}

// Writers exclude each other.
func testWriters(t *testing.T, s *suite) {
	world := s.world(t)
	w := &writer{t: t, clock: ticker{now: day}}
	stores := []driver.Store{world.store(), world.store()}
	w.append(stores[0], draft{driver.KindProduct, `{"product":"P"}`})
	var group sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		group.Go(func() {
			for range 10 {
				errs[i] = errors.Join(errs[i],
					stores[i%2].Update(t.Context(), func(tx driver.Tx) error {
						for range 2 {
							if err := tx.Append(w.record(tx.Head(), driver.KindEvent,
								`{"event":"e"}`)); err != nil {
								return err
							}
						}
						return nil
					}))
			}
		})
	}
	group.Wait()
	noError(t, errors.Join(errs...))
	list := collect(t, stores[1], driver.Filter{})
	equal(t, 2+2*8*10, len(list))
	for i, r := range list {
		equal(t, uint64(i+1), r.Seq)
		if i > 0 {
			equal(t, list[i-1].Hash, r.Previous, "each record follows the one before")
		}
	}
}

// The wait for another writer ends with the context; the transaction doesn't.
func testWaiting(t *testing.T, s *suite) {
	w, st := s.writer(t)
	inside, leave, done := make(chan struct{}), make(chan struct{}), make(chan error)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		done <- st.Update(ctx, func(tx driver.Tx) error {
			close(inside)
			<-leave
			if tx.Due() == nil {
				return errors.New("a new store demands an epoch")
			}
			return tx.Append(w.record(tx.Head(), driver.KindEpoch, `{"cause":"created"}`))
		})
	}()
	<-inside
	short, end := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer end()
	err := st.Update(short, func(driver.Tx) error { t.Error("two writers at once"); return nil })
	errorIs(t, err, context.DeadlineExceeded)
	cancel() // of the one that writes
	close(leave)
	noError(t, <-done, "once a transaction runs, the end of its context changes nothing")
	equal(t, 1, len(collect(t, st, driver.Filter{})))
	w.append(st, draft{driver.KindProduct, `{}`})
}

// A reader doesn't wait for a writer.
func testReadWhileWriting(t *testing.T, s *suite) {
	w, st := s.writer(t)
	want := w.append(st, block("P", "v1", "", 0, 10, ""))
	noError(t, st.Update(t.Context(), func(tx driver.Tx) error {
		noError(t, tx.Append(w.record(tx.Head(), driver.KindEvent, `{}`)))
		got := make(chan []driver.Record)
		go func() {
			var list []driver.Record
			for r, err := range st.Records(t.Context(), driver.Filter{}) {
				if err == nil {
					list = append(list, r)
				}
			}
			got <- list
		}()
		select {
		case list := <-got:
			same(t, want, list)
		case <-time.After(30 * time.Second):
			t.Fatal("a reader waits for a writer")
		}
		return nil
	}))
}

// A writer doesn't wait for a reader, however slow.
func testWriteWhileReading(t *testing.T, s *suite) {
	w, st := s.writer(t)
	var drafts []draft
	for range 600 { // more than any page
		drafts = append(drafts, draft{driver.KindEvent, `{"event":"e"}`})
	}
	want := w.append(st, drafts...)
	n := 0
	for r, err := range st.Records(t.Context(), driver.Filter{Limit: len(want)}) {
		noError(t, err)
		equal(t, want[n].Hash, r.Hash)
		if n++; n%200 == 1 {
			w.append(st, draft{driver.KindEvent, `{"event":"late"}`})
		}
	}
	equal(t, len(want), n)
}

// With a context that has ended nothing is read or written.
func testEndedContext(t *testing.T, s *suite) {
	w, st := s.writer(t)
	w.append(st, block("P", "v1", "", 0, 10, ""))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	errorIs(t, st.Update(ended, func(tx driver.Tx) error {
		return tx.Append(w.record(tx.Head(), driver.KindEvent, `{}`))
	}), context.Canceled)
	equal(t, 2, len(collect(t, st, driver.Filter{})))
	n := 0
	for _, err := range st.Records(ended, driver.Filter{}) {
		errorIs(t, err, context.Canceled)
		n++
	}
	equal(t, 1, n, "a stream ends after an error")
	_, _, err := st.Span(ended, driver.Counter{Product: "P", Version: "v1"}, 3)
	errorIs(t, err, context.Canceled)
}

// A stream whose context ends meanwhile ends with an error; it is never cut off in silence.
func testContextEndsMeanwhile(t *testing.T, s *suite) {
	w, st := s.writer(t)
	var drafts []draft
	for range 600 { // more than any page
		drafts = append(drafts, draft{driver.KindEvent, `{"event":"e"}`})
	}
	all := w.append(st, drafts...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n, failed := 0, false
	for _, err := range st.Records(ctx, driver.Filter{}) {
		cancel()
		if err == nil {
			n++
			continue
		}
		errorIs(t, err, context.Canceled)
		failed = true
	}
	isTrue(t, failed || n == len(all), "the stream was cut off after ", n, " records")
}

// After Close everything is ErrClosed.
func testClosed(t *testing.T, s *suite) {
	st, err := s.open(t.Context(), s.world(t).name)
	noError(t, err)
	(&writer{t: t, clock: ticker{now: day}}).append(st, block("P", "v1", "", 0, 10, ""))
	noError(t, st.Close())
	noError(t, st.Close(), "a second time it does nothing")
	errorIs(t, st.Update(t.Context(), func(driver.Tx) error { return nil }), ledger.ErrClosed)
	n := 0
	for _, err := range st.Records(t.Context(), driver.Filter{}) {
		errorIs(t, err, ledger.ErrClosed)
		n++
	}
	equal(t, 1, n)
	_, _, err = st.Span(t.Context(), driver.Counter{Product: "P", Version: "v1"}, 3)
	errorIs(t, err, ledger.ErrClosed)
	var known *ledger.StoreError
	isTrue(t, errors.As(err, &known) && known.Hint != "" && known.Name == st.String(),
		"it is a *ledger.StoreError with a hint")
}

// What was recorded is there again.
func testReopened(t *testing.T, s *suite) {
	world := s.world(t)
	w := &writer{t: t, clock: ticker{now: day}}
	var want []driver.Record
	for i := range uint64(3) {
		st, err := s.open(t.Context(), world.name)
		noError(t, err)
		same(t, want, collect(t, st, driver.Filter{}))
		want = append(want, w.append(st, block("P", "v1", "", i, 1, ""))...)
		noError(t, st.Close())
	}
}

// What one store records another one of the same name has, at once.
func testTwoStores(t *testing.T, s *suite) {
	world := s.world(t)
	w := &writer{t: t, clock: ticker{now: day}}
	a, b := world.store(), world.store()
	want := w.append(a, block("P", "v1", "", 0, 1, ""))
	for i := range uint64(3) {
		same(t, want, collect(t, b, driver.Filter{}))
		want = append(want, w.append(b, block("P", "v1", "", 1+2*i, 1, ""))...)
		same(t, want, collect(t, a, driver.Filter{}))
		want = append(want, w.append(a, block("P", "v1", "", 2+2*i, 1, ""))...)
	}
}

// Close waits for the transaction under way, which is kept.
func testCloseWhileWriting(t *testing.T, s *suite) {
	world := s.world(t)
	st, err := s.open(t.Context(), world.name)
	noError(t, err)
	w := &writer{t: t, clock: ticker{now: day}}
	closed := make(chan error)
	noError(t, st.Update(t.Context(), func(tx driver.Tx) error {
		go func() { closed <- st.Close() }()
		time.Sleep(5 * time.Millisecond)
		select {
		case <-closed:
			t.Error("Close doesn't wait for a writer")
		default:
		}
		return tx.Append(w.record(tx.Head(), driver.KindEpoch, `{"cause":"created"}`))
	}))
	noError(t, <-closed)
	errorIs(t, st.Update(t.Context(), func(driver.Tx) error { return nil }), ledger.ErrClosed)
	if s.can.Durable {
		equal(t, 1, len(collect(t, world.store(), driver.Filter{})))
	}
}
