package ledger_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
)

// pump opens a ledger in memory with a product P and a block of three units, 1.3.
func pump(t *testing.T) (*ledger.Ledger, *ledger.Block) {
	t.Helper()
	l, err := memory.Open(t.Context(), &ledger.Options{Actor: "anna"})
	require.NoError(t, err)
	require.NoError(t, l.Define(t.Context(),
		ledger.Product{ID: "P", Scheme: serial.MustCompile("SN{index:2}")}))
	b, err := l.Commission(t.Context(), ledger.Order{Request: "r", Product: "P", Count: 3})
	require.NoError(t, err)
	return l, b
}

// TestMessages: each error names its package once, then what failed, what was found and what to do.
func TestMessages(t *testing.T) {
	l, b := pump(t)
	ctx := t.Context()
	journal := l.Journal(b)
	order := func(o ledger.Order) error { _, err := l.Commission(ctx, o); return err }
	find := func(product, text string) error { _, err := l.Find(ctx, product, text); return err }
	block := func(id string) error { _, err := l.Block(ctx, id); return err }
	request := func(id string) error { _, err := l.ByRequest(ctx, id); return err }
	at := func(i uint64) error { _, err := b.At(i); return err }
	checkMessages(t, []failure{
		{l.Define(ctx, ledger.Product{ID: "Q"}), ledger.ErrInvalid,
			`ledger: product "Q": Scheme is nil; compile one with serial.Compile`},
		{l.Define(ctx, ledger.Product{}), ledger.ErrInvalid, `ledger: product "": ID is empty`},
		{l.Define(ctx, ledger.Product{ID: "Q", Name: "\xff",
			Scheme: serial.MustCompile("SN{index:2}")}),
			ledger.ErrInvalid, `ledger: product "Q": name "\xff" is not valid UTF-8`},
		{order(ledger.Order{Product: "Q", Count: 1}), ledger.ErrUnknownProduct,
			`ledger: order of product "Q": unknown product; define it first`},
		{order(ledger.Order{Request: "r", Product: "P", Count: 4}), ledger.ErrOrderDiffers,
			`ledger: order "r" of product "P": the request was used for another order: 3 units of product "P" on `},
		{order(ledger.Order{Product: "P", Count: 98}), ledger.ErrExhausted,
			`ledger: order of product "P": numbers exhausted: 97 of 100 are left in all; give the product a scheme with more`},
		{order(ledger.Order{Request: "r2", Count: 98}), ledger.ErrInvalid,
			`ledger: order "r2": Product is empty`},
		{order(ledger.Order{Product: "P"}), ledger.ErrInvalid,
			`ledger: order of product "P": Count is 0; order at least 1 unit`},
		{find("P", "SN03"), ledger.ErrNotIssued,
			`ledger: serial "SN03" of product "P": never issued: its number 3 in all is in no block`},
		{find("P", "SX03"), ledger.ErrNotIssued,
			`ledger: serial "SX03" of product "P": never issued: "SX03" at `},
		{find("Q", "SN03"), ledger.ErrUnknownProduct,
			`ledger: serial "SN03" of product "Q": unknown product; define it first`},
		{block("1.7"), ledger.ErrUnknownBlock, `ledger: block "1.7": unknown block`},
		{block("x"), ledger.ErrUnknownBlock, `ledger: block "x": unknown block`},
		{request("r3"), ledger.ErrUnknownBlock, `ledger: request "r3": unknown block`},
		{at(3), ledger.ErrInvalid, `ledger: block 1.3: unit 3 of 3, want less than Count`},
		{journal.Mark(ctx, "a", 2, 2, "sent", ""), ledger.ErrInvalid,
			`ledger: block 1.3: run "a": units 2 ≤ i < 2, want a part of 0 ≤ i < 3`},
		{journal.Mark(ctx, "a", 0, 3, "", ""), ledger.ErrInvalid,
			`ledger: block 1.3: run "a": the state is empty`},
	})
}

// TestMessagesOfEvents: events are counted from 1.
func TestMessagesOfEvents(t *testing.T) {
	l, _ := pump(t)
	ctx := t.Context()
	checkMessages(t, []failure{
		{l.Record(ctx, ledger.Event{Block: "1.3", To: 1}), ledger.ErrInvalid,
			`ledger: event 1: Step is empty; name what happened, such as "packed"`},
		{l.Record(ctx, ledger.Event{Step: "packed", Block: "1.3", To: 1},
			ledger.Event{Step: "packed"}), ledger.ErrInvalid,
			`ledger: event 2: it has neither Serial nor Block, or both; set one of them`},
		{l.Record(ctx, ledger.Event{Step: "packed", Block: "1.3", To: 4}), ledger.ErrInvalid,
			`ledger: event 1: block 1.3: units 0 ≤ i < 4, want a part of 0 ≤ i < 3`},
		{l.Record(ctx, ledger.Event{Step: "packed", Block: "1.4", To: 1}), ledger.ErrUnknownBlock,
			`ledger: event 1: block "1.4": unknown block`},
		{l.Record(ctx, ledger.Event{Step: "packed", Product: "P", Serial: "SN03"}),
			ledger.ErrNotIssued,
			`ledger: event 1: serial "SN03" of product "P": never issued: its number 3 in all is in no block`},
	})
}

