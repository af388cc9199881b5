// Package ledgertest proves that a store keeps what package driver asks of it and what package
// ledger promises.
//
//	func TestStore(t *testing.T) {
//		open := func(ctx context.Context, name string) (driver.Store, error) {
//			return mystore.Open(ctx, name)
//		}
//		ledgertest.Run(t, open, ledgertest.Capabilities{Durable: true, Processes: true})
//	}
package ledgertest
