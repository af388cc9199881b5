package ledger

import (
	"context"

	"github.com/gonameplate/nameplate/serial"
)

// A History is all that the ledger has of a unit, in the order in which it was recorded.
type History struct {
	Unit    Unit
	Block   *Block // with the envelope of its commission, the first entry
	Entries []Entry
}

// An Entry is a record of a unit's history. One of its pointers is set, as Kind says.
type Entry struct {
	Envelope
	Block *Block
	Mark  *Mark
	Event *Event
}

// History returns the commission record, marks and events of a unit. Its errors are those of Find.
func (l *Ledger) History(ctx context.Context, product, text string) (*History, error) {
	b, i, err := l.find(ctx, serial.Fields{Product: product}, text)
	if err != nil {
		return nil, err
	}
	h := &History{
		Unit:    Unit{Product: product, Serial: text, Block: b.ID, Position: i, Index: b.First + i, Status: b.status()},
		Block:   b,
		Entries: []Entry{{Envelope: b.Envelope, Block: b}},
	}
	for rec, err := range l.store.Records(ctx, Filter{Block: b.Seq}) {
		if err != nil {
			return nil, err
		}
		if err := h.add(rec, i); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// add adds a record if it is of unit i.
func (h *History) add(rec Record, i uint64) error {
	e := Entry{Envelope: rec.Envelope}
	var from, to uint64
	switch rec.Kind {
	case KindMark:
		m, err := newMark(rec, h.Block.ID)
		if err != nil {
			return err
		}
		e.Mark, from, to = &m, m.From, m.To
	case KindEvent:
		v, err := newEvent(rec, h.Block)
		if err != nil {
			return err
		}
		e.Event, from, to = &v, v.From, v.To
	}
	if i < from || i >= to {
		return nil
	}
	if e.Mark != nil {
		h.Unit.Status = h.Unit.Status.after(*e.Mark)
	}
	h.Entries = append(h.Entries, e)
	return nil
}
