package line_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/line"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
)

const orderJSON = `{
	"order": "MO-2026-11842",
	"code": "09506000134352",
	"product": "Introducer sheath 6F",
	"units": 50,
	"made": "2026-11-20",
	"lot": "L2647A",
	"scheme": "{index:8}{check}",
	"label": {"expires": "2070-11-20"}
}`

const templateJSON = `{
	"width": 30, "height": 20,
	"fields": [
		{"name": "code", "kind": "number"}, {"name": "lot"}, {"name": "expires", "kind": "date"}, {"name": "serial"}
	],
	"elements": [
		{"type": "symbol", "symbology": "gs1-datamatrix", "x": 3, "y": 3, "x-dimension": 0.375,
		 "content": "(01){code}(17){expires:YYMMDD}(10){lot}(21){serial}"}
	]
}`

// An order is commissioned in a ledger and its labels are printed: here in memory, on a virtual
// printer.
func Example() {
	ctx := context.Background()
	units, err := memory.Open(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer units.Close()
	virtual := printertest.NewServer(printertest.Config{LabelsPerSecond: 1000})
	defer virtual.Close()
	device, err := printer.Dial(ctx, virtual.URL)
	if err != nil {
		log.Fatal(err)
	}
	defer device.Close()
	parsed, err := template.Parse(strings.NewReader(templateJSON))
	if err != nil {
		log.Fatal(err)
	}
	o, err := line.ParseOrder(strings.NewReader(orderJSON))
	if err != nil {
		log.Fatal(err)
	}

	l := line.Line{Ledger: units, Printers: []*printer.Printer{device}, Template: parsed}
	result, err := line.Start(ctx, l, o)
	fmt.Println(result, err)

	_, err = line.Start(ctx, l, o)
	fmt.Println(err)
	// Output:
	// of 50 units of order MO-2026-11842, which is complete:
	//        50 confirmed: the printer's counter moved by exactly the window <nil>
	// line: order: order: "MO-2026-11842" is complete; further units need a name
}
