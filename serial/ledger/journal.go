package ledger

import (
	"context"
	"fmt"
	"iter"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A Journal keeps the outcomes of a block's print runs. Label positions 0 … Count-1 are the
// positions of the block's units. It satisfies printer.Journal.
//
// A run is continued by one program at a time: the one that called Marks last and has marked
// since. Marks by any other that had read the run before are rejected with ErrOvertaken. Marks by
// a journal that never read the run, such as a scanner's, are always accepted.
type Journal struct {
	ledger  *Ledger
	block   *Block
	place   Place
	session *session // shared by copies of the journal
}

// Journal returns the journal of a block.
func (l *Ledger) Journal(b *Block) Journal {
	return Journal{ledger: l, block: b, session: &session{}}
}

// At returns a journal whose marks have the place where the units are made. It takes precedence
// over the place of their block's order.
func (j Journal) At(p Place) Journal {
	j.place = p
	return j
}

// A Place is where units are made. Empty fields are unknown.
type Place struct {
	Plant   string `json:"plant,omitempty"`
	Line    string `json:"line,omitempty"`
	Shift   string `json:"shift,omitempty"`
	Machine string `json:"machine,omitempty"`
}

// or returns p with the fields of q where its own are empty.
func (p Place) or(q Place) Place {
	return Place{firstOf(p.Plant, q.Plant), firstOf(p.Line, q.Line), firstOf(p.Shift, q.Shift),
		firstOf(p.Machine, q.Machine)}
}

// A Mark records that the units From ≤ i < To of a block are in a state, by some evidence. A later
// mark supersedes an earlier one; none is ever removed.
type Mark struct {
	driver.Envelope
	Block    string // id
	Run      string
	From, To uint64
	State    string
	Evidence string
	Place    Place
	Session  string // of the journal that continued the run; "" if it hadn't read the run
}

// markBody is the body of a mark record.
type markBody struct {
	Block    uint64 `json:"block"` // sequence of its record
	Run      string `json:"run"`
	From     uint64 `json:"from"`
	To       uint64 `json:"to"`
	State    string `json:"state"`
	Evidence string `json:"evidence,omitempty"`
	Place
	Session string `json:"session,omitempty"`
}

// Mark records durably, before it returns, that the units from ≤ i < to are in a state, by some
// evidence. It returns ErrOvertaken, and records nothing, if another journal has continued the
// run since this one read it; ErrUnknownBlock if the ledger doesn't have the block; and
// ErrInvalid for a range beyond the block or an empty state.
func (j Journal) Mark(ctx context.Context, run string, from, to uint64,
	state, evidence string) error {
	err := j.mark(ctx, run, from, to, state, evidence)
	return j.ledger.fail(fmt.Sprintf("%s: run %s", j.block.place(), clip(run)), err)
}

func (j Journal) mark(ctx context.Context, run string, from, to uint64,
	state, evidence string) error {
	b, p := j.block, j.place
	if err := b.checkRange(from, to); err != nil {
		return err
	}
	if state == "" {
		return invalid("", "the state is empty", "")
	}
	err := validText("run", run, "state", state, "evidence", evidence, "plant", p.Plant,
		"line", p.Line, "shift", p.Shift, "machine", p.Machine)
	if err != nil {
		return err
	}
	body := markBody{b.Seq, run, from, to, state, evidence, p, ""}
	plan := func(ctx context.Context, tx driver.Tx) (_ []draft, err error) {
		if err := holds(ctx, tx, b); err != nil {
			return nil, err
		}
		if body.Session, err = j.admit(ctx, tx, run); err != nil {
			return nil, err
		}
		return []draft{{kind: driver.KindMark, body: body}}, nil
	}
	return j.ledger.updateThen(ctx, plan, func(sealed []driver.Record) {
		if body.Session != "" {
			j.session.read(run, sealed[0].Seq)
		}
	})
}

// holds rejects a block that the ledger doesn't have: one of another ledger, or one that a restored
// file has forgotten.
func holds(ctx context.Context, r driver.Reader, b *Block) error {
	rec, ok, err := firstRecord(r.Records(ctx, driver.Filter{Kind: driver.KindBlock, Seq: b.Seq}))
	if err == nil && (!ok || rec.Hash != b.Hash) {
		err = unknownBlock(b.ID)
	}
	return err
}

// Marks calls fn for every mark of a run in the order in which they were recorded. It stops at fn's
// first error and returns it.
func (j Journal) Marks(ctx context.Context, run string,
	fn func(from, to uint64, state, evidence string) error) error {
	seen := uint64(0)
	for m, err := range j.ledger.Marks(ctx, j.block) {
		if err != nil {
			return err
		}
		seen = m.Seq
		if m.Run != run {
			continue
		}
		if err := fn(m.From, m.To, m.State, m.Evidence); err != nil {
			return err
		}
	}
	j.session.read(run, seen)
	return nil
}

// Marks streams the marks of a block, of all its runs, in the order in which they were recorded. It
// stops after an error.
func (l *Ledger) Marks(ctx context.Context, b *Block) iter.Seq2[Mark, error] {
	return func(yield func(Mark, error) bool) {
		f := driver.Filter{Kind: driver.KindMark, Block: b.Seq}
		for rec, err := range l.store.Records(ctx, f) {
			var m Mark
			if err == nil {
				m, err = newMark(rec, b.ID)
			}
			if !yield(m, l.fail(b.place(), err)) || err != nil {
				return
			}
		}
	}
}

func newMark(rec driver.Record, block string) (Mark, error) {
	var body markBody
	err := decode(&rec, &body)
	return Mark{rec.Envelope, block, body.Run, body.From, body.To, body.State, body.Evidence,
		body.Place, body.Session}, err
}
