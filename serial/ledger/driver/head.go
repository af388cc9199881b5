package driver

// A Head is the end of the chain of records.
type Head struct {
	Ledger string // the instance
	Epoch  uint64
	Seq    uint64 // 0 before the first record
	Hash   Hash   // of the last record; [ChainStart] before the first
}

// A Renewal is a store's demand for a new epoch.
type Renewal struct {
	Cause  Cause
	Detail string // what was found; it becomes the reason of the epoch's record
	Ledger string // the instance from now on: a new one for a copy

	// Marks are the high-water marks that were kept outside the store: the index that each counter
	// must not issue below.
	Marks map[Counter]uint64
}

// A Cause is why a new epoch must begin.
type Cause string

const (
	Created Cause = "created" // the store is new
	Behind  Cause = "behind"  // the store was set back behind its marks
	Copied  Cause = "copied"  // the store is a copy, or has lost its marks
)
