package ledgertest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/ledgertest"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

type records = iter.Seq2[driver.Record, error]

// A faulty store is a good one that a fault is put into.
type faulty struct {
	driver.Store
	filter  func(*driver.Filter) // changes each filter
	record  func(*driver.Record) // changes each record that is read
	stream  func(records) records
	span    func(*driver.Counter, *uint64) // changes what Span is asked for
	update  func(driver.Store, context.Context, func(driver.Tx) error) error
	tx      func(driver.Tx, driver.Store) driver.Tx
	closing func(driver.Store) error
	name    *string
}

func (f faulty) Records(ctx context.Context, q driver.Filter) records {
	return f.read(f.Store, ctx, q)
}

func (f faulty) read(r driver.Reader, ctx context.Context,
	q driver.Filter) records {
	if f.filter != nil {
		f.filter(&q)
	}
	s := r.Records(ctx, q)
	if f.record != nil {
		s = changed(s, f.record)
	}
	if f.stream != nil {
		s = f.stream(s)
	}
	return s
}

func changed(s records, change func(*driver.Record)) records {
	return func(yield func(driver.Record, error) bool) {
		for r, err := range s {
			change(&r)
			if !yield(r, err) {
				return
			}
		}
	}
}

func (f faulty) Span(ctx context.Context, c driver.Counter, index uint64) (
	driver.Record, bool, error) {
	if f.span != nil {
		f.span(&c, &index)
	}
	return f.Store.Span(ctx, c, index)
}

func (f faulty) Update(ctx context.Context, fn func(driver.Tx) error) error {
	inner := func(tx driver.Tx) error {
		var t driver.Tx = faultyTx{tx, f}
		if f.tx != nil {
			t = f.tx(t, f.Store)
		}
		return fn(t)
	}
	if f.update != nil {
		return f.update(f.Store, ctx, inner)
	}
	return f.Store.Update(ctx, inner)
}

func (f faulty) Close() error {
	if f.closing != nil {
		return f.closing(f.Store)
	}
	return f.Store.Close()
}

func (f faulty) String() string {
	if f.name != nil {
		return *f.name
	}
	return f.Store.String()
}

type faultyTx struct {
	driver.Tx
	faulty
}

func (t faultyTx) Records(ctx context.Context, q driver.Filter) records {
	return t.read(t.Tx, ctx, q)
}

func (t faultyTx) Span(ctx context.Context, c driver.Counter, index uint64) (
	driver.Record, bool, error) {
	if t.span != nil {
		t.span(&c, &index)
	}
	return t.Tx.Span(ctx, c, index)
}

func (t faultyTx) Update(context.Context, func(driver.Tx) error) error {
	panic("not of a transaction")
}

// Of a transaction, single methods that are at fault.
type (
	neverDue  struct{ driver.Tx }
	alwaysDue struct{ driver.Tx }
	staleHead struct {
		driver.Tx
		head driver.Head
	}
	blind struct {
		driver.Tx
		store driver.Store
	}
	blindSpan struct {
		driver.Tx
		store driver.Store
	}
	lossy struct{ driver.Tx }
)

func (neverDue) Due() *driver.Renewal { return nil }

func (t alwaysDue) Due() *driver.Renewal {
	return &driver.Renewal{Cause: driver.Created, Ledger: t.Head().Ledger}
}

func (t staleHead) Head() driver.Head { return t.head }

func (t blind) Records(ctx context.Context, f driver.Filter) records {
	return t.store.Records(ctx, f)
}

func (t blindSpan) Span(ctx context.Context, c driver.Counter, index uint64) (
	driver.Record, bool, error) {
	return t.store.Span(ctx, c, index)
}

func (t lossy) Append(r driver.Record) error {
	if r.Kind == driver.KindMark {
		return nil
	}
	return t.Tx.Append(r)
}

var reading sync.Mutex