// A failure is an error with its sentinel and the beginning of its message.
type failure struct {
	err     error
	is      error
	message string
}

func checkMessages(t *testing.T, failures []failure) {
	t.Helper()
	for _, c := range failures {
		require.ErrorIs(t, c.err, c.is)
		require.True(t, strings.HasPrefix(c.err.Error(), c.message), "%v\nwant %s", c.err,
			c.message)
		require.Equal(t, 1, strings.Count(c.err.Error(), "ledger: "), c.err)
		var e *ledger.Error
		require.ErrorAs(t, c.err, &e)
	}
}

// What a scheme says of a serial or a field can be had from the error.
func TestErrorOfScheme(t *testing.T) {
	l, _ := pump(t)
	_, err := l.Find(t.Context(), "P", "SX03")
	var e *serial.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "SX03", e.Input)
	var mine *ledger.Error
	require.ErrorAs(t, err, &mine)
	require.Equal(t, "SX03", mine.Input)

	require.NoError(t, l.Define(t.Context(),
		ledger.Product{ID: "L", Scheme: serial.MustCompile("{lot}{index:2}")}))
	_, err = l.Commission(t.Context(), ledger.Order{Product: "L", Count: 1})
	require.ErrorIs(t, err, serial.ErrField)
	require.ErrorContains(t, err, `ledger: order of product "L": serial: `)

	define(t, l, "{lot}-{index:1}{reset:lot}")
	_, err = l.Commission(t.Context(), ledger.Order{Product: "P", Count: 11,
		Fields: serial.Fields{Lot: "L1"}})
	require.ErrorIs(t, err, ledger.ErrExhausted)
	require.ErrorContains(t, err, `10 of 10 are left in scope "`)
}

// Input in messages is quoted and shortened, at a character's end.
func TestLongInput(t *testing.T) {
	l, _ := pump(t)
	_, err := l.Find(t.Context(), "P", strings.Repeat("ü", 1e6))
	require.Less(t, len(err.Error()), 400)
	require.Contains(t, err.Error(), `"`+strings.Repeat("ü", 30)+`…"`)
	_, err = l.Find(t.Context(), "P", "x"+strings.Repeat("ü", 1e6))
	require.Contains(t, err.Error(), `serial "x`+strings.Repeat("ü", 29)+`…"`)
	_, err = l.Find(t.Context(), "P", strings.Repeat("x", 60))
	require.Contains(t, err.Error(), `serial "`+strings.Repeat("x", 60)+`" of`)
	_, err = l.Find(t.Context(), "P", strings.Repeat("\x80", 100))
	require.Less(t, len(err.Error()), 900)
}

func TestStoreErrorMessages(t *testing.T) {
	for want, e := range map[string]*ledger.StoreError{
		"ledger: f: not a ledger": {Name: "f", Err: ledger.ErrForeign},
		"ledger: f: not a ledger: text; name another": {Name: "f", Err: ledger.ErrForeign,
			Detail: "text", Hint: "name another"},
		"ledger: f: not a ledger: file does not exist": {Name: "f", Err: ledger.ErrForeign,
			System: fs.ErrNotExist},
		"ledger: f: not a ledger: x: file does not exist": {Name: "f", Err: ledger.ErrForeign,
			Detail: "x", System: fs.ErrNotExist},
		"ledger: not a ledger": {Err: ledger.ErrForeign},
	} {
		require.EqualError(t, e, want)
		require.ErrorIs(t, e, ledger.ErrForeign)
		require.Equal(t, e.System != nil, errors.Is(e, fs.ErrNotExist))
	}
}

