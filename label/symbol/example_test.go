package symbol_test

import (
	"fmt"
	"os"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/symbol"
)

func ExampleGS1DataMatrix() {
	s, err := symbol.GS1DataMatrix(gs1.Message{
		{AI: "01", Value: "09506000134352"},
		{AI: "10", Value: "L42"},
		{AI: "21", Value: "ABC123"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d x %d modules, quiet zone %d\n", s.Rows(), s.Cols(), s.QuietZone())
	fmt.Printf("a reader sends %q\n", s.SymbologyIdentifier()+s.Content())
	file, err := os.CreateTemp("", "symbol*.png")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(file.Name())
	fmt.Println(s.WritePNG(file, 8), file.Close())
	// Output:
	// 20 x 20 modules, quiet zone 1
	// a reader sends "]d2010950600013435210L42\x1d21ABC123"
	// <nil> <nil>
}

func ExampleCode128() {
	s, err := symbol.Code128("Lot 123456")
	fmt.Println(s.Cols(), s.Codewords(), err)
	_, err = symbol.Code128("5 € off")
	fmt.Println(err)
	// Output:
	// 123 [104 44 79 84 0 99 12 34 56 60 106] <nil>
	// symbol: code 128 at byte 2: the symbology lacks the character: '€' (U+20AC); it has the characters up to U+00FF
}
