package gs1_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/gs1"
)

func ExampleParse() {
	message, err := gs1.Parse("]d20109521234543213172601311" + "0L42\x1d21A1234567")
	if err != nil {
		fmt.Println(err)
		return
	}
	lot, _ := message.Value("10")
	fmt.Println(lot)
	fmt.Println(message)
	// Output:
	// L42
	// (01)09521234543213(17)260131(10)L42(21)A1234567
}

func ExampleParse_error() {
	_, err := gs1.Parse("(01)09521234543213(17)260231")
	var e *gs1.Error
	if errors.As(err, &e) {
		fmt.Printf("AI %s: %s\n", e.AI, e.Detail)
	}
	fmt.Println(errors.Is(err, gs1.ErrContent))
	// Output:
	// AI 17: found "31", want a day that this month has
	// true
}

func ExampleMessage_ElementString() {
	message := gs1.Message{
		{"01", "09521234543213"}, // predefined length: no separator after it
		{"10", "L42"},
		{"21", "A1234567"},
	}
	if err := message.Validate(); err != nil {
		fmt.Println(err)
		return
	}
	data, err := message.ElementString()
	fmt.Printf("%q %v\n", data, err)
	// Output: "\x1d010952123454321310L42\x1d21A1234567" <nil>
}

func ExampleParseScan() {
	scan, err := gs1.ParseScan("]E09521234543213")
	fmt.Println(scan.Symbology, scan.GTIN, len(scan.Message), err)
	// Output: ]E0 09521234543213 0 <nil>
}

func ExampleParseDate() {
	now := time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)
	expiry, err := gs1.ParseDate("280200", now) // day 00: the whole month
	fmt.Println(expiry.Format(time.DateOnly), err)
	// Output: 2028-02-29 <nil>
}

func ExampleLookup() {
	ai, ok := gs1.Lookup("253")
	fmt.Println(ai.Title, ai.Format, ai.Min, ai.Max, ok)
	// Output: GDTI N13 [X..17] 13 30 true
}
