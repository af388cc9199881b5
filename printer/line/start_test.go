package line

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/zpl"
)

func TestOrderToPaper(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast).onDisk(t)
	o := anOrder()
	o.Units = 50
	var batch *Batch
	b.Commissioned = func(made *Batch) error {
		batch = made
		require.Empty(t, b.paper.Paper(), "nothing is printed before")
		return nil
	}
	var last printer.Progress
	b.Job.Progress = func(p printer.Progress) { last = p }
	var written printer.Memory
	b.journal = func(j printer.Journal) printer.Journal { return &twofold{j, &written} }
	result, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	marks := 0
	require.NoError(t, written.Marks(t.Context(), o.ID, func(_, _ uint64, _, _ string) error {
		marks++
		return nil
	}))
	require.Positive(t, marks, "a run writes to the journal put in between, as the kill tests need")

	require.Equal(t, Complete, result.State)
	require.True(t, result.AllConfirmed())
	require.EqualValues(t, 50, result.Printed)
	require.EqualValues(t, 50, result.Count(printer.Counted))
	require.Zero(t, result.Count(printer.Doubtful, printer.NotSent))
	require.Positive(t, result.Elapsed)
	require.Equal(t, batch.Block.ID, result.Block)
	require.Equal(t, printer.Progress{Count: 50, Confirmed: 50, Printed: 50}, last)
	require.Equal(t, "of 50 units of order MO-1, which is complete:\n       50 confirmed: the printer's counter moved by exactly the window",
		result.String())

	units := serials(t, b.Ledger)
	require.Len(t, units, 50)
	requireDistinct(t, units)
	require.Equal(t, units, onPaper(t, b.paper.Printed()), "what is on paper is what was commissioned, in its order")
	require.Empty(t, b.paper.Errors())
	var text []byte
	for i := range batch.Block.Count {
		text, err = batch.AppendLabel(text, i)
		require.NoError(t, err)
	}
	require.Equal(t, units, onPaper(t, readPages(t, text)))
	_, err = batch.AppendLabel(nil, 50)
	require.Error(t, err)

	// Where a unit was made is with what was printed, not only with what was ordered.
	unit, err := b.Ledger.Find(t.Context(), o.Code, units[49])
	require.NoError(t, err)
	require.Equal(t, string(printer.Counted), unit.Print.State)
	require.Equal(t, ledger.Place{Plant: "Lübeck", Line: "3", Shift: "2", Machine: "M7"}, unit.Print.Place)
	history, err := b.Ledger.History(t.Context(), o.Code, units[0])
	require.NoError(t, err)
	require.Greater(t, len(history.Entries), 2)
	for _, e := range history.Entries {
		require.Equal(t, "K. Brandt", e.Actor)
		require.Equal(t, "order MO-1", e.Reason)
	}
}

// A twofold journal writes to another one, too.
type twofold struct {
	printer.Journal
	other printer.Journal
}

func (j *twofold) Mark(
	ctx context.Context, run string, from, to uint64, state, evidence string,
) error {
	if err := j.other.Mark(ctx, run, from, to, state, evidence); err != nil {
		return err
	}
	return j.Journal.Mark(ctx, run, from, to, state, evidence)
}

