package ledger_test

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

// Line 3 printed the first units of lot L42 and line 4 the others; what line 4 made must come back.
func ExampleLedger_Recall() {
	dir, err := os.MkdirTemp("", "recall")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	l, err := sqlite.Open(ctx, filepath.Join(dir, "ledger.db"), &ledger.Options{Actor: "planning"})
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	check := func(err error) {
		if err != nil {
			log.Fatal(err)
		}
	}
	check(l.Define(ctx, ledger.Product{ID: "09506000134352",
		Scheme: serial.MustCompile("SN{index:4}{check}")}))
	block, err := l.Commission(ctx, ledger.Order{Product: "09506000134352", Count: 6,
		Fields: serial.Fields{Lot: "L42"}})
	check(err)
	journal := l.Journal(block)
	check(journal.At(ledger.Place{Line: "3"}).Mark(ctx, "run 1", 0, 4, "counted", "counter 0 to 4"))
	check(journal.At(ledger.Place{Line: "4"}).Mark(ctx, "run 1", 4, 6, "counted",
		"counter 70 to 72"))

	for unit, err := range l.Recall(ctx, ledger.Query{Lot: "L42", Line: "4"}) {
		check(err)
		fmt.Println(unit.Serial, unit.Print.State, unit.Print.Evidence)
	}
	// Output:
	// SN0004M counted counter 70 to 72
	// SN0005K counted counter 70 to 72
}
