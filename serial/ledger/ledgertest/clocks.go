package ledgertest

import (
	"testing"
	"time"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// Records are dated by the ledger's clock, however it goes, to the microsecond and with its offset;
// their order is that of their sequence.
func testClock(t *testing.T, s *suite) {
	ctx := t.Context()
	now := day
	l := s.world(t).with(&ledger.Options{Clock: func() time.Time { return now }})
	define(t, l, "P", "SN{index:4}")
	zones := []*time.Location{time.UTC, time.FixedZone("", -9*3600-1800),
		time.FixedZone("", 13*3600+2700), time.FixedZone("", 3208)}
	var blocks []*ledger.Block
	for i, zone := range zones {
		now = day.Add(-time.Duration(i) * time.Hour).In(zone) // the clock is set back
		b := commission(t, l, ledger.Order{Product: "P", Count: 2})
		noError(t, l.Journal(b).Mark(ctx, "run", 0, 1, "counted", ""))
		blocks = append(blocks, b)
	}
	for i, b := range blocks {
		want := day.Add(-time.Duration(i) * time.Hour).Truncate(time.Microsecond)
		isTrue(t, b.Time.Equal(want) && b.Fields.Time.Equal(want), "block ", b.ID, " is of ",
			b.Time)
		_, offset := b.Time.Zone()
		_, given := day.In(zones[i]).Zone()
		if given%60 != 0 {
			given = 0 // RFC 3339 has no seconds in offsets
		}
		equal(t, given, offset)
	}
	audit(t, l)
	of := func(q ledger.Query) (list []string) {
		for u, err := range l.Recall(ctx, q) {
			noError(t, err)
			list = append(list, u.Serial)
		}
		return list
	}
	at := func(hours int) time.Time {
		return day.Add(time.Duration(hours) * time.Hour).Truncate(time.Microsecond)
	}
	equal(t, []string{"SN0002", "SN0003", "SN0004", "SN0005"},
		of(ledger.Query{From: at(-2), To: at(0)}), "To isn't part of the period")
	equal(t, []string{"SN0000", "SN0001"}, of(ledger.Query{From: at(0)}), "From is")
	equal(t, 0, len(of(ledger.Query{From: at(0), To: at(0)})))
	equal(t, 4, len(of(ledger.Query{From: at(-1), To: at(0).Add(time.Microsecond)})))

	early := commission(t, l, ledger.Order{Product: "P", Count: 1,
		Fields: serial.Fields{Time: at(-240)}})
	equal(t, serials(t, early), of(ledger.Query{To: at(-200)}),
		"a unit without marks is made when its order says")
	noError(t, l.Journal(early).Mark(ctx, "run", 0, 1, "sent", ""))
	equal(t, 0, len(of(ledger.Query{To: at(-200)})), "or else when it was first marked")
}
