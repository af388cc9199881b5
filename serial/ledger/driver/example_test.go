package driver_test

import (
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// The first record of an instance follows the hash of the instance's name.
func ExampleRecord_Digest() {
	r := driver.Record{
		Envelope: driver.Envelope{
			Seq: 1, Ledger: "VCWH4ZTZGRHVOIBL", Epoch: 1, Kind: driver.KindEpoch, Actor: "anna",
			Time: time.Date(2026, 11, 22, 14, 30, 1, 0, time.UTC), Software: "line 1.0",
			Previous: driver.ChainStart("VCWH4ZTZGRHVOIBL"),
		},
		Body: []byte(`{"cause":"created"}`),
	}
	r.Hash = r.Digest()
	fmt.Println(r.Hash)
	// Output: 7eba92e521f9a6c29bdf500704e7b8d7a421955ecc746985a26ad332d5b42f73
}

func ExampleRecord_CounterEnd() {
	r := driver.Record{
		Envelope: driver.Envelope{Kind: driver.KindBlock},
		Body:     []byte(`{"product":"P","version":"bf85605f","scope":"","first":100,"count":50}`),
	}
	counter, next, ok := r.CounterEnd()
	fmt.Println(counter.Product, next, ok)
	// Output: P 150 true
}