// TestOrderIsDoneOnce starts an order again in each of its states.
func TestOrderIsDoneOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, printertest.Config{DotsPerMM: 8, LabelsPerSecond: 200})
	o := anOrder()
	o.Units = 40
	status, err := Status(t.Context(), b.Line, o.ID)
	require.NoError(t, err)
	require.Equal(t, Result{Order: Order{ID: o.ID}}, status)
	require.Equal(t, "order MO-1: new", status.String())
	_, err = Resume(t.Context(), b.Line, o.ID)
	requireOrderError(t, err, ErrNotStarted, "order")
	more := o
	more.Extra = "rest"
	_, err = Start(t.Context(), b.Line, more)
	requireOrderError(t, err, ErrNotStarted, "order")

	ctx, interrupt := context.WithCancel(t.Context())
	b.paper.At(5, func(*printertest.Server) { interrupt() })
	result, err := Start(ctx, b.Line, o)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, UnderWay, result.State)
	require.False(t, result.AllConfirmed())
	require.EqualValues(t, 20, result.Count(printer.Doubtful))
	require.EqualValues(t, 20, result.Count(printer.NotSent))
	require.Len(t, result.Outcomes[0].Serials, 20)
	require.Contains(t, result.String(), "which is under way:\n       20 doubtful: each may be")
	require.Contains(t, result.String(), "\n       20 not sent\n   doubtful: labels 1 to 20: context canceled\n     "+result.Outcomes[0].Serials[0]+"\n")
	require.True(t, b.paper.Idle(10*time.Second))

	printed := len(b.paper.Printed())
	_, err = Start(t.Context(), b.Line, o)
	requireOrderError(t, err, ErrUnderWay, "order")
	require.ErrorContains(t, err, `line: order: order: "MO-1" is under way; resume it`)
	_, err = Start(t.Context(), b.Line, more)
	requireOrderError(t, err, ErrUnderWay, "order")
	require.Len(t, serials(t, b.Ledger), 40, "nothing is commissioned beside")
	require.Len(t, b.paper.Printed(), printed)

	result, err = Resume(t.Context(), b.Line, o.ID)
	require.NoError(t, err)
	require.Equal(t, Complete, result.State)
	require.EqualValues(t, 20, result.Printed)
	require.False(t, result.AllConfirmed(), "doubts remain")
	printed = len(b.paper.Printed())
	_, err = Start(t.Context(), b.Line, o)
	requireOrderError(t, err, ErrComplete, "order")
	again, err := Resume(t.Context(), b.Line, o.ID)
	require.NoError(t, err)
	require.Equal(t, result.Outcomes, again.Outcomes)
	require.Zero(t, again.Printed)
	require.Len(t, b.paper.Printed(), printed, "a complete order has nothing to resume")
	status, err = Status(t.Context(), Line{Ledger: b.Ledger}, o.ID)
	require.NoError(t, err)
	require.Equal(t, again.Outcomes, status.Outcomes)
	require.Equal(t, o, status.Order)

	more.Units = 3
	result, err = Start(t.Context(), b.Line, more)
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
	require.Equal(t, "MO-1+rest", result.Order.Request())
	_, err = Start(t.Context(), b.Line, more)
	requireOrderError(t, err, ErrComplete, "order")
	requireDistinct(t, serials(t, b.Ledger))
	require.Len(t, serials(t, b.Ledger), 43)
}

// TestDoubtsArePrintedAgain resumes a complete order with the policy that prints doubtful labels
// anew.
func TestDoubtsArePrintedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, printertest.Config{
		DotsPerMM: 8, LabelsPerSecond: 1000, OperatorDelay: 50 * time.Millisecond,
	})
	b.paper.At(5, (*printertest.Server).Cancel)
	o := anOrder()
	result, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.EqualValues(t, 10, result.Count(printer.Doubtful))
	printed := map[string]int{}
	for _, s := range onPaper(t, b.paper.Printed()) {
		printed[s]++
	}
	for _, s := range serials(t, b.Ledger) {
		if printed[s] != 1 {
			require.Contains(t, result.String(), "\n     "+s, "printed %d times", printed[s])
		}
	}
	b.Job.Policy = printer.Reprint
	result, err = Resume(t.Context(), b.Line, o.ID)
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
}

// TestChangedOrder starts and resumes an order whose content was edited in between: labels of one
// order must not differ.
func TestChangedOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	o := anOrder()
	_, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	for field, change := range map[string]func(*Order){
		"units":         func(o *Order) { o.Units = 11 },
		"code":          func(o *Order) { o.Code = "09506000134369" },
		"lot":           func(o *Order) { o.Lot = "L2" },
		"made":          func(o *Order) { o.Made = "2026-11-21" },
		"scheme":        func(o *Order) { o.Scheme = "{index:9}" },
		"template":      func(o *Order) { o.Template = "other.json" },
		"operator":      func(o *Order) { o.Operator = "" },
		"label.expires": func(o *Order) { o.Label["expires"] = "2029-11-21" },
		"label.ref":     func(o *Order) { delete(o.Label, "ref") },
		"label.new":     func(o *Order) { o.Label["new"] = "x" },
	} {
		changed := anOrder()
		change(&changed)
		_, err := Start(t.Context(), b.Line, changed)
		wrong := requireOrderError(t, err, ErrConflict, field)
		require.Contains(t, wrong.Detail, "has changed since the order began")
		_, err = Check(t.Context(), b.Line, changed)
		requireOrderError(t, err, ErrConflict, field)
	}
	seen := anOrder()
	seen.Acknowledged = []Warning{UseByPast}
	_, err = Start(t.Context(), b.Line, seen)
	requireOrderError(t, err, ErrComplete, "order")

	b.Template = parse(t, "udi.json", func(text []byte) []byte { return append(text, '\n') })
	_, err = Resume(t.Context(), b.Line, o.ID)
	requireOrderError(t, err, ErrConflict, "template")
	require.Len(t, b.paper.Printed(), 10)
}

