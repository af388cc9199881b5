package gs1_test

import (
	"errors"
	"fmt"

	"github.com/gonameplate/nameplate/gs1"
)

func ExampleNewGTIN() {
	gtin, err := gs1.NewGTIN(0, "9521234", 1) // the company's first item
	if err != nil {
		fmt.Println(err)
		return
	}
	carton, _ := gtin.WithIndicator(1) // a grouping of it
	thirteen, _ := gtin.Digits(13)
	fmt.Println(gtin, carton, thirteen)
	// Output: 09521234000013 19521234000010 9521234000013
}

func ExampleParseUPCE() {
	gtin, err := gs1.ParseUPCE("01234565")
	if err != nil {
		fmt.Println(err)
		return
	}
	upcA, _ := gtin.Digits(12)
	upcE, _ := gtin.UPCE()
	fmt.Println(gtin, upcA, upcE)
	// Output: 00012345000065 012345000065 01234565
}

func ExampleParseSSCC() {
	_, err := gs1.ParseSSCC("095212340000000014")
	var e *gs1.Error
	if errors.As(err, &e) {
		fmt.Println(e.Err, "at", e.Pos)
		fmt.Println(e.Detail)
	}
	// Output:
	// wrong check digit or characters at 17
	// found "4", want check digit 3
}

func ExampleNewGLN() {
	gln, err := gs1.NewGLN("9521234", 12)
	fmt.Println(gln, err)
	fmt.Println(gs1.Message{gln.Element()}, gs1.Message{gs1.PGLN(gln).Element()})
	// Output:
	// 9521234000129 <nil>
	// (414)9521234000129 (417)9521234000129
}

func ExampleParseGRAI() {
	grai, err := gs1.ParseGRAI("09521234543213K7")
	fmt.Println(grai.Serial(), err)
	// Output: K7 <nil>
}

func ExampleParseGIAI() {
	giai, err := gs1.ParseGIAI("9521234FORKLIFT-3")
	fmt.Println(giai.Element().AI, giai, err)
	// Output: 8004 9521234FORKLIFT-3 <nil>
}

func ExampleNewGSRN() {
	gsrn, err := gs1.NewGSRN("9521234", 4711)
	fmt.Println(gsrn, err)
	fmt.Println(gsrn.Provider().AI, gsrn.Recipient().AI)
	// Output:
	// 952123400000047111 <nil>
	// 8017 8018
}

func ExampleParseGDTI() {
	gdti, err := gs1.ParseGDTI("9521234543213INV0042")
	fmt.Println(gdti.Serial(), err)
	// Output: INV0042 <nil>
}

func ExampleParseGCN() {
	gcn, err := gs1.ParseGCN("9521234543213000042")
	fmt.Println(gcn.Serial(), err)
	// Output: 000042 <nil>
}

func ExampleParseCPID() {
	_, err := gs1.ParseCPID("9521234#b")
	fmt.Println(errors.Is(err, gs1.ErrCharacter))
	// Output: true
}

func ExampleParseGINC() {
	ginc, err := gs1.ParseGINC("9521234WAYBILL7")
	fmt.Println(ginc.Element().AI, ginc, err)
	// Output: 401 9521234WAYBILL7 <nil>
}

func ExampleParseGSIN() {
	payload := "9521234" + "000000042" // company prefix and shipper reference
	check, _ := gs1.CheckDigit(payload)
	gsin, err := gs1.ParseGSIN(payload + string(check))
	fmt.Println(gsin, err)
	// Output: 95212340000000426 <nil>
}

func ExampleParseITIP() {
	itip, err := gs1.ParseITIP("095212345432130203")
	gtin, piece, total := itip.Parts()
	fmt.Println(gtin, piece, "of", total, err)
	// Output: 09521234543213 2 of 3 <nil>
}

func ExampleParseGMN() {
	pair, _ := gs1.CheckPair("1987654Ad4X4bL5ttr2310c")
	gmn, err := gs1.ParseGMN("1987654Ad4X4bL5ttr2310c" + pair)
	fmt.Println(gmn, err)
	// Output: 1987654Ad4X4bL5ttr2310c2K <nil>
}

func ExampleParseMUDI() {
	pair, _ := gs1.CheckPair("9521234FRAME-A")
	mudi, err := gs1.ParseMUDI("9521234FRAME-A" + pair)
	fmt.Println(mudi, err)
	// Output: 9521234FRAME-AQT <nil>
}
