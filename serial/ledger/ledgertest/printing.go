package ledgertest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gonameplate/nameplate/serial/ledger"
)

func testJournal(t *testing.T, s *suite) {
	ctx := t.Context()
	w := s.world(t)
	l := w.ledger()
	define(t, l, "P", "SN{index:4}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 10})
	j := l.Journal(b)
	noError(t, j.Mark(ctx, "a", 0, 5, "intent", ""))
	noError(t, j.Mark(ctx, "other", 0, 1, "sent", ""))
	noError(t, j.Mark(ctx, "a", 0, 5, "counted", "17→22"))

	for name, l := range map[string]*ledger.Ledger{"the same ledger": l,
		"opened again": w.ledger()} {
		t.Run(name, func(t *testing.T) {
			b, err := l.Block(ctx, b.ID)
			noError(t, err)
			var got []string
			noError(t, l.Journal(b).Marks(ctx, "a",
				func(from, to uint64, state, evidence string) error {
					got = append(got, fmt.Sprintf("%d %d %s %s", from, to, state, evidence))
					return nil
				}))
			equal(t, []string{"0 5 intent ", "0 5 counted 17→22"}, got)
			stop := errors.New("stop")
			errorIs(t, l.Journal(b).Marks(ctx, "a",
				func(uint64, uint64, string, string) error { return stop }), stop)
		})
	}

	n := audit(t, l)
	errorContains(t, j.Mark(ctx, "a", 5, 5, "sent", ""), "0 ≤ i < 10")
	errorContains(t, j.Mark(ctx, "a", 5, 11, "sent", ""), "0 ≤ i < 10")
	errorContains(t, j.Mark(ctx, "a", 5, 6, "", ""), "state is empty")
	errorContains(t, j.Mark(ctx, "a", 5, 6, "sent", "\xff"), "evidence")
	other := s.ledger(t)
	errorIs(t, other.Journal(b).Mark(ctx, "a", 0, 1, "sent", ""), ledger.ErrUnknownBlock)
	equal(t, n, audit(t, l))
}

// testOutcomes lays random marks over a block and compares with a status for each unit.
func testOutcomes(t *testing.T, s *suite) {
	ctx := t.Context()
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		l := s.ledger(t)
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
			state, evidence, machine := fmt.Sprint("s", n%3), fmt.Sprint(n), []string{"", "M1",
				"M2"}[random.IntN(3)]
			noError(t, l.Journal(b).At(ledger.Place{Machine: machine}).Mark(ctx, "run", from, to,
				state, evidence))
			for i := from; i < to; i++ {
				units[i].state, units[i].evidence = state, evidence
				if machine != "" {
					units[i].machine = machine
				}
			}
		}
		ranges, err := l.Outcomes(ctx, b)
		noError(t, err)
		at := uint64(0)
		for k, r := range ranges {
			equal(t, at, r.From)
			isTrue(t, r.From < r.To)
			if k > 0 {
				isTrue(t, ranges[k-1].PrintStatus != r.PrintStatus,
					"equal neighbours are one range")
			}
			for at < r.To {
				equal(t, units[at], made{r.State, r.Evidence, r.Place.Machine})
				at++
			}
		}
		equal(t, b.Count, at)
	}
}

// testOvertaken: of two programs that carry on the same run, the one that read it last goes on,
// and the other can't mark another window as sent, nor the one under way as counted.
func testOvertaken(t *testing.T, s *suite) {
	ctx := t.Context()
	w := s.world(t)
	l, l2 := w.ledger(), w.ledger() // as two processes have it
	define(t, l, "P", "SN{index:4}")
	b := commission(t, l, ledger.Order{Product: "P", Count: 60})
	b2, err := l2.Block(ctx, b.ID)
	noError(t, err)
	read := func(j ledger.Journal, run string) {
		noError(t, j.Marks(ctx, run, func(uint64, uint64, string, string) error { return nil }))
	}
	first, scanner := l.Journal(b), l2.Journal(b2)
	read(first, "run")
	noError(t, first.Mark(ctx, "run", 0, 20, "intent", ""))
	noError(t, scanner.Mark(ctx, "run", 3, 4, "read", ""), "it reads units, it doesn't print")
	noError(t, first.Mark(ctx, "run", 0, 20, "counted", ""))

	second, third := l2.Journal(b2), l2.Journal(b2)
	read(second, "run")
	noError(t, first.Mark(ctx, "run", 20, 40, "intent", ""), "the other has only read")
	n := audit(t, l)
	errorIs(t, second.Mark(ctx, "run", 20, 40, "intent", ""), ledger.ErrOvertaken,
		"the first went on after that")
	read(second, "run")
	read(third, "run")
	read(second, "other") // says nothing of this run
	noError(t, second.Mark(ctx, "run", 20, 40, "doubtful", ""))
	n++
	err = first.At(ledger.Place{Line: "3"}).Mark(ctx, "run", 20, 40, "counted", "")
	errorIs(t, err, ledger.ErrOvertaken)
	errorContains(t, err, "units 20 … 39 as doubtful")
	errorIs(t, third.Mark(ctx, "run", 40, 60, "intent", ""), ledger.ErrOvertaken)
	equal(t, n, audit(t, l), "what is rejected leaves no trace")
	noError(t, first.Mark(ctx, "another", 0, 20, "intent", ""), "runs are apart")
	noError(t, scanner.Mark(ctx, "run", 4, 5, "read", ""))
	noError(t, second.Mark(ctx, "run", 40, 60, "intent", ""))

	read(first, "run") // it is resumed in its turn
	noError(t, first.Mark(ctx, "run", 40, 60, "doubtful", ""))
	errorIs(t, second.Mark(ctx, "run", 40, 60, "counted", ""), ledger.ErrOvertaken)
}
