package sqlite_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// An order becomes a block of units, is printed, and a unit is found again by its serial.
func Example() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()

	l, err := sqlite.Open(ctx, filepath.Join(dir, "ledger.db"), &ledger.Options{Actor: "line 3"})
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	err = l.Define(ctx, ledger.Product{ID: "09506000134352", Name: "Infusion pump",
		Scheme: serial.MustCompile("SN{index:6}{check}")})
	if err != nil {
		log.Fatal(err)
	}
	block, err := l.Commission(ctx, ledger.Order{
		Request: "order 4711", Product: "09506000134352", Count: 200, Machine: "M7", Fields: serial.Fields{Lot: "L42", Line: "3"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for u, err := range block.Units() {
		if err != nil {
			log.Fatal(err)
		}
		if u.Position < 2 {
			fmt.Println(u.Serial)
		}
	}

	// A print run reports to the block's journal; package printer does so by itself.
	journal := l.Journal(block)
	if err := journal.Mark(ctx, "run 1", 0, 150, "counted", "odometer 1000 to 1150"); err != nil {
		log.Fatal(err)
	}
	states, err := l.Outcomes(ctx, block)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range states {
		fmt.Printf("%d … %d: %q\n", r.From, r.To-1, r.State)
	}

	last, err := block.At(149)
	if err != nil {
		log.Fatal(err)
	}
	u, err := l.Find(ctx, "09506000134352", last.Serial)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(u.Serial, "is unit", u.Position, "of block", u.Block, "and", u.Print.State)

	// Output:
	// SN0000009
	// SN0000017
	// 0 … 149: "counted"
	// 150 … 199: ""
	// SN0001494 is unit 149 of block 1.3 and counted
}
