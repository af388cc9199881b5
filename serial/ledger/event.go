package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/serial"
)

// An Event is something that happened to units after they were made: applied, received, packed, shipped, returned, scrapped …
// It names one unit by Product and Serial, or the units From ≤ i < To of a Block.
type Event struct {
	Envelope // of its record; Record writes it, but for Actor and Reason if they are set

	Event    string // what happened
	Product  string
	Serial   string
	Block    string // id
	From, To uint64
	Happened time.Time // the time of the record if it is zero

	Attributes map[string]string
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

// Record appends events, all of them or none. A unit that was never issued is ErrNotIssued, a block that isn't there
// ErrUnknownBlock.
func (l *Ledger) Record(ctx context.Context, events ...Event) error {
	drafts := make([]draft, 0, len(events))
	for i := range events {
		d, err := l.eventDraft(ctx, &events[i])
		if err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
		drafts = append(drafts, d)
	}
	if len(drafts) == 0 {
		return nil
	}
	return l.update(ctx, func(context.Context, Tx) ([]draft, error) { return drafts, nil })
}

// eventDraft finds the units of an event.
func (l *Ledger) eventDraft(ctx context.Context, e *Event) (draft, error) {
	if e.Event == "" {
		return draft{}, errors.New("it doesn't say what happened")
	}
	err := errors.Join(validText("event", e.Event, "actor", e.Actor, "reason", e.Reason), validMap("attribute", e.Attributes))
	if err != nil {
		return draft{}, err
	}
	body := eventBody{Event: e.Event, From: e.From, To: e.To, Serial: e.Serial, Attributes: e.Attributes}
	if !e.Happened.IsZero() {
		at := recordTime(e.Happened)
		body.Happened = &at
	}
	var b *Block
	switch {
	case e.Serial != "" && e.Block == "":
		if b, body.From, err = l.find(ctx, serial.Fields{Product: e.Product}, e.Serial); err == nil {
			body.To = body.From + 1
		}
	case e.Serial == "" && e.Block != "":
		if b, err = l.Block(ctx, e.Block); err == nil && (e.From >= e.To || e.To > b.Count) {
			err = fmt.Errorf("block %s: units %d … %d: it has units 0 … %d", b.ID, e.From, e.To, b.Count-1)
		}
	default:
		err = errors.New("it names neither a serial nor a block, or both; name one of them")
	}
	if err != nil {
		return draft{}, err
	}
	body.Block = b.Seq
	return draft{kind: KindEvent, actor: e.Actor, reason: e.Reason, body: body}, nil
}

func newEvent(rec Record, b *Block) (Event, error) {
	var body eventBody
	err := rec.decode(&body)
	e := Event{Envelope: rec.Envelope, Event: body.Event, Product: b.Product, Serial: body.Serial, Block: b.ID, From: body.From,
		To: body.To, Happened: rec.Time, Attributes: body.Attributes}
	if body.Happened != nil {
		e.Happened = *body.Happened
	}
	return e, err
}
