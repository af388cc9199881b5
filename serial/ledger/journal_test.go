package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// The journal of the print run, as package printer has it.
var _ interface {
	Mark(ctx context.Context, run string, from, to uint64, state, evidence string) error
	Marks(ctx context.Context, run string, fn func(from, to uint64, state, evidence string) error) error
} = ledger.Journal{}

func TestJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	l := openFile(t, path)
	define(t, l, "P", "SN{index:4}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 10})
	j := l.Journal(b)
	require.NoError(t, j.Mark(ctx, "a", 0, 5, "intent", ""))
	require.NoError(t, j.Mark(ctx, "other", 0, 1, "sent", ""))
	require.NoError(t, j.Mark(ctx, "a", 0, 5, "counted", "17→22"))

	for name, l := range map[string]*ledger.Ledger{"the same ledger": l, "opened again": openFile(t, path)} {
		t.Run(name, func(t *testing.T) {
			b, err := l.Block(ctx, b.ID)
			require.NoError(t, err)
			var got []string
			require.NoError(t, l.Journal(b).Marks(ctx, "a", func(from, to uint64, state, evidence string) error {
				got = append(got, fmt.Sprintf("%d %d %s %s", from, to, state, evidence))
				return nil
			}))
			require.Equal(t, []string{"0 5 intent ", "0 5 counted 17→22"}, got)
			stop := errors.New("stop")
			require.ErrorIs(t, l.Journal(b).Marks(ctx, "a", func(uint64, uint64, string, string) error { return stop }), stop)
		})
	}

	n := records(t, l)
	require.ErrorContains(t, j.Mark(ctx, "a", 5, 5, "sent", ""), "0 ≤ unit < 10")
	require.ErrorContains(t, j.Mark(ctx, "a", 5, 11, "sent", ""), "0 ≤ unit < 10")
	require.ErrorContains(t, j.Mark(ctx, "a", 5, 6, "", ""), "state is empty")
	require.ErrorContains(t, j.Mark(ctx, "a", 5, 6, "sent", "\xff"), "evidence")
	other := open(t)
	require.ErrorIs(t, other.Journal(b).Mark(ctx, "a", 0, 1, "sent", ""), ledger.ErrUnknownBlock)
	require.Equal(t, n, records(t, l))
}

// TestStates lays random marks over a block and compares with a status for each unit.
func TestStates(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		l := open(t)
		define(t, l, "P", "SN{index:4}")
		b := commission(t, l, ledger.Order{Product: "P", Count: 40, Machine: "M0"})
		type made struct{ state, evidence, machine string }
		units := make([]made, b.Count)
		for i := range units {
			units[i].machine = "M0"
		}
		for n := range 20 {
			from := random.Uint64N(b.Count)
			to := from + 1 + random.Uint64N(b.Count-from)
			state, evidence, machine := fmt.Sprint("s", n%3), fmt.Sprint(n), []string{"", "M1", "M2"}[random.IntN(3)]
			require.NoError(t, l.Journal(b).At(ledger.Place{Machine: machine}).Mark(ctx, "run", from, to, state, evidence))
			for i := from; i < to; i++ {
				units[i].state, units[i].evidence = state, evidence
				if machine != "" {
					units[i].machine = machine
				}
			}
		}
		ranges, err := l.Outcomes(ctx, b)
		require.NoError(t, err)
		at := uint64(0)
		for k, r := range ranges {
			require.Equal(t, at, r.From)
			require.Less(t, r.From, r.To)
			if k > 0 {
				require.NotEqual(t, ranges[k-1].PrintStatus, r.PrintStatus, "equal neighbours are one range")
			}
			for at < r.To {
				require.Equal(t, units[at], made{r.State, r.Evidence, r.Place.Machine})
				at++
			}
		}
		require.Equal(t, b.Count, at)
	}
}

