// Package line carries out production orders: it commissions an order's units in a ledger, lays
// out and prints a label for each, and accounts for every one.
//
//	order, err := line.ReadOrder(os.DirFS("orders"), "MO-2026-11842.json")
//	…
//	result, err := line.Start(ctx, line.Line{
//		Ledger: l, Printers: []*printer.Printer{p}, Template: t, Keys: keys,
//	}, order)
//	fmt.Println(result) // of 200 units of order MO-2026-11842, which is complete: …
//
// # The way of an order
//
// The files of this package follow an order: an [Order] is checked into a [Plan], which
// commissions a [Batch] of units, whose labels are printed; the outcomes are the [Result].
//
// An order is done once. Its ID is the request of its commission: [Start] of an order that the
// ledger knows is an error ([ErrUnderWay], [ErrComplete], or [ErrConflict] if its content
// differs), so that no mistake at the terminal makes units twice. [Resume] goes on with an order
// after a crash or a fault; it needs the id alone, as the ledger has the order's content. [Status]
// returns how far an order is. Further units of a complete order are asked for by a name
// ([Order.Extra]).
//
// Nothing is commissioned before the order, its template, its scheme and the printers have been
// checked with the widest serials that the scheme can make: see [Check].
//
// The package prints nothing but labels, reads no flags and opens neither stores nor printers;
// examples/line is a program made of it.
package line
