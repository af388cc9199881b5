package companyprefix_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/gonameplate/nameplate/gs1/companyprefix"
)

func ExampleTable_Of() {
	table, err := companyprefix.Parse(strings.NewReader(`{"GCPPrefixFormatList": {"entry": [
		{"prefix": "952", "gcpLength": 7},
		{"prefix": "9521", "gcpLength": 8}
	]}}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(table.Of("9521234543213"))
	fmt.Println(table.Of("4012345678901"))
	// Output:
	// 95212345 true
	//  false
}
