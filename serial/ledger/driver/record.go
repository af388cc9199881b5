package driver

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// A Record is one entry of the ledger: an envelope and a body, which is a JSON object.
type Record struct {
	Envelope
	Body []byte
}

// An Envelope holds who recorded something, when, why and with what software, and chains the
// record to the one before.
type Envelope struct {
	Seq      uint64 // 1, 2, 3 … without gaps
	Ledger   string // the instance of the ledger
	Epoch    uint64 // 1 at first; grows whenever the instance may have forgotten records
	Kind     Kind
	Actor    string
	Reason   string
	Time     time.Time // with microseconds and the offset of the clock that was read
	Software string
	Previous Hash // of the record before; [ChainStart] in the first
	Hash     Hash // of this record
}

// A Kind is what a record records.
type Kind string

const (
	KindEpoch   Kind = "epoch"   // the beginning of an epoch
	KindProduct Kind = "product" // the definition of a product
	KindBlock   Kind = "block"   // units that were commissioned
	KindBurn    Kind = "burn"    // indices that are skipped, for they may have been issued before
	KindMark    Kind = "mark"    // the outcome of printing a range of a block
	KindEvent   Kind = "event"   // what happened to units later
)

// TimeLayout is the layout of times in records: RFC 3339 with microseconds and offset.
const TimeLayout = "2006-01-02T15:04:05.000000Z07:00"

// Digest computes the hash of a record: SHA-256 over the fields of its envelope in the order of
// the type, without Hash, and its body. Seq and Epoch are unsigned varints, Previous is its 32
// bytes, and texts are preceded by their length as an unsigned varint. Time is formatted by
// [TimeLayout].
func (r *Record) Digest() Hash {
	b := make([]byte, 0, 256+len(r.Body))
	field := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	var at [len(TimeLayout) + 8]byte
	b = binary.AppendUvarint(b, r.Seq)
	field(r.Ledger)
	b = binary.AppendUvarint(b, r.Epoch)
	field(string(r.Kind))
	field(r.Actor)
	field(r.Reason)
	text := r.Time.AppendFormat(at[:0], TimeLayout)
	b = binary.AppendUvarint(b, uint64(len(text)))
	b = append(b, text...)
	field(r.Software)
	b = append(b, r.Previous[:]...)
	b = binary.AppendUvarint(b, uint64(len(r.Body)))
	b = append(b, r.Body...)
	return sha256.Sum256(b)
}
