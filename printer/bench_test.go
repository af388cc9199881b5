package printer_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

// BenchmarkRun prints runs over TCP: on a printer that takes no time, which shows what a window
// costs, and on one of 50 labels/s, twice as fast as printers are, which shows how little of its
// time it waits. Each iteration is a label; each run is compared with the paper.
func BenchmarkRun(b *testing.B) {
	for _, c := range []struct {
		speed  float64
		window int
	}{{1e9, 20}, {1e9, 200}, {50, 20}, {50, 100}} {
		b.Run(fmt.Sprintf("speed=%g/window=%d", c.speed, c.window), func(b *testing.B) {
			srv, p := serve(b, printertest.Config{LabelsPerSecond: c.speed})
			b.ReportAllocs()
			b.ResetTimer()
			report, err := printer.Run(b.Context(), p, printer.Job{
				ID: "bench", Count: uint64(b.N), Append: appendLabel,
				Journal: new(printer.Memory), Window: c.window,
			})
			b.StopTimer()
			require.NoError(b, err)
			check(b, report, uint64(b.N), srv.Paper())
			require.EqualValues(b, b.N, report.Confirmed(), report)
			b.ReportMetric(float64(b.N)/report.Elapsed.Seconds(), "labels/s")
		})
	}
}

func BenchmarkParseHostStatus(b *testing.B) {
	reply := []byte(statusReply)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := printer.ParseHostStatus(reply); err != nil {
			b.Fatal(err)
		}
	}
}
