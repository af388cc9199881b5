package ledgertest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

func testFind(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "{line:1}{index:4}{check}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 10, Fields: serial.Fields{Line: "3"}})
	noError(t, l.Journal(b).Mark(ctx, "run", 2, 4, "counted", "c"))
	for i, text := range serials(t, b) {
		u, err := l.Find(ctx, "P", text)
		noError(t, err)
		equal(t, b.ID, u.Block)
		equal(t, uint64(i), u.Position)
		equal(t, i == 2 || i == 3, u.Print.State == "counted")
	}
	scheme := serial.MustCompile("{line:1}{index:4}{check}")
	notIssued := func(line string, index uint64) string {
		text, err := scheme.Format(serial.Fields{Product: "P", Line: line}, index)
		noError(t, err)
		return text
	}
	for name, text := range map[string]string{
		"well formed, but later than the block": notIssued("3", 10),
		"well formed, but of another line":      notIssued("4", 2),
		"not well formed":                       "30001?",
		"empty":                                 "",
	} {
		_, err := l.Find(ctx, "P", text)
		errorIs(t, err, ledger.ErrNotIssued, name)
		errorContains(t, err, fmt.Sprintf("%q", text), name)
	}
	_, err := l.Find(ctx, "Q", notIssued("3", 1))
	errorIs(t, err, ledger.ErrUnknownProduct)
}

func testFindIn(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "{index:4}{reset:lot}{given:lot}")
	a := commission(t, l, ledger.Order{Product: "P", Count: 2, Fields: serial.Fields{Lot: "A"}})
	b := commission(t, l, ledger.Order{Product: "P", Count: 2, Fields: serial.Fields{Lot: "B"}})
	for _, b := range []*ledger.Block{a, b} {
		u, err := l.FindIn(ctx, serial.Fields{Product: "P", Lot: b.Fields.Lot}, "0001")
		noError(t, err)
		equal(t, b.ID, u.Block)
	}
	_, err := l.Find(ctx, "P", "0001")
	errorIs(t, err, serial.ErrField)
	isTrue(t, !errors.Is(err, ledger.ErrNotIssued))
}

func testHistory(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "SN{index:4}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 10})
	noError(t, l.Journal(b).Mark(ctx, "run", 0, 5, "sent", ""))
	noError(t, l.Journal(b).Mark(ctx, "run", 5, 10, "sent", ""))
	shipped := day.AddDate(0, 0, 1)
	noError(t, l.Record(ctx,
		ledger.Event{Step: "packed", Block: b.ID, From: 0, To: 3},
		ledger.Event{Step: "shipped", Product: "P", Serial: "SN0002", Happened: shipped,
			Actor:      "cem",
			Attributes: map[string]string{"to": "Ankara"}}))
	noError(t, l.Journal(b).Mark(ctx, "run", 0, 5, "counted", "c"))

	h, err := l.History(ctx, "P", "SN0002")
	noError(t, err)
	var got []string
	for i, e := range h.Entries {
		got = append(got, string(e.Kind))
		if i > 0 {
			isTrue(t, e.Seq > h.Entries[i-1].Seq)
		}
	}
	equal(t, []string{"block", "mark", "event", "event", "mark"}, got)
	equal(t, "counted", h.Unit.Print.State)
	equal(t, h.Entries[1].Time, h.Unit.Print.Made, "a unit is made when it is first marked")
	event := h.Entries[3].Event
	equal(t, [4]string{"shipped", "SN0002", "cem", "Ankara"},
		[4]string{event.Step, event.Serial, event.Envelope.Actor, event.Attributes["to"]})
	equal(t, shipped.Truncate(time.Microsecond).UTC(), event.Happened.UTC())

	h, err = l.History(ctx, "P", "SN0007")
	noError(t, err)
	equal(t, 2, len(h.Entries))

	n := audit(t, l)
	for _, bad := range []ledger.Event{
		{Step: "packed"},
		{Step: "packed", Block: b.ID, Product: "P", Serial: "SN0001"},
		{Step: "packed", Block: b.ID, From: 5, To: 11},
		{Step: "packed", Block: "1.99", From: 5, To: 6},
		{Step: "packed", Product: "P", Serial: "SN0010"},
		{Product: "P", Serial: "SN0001"},
		{Step: "packed", Product: "P", Serial: "SN0001", Attributes: map[string]string{"\xff": ""}},
	} {
		errorContains(t, l.Record(ctx, ledger.Event{Step: "packed", Product: "P",
			Serial: "SN0001"}, bad), "event 2: ")
	}
	errorIs(t, l.Record(ctx, ledger.Event{Step: "packed", Product: "P", Serial: "SN0010"}),
		ledger.ErrNotIssued)
	noError(t, l.Record(ctx))
	equal(t, n, audit(t, l), "a bad event keeps the good ones of its call out")
}

