// Package driver defines the interface that a store of a ledger implements, as package
// database/sql/driver does for databases. Programs use package ledger; this package is for
// authors of stores.
//
// A [Store] keeps [Record] values durably and in order, finds them again, and excludes other
// writers while one writes. It does not interpret them: what may be recorded is decided by
// package ledger. Besides records, a store knows two things:
//
//   - where each [Counter] ends, which [Record.CounterEnd] reports of blocks and burns. A store
//     that can be set back or copied keeps these ends outside the place where its records are,
//     and demands a [Renewal] when the two disagree;
//   - the end of the chain of records, its [Head].
//
// A store's package has an Open function that calls ledger.New. The errors of a store are
// *ledger.StoreError values that wrap the sentinels of package ledger: ErrDamaged, ErrFull,
// ErrBusy, ErrAccess, ErrClosed and so on. Package ledgertest proves a store:
//
//	func TestStore(t *testing.T) {
//		open := func(ctx context.Context, name string) (driver.Store, error) {
//			return mystore.Open(ctx, name)
//		}
//		ledgertest.Run(t, open, ledgertest.Capabilities{Durable: true})
//	}
package driver
