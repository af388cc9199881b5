package scan_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/label/scan"
)

func ExampleRead() {
	result, err := scan.Read("]d2010950600013435210L7{GS}21K7Q\r\n")
	fmt.Println(result.Kind, result.Product, result.Lot, result.Serial, err)
	for _, r := range result.Repairs {
		fmt.Println(r.What)
	}
	// Output:
	// GS1 09506000134352 L7 K7Q <nil>
	// line end removed
	// FNC1 written as {GS}
}

// A lost FNC1 leaves two readings, unless the caller knows what is on the label.
func ExampleReader_Read() {
	const lost = "]d201095060001343521727123110L7PX21K7Q44D"
	result, _ := scan.Read(lost)
	fmt.Println(result.Message, result.Doubts[0].What)
	reader := scan.Reader{Expect: []string{"01", "17", "10", "21"}}
	result, _ = reader.Read(lost)
	fmt.Println(result.Message, len(result.Doubts))
	// Output:
	// (01)09506000134352(17)271231(10)L7PX21K7Q44D (10)L7PX(21)K7Q44D fits as well
	// (01)09506000134352(17)271231(10)L7PX(21)K7Q44D 0
}

func ExampleReader_All() {
	port := strings.NewReader("\x02]E09521234543213\x03]d1-03752864\r\n")
	for result, err := range (scan.Reader{}).All(port) {
		fmt.Println(result.Kind, result.Product, err)
	}
	// Output:
	// Retail 09521234543213 <nil>
	// PZN 03752864 <nil>
}

func ExampleFormatHIBC() {
	text, err := scan.FormatHIBC(scan.HIBCData{
		Labeler: "A123", Product: "BJC5D6E7", Unit: 1, Lot: "L7", Serial: "K7Q",
		Expiry: time.Date(2027, time.December, 31, 0, 0, 0, 0, time.UTC),
	})
	fmt.Println(text, err)
	// Output: +A123BJC5D6E71/$$3271231L7/SK7Q1 <nil>
}

func ExampleFormatISO15434() {
	text, err := scan.FormatISO15434("06", scan.Item{ID: "17V", Value: "0CVA5"},
		scan.Item{ID: "1P", Value: "4327"}, scan.Item{ID: "S", Value: "786950"})
	fmt.Printf("%q %v\n", text, err)
	// Output: "[)>\x1e06\x1d17V0CVA5\x1d1P4327\x1dS786950\x1e\x04" <nil>
}

func ExampleFormatISBT128() {
	text, err := scan.FormatISBT128(scan.Item{ID: "=", Value: "G12348965432100"},
		scan.Item{ID: "=<", Value: "E0206V00"})
	fmt.Println(text, err)
	result, err := scan.Read("]C4" + text)
	fmt.Println(result.Serial, result.Product, err)
	// Output:
	// =G12348965432100=<E0206V00 <nil>
	// G123489654321 E0206V00 <nil>
}

func ExampleFormatPZN() {
	text, err := scan.FormatPZN("0375286")
	fmt.Println(text, err)
	// Output: -03752864 <nil>
}