// faults are stores that Run must reject.
var faults = map[string]faulty{
	"Kind":    {filter: func(f *driver.Filter) { f.Kind = "" }},
	"Epoch":   {filter: func(f *driver.Filter) { f.Epoch = 0 }},
	"Seq":     {filter: func(f *driver.Filter) { f.Seq = 0 }},
	"Product": {filter: func(f *driver.Filter) { f.Product = "" }},
	"Version": {filter: func(f *driver.Filter) { f.Version = "" }},
	"Lot":     {filter: func(f *driver.Filter) { f.Lot = "" }},
	"Request": {filter: func(f *driver.Filter) { f.Request = "" }},
	"Block":   {filter: func(f *driver.Filter) { f.Block = 0 }},
	"After":   {filter: func(f *driver.Filter) { f.After = 0 }},
	"Newest":  {filter: func(f *driver.Filter) { f.Newest = false }},
	"Limit":   {filter: func(f *driver.Filter) { f.Limit = 0 }},
	"limit of a page": {filter: func(f *driver.Filter) {
		if f.Limit == 0 {
			f.Limit = 256
		}
	}},

	"time in UTC":        {record: func(r *driver.Record) { r.Time = r.Time.UTC() }},
	"time to the second": {record: func(r *driver.Record) { r.Time = r.Time.Truncate(1e9) }},
	"JSON made compact": {record: func(r *driver.Record) {
		var b bytes.Buffer
		if json.Compact(&b, r.Body) == nil {
			r.Body = b.Bytes()
		}
	}},
	"an actor lost": {record: func(r *driver.Record) { r.Actor = "" }},
	"goes on after an error": {stream: func(s iter.Seq2[driver.Record,
		error]) records {
		return func(yield func(driver.Record, error) bool) {
			for r, err := range s {
				if !yield(r, err) {
					return
				}
				if err != nil && !yield(r, err) {
					return
				}
			}
		}
	}},
	"locked while it is read": {
		stream: func(s records) records {
			return func(yield func(driver.Record, error) bool) {
				reading.Lock()
				defer reading.Unlock()
				s(yield)
			}
		},
	},

	"span before":           {span: func(_ *driver.Counter, i *uint64) { *i = max(*i, 1) - 1 }},
	"span after":            {span: func(_ *driver.Counter, i *uint64) { *i++ }},
	"span in another scope": {span: func(c *driver.Counter, _ *uint64) { c.Scope = "" }},

	"keeps what failed": {update: func(s driver.Store, ctx context.Context,
		fn func(driver.Tx) error) (err error) {
		return errors.Join(s.Update(ctx, func(tx driver.Tx) error { err = fn(tx); return nil }),
			err)
	}},
	"wraps errors": {update: func(s driver.Store, ctx context.Context,
		fn func(driver.Tx) error) error {
		if err := s.Update(ctx, fn); err != nil {
			return fmt.Errorf("update: %w", err)
		}
		return nil
	}},
	"waits for ever": {update: func(s driver.Store, ctx context.Context,
		fn func(driver.Tx) error) error {
		return s.Update(context.WithoutCancel(ctx), fn)
	}},
	"stops half-way": {update: func(s driver.Store, ctx context.Context,
		fn func(driver.Tx) error) error {
		return s.Update(ctx, func(tx driver.Tx) error { return errors.Join(fn(tx), ctx.Err()) })
	}},
	"runs twice": {update: func(s driver.Store, ctx context.Context,
		fn func(driver.Tx) error) error {
		return errors.Join(s.Update(ctx, fn), s.Update(ctx, fn))
	}},
	"keeps nothing": {update: func(s driver.Store, ctx context.Context,
		fn func(driver.Tx) error) error {
		none := errors.New("none")
		if err := s.Update(ctx, func(tx driver.Tx) error {
			return errors.Join(fn(tx),
				none)
		}); err != nil && !errors.Is(err, none) {
			return err
		}
		return nil
	}},

	"never due":  {tx: func(tx driver.Tx, _ driver.Store) driver.Tx { return neverDue{tx} }},
	"always due": {tx: func(tx driver.Tx, _ driver.Store) driver.Tx { return alwaysDue{tx} }},
	"stale head": {tx: func(tx driver.Tx,
		_ driver.Store) driver.Tx {
		return staleHead{tx, tx.Head()}
	}},
	"blind": {tx: func(tx driver.Tx, s driver.Store) driver.Tx { return blind{tx, s} }},
	"blind to spans": {tx: func(tx driver.Tx,
		s driver.Store) driver.Tx {
		return blindSpan{tx, s}
	}},
	"loses marks": {tx: func(tx driver.Tx, _ driver.Store) driver.Tx { return lossy{tx} }},

	"open after Close": {closing: func(driver.Store) error { return nil }},
	"nameless":         {name: new(string)},
}

// faultEnv names the fault that TestFault puts into its store.
const faultEnv = "NAMEPLATE_LEDGERTEST_FAULT"

func TestFault(t *testing.T) {
	name := os.Getenv(faultEnv)
	if name == "" {
		t.Skip("TestRunRejectsFaults runs it")
	}
	f := faults[name]
	open := func(context.Context, string) (driver.Store, error) {
		f.Store = memory.NewStore()
		return f, nil
	}
	ledgertest.Run(t, open, ledgertest.Capabilities{})
}

// TestMarksIgnored runs over a store in a file that never sees its high-water mark.
func TestMarksIgnored(t *testing.T) {
	if os.Getenv(faultEnv) != "marks ignored" {
		t.Skip("TestRunRejectsFaults runs it")
	}
	open := func(ctx context.Context, name string) (driver.Store, error) {
		s, err := sqlite.OpenStore(ctx, name)
		return faulty{Store: s, tx: func(tx driver.Tx, _ driver.Store) driver.Tx {
			if tx.Head().Seq == 0 {
				return tx
			}
			return neverDue{tx}
		}}, err
	}
	ledgertest.Run(t, open, ledgertest.Capabilities{Durable: true, Copies: true})
}

// Run fails for every fault.
func TestRunRejectsFaults(t *testing.T) {
	run := func(test, fault string) error {
		timeout := "60s"
		if fault == "locked while it is read" { // it hangs
			timeout = "3s"
		}
		cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.failfast",
			"-test.timeout="+timeout)
		cmd.Env = append(os.Environ(), faultEnv+"="+fault)
		return cmd.Run()
	}
	faults["none"] = faulty{}
	short := []string{"none", "Limit", "keeps what failed", "stale head"}
	for fault := range faults {
		if testing.Short() && !slices.Contains(short, fault) {
			continue
		}
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			if err := run("TestFault", fault); fault == "none" {
				require.NoError(t, err)
			} else {
				require.Error(t, err)
			}
		})
	}
	t.Run("marks ignored", func(t *testing.T) {
		t.Parallel()
		require.Error(t, run("TestMarksIgnored", "marks ignored"))
	})
}
