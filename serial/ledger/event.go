package ledger

import (
	"context"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// An Event is something that happened to units after they were made: applied, received, packed,
// shipped, returned, scrapped … It names one unit by Product and Serial, or the units From ≤ i < To
// of a Block.
type Event struct {
	Step     string // what happened; required
	Product  string
	Serial   string
	Block    string // id
	From, To uint64
	Happened time.Time // the time of the record if it is zero

	Attributes map[string]string

	Actor  string // who acted, if not the actor of the call: see [WithActor]
	Reason string
}

// A RecordedEvent is an event with the envelope of its record. Block, From and To are those of its
// units, however the event named them; Envelope and Event have the same Actor and Reason.
type RecordedEvent struct {
	driver.Envelope
	Event
}

// eventBody is the body of an event record.
type eventBody struct {
	Event      string            `json:"event"`
	Block      uint64            `json:"block"` // sequence of its record
	From       uint64            `json:"from"`
	To         uint64            `json:"to"`
	Serial     string            `json:"serial,omitempty"`
	Happened   *time.Time        `json:"happened,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
}

// Record appends all the events or, if it returns an error, nothing. It returns ErrNotIssued for
// a unit that was never issued, ErrUnknownBlock, and ErrInvalid for an event that lacks its step
// or its units. Messages count events from 1.
func (l *Ledger) Record(ctx context.Context, events ...Event) error {
	drafts := make([]draft, 0, len(events))
	for i := range events {
		d, err := l.eventDraft(ctx, &events[i])
		if err != nil {
			return l.fail(fmt.Sprintf("event %d", i+1), err)
		}
		drafts = append(drafts, d)
	}
	if len(drafts) == 0 {
		return nil
	}
	err := l.update(ctx, func(context.Context, driver.Tx) ([]draft, error) { return drafts, nil })
	return l.fail("", err)
}

// eventDraft finds the units of an event.
func (l *Ledger) eventDraft(ctx context.Context, e *Event) (draft, error) {
	if e.Step == "" {
		return draft{}, invalid("", "Step is empty", `name what happened, such as "packed"`)
	}
	err := validText("step", e.Step, "actor", e.Actor, "reason", e.Reason)
	if err == nil {
		err = validMap("attribute", e.Attributes)
	}
	if err != nil {
		return draft{}, err
	}
	body := eventBody{Event: e.Step, Serial: e.Serial, Attributes: e.Attributes}
	if !e.Happened.IsZero() {
		at := recordTime(e.Happened)
		body.Happened = &at
	}
	b, err := l.eventUnits(ctx, e, &body)
	if err != nil {
		return draft{}, err
	}
	body.Block = b.Seq
	return draft{kind: driver.KindEvent, actor: e.Actor, reason: e.Reason, body: body}, nil
}

// eventUnits returns the block of an event's units, and sets their positions in it.
func (l *Ledger) eventUnits(ctx context.Context, e *Event, body *eventBody) (*Block, error) {
	switch {
	case e.Serial != "" && e.Block == "":
		b, i, err := l.find(ctx, serial.Fields{Product: e.Product}, e.Serial)
		body.From, body.To = i, i+1
		return b, l.fail(unitPlace(e.Product, e.Serial), err)
	case e.Serial == "" && e.Block != "":
		b, err := l.Block(ctx, e.Block)
		if err != nil {
			return nil, err
		}
		body.From, body.To = e.From, e.To
		return b, l.fail(b.place(), b.checkRange(e.From, e.To))
	default:
		return nil, invalid("", "it has neither Serial nor Block, or both", "set one of them")
	}
}

// checkRange rejects ranges that are empty or reach beyond the block.
func (b *Block) checkRange(from, to uint64) error {
	if from < to && to <= b.Count {
		return nil
	}
	detail := fmt.Sprintf("units %d ≤ i < %d, want a part of 0 ≤ i < %d", from, to, b.Count)
	return invalid("", detail, "")
}

// newEvent returns the event of a record of a block.
func newEvent(rec driver.Record, b *Block) (RecordedEvent, error) {
	var body eventBody
	err := decode(&rec, &body)
	e := RecordedEvent{Envelope: rec.Envelope, Event: Event{
		Step: body.Event, Product: b.Product, Serial: body.Serial, Block: b.ID,
		From: body.From, To: body.To, Happened: rec.Time, Attributes: body.Attributes,
		Actor: rec.Actor, Reason: rec.Reason,
	}}
	if body.Happened != nil {
		e.Happened = *body.Happened
	}
	return e, err
}
