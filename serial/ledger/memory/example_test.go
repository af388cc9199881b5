package memory_test

import (
	"context"
	"fmt"
	"log"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
)

// An order of three units is commissioned, one of them is found again, and the lot is recalled.
func Example() {
	ctx := context.Background()
	l, err := memory.Open(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	pump := ledger.Product{ID: "09506000134352", Scheme: serial.MustCompile("SN{index:4}{check}")}
	if err := l.Define(ctx, pump); err != nil {
		log.Fatal(err)
	}
	order := ledger.Order{Product: pump.ID, Count: 3, Fields: serial.Fields{Lot: "L42"}}
	if _, err := l.Commission(ctx, order); err != nil {
		log.Fatal(err)
	}
	unit, err := l.Find(ctx, pump.ID, "SN0001S")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(unit.Serial, "is unit", unit.Position, "of block", unit.Block)
	for unit, err := range l.Recall(ctx, ledger.Query{Lot: "L42"}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(unit.Serial)
	}
	// Output:
	// SN0001S is unit 1 of block 1.3
	// SN0000U
	// SN0001S
	// SN0002Q
}
