package symbol_test

import (
	"errors"
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
	var e *symbol.Error
	if errors.As(err, &e) {
		fmt.Printf("byte %d: %v: %s\n", e.Pos+1, e.Err, e.Detail)
	}
	// Output:
	// 123 [104 44 79 84 0 99 12 34 56 60 106] <nil>
	// byte 3: the symbology lacks the character: '€' (U+20AC), want characters up to U+00FF
}

func ExampleSymbol_Explain() {
	s, _ := symbol.DataMatrix("REF ABCDEFGH 1234")
	fmt.Print(s.Explain())
	s, _ = symbol.Code128("Lot 123456\t")
	fmt.Print(s.Explain())
	s, _ = symbol.QR("REF 4711: 5 µm, 20270131")
	fmt.Print(s.Explain())
	// Output:
	// datamatrix, 16 x 16 modules: 12 of 12 codewords; 14 x 14 holds 8
	//    0: 230                          latch to C40
	//    1: 196 164                      C40 values 31 "R", 18 "E", 19 "F"
	//    3:  21   0                      C40 values 3 " ", 14 "A", 15 "B"
	//    5: 102 187                      C40 values 16 "C", 17 "D", 18 "E"
	//    7: 121 246                      C40 values 19 "F", 20 "G", 21 "H"
	//    9:  19 143                      C40 values 3 " ", 5 "1", 6 "2"
	//   11:                              so little is left that it is ASCII
	//   11: 164                          "34"
	// code128, 1 x 145 modules: 13 of 13 codewords
	//    0: 104                          start in code set B
	//    1:  44                          "L" in set B
	//    2:  79                          "o" in set B
	//    3:  84                          "t" in set B
	//    4:   0                          " " in set B
	//    5:  99                          code set C from here on
	//    6:  12                          "12" in set C
	//    7:  34                          "34" in set C
	//    8:  56                          "56" in set C
	//    9: 101                          code set A from here on
	//   10:  73                          "\t" in set A
	//   11:  51                          check character
	//   12: 106                          stop
	// qr, 25 x 25 modules: 22 of 22 codewords
	// version 2, error correction level Q, mask 0
	//      0:   12 bits  eci 3
	//     12:   79 bits  alphanumeric, 12 characters: "REF 4711: 5 "
	//     91:   44 bits  byte, 4 characters: "\xb5m, "
	//    135:   41 bits  numeric, 8 characters: "20270131"
	// penalties of masks 0 to 7: 1127 1340 1455 1238 1199 1155 1179 1159
}

// Text of ISO/IEC 8859-1 is the default of Data Matrix. Readers that guess the character set
// instead are told by an ECI.
func ExampleDataMatrixSegments() {
	s, err := symbol.DataMatrixSegments([]symbol.Segment{symbol.ECI(3), symbol.Text("5 µm ±1")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.SymbologyIdentifier(), s.Rows(), s.Codewords()[:2])
	// Output:
	// ]d4 16 [241 4]
}

// A symbol of any symbology, by its name.
func ExampleEncode() {
	symbology, _ := symbol.ParseSymbology("ean-13")
	s, err := symbol.Encode(symbology, "950600013435", nil)
	fmt.Println(s.Content(), s.SymbologyIdentifier(), err)
	for _, g := range s.Groups() {
		fmt.Printf("%s under columns %d to %d\n", g.Text, g.From, g.To)
	}
	// Output:
	// 9506000134352 ]E0 <nil>
	// 9 under columns -11 to -4
	// 506000 under columns 3 to 45
	// 134352 under columns 50 to 92
}
