// Package ledger is the durable record of units: which serials were issued for which order, what
// became of them in print, and what happened to them afterwards.
//
//	l, err := sqlite.Open(ctx, "ledger.db", nil)
//	err = l.Define(ctx, ledger.Product{ID: "09506000134352", Scheme: scheme})
//	block, err := l.Commission(ctx, ledger.Order{Product: "09506000134352", Count: 500})
//	unit, err := l.Find(ctx, "09506000134352", "SN0001494")
//	for unit, err := range l.Recall(ctx, ledger.Query{Lot: "L42"}) { … }
//
// # Blocks, not rows
//
// A scheme leads from an index to a serial and back. So an order of 200 or of a million units is
// one record, a [Block]: the next indices of its product's counter. [Block.At] and [Block.Units]
// make its serials; [Ledger.Find] parses a serial to its index, and the index leads to its block.
// The outcomes of printing are records too, each of a range of a block's units ([Ledger.Journal],
// [Ledger.Outcomes]), and so are later events ([Ledger.Record]). [Ledger.History] and
// [Ledger.Recall] read them together.
//
// # Guarantees
//
//   - A block is durable before [Ledger.Commission] returns it. A crash may burn numbers, never
//     repeat them.
//   - A restored backup, or a copy, never issues what was issued: a high-water mark is kept
//     outside the store. A store that is behind its mark begins a new epoch and burns each
//     counter ahead to the mark; a copy is rejected with [ErrCopied], unless [Options.BurnAhead]
//     is set.
//   - An order that is sent again under the same request gets the same block.
//   - (product, serial) is unique over all versions of a product's scheme. Schemes with {given:…}
//     fields are the exception that they ask for: their serials are unique within what is given.
//   - Records are only ever added. Each has a [driver.Envelope] with the hash of the one before;
//     [Ledger.Audit] checks them.
//
// A ledger is kept by a [driver.Store]: package sqlite has one in a file, package memory one for
// tests and demonstrations. The ledger knows nothing of GS1 or of printers: a product is any
// string, such as the 14 digits of a GTIN, and a [Journal] satisfies package printer's interface
// of that name.
package ledger