func testRecall(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "P{index:4}")
	define(t, l, "Q", "Q{index:4}")
	order := func(product, lot, line string, at time.Time) *ledger.Block {
		return commission(t, l, ledger.Order{Product: product, Count: 4, Machine: "M" + line,
			Fields: serial.Fields{Lot: lot, Line: line, Shift: "2", Time: at}})
	}
	a := order("P", "L1", "1", day)
	b := order("P", "L2", "2", day.AddDate(0, 0, 1))
	order("Q", "L1", "1", day.AddDate(0, 0, 2))
	noError(t, l.Journal(a).At(ledger.Place{Line: "2"}).Mark(ctx, "run", 1, 3, "counted", ""))
	noError(t, l.Journal(b).Mark(ctx, "run", 0, 1, "void", ""))

	for name, test := range map[string]struct {
		query ledger.Query
		want  []string
	}{
		"all": {ledger.Query{},
			[]string{"P0000", "P0001", "P0002", "P0003", "P0004", "P0005", "P0006", "P0007",
				"Q0000", "Q0001", "Q0002", "Q0003"}},
		"product": {ledger.Query{Product: "Q"},
			[]string{"Q0000", "Q0001", "Q0002", "Q0003"}},
		"lot": {ledger.Query{Lot: "L1"},
			[]string{"P0000", "P0001", "P0002", "P0003", "Q0000", "Q0001", "Q0002", "Q0003"}},
		"product and lot": {ledger.Query{Product: "P", Lot: "L1"},
			[]string{"P0000", "P0001", "P0002", "P0003"}},
		"the line that really made them": {ledger.Query{Product: "P", Line: "2"},
			[]string{"P0001", "P0002", "P0004", "P0005", "P0006", "P0007"}},
		"machine": {ledger.Query{Product: "P", Machine: "M1"},
			[]string{"P0000", "P0001", "P0002", "P0003"}},
		"no shift": {ledger.Query{Shift: "3"}, nil},
		"state": {ledger.Query{States: []string{"void", "counted"}},
			[]string{"P0001", "P0002", "P0004"}},
		"no state": {ledger.Query{Product: "P", Lot: "L1", States: []string{""}},
			[]string{"P0000", "P0003"}},
		// Marks are of the ledger's clock: the day of the first block.
		"day": {ledger.Query{From: day, To: day.Add(time.Hour)},
			[]string{"P0000", "P0001", "P0002", "P0003", "P0004"}},
		"later": {ledger.Query{From: day.AddDate(0, 0, 2)},
			[]string{"Q0000", "Q0001", "Q0002", "Q0003"}},
		"unknown lot": {ledger.Query{Lot: "L9"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for u, err := range l.Recall(ctx, test.query) {
				noError(t, err)
				got = append(got, u.Serial)
				found, err := l.Find(ctx, u.Product, u.Serial) // the stream holds no lock
				noError(t, err)
				equal(t, found, u)
			}
			equal(t, test.want, got)
		})
	}
}

// testRecallWhileCommissioning shows that a slow reader doesn't hold up the line.
func testRecallWhileCommissioning(t *testing.T, s *suite) {
	ctx := t.Context()
	l := s.ledger(t)
	define(t, l, "P", "P{index:6}")
	for range 300 { // more than a page of records
		commission(t, l, ledger.Order{Product: "P", Count: 2})
	}
	n := 0
	for _, err := range l.Recall(ctx, ledger.Query{Product: "P"}) {
		noError(t, err)
		if n++; n%100 == 0 {
			commission(t, l, ledger.Order{Product: "P", Count: 1})
		}
	}
	isTrue(t, n >= 600)
}