// An error of the store comes through every method as it is.
func TestErrorsOfTheStore(t *testing.T) {
	l, b := pump(t)
	require.NoError(t, l.Close())
	ctx := t.Context()
	first := func(errs func(func(error) bool)) (err error) {
		errs(func(e error) bool { err = e; return false })
		return err
	}
	_, find := l.Find(ctx, "P", "SN01")
	_, history := l.History(ctx, "P", "SN01")
	_, byID := l.Block(ctx, "1.3")
	_, byRequest := l.ByRequest(ctx, "r")
	_, commission := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
	_, outcomes := l.Outcomes(ctx, b)
	_, audit := l.Audit(ctx)
	for name, err := range map[string]error{
		"Find": find, "History": history, "Block": byID, "ByRequest": byRequest, "Commission": commission,
		"Outcomes": outcomes, "Audit": audit,
		"Define": l.Define(ctx, ledger.Product{ID: "P", Scheme: serial.MustCompile("SN{index:2}")}),
		"Record": l.Record(ctx, ledger.Event{Step: "packed", Block: "1.3", To: 1}),
		"Mark":   l.Journal(b).Mark(ctx, "a", 0, 1, "sent", ""),
		"Marks": l.Journal(b).Marks(ctx, "a",
			func(uint64, uint64, string, string) error { return nil }),
		"Products": first(func(y func(error) bool) {
			for _, err := range l.Products(ctx) {
				if !y(err) {
					return
				}
			}
		}),
		"Blocks": first(func(y func(error) bool) {
			for _, err := range l.Blocks(ctx, "") {
				if !y(err) {
					return
				}
			}
		}),
		"Recall": first(func(y func(error) bool) {
			for _, err := range l.Recall(ctx, ledger.Query{}) {
				if !y(err) {
					return
				}
			}
		}),
	} {
		require.ErrorIs(t, err, ledger.ErrClosed, name)
		require.EqualError(t, err, "ledger: memory: the ledger is closed; open another one", name)
	}
	u, err := b.At(2)
	require.NoError(t, err, "a block can still be used")
	require.Equal(t, "SN02", u.Serial)
}

// A record that isn't as it was written is damage, whichever method reads it.
func TestDamagedRecords(t *testing.T) {
	ctx := t.Context()
	for _, kind := range []driver.Kind{driver.KindProduct, driver.KindBlock, driver.KindMark,
		driver.KindEvent} {
		for fault, change := range map[string]func(*driver.Record){
			"changed":    func(r *driver.Record) { r.Actor = "mallory" },
			"unreadable": func(r *driver.Record) { r.Body = []byte("{"); r.Hash = r.Digest() },
		} {
			s := &tampered{Store: memory.NewStore()}
			l, err := ledger.New(ctx, s, nil)
			require.NoError(t, err)
			require.NoError(t, l.Define(ctx,
				ledger.Product{ID: "P", Scheme: serial.MustCompile("SN{index:2}")}))
			b, err := l.Commission(ctx, ledger.Order{Request: "r", Product: "P", Count: 3})
			require.NoError(t, err)
			require.NoError(t, l.Journal(b).Mark(ctx, "a", 0, 3, "sent", ""))
			require.NoError(t, l.Record(ctx, ledger.Event{Step: "packed", Block: b.ID, To: 1}))
			s.change = func(r *driver.Record) {
				if r.Kind == kind {
					change(r)
				}
			}
			l, err = ledger.New(ctx, s, nil)
			require.NoError(t, err)
			_, err = l.History(ctx, "P", "SN00")
			var e *ledger.StoreError
			require.ErrorAs(t, err, &e, "%s %s", kind, fault)
			require.ErrorIs(t, err, ledger.ErrDamaged)
			require.Equal(t, "memory", e.Name)
			require.NotEmpty(t, e.Hint)
			require.Contains(t, e.Detail, "record ")
			for name, call := range calls {
				err := call(ctx, l, b)
				var mistaken *ledger.Error // such as a serial that isn't in this ledger
				if err != nil && !errors.As(err, &mistaken) {
					require.ErrorAs(t, err, &e, name)
					require.ErrorIs(t, err, ledger.ErrDamaged, name)
				}
				if name == "Audit" && fault == "changed" || name == "Products" &&
					kind == driver.KindProduct ||
					name == "Blocks" && kind == driver.KindBlock {
					require.Error(t, err, "%s of a %s", name, kind)
				}
			}
		}
	}
}

// A superseded definition that was changed is damage as well.
func TestDamagedDefinition(t *testing.T) {
	s := &tampered{Store: furnished(t), change: func(r *driver.Record) {
		if r.Seq == 2 {
			r.Actor = "mallory"
		}
	}}
	l, err := ledger.New(t.Context(), s, nil)
	require.NoError(t, err)
	require.ErrorIs(t, drain(l.Products(t.Context())), ledger.ErrDamaged)
}

// A tampered store changes what is read of it.
type tampered struct {
	driver.Store
	change func(*driver.Record)
}

func (s *tampered) Records(ctx context.Context, f driver.Filter) records {
	return s.changed(s.Store.Records(ctx, f))
}

func (s *tampered) changed(all records) records {
	return func(yield func(driver.Record, error) bool) {
		for r, err := range all {
			if s.change != nil {
				s.change(&r)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (s *tampered) Span(ctx context.Context, c driver.Counter, index uint64) (driver.Record, bool,
	error) {
	r, ok, err := s.Store.Span(ctx, c, index)
	if s.change != nil {
		s.change(&r)
	}
	return r, ok, err
}
