package printer_test

import (
	"context"
	"fmt"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

// Ten labels in windows of five; at the seventh the operator presses "reprint".
func ExampleRun() {
	srv := printertest.NewServer(printertest.Config{LabelsPerSecond: 100})
	defer srv.Close()
	srv.At(7, (*printertest.Server).Reprint)

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
		Window:  5,
	})
	if err != nil {
		fmt.Println(err)
	}
	for r := range report.Ranges.In(printer.Counted, printer.Doubtful) {
		fmt.Printf("labels %d to %d: %s\n", r.From, r.To-1, r.State)
	}
	for i := range report.Ranges.Labels(printer.Doubtful) {
		fmt.Printf("look for SN %04d\n", i)
	}
	// Output:
	// labels 0 to 4: counted
	// labels 5 to 9: doubtful
	// look for SN 0005
	// look for SN 0006
	// look for SN 0007
	// look for SN 0008
	// look for SN 0009
}

func ExampleParseHostStatus() {
	status, err := printer.ParseHostStatus([]byte("" +
		"\x02030,1,1,0354,012,0,0,0,000,0,0,0\x03\r\n" +
		"\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n" +
		"\x021234,0\x03\r\n"))
	fmt.Println(status.Faults(), status.Formats, err)
	// Output: [media out paused] 12 <nil>
}