// TestForeignRequest finds an order's ID used by another program.
func TestForeignRequest(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	o := anOrder()
	p, err := Check(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.NoError(t, b.Ledger.Define(t.Context(), ledger.Product{ID: o.Code, Scheme: p.scheme}))
	for i, attributes := range []map[string]string{
		nil, {attrPrinters: "1"}, {attrPrinters: "0", attrOrder: `{"units":2}`}, {attrPrinters: "1", attrOrder: `{"units":3}`},
	} {
		o.ID = string(rune('A' + i))
		_, err = b.Ledger.Commission(t.Context(), ledger.Order{
			Request: o.ID, Product: o.Code, Count: 2, Attributes: attributes,
		})
		require.NoError(t, err)
		_, err = Start(t.Context(), b.Line, o)
		requireOrderError(t, err, ErrConflict, "order")
		more := o
		more.Extra = "rest"
		_, err = Start(t.Context(), b.Line, more)
		requireOrderError(t, err, ErrConflict, "order")
		_, err = Resume(t.Context(), b.Line, o.ID)
		requireOrderError(t, err, ErrConflict, "order")
		_, err = Status(t.Context(), b.Line, o.ID)
		requireOrderError(t, err, ErrConflict, "order")
	}
	require.Empty(t, b.paper.Printed())
}

// TestCommissionFails separates an order that the ledger rejects from a ledger that fails.
func TestCommissionFails(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	o := anOrder()
	mine, err := Check(t.Context(), b.Line, o)
	require.NoError(t, err)
	o.Units = 5
	theirs, err := Check(t.Context(), b.Line, o)
	require.NoError(t, err)
	_, err = theirs.commission(t.Context(), b.Line)
	require.NoError(t, err)
	_, err = mine.commission(t.Context(), b.Line)
	wrong := requireOrderError(t, err, ErrConflict, "order")
	require.Equal(t, "MO-1", wrong.Input)
	require.ErrorIs(t, err, ledger.ErrOrderDiffers)

	o = anOrder()
	o.ID, o.Scheme, o.Units = "MO-2", "{index:1}", 6
	_, err = Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	o.ID = "MO-3"
	_, err = Start(t.Context(), b.Line, o)
	requireOrderError(t, err, ErrOrder, "")
	require.ErrorIs(t, err, ledger.ErrExhausted)

	for _, ctx := range []func() (context.Context, context.CancelFunc){
		func() (context.Context, context.CancelFunc) { return context.WithCancel(t.Context()) },
		func() (context.Context, context.CancelFunc) { return context.WithTimeout(t.Context(), 0) },
	} {
		ended, cancel := ctx()
		cancel()
		_, err = mine.commission(ended, b.Line)
		require.Error(t, err)
		require.NotErrorIs(t, err, ErrOrder)
	}
	require.NoError(t, b.Ledger.Close())
	_, err = mine.commission(t.Context(), b.Line)
	require.ErrorIs(t, err, ledger.ErrClosed)
	require.NotErrorIs(t, err, ErrOrder)
	require.ErrorContains(t, err, `line: order "MO-1": `)
	for _, call := range []func() error{
		func() error { _, err := Start(t.Context(), b.Line, anOrder()); return err },
		func() error { _, err := Resume(t.Context(), b.Line, "MO-1"); return err },
		func() error { _, err := Status(t.Context(), b.Line, "MO-1"); return err },
	} {
		err := call()
		require.ErrorIs(t, err, ledger.ErrClosed)
		require.ErrorContains(t, err, `line: order "MO-1": `)
	}
}

// TestHook ends an order when the program that carries it out can't go on.
func TestHook(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	disk := errors.New("the disk is full")
	b.Commissioned = func(*Batch) error { return disk }
	result, err := Start(t.Context(), b.Line, anOrder())
	require.ErrorIs(t, err, disk)
	require.Equal(t, UnderWay, result.State)
	require.EqualValues(t, 10, result.Count(printer.NotSent))
	require.Empty(t, b.paper.Paper())
	_, err = Resume(t.Context(), b.Line, "MO-1")
	require.ErrorIs(t, err, disk)
	b.Commissioned = nil
	result, err = Resume(t.Context(), b.Line, "MO-1")
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
}

// TestTwoAtOnce starts one order from two programs: its units are commissioned once, and no label
// is confirmed twice.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast).onDisk(t)
	other := newBench(t, fast)
	other.Ledger, other.Keys = openLedger(t, b.dir, b.Keys), b.Keys
	o := anOrder()
	o.Units = 60
	var both sync.WaitGroup
	errs := make([]error, 2)
	for i, l := range []Line{b.Line, other.Line} {
		both.Go(func() { _, errs[i] = Start(t.Context(), l, o) })
	}
	both.Wait()
	require.Len(t, serials(t, b.Ledger), 60)
	require.False(t, errs[0] == nil && errs[1] == nil, "one must give way")
	for _, err := range errs {
		if err != nil {
			require.True(t, errors.Is(err, ErrUnderWay) || errors.Is(err, ErrComplete) || errors.Is(err, ledger.ErrOvertaken), "%v", err)
		}
	}
	result, err := Resume(t.Context(), b.Line, o.ID)
	require.NoError(t, err)
	require.Equal(t, Complete, result.State)
	times := map[string]int{}
	for _, s := range append(onPaper(t, b.paper.Printed()), onPaper(t, other.paper.Printed())...) {
		times[s]++
	}
	for _, out := range result.Outcomes {
		units, err := b.Ledger.ByRequest(t.Context(), o.ID)
		require.NoError(t, err)
		for i := out.From; i < out.To && out.State == printer.Counted; i++ {
			unit, err := units.At(i)
			require.NoError(t, err)
			require.Equal(t, 1, times[unit.Serial])
		}
	}
}

