package ledger

import (
	"context"
	"fmt"
	"iter"
)

// A Place says where units were made. Its empty fields say nothing.
type Place struct {
	Plant   string `json:"plant,omitempty"`
	Line    string `json:"line,omitempty"`
	Shift   string `json:"shift,omitempty"`
	Machine string `json:"machine,omitempty"`
}

// over returns p where it says something, and q elsewhere.
func (p Place) over(q Place) Place {
	return Place{firstOf(p.Plant, q.Plant), firstOf(p.Line, q.Line), firstOf(p.Shift, q.Shift), firstOf(p.Machine, q.Machine)}
}

// A Mark records that the units from ≤ i < to of a block are in a state, by some evidence. A later mark supersedes an
// earlier one; none is ever removed.
type Mark struct {
	Envelope
	Block    string // id
	Run      string
	From, To uint64
	State    string
	Evidence string
	Place    Place
	Session  string // of the journal that carried the run on; "" if it hadn't read the run
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

// A Journal keeps the outcomes of a block's print runs. Label positions 0 … Count-1 are the positions of the block's units.
// It satisfies printer.Journal.
//
// A run is carried on by one program at a time: by the one that called Marks last and has marked since. The marks of any other that had
// read the run before are refused with ErrOvertaken. Marks by a journal that never read the run, such as a scanner's, are
// always taken.
type Journal struct {
	ledger  *Ledger
	block   *Block
	place   Place
	session *session // shared by copies of the journal
}

// Journal returns the journal of a block.
func (l *Ledger) Journal(b *Block) Journal { return Journal{ledger: l, block: b, session: &session{}} }

// At returns a journal whose marks say where the units are made, which goes before what their block's order said.
func (j Journal) At(p Place) Journal {
	j.place = p
	return j
}

// Mark records durably, before it returns, that the units from ≤ i < to are in a state, by some evidence. It returns ErrOvertaken,
// and records nothing, when another journal has carried the run on since this one read it.
func (j Journal) Mark(ctx context.Context, run string, from, to uint64, state, evidence string) error {
	b := j.block
	if from >= to || to > b.Count {
		return fmt.Errorf("block %s: mark of units %d … %d: it has units 0 … %d", b.ID, from, to, b.Count-1)
	}
	if state == "" {
		return fmt.Errorf("block %s: mark of units %d … %d: no state", b.ID, from, to)
	}
	p := j.place
	err := validText("run", run, "state", state, "evidence", evidence, "plant", p.Plant, "line", p.Line, "shift", p.Shift,
		"machine", p.Machine)
	if err != nil {
		return err
	}
	body := markBody{b.Seq, run, from, to, state, evidence, j.place, ""}
	plan := func(ctx context.Context, tx Tx) (_ []draft, err error) {
		if err := j.ledger.holds(ctx, tx, b); err != nil {
			return nil, err
		}
		if body.Session, err = j.admit(ctx, tx, run); err != nil {
			return nil, err
		}
		return []draft{{kind: KindMark, body: body}}, nil
	}
	return j.ledger.update(ctx, plan, func(sealed []Record) {
		if body.Session != "" {
			j.session.read(run, sealed[0].Seq)
		}
	})
}

// holds refuses a block that the ledger doesn't have: one of another ledger, or one that a restored file has forgotten.
func (l *Ledger) holds(ctx context.Context, r Reader, b *Block) error {
	rec, ok, err := firstRecord(r.Records(ctx, Filter{Kind: KindBlock, Seq: b.Seq}))
	if err == nil && (!ok || rec.Hash != b.Hash) {
		err = unknownBlock(b.ID)
	}
	return err
}

// Marks calls fn for every mark of a run in the order in which they were recorded, and stops at fn's first error.
func (j Journal) Marks(ctx context.Context, run string, fn func(from, to uint64, state, evidence string) error) error {
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

// Marks streams the marks of a block, of all its runs, in the order in which they were recorded.
func (l *Ledger) Marks(ctx context.Context, b *Block) iter.Seq2[Mark, error] {
	return func(yield func(Mark, error) bool) {
		for rec, err := range l.store.Records(ctx, Filter{Kind: KindMark, Block: b.Seq}) {
			var m Mark
			if err == nil {
				m, err = newMark(rec, b.ID)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

func newMark(rec Record, block string) (Mark, error) {
	var body markBody
	err := rec.decode(&body)
	return Mark{rec.Envelope, block, body.Run, body.From, body.To, body.State, body.Evidence, body.Place, body.Session}, err
}

// statusOf returns the status of one unit.
func (l *Ledger) statusOf(ctx context.Context, b *Block, i uint64) (Status, error) {
	s := b.status()
	for m, err := range l.Marks(ctx, b) {
		if err != nil {
			return s, err
		}
		if m.From <= i && i < m.To {
			s = s.after(m)
		}
	}
	return s, nil
}

// States returns the current status of a block's units as ranges that cover it from 0 to Count. Neighbours differ.
func (l *Ledger) States(ctx context.Context, b *Block) ([]Range, error) {
	ranges := []Range{{0, b.Count, b.status()}}
	for m, err := range l.Marks(ctx, b) {
		if err != nil {
			return nil, err
		}
		ranges = mark(ranges, m)
	}
	return ranges, nil
}
