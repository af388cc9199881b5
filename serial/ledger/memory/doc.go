// Package memory keeps a ledger in memory, for tests and demonstrations. Its units are forgotten
// when the program ends, so nothing that it numbers may be put on real goods.
//
//	l, err := memory.Open(ctx, nil)
//	defer l.Close()
//	err = l.Define(ctx, ledger.Product{ID: "09506000134352", Scheme: scheme})
//	block, err := l.Commission(ctx, ledger.Order{Product: "09506000134352", Count: 500})
//	unit, err := l.Find(ctx, "09506000134352", "SN0001494")
//
// It starts no goroutines and no timers: a ledger in memory can be used within a testing/synctest
// bubble.
package memory