// TestPrintersShareAnOrder prints on three printers of two resolutions, and goes on with one.
func TestPrintersShareAnOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	papers := []*printertest.Server{b.paper}
	for _, dots := range []float64{12, 8} {
		paper := printertest.NewServer(printertest.Config{DotsPerMM: dots, LabelsPerSecond: 5000})
		t.Cleanup(paper.Close)
		papers = append(papers, paper)
		b.Printers = append(b.Printers, dial(t, paper))
	}
	o := anOrder()
	o.Units = 50
	var last printer.Progress
	b.Job.Progress = func(p printer.Progress) { last = p }
	result, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
	require.Equal(t, printer.Progress{Count: 50, Confirmed: 50, Printed: 50}, last)
	var printed []string
	for i, paper := range papers {
		require.Len(t, paper.Printed(), []int{17, 17, 16}[i])
		printed = append(printed, onPaper(t, paper.Printed())...)
	}
	require.Equal(t, serials(t, b.Ledger), printed, "in the order of the units, part after part")

	// One of two fails before it prints; the other one takes over its part.
	o.ID = "MO-2"
	b.Printers = b.Printers[:2]
	papers[1].Close()
	b.Job.ReadyTimeout = 200 * time.Millisecond
	result, err = Start(t.Context(), b.Line, o)
	require.Error(t, err)
	require.Empty(t, result.Block, "a printer that doesn't answer at the start commissions nothing")
	paper := printertest.NewServer(fast)
	t.Cleanup(paper.Close)
	b.Printers[1] = dial(t, paper)
	b.Commissioned = func(*Batch) error { paper.Close(); return nil }
	result, err = Start(t.Context(), b.Line, o)
	require.Error(t, err)
	require.Equal(t, UnderWay, result.State)
	require.EqualValues(t, 25, result.Count(printer.Counted))
	b.Printers, b.Commissioned = b.Printers[:1], nil
	result, err = Resume(t.Context(), b.Line, o.ID)
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
	require.EqualValues(t, 25, result.Printed)
	require.Equal(t, printer.Progress{Count: 50, Confirmed: 50, Printed: 50}, last)
	require.Equal(t, serials(t, b.Ledger)[50:], onPaper(t, papers[0].Printed())[17:])
}

