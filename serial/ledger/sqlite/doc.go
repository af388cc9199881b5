// Package sqlite keeps a ledger in a file, by SQLite without cgo.
//
//	l, err := sqlite.Open(ctx, "ledger.db", &ledger.Options{Actor: "line 3"})
//	defer l.Close()
//	err = l.Define(ctx, ledger.Product{ID: "09506000134352", Scheme: scheme})
//	block, err := l.Commission(ctx, ledger.Order{Product: "09506000134352", Count: 500})
//	unit, err := l.Find(ctx, "09506000134352", "SN0001494")
//
// # Files
//
// Beside the ledger in FILE lies FILE.mark, the high-water mark: it outlives the file, so that an
// older file which is put back never issues a number again. While a process has the ledger open,
// and after a crash, SQLite's FILE-wal and FILE-shm are there too and belong to it. To back up a
// ledger that is closed, copy FILE; one that is open, with "VACUUM INTO" or the sqlite3 program's
// ".backup". Never restore FILE.mark: an older mark permits what it has forgotten. The format of
// both files is described in FORMAT.md of package ledger.
//
// # Durability
//
// The file is in WAL mode with synchronous=FULL: each transaction is on the disk (fsync) before
// its call returns, and readers, such as a recall while a line runs, don't hold up writers. The
// default of many programs, synchronous=NORMAL, would return before that and forget serials that
// are on paper. On macOS fullfsync makes fsync reach the disk's platters too. Before each
// transaction becomes durable, the mark does. Ledgers don't belong on network file systems, whose
// locks and syncs may be promises only.
//
// # What can't be detected
//
// A machine or a disk that is set back whole, such as a snapshot of a virtual machine, looks from
// inside as if nothing had happened. Keep the mark on another disk with [OpenWithMark], or, after
// setting it back, remove the mark and open the ledger with ledger.Options.BurnAhead.
package sqlite
