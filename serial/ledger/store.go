package ledger

import (
	"context"
	"iter"
)

// A Store keeps the records of one ledger durably. It knows the order of records and how to find them, and nothing of what
// they mean: the rules are the Ledger's. Package sqlite has one in a file.
type Store interface {
	Reader

	// Update runs fn in a transaction that excludes every other writer of the store, in this process and in others. When it
	// returns nil, what fn appended is durable; when it returns an error, nothing of it is kept, unless the disk failed in the
	// very last step. The context ends the wait for other writers; once fn is called it changes nothing.
	Update(ctx context.Context, fn func(Tx) error) error

	// String names the store for messages, such as its file.
	String() string
	Close() error
}

// A Reader finds records.
type Reader interface {
	// Records streams the records that match f in order of sequence. No lock is held while the caller looks at one.
	Records(ctx context.Context, f Filter) iter.Seq2[Record, error]

	// Span returns the block or burn of counter c with the highest first index that is not above index.
	Span(ctx context.Context, c Counter, index uint64) (r Record, ok bool, err error)
}

// A Tx is a transaction of Update.
type Tx interface {
	Reader

	// Head tells where the chain of records ends, Append included.
	Head() Head

	// Append adds the record that follows the head.
	Append(Record) error
}

// A Filter chooses records. Its zero value chooses all of them; each field that is set narrows the choice.
type Filter struct {
	Kind    Kind
	Epoch   uint64
	Seq     uint64
	Product string // definitions and blocks of a product
	Version string // definitions and blocks of a scheme version
	Lot     string // blocks of a lot
	Request string // the block of a request
	Block   uint64 // marks and events of the block with this sequence
	After   uint64 // records with a higher sequence
	Newest  bool   // from the highest sequence down, of which Limit are returned
	Limit   int    // 0 for no limit
}

// A Counter counts the indices of one product under one version of its scheme, in a scope as the scheme renders it. Two
// schemes, or one scheme with two keys, never share a counter.
type Counter struct {
	Product, Version, Scope string
}

// A Head is the end of the chain of records.
type Head struct {
	Ledger string // the instance
	Epoch  uint64
	Seq    uint64 // 0 before the first record
	Hash   Hash

	// Due is set when a new epoch must begin before anything else is recorded.
	Due *Renewal
}

// A Renewal is a store's demand for a new epoch: its records are new, were set back, or are a copy that is to go on.
type Renewal struct {
	Cause  string // "created", "behind" or "adopted"
	Detail string // what was found, for the record's reason
	Ledger string // the instance from now on
	Burn   uint64 // indices of every counter, the unknown ones included, that are skipped

	// Marks are the high-water marks that were kept outside the store: the index below which each counter never issues again.
	Marks map[Counter]uint64
}