// TestFewerLabelsThanPrinters leaves printers without a part.
func TestFewerLabelsThanPrinters(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	paper := printertest.NewServer(fast)
	t.Cleanup(paper.Close)
	b.Printers = append(b.Printers, dial(t, paper))
	o := anOrder()
	o.Units = 1
	result, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
	require.Empty(t, paper.Paper())
}

// TestRestoredFileGoesOn puts an older copy of the ledger back in the middle.
func TestRestoredFileGoesOn(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast).onDisk(t)
	db, backup := filepath.Join(b.dir, "ledger.db"), filepath.Join(t.TempDir(), "backup.db")
	for i := range 4 {
		require.NoError(t, b.Ledger.Close())
		switch i {
		case 1:
			copyFile(t, db, backup)
		case 3:
			copyFile(t, backup, db)
		}
		b.Ledger = openLedger(t, b.dir, b.Keys)
		o := anOrder()
		o.ID += string(rune('a' + i))
		_, err := Start(t.Context(), b.Line, o)
		require.NoError(t, err)
	}
	printed := onPaper(t, b.paper.Printed())
	require.Len(t, printed, 40)
	requireDistinct(t, printed)
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, data, 0o644))
}

// TestLogisticOrder carries out an order with another product, template and kind of serial.
func TestLogisticOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	b.Template = parse(t, "logistic.json", nil)
	o := Order{
		ID: "DL-1", Code: "SSCC 1 9506000", Product: "Introducer sheath", Units: 12, Made: "2026-11-22", Lot: "L2647A",
		Scheme: "{index:9}", Template: "logistic.json",
		Label: map[string]string{
			"from": "Nordstern Medical GmbH\nHafenstraße 12\n23568 Lübeck", "to": "Universitetssykehuset Nord\n9019 Tromsø",
			"gtin": "19506000134359", "count": "40", "expires": "2029-11-20", "extension": "1", "prefix": "9506000",
		},
	}
	result, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.True(t, result.AllConfirmed())
	numbers := serials(t, b.Ledger)
	pages := b.paper.Printed()
	require.Len(t, pages, 12)
	for i, page := range pages {
		var all gs1.Message
		for _, f := range page.Fields {
			if f.Kind == zpl.Code128Field {
				require.True(t, f.GS1)
				part, err := gs1.Parser{SkipAssociations: true}.ParseElementString("\x1d" + f.Data)
				require.NoError(t, err)
				all = append(all, part...)
			}
		}
		require.NoError(t, all.Validate(), "%v %+v", all, page.Fields)
		sscc, ok := all.Value("00")
		require.True(t, ok)
		require.Equal(t, "19506000"+numbers[i], sscc[:17])
	}
}

// TestOneWayPrinter sends to a file, which can't answer.
func TestOneWayPrinter(t *testing.T) {
	t.Parallel()
	b := newBench(t, fast)
	file := filepath.Join(b.dir, "device")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	device, err := printer.Dial(t.Context(), "file://"+file)
	require.NoError(t, err)
	defer device.Close()
	b.Printers = []*printer.Printer{device}
	b.Commissioned = func(made *Batch) error {
		require.Equal(t, 8.0, made.Devices[0].DotsPerMM)
		require.Empty(t, made.Identities[0].Model)
		return nil
	}
	result, err := Start(t.Context(), b.Line, anOrder())
	require.NoError(t, err)
	require.Equal(t, Complete, result.State)
	require.False(t, result.AllConfirmed())
	require.EqualValues(t, 10, result.Count(printer.Sent))
	require.EqualValues(t, 10, result.Printed)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, serials(t, b.Ledger), onPaper(t, readPages(t, text)))

	b.DotsPerMM = 12
	b.Commissioned = func(made *Batch) error {
		require.Equal(t, 12.0, made.Devices[0].DotsPerMM)
		return errors.New("seen")
	}
	_, err = Resume(t.Context(), b.Line, "MO-1")
	require.ErrorContains(t, err, "seen")
}

// TestOrderIsRecordedWhole reads an order back from the ledger.
func TestOrderIsRecordedWhole(t *testing.T) {
	t.Parallel()
	o := anOrder()
	o.Extra = "x"
	o.Acknowledged = []Warning{UseByPast}
	text, err := json.Marshal(o)
	require.NoError(t, err)
	var again Order
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, o, again)
}
