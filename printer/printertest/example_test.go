package printertest_test

import (
	"context"
	"fmt"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

func Example() {
	srv := printertest.NewServer(printertest.Config{LabelsPerSecond: 500})
	defer srv.Close()

	ctx := context.Background()
	p, err := printer.Dial(ctx, srv.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer p.Close()

	report, err := printer.Run(ctx, p, printer.Job{
		ID:    "order 4711",
		Count: 10,
		Append: func(dst []byte, i uint64) ([]byte, error) {
			return fmt.Appendf(dst, "^XA^CI28^FO30,30^A0N,40,40^FDSN %04d^FS^XZ", i), nil
		},
		Journal: new(printer.Memory),
	})
	fmt.Println(report.Confirmed(), "confirmed", err)
	for _, page := range srv.Printed()[8:] {
		fmt.Println(page.Fields[0].Data)
	}
	// Output:
	// 10 confirmed <nil>
	// SN 0008
	// SN 0009
}
