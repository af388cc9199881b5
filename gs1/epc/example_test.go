package epc_test

import (
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/epc"
)

// A reader reports the words of a tag in hexadecimal.
func ExampleDecode() {
	bits, _ := hex.DecodeString("3036142C8C008F8000053244")
	tag, err := epc.Decode(bits)
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := tag.Message()
	fmt.Println(m, err)
	fmt.Println(tag.EPC)
	fmt.Println(epc.FilterName(tag.Scheme, tag.Filter))
	// Output:
	// (01)08719139005740(21)340548 <nil>
	// urn:epc:id:sgtin:8719139.000574.340548
	// point of sale item
}

// A "+" scheme needs no company prefix and carries lot and expiry beside the serial.
func ExampleNewTag() {
	m, err := gs1.ParseBracketed("(01)09521234543213(21)12345(10)L42(17)261231")
	if err != nil {
		fmt.Println(err)
		return
	}
	tag, err := epc.NewTag(m, epc.Options{Scheme: "sgtin+", Filter: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	bits, _ := tag.Encode()
	pc, _ := tag.PC(false)
	fmt.Printf("%04X %X\n", pc, bits)
	// Output: 5000 F790952123454321305181C8851A8388B9ACF800
}

// A "++" scheme makes the tag a link to the owner's domain.
func ExampleTag_Link() {
	m := gs1.Message{{AI: "01", Value: "09521234543213"}, {AI: "21", Value: "12345"}}
	tag, err := epc.NewTag(m, epc.Options{Scheme: "sgtin++", Filter: 1, Host: "id.example.com"})
	if err != nil {
		fmt.Println(err)
		return
	}
	link, err := tag.Link()
	fmt.Println(link, err)
	// Output: https://id.example.com/01/09521234543213/21/12345 <nil>
}

// An error names the scheme, the field, the limit and the scheme that takes the value.
func ExampleError() {
	m := gs1.Message{{AI: "01", Value: "09521234543213"}, {AI: "21", Value: "A-1"}}
	_, err := epc.NewTag(m, epc.Options{Scheme: "sgtin-96", PrefixLength: 7})
	var e *epc.Error
	fmt.Println(errors.As(err, &e), errors.Is(err, epc.ErrCharacter))
	fmt.Printf("%s, %s: %q, want %s\n%s\n", e.Scheme, e.Field, e.Input, e.Detail, e.Hint)
	// Output:
	// true true
	// sgtin-96, serial: "A-1", want digits
	// the scheme sgtin-198 or sgtin+ takes it
}

func ExampleParseURI() {
	e, err := epc.ParseURI("urn:epc:id:sscc:4610052.9000000007")
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := e.Message()
	fmt.Println(m, err)
	// Output: (00)946100520000000072 <nil>
}

// What a reader finds in a box of tags isn't always an EPC.
func ExampleClassify() {
	for _, text := range []string{"3036142C8C008F8000053244", "3000E2000017221101441890",
		"E2801160600002084D1B7A1B"} {
		bits, _ := hex.DecodeString(text)
		c := epc.Classify(bits)
		fmt.Println(c.Scheme, len(c.Doubts) > 0, errors.Is(c.Err, epc.ErrTID))
	}
	// Output:
	// sgtin-96 false false
	// sgtin-96 true false
	//  false true
}
