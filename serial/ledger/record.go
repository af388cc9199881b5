package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A draft is a record before it has its place in the chain.
type draft struct {
	kind          driver.Kind
	actor, reason string
	body          any
}

// seal gives a draft its envelope and its place after a head.
func (l *Ledger) seal(ctx context.Context, d draft, h driver.Head) (driver.Record, error) {
	body, err := json.Marshal(d.body)
	if err != nil {
		return driver.Record{}, invalid("", fmt.Sprintf("can't be recorded: %v", err), "")
	}
	by, _ := ctx.Value(actorKey{}).([2]string)
	r := driver.Record{Body: body, Envelope: driver.Envelope{
		Seq: h.Seq + 1, Ledger: h.Ledger, Epoch: h.Epoch, Kind: d.kind,
		Actor: firstOf(d.actor, by[0], l.options.Actor), Reason: firstOf(d.reason, by[1]),
		Time: recordTime(l.options.Clock()), Software: l.options.Software, Previous: h.Hash,
	}}
	if err := validText("actor", r.Actor, "reason", r.Reason); err != nil {
		return driver.Record{}, err
	}
	r.Hash = r.Digest()
	return r, nil
}

// recordTime returns t as a record can hold it.
func recordTime(t time.Time) time.Time {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC() // RFC 3339 has no seconds in offsets
	}
	return t.Truncate(time.Microsecond)
}

// decode reads the body of a record into a value, and rejects a record that isn't as it was
// written.
func decode(r *driver.Record, v any) error {
	if digest := r.Digest(); digest != r.Hash {
		return damage(r.Seq, "it was changed: its hash is %s, want %s", r.Hash, digest)
	}
	if err := json.Unmarshal(r.Body, v); err != nil {
		return damage(r.Seq, "its %s can't be read: %v", r.Kind, err)
	}
	return nil
}

// firstRecord returns the first record of a stream.
func firstRecord(records iter.Seq2[driver.Record, error]) (r driver.Record, ok bool, err error) {
	for r, err := range records {
		return r, err == nil, err
	}
	return r, false, nil
}
