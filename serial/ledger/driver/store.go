package driver

import (
	"context"
	"iter"
)

// A Store keeps the records of one ledger. Its methods may be called by several goroutines.
type Store interface {
	Reader

	// Update calls fn in a transaction that excludes every other writer of the store, in this
	// process and in others. When fn returns nil, Update makes what fn appended durable before it
	// returns nil. When fn returns an error, nothing that it appended is kept and Update returns
	// that error. An Update that fails keeps nothing either, unless the failure is that of the
	// disk or the connection in the last step: then the outcome is unknown until the store is
	// read again.
	//
	// The context bounds the wait for other writers; Update then returns the context's error.
	// Once fn is called, the end of the context changes nothing. Neither the Tx nor an iterator
	// obtained from it may be used after fn has returned.
	Update(ctx context.Context, fn func(Tx) error) error

	// String returns the store's name for messages, such as the path of its file.
	String() string

	// Close releases the store, after a transaction under way has ended. A second call does
	// nothing. Afterwards every other method returns ledger.ErrClosed.
	Close() error
}

// A Reader finds records.
type Reader interface {
	// Records streams the records that match f in ascending order of Seq, or in descending order
	// if f.Newest is set. After an error it yields nothing more. No lock is held while the caller
	// looks at a record: it may call Update meanwhile. Records that are appended during the
	// iteration may be left out.
	Records(ctx context.Context, f Filter) iter.Seq2[Record, error]

	// Span returns the block or burn of counter c that has the highest first index not above
	// index, whether or not it reaches index. ok is false if there is none.
	Span(ctx context.Context, c Counter, index uint64) (r Record, ok bool, err error)
}

// A Tx is a transaction of Update. Its reads see what it has appended.
type Tx interface {
	Reader

	// Head returns the end of the chain of records, including those that were appended.
	Head() Head

	// Due returns the new epoch that must begin before anything else is recorded, or nil. Appending
	// an epoch's record fulfils it.
	Due() *Renewal

	// Append adds the record that follows the head.
	Append(Record) error
}

// A Filter selects records. The zero value selects all of them; each field that is set narrows the
// selection.
type Filter struct {
	Kind    Kind
	Epoch   uint64
	Seq     uint64
	Product string // definitions, blocks and burns of a product
	Version string // definitions, blocks and burns of a scheme version
	Lot     string // blocks of a lot
	Request string // the block of a request
	Block   uint64 // marks and events of the block whose record has this Seq
	After   uint64 // records with a higher Seq
	Newest  bool   // descending order of Seq
	Limit   int    // at most so many records; 0 for no limit
}
