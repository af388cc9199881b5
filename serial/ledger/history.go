package ledger

import (
	"context"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A History is all that the ledger has of a unit, in the order in which it was recorded.
type History struct {
	Unit    Unit
	Block   *Block // with the envelope of its commission, the first entry
	Entries []Entry
}

// An Entry is a record of a unit's history. The pointer that Kind names is set: Block, Mark or
// Event.
type Entry struct {
	driver.Envelope
	Block *Block
	Mark  *Mark
	Event *RecordedEvent
}

// History returns the commission record, marks and events of a unit. Its errors are those of Find.
func (l *Ledger) History(ctx context.Context, product, text string) (*History, error) {
	b, i, err := l.find(ctx, serial.Fields{Product: product}, text)
	if err != nil {
		return nil, l.fail(unitPlace(product, text), err)
	}
	status := b.status()
	h := &History{
		Unit: Unit{Product: product, Serial: text, Block: b.ID, Position: i,
			Index: b.First + i, Print: &status},
		Block:   b,
		Entries: []Entry{{Envelope: b.Envelope, Block: b}},
	}
	for rec, err := range l.store.Records(ctx, driver.Filter{Block: b.Seq}) {
		if err == nil {
			err = h.add(rec)
		}
		if err != nil {
			return nil, l.fail(unitPlace(product, text), err)
		}
	}
	return h, nil
}

// add adds a record of the block if it is one of the unit.
func (h *History) add(rec driver.Record) error {
	e := Entry{Envelope: rec.Envelope}
	var from, to uint64
	switch rec.Kind {
	case driver.KindMark:
		m, err := newMark(rec, h.Block.ID)
		if err != nil {
			return err
		}
		e.Mark, from, to = &m, m.From, m.To
	case driver.KindEvent:
		v, err := newEvent(rec, h.Block)
		if err != nil {
			return err
		}
		e.Event, from, to = &v, v.From, v.To
	}
	if h.Unit.Position < from || h.Unit.Position >= to {
		return nil
	}
	if e.Mark != nil {
		*h.Unit.Print = h.Unit.Print.after(*e.Mark)
	}
	h.Entries = append(h.Entries, e)
	return nil
}
