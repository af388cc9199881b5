package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// A Kind says what a record records.
type Kind string

const (
	KindEpoch   Kind = "epoch"   // an instance began, was set back, or was adopted
	KindProduct Kind = "product" // a product was defined
	KindBlock   Kind = "block"   // a run of units was commissioned
	KindBurn    Kind = "burn"    // indices that will never be issued by this ledger, for it may have issued them before
	KindMark    Kind = "mark"    // the outcome of printing a range of a block
	KindEvent   Kind = "event"   // what happened to units later
)

// A Hash is a SHA-256 value.
type Hash [sha256.Size]byte

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes the hash in hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (h *Hash) UnmarshalText(text []byte) error {
	if n, err := hex.Decode(h[:], text[:min(len(text), 2*len(h))]); err != nil || 2*n != len(text) {
		return fmt.Errorf("%q is not a hash of %d hexadecimal digits", text, 2*len(h))
	}
	return nil
}

// An Envelope says who recorded something, when, why and with what, and chains the record to the one before.
type Envelope struct {
	Seq      uint64 // 1, 2, 3 … without holes
	Ledger   string // the instance of the ledger
	Epoch    uint64 // grows whenever the instance may have forgotten records
	Kind     Kind
	Actor    string
	Reason   string
	Time     time.Time // to the microsecond, with the offset of the clock that was read
	Software string
	Previous Hash // of the record before; zero in the first
	Hash     Hash // of this record
}

// A Record is an envelope with what it records as a JSON object.
type Record struct {
	Envelope
	Body []byte
}

// TimeLayout is how records spell times: RFC 3339 with microseconds and offset.
const TimeLayout = "2006-01-02T15:04:05.000000Z07:00"

// Digest computes the hash of a record: SHA-256 over the fields of its envelope in the order of the type, without Hash,
// and its body, each preceded by its length as a varint.
func (r *Record) Digest() Hash {
	b := make([]byte, 0, 256+len(r.Body))
	field := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendUvarint(b, r.Seq)
	field(r.Ledger)
	b = binary.AppendUvarint(b, r.Epoch)
	field(string(r.Kind))
	field(r.Actor)
	field(r.Reason)
	field(r.Time.Format(TimeLayout))
	field(r.Software)
	b = append(b, r.Previous[:]...)
	field(string(r.Body))
	return sha256.Sum256(b)
}

// decode reads the body of a record into a value.
func (r *Record) decode(v any) error {
	if err := json.Unmarshal(r.Body, v); err != nil {
		return fmt.Errorf("record %d: %w: its %s can't be read: %v", r.Seq, ErrDamaged, r.Kind, err)
	}
	return nil
}

// recordTime is t as a record can spell it.
func recordTime(t time.Time) time.Time {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC() // RFC 3339 has no seconds in offsets
	}
	return t.Truncate(time.Microsecond)
}