func TestFind(t *testing.T) {
	l := open(t)
	define(t, l, "P", "{line:1}{index:4}{check}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 10, Fields: serial.Fields{Line: "3"}})
	require.NoError(t, l.Journal(b).Mark(ctx, "run", 2, 4, "counted", "c"))
	for i, text := range serials(t, b) {
		u, err := l.Find(ctx, "P", text)
		require.NoError(t, err)
		require.Equal(t, b.ID, u.Block)
		require.EqualValues(t, i, u.Position)
		require.Equal(t, i == 2 || i == 3, u.Print.State == "counted")
	}
	s := serial.MustCompile("{line:1}{index:4}{check}")
	notIssued := func(line string, index uint64) string {
		text, err := s.Format(serial.Fields{Product: "P", Line: line}, index)
		require.NoError(t, err)
		return text
	}
	for name, text := range map[string]string{
		"well formed, but later than the block": notIssued("3", 10),
		"well formed, but of another line":      notIssued("4", 2),
		"not well formed":                       "30001?",
		"empty":                                 "",
	} {
		_, err := l.Find(ctx, "P", text)
		require.ErrorIs(t, err, ledger.ErrNotIssued, name)
		require.ErrorContains(t, err, fmt.Sprintf("%q", text), name)
	}
	_, err := l.Find(ctx, "Q", notIssued("3", 1))
	require.ErrorIs(t, err, ledger.ErrUnknownProduct)
}

func TestFindWithContext(t *testing.T) {
	l := open(t)
	define(t, l, "P", "{index:4}{reset:lot}{given:lot}")
	a := commission(t, l, ledger.Order{Product: "P", Count: 2, Fields: serial.Fields{Lot: "A"}})
	b := commission(t, l, ledger.Order{Product: "P", Count: 2, Fields: serial.Fields{Lot: "B"}})
	for _, b := range []*ledger.Block{a, b} {
		u, err := l.FindIn(ctx, serial.Fields{Product: "P", Lot: b.Fields.Lot}, "0001")
		require.NoError(t, err)
		require.Equal(t, b.ID, u.Block)
	}
	_, err := l.Find(ctx, "P", "0001")
	require.ErrorIs(t, err, serial.ErrField)
	require.NotErrorIs(t, err, ledger.ErrNotIssued)
}

func TestHistoryAndEvents(t *testing.T) {
	l := open(t)
	define(t, l, "P", "SN{index:4}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 10})
	require.NoError(t, l.Journal(b).Mark(ctx, "run", 0, 5, "sent", ""))
	require.NoError(t, l.Journal(b).Mark(ctx, "run", 5, 10, "sent", ""))
	shipped := day.AddDate(0, 0, 1)
	require.NoError(t, l.Record(ctx,
		ledger.Event{Step: "packed", Block: b.ID, From: 0, To: 3},
		ledger.Event{Step: "shipped", Product: "P", Serial: "SN0002", Happened: shipped, Actor: "cem",
			Attributes: map[string]string{"to": "Ankara"}}))
	require.NoError(t, l.Journal(b).Mark(ctx, "run", 0, 5, "counted", "c"))

	h, err := l.History(ctx, "P", "SN0002")
	require.NoError(t, err)
	var got []string
	for i, e := range h.Entries {
		got = append(got, string(e.Kind))
		if i > 0 {
			require.Greater(t, e.Seq, h.Entries[i-1].Seq)
		}
	}
	require.Equal(t, []string{"block", "mark", "event", "event", "mark"}, got)
	require.Equal(t, "counted", h.Unit.Print.State)
	require.Equal(t, h.Entries[1].Time, h.Unit.Print.Made, "a unit is made when it is first marked")
	event := h.Entries[3].Event
	require.Equal(t, [4]string{"shipped", "SN0002", "cem", "Ankara"}, [4]string{event.Step, event.Serial, event.Envelope.Actor, event.Attributes["to"]})
	require.Equal(t, shipped.Truncate(time.Microsecond).UTC(), event.Happened.UTC())

	h, err = l.History(ctx, "P", "SN0007")
	require.NoError(t, err)
	require.Len(t, h.Entries, 2)

	n := records(t, l)
	for _, bad := range []ledger.Event{
		{Step: "packed"},
		{Step: "packed", Block: b.ID, Product: "P", Serial: "SN0001"},
		{Step: "packed", Block: b.ID, From: 5, To: 11},
		{Step: "packed", Block: "1.99", From: 5, To: 6},
		{Step: "packed", Product: "P", Serial: "SN0010"},
		{Product: "P", Serial: "SN0001"},
		{Step: "packed", Product: "P", Serial: "SN0001", Attributes: map[string]string{"\xff": ""}},
	} {
		require.ErrorContains(t, l.Record(ctx, ledger.Event{Step: "packed", Product: "P", Serial: "SN0001"}, bad), "event 2: ")
	}
	require.ErrorIs(t, l.Record(ctx, ledger.Event{Step: "packed", Product: "P", Serial: "SN0010"}), ledger.ErrNotIssued)
	require.NoError(t, l.Record(ctx))
	require.Equal(t, n, records(t, l), "a bad event keeps the good ones of its call out")
}

func TestRecall(t *testing.T) {
	l := open(t)
	define(t, l, "P", "P{index:4}")
	define(t, l, "Q", "Q{index:4}")
	order := func(product, lot, line string, at time.Time) *ledger.Block {
		return commission(t, l, ledger.Order{Product: product, Count: 4, Machine: "M" + line,
			Fields: serial.Fields{Lot: lot, Line: line, Shift: "2", Time: at}})
	}
	a := order("P", "L1", "1", day)
	b := order("P", "L2", "2", day.AddDate(0, 0, 1))
	order("Q", "L1", "1", day.AddDate(0, 0, 2))
	require.NoError(t, l.Journal(a).At(ledger.Place{Line: "2"}).Mark(ctx, "run", 1, 3, "counted", ""))
	require.NoError(t, l.Journal(b).Mark(ctx, "run", 0, 1, "void", ""))

	for name, test := range map[string]struct {
		query ledger.Query
		want  []string
	}{
		"all":             {ledger.Query{}, []string{"P0000", "P0001", "P0002", "P0003", "P0004", "P0005", "P0006", "P0007", "Q0000", "Q0001", "Q0002", "Q0003"}},
		"product":         {ledger.Query{Product: "Q"}, []string{"Q0000", "Q0001", "Q0002", "Q0003"}},
		"lot":             {ledger.Query{Lot: "L1"}, []string{"P0000", "P0001", "P0002", "P0003", "Q0000", "Q0001", "Q0002", "Q0003"}},
		"product and lot": {ledger.Query{Product: "P", Lot: "L1"}, []string{"P0000", "P0001", "P0002", "P0003"}},
		"the line that really made them": {ledger.Query{Product: "P", Line: "2"},
			[]string{"P0001", "P0002", "P0004", "P0005", "P0006", "P0007"}},
		"machine":  {ledger.Query{Product: "P", Machine: "M1"}, []string{"P0000", "P0001", "P0002", "P0003"}},
		"no shift": {ledger.Query{Shift: "3"}, nil},
		"state":    {ledger.Query{States: []string{"void", "counted"}}, []string{"P0001", "P0002", "P0004"}},
		"no state": {ledger.Query{Product: "P", Lot: "L1", States: []string{""}}, []string{"P0000", "P0003"}},
		// Marks are of the ledger's clock: the day of the first block.
		"day":         {ledger.Query{From: day, To: day.Add(time.Hour)}, []string{"P0000", "P0001", "P0002", "P0003", "P0004"}},
		"later":       {ledger.Query{From: day.AddDate(0, 0, 2)}, []string{"Q0000", "Q0001", "Q0002", "Q0003"}},
		"unknown lot": {ledger.Query{Lot: "L9"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for u, err := range l.Recall(ctx, test.query) {
				require.NoError(t, err)
				got = append(got, u.Serial)
				found, err := l.Find(ctx, u.Product, u.Serial) // the stream holds no lock
				require.NoError(t, err)
				require.Equal(t, found, u)
			}
			require.Equal(t, test.want, got)
		})
	}
}

// TestRecallWhileCommissioning shows that a slow reader doesn't hold up the line.
func TestRecallWhileCommissioning(t *testing.T) {
	l := open(t)
	define(t, l, "P", "P{index:6}")
	for range 300 { // more than a page of records
		commission(t, l, ledger.Order{Product: "P", Count: 2})
	}
	n := 0
	for _, err := range l.Recall(ctx, ledger.Query{Product: "P"}) {
		require.NoError(t, err)
		if n++; n%100 == 0 {
			commission(t, l, ledger.Order{Product: "P", Count: 1})
		}
	}
	require.GreaterOrEqual(t, n, 600)
}

// TestOvertaken: of two programs that carry on the same run, the one that read it last goes on, and the other can't mark
// another window as sent, nor the one under way as counted.
func TestOvertaken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, l2 := openFile(t, path), openFile(t, path) // as two processes have it
	define(t, l, "P", "SN{index:4}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 60})
	b2, err := l2.Block(ctx, b.ID)
	require.NoError(t, err)
	read := func(j ledger.Journal, run string) {
		require.NoError(t, j.Marks(ctx, run, func(uint64, uint64, string, string) error { return nil }))
	}
	first, scanner := l.Journal(b), l2.Journal(b2)
	read(first, "run")
	require.NoError(t, first.Mark(ctx, "run", 0, 20, "intent", ""))
	require.NoError(t, scanner.Mark(ctx, "run", 3, 4, "read", ""), "it reads units, it doesn't print")
	require.NoError(t, first.Mark(ctx, "run", 0, 20, "counted", ""))

	second, third := l2.Journal(b2), l2.Journal(b2)
	read(second, "run")
	require.NoError(t, first.Mark(ctx, "run", 20, 40, "intent", ""), "the other has only read")
	n := records(t, l)
	require.ErrorIs(t, second.Mark(ctx, "run", 20, 40, "intent", ""), ledger.ErrOvertaken, "the first went on after that")
	read(second, "run")
	read(third, "run")
	read(second, "other") // says nothing of this run
	require.NoError(t, second.Mark(ctx, "run", 20, 40, "doubtful", ""))
	n++
	err = first.At(ledger.Place{Line: "3"}).Mark(ctx, "run", 20, 40, "counted", "")
	require.ErrorIs(t, err, ledger.ErrOvertaken)
	require.ErrorContains(t, err, "units 20 … 39 as doubtful")
	require.ErrorIs(t, third.Mark(ctx, "run", 40, 60, "intent", ""), ledger.ErrOvertaken)
	require.Equal(t, n, records(t, l), "what is refused leaves no trace")
	require.NoError(t, first.Mark(ctx, "another", 0, 20, "intent", ""), "runs are apart")
	require.NoError(t, scanner.Mark(ctx, "run", 4, 5, "read", ""))
	require.NoError(t, second.Mark(ctx, "run", 40, 60, "intent", ""))

	read(first, "run") // it is resumed in its turn
	require.NoError(t, first.Mark(ctx, "run", 40, 60, "doubtful", ""))
	require.ErrorIs(t, second.Mark(ctx, "run", 40, 60, "counted", ""), ledger.ErrOvertaken)
}
