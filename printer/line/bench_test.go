package line

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// instant is a virtual printer that takes no time.
var instant = printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1e6}

// commissioned returns a batch of units of the order.
func commissioned(b *testing.B, units uint64) (*bench, *Batch) {
	b.Helper()
	line := newBench(b, instant).onDisk(b)
	o := anOrder()
	o.Units = units
	p, err := Check(context.Background(), line.Line, o)
	require.NoError(b, err)
	batch, err := p.commission(context.Background(), line.Line)
	require.NoError(b, err)
	return line, batch
}

// BenchmarkCommission takes blocks of 200 units into a file, each durable before the next. The
// serials are formatted, and one of each block is found again.
func BenchmarkCommission(b *testing.B) {
	line, batch := commissioned(b, 1)
	ctx := context.Background()
	order := ledger.Order{Product: batch.Order.Code, Count: 200, Fields: batch.Order.fields()}
	var blocks []*ledger.Block
	b.ReportAllocs()
	for b.Loop() {
		block, err := line.Ledger.Commission(ctx, order)
		require.NoError(b, err)
		blocks = append(blocks, block)
	}
	b.ReportMetric(float64(200*b.N)/b.Elapsed().Seconds(), "units/s")
	for _, block := range blocks {
		unit, err := block.At(199)
		require.NoError(b, err)
		found, err := line.Ledger.Find(ctx, unit.Product, unit.Serial)
		require.NoError(b, err)
		require.Equal(b, unit.Index, found.Index)
	}
}

// BenchmarkMessage formats a serial that can't be guessed and builds and validates the unit's GS1
// message into reused memory.
func BenchmarkMessage(b *testing.B) {
	_, batch := commissioned(b, 1)
	o := batch.Order
	fields := o.fields()
	message := gs1.Message{
		{AI: "01", Value: o.Label["gtin"]}, {AI: "11", Value: "261120"}, {AI: "17", Value: "291120"},
		{AI: "10", Value: o.Lot}, {AI: "21"},
	}
	var number, text []byte
	var err error
	i := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		number, err = batch.scheme.AppendFormat(number[:0], fields, i)
		require.NoError(b, err)
		message[4].Value = string(number)
		if err = message.Validate(); err == nil {
			text, err = message.AppendElementString(text[:0])
		}
		require.NoError(b, err)
		i++
	}
	read, err := gs1.ParseElementString(string(text))
	require.NoError(b, err)
	_, index, err := batch.scheme.Parse(serial.Fields{Product: o.Code}, read[4].Value)
	require.NoError(b, err)
	require.Equal(b, i-1, index)
}

// BenchmarkZPL makes the ZPL of labels with a serial each, checked by what a printer would make of
// it.
func BenchmarkZPL(b *testing.B) {
	_, batch := commissioned(b, 1_000_000)
	appendLabel := batch.appender(0)
	var text []byte
	var err error
	i := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		if i%1000 == 0 {
			requirePages(b, batch, text, i)
			text = text[:0]
		}
		if text, err = appendLabel(text, i%batch.Block.Count); err != nil {
			b.Fatal(err)
		}
		i++
	}
	requirePages(b, batch, text, i)
}

// requirePages reads the labels before label i, from the last thousand on.
func requirePages(b *testing.B, batch *Batch, text []byte, i uint64) {
	if i == 0 || i > 2000 { // reading takes longer than writing
		return
	}
	b.StopTimer()
	defer b.StartTimer()
	pages := readPages(b, text)
	for k, page := range pages {
		unit, err := batch.Block.At((i - uint64(len(pages)) + uint64(k)) % batch.Block.Count)
		require.NoError(b, err)
		require.Equal(b, unit.Serial, serialOn(b, page))
	}
}

// BenchmarkCheck checks an order: it lays out the labels of the worst serials.
func BenchmarkCheck(b *testing.B) {
	line := newBench(b, instant)
	b.ReportAllocs()
	for b.Loop() {
		_, err := Check(context.Background(), line.Line, anOrder())
		require.NoError(b, err)
	}
}

// BenchmarkPrintRun prints 200 labels, in windows of 20 and 100, on a virtual printer that takes
// no time: it shows the price of the account, which is status, counter and journal.
func BenchmarkPrintRun(b *testing.B) {
	for _, window := range []int{20, 100} {
		b.Run("window="+strconv.Itoa(window), func(b *testing.B) {
			line, batch := commissioned(b, 200)
			line.Job.Window = window
			ctx := context.Background()
			runs := 0
			b.ReportAllocs()
			for b.Loop() {
				report, err := printer.Run(ctx, line.Printers[0], printer.Job{
					ID: "run " + strconv.Itoa(runs), Count: 200, Append: batch.appender(0), Window: window,
					Journal: line.Ledger.Journal(batch.Block),
				})
				require.NoError(b, err)
				require.EqualValues(b, 200, report.Confirmed(), "%v", report.Ranges)
				runs++
			}
			b.ReportMetric(float64(200*b.N)/b.Elapsed().Seconds(), "labels/s")
			printed := line.paper.Printed()
			require.Len(b, printed, 200*runs)
			for i, page := range printed {
				unit, err := batch.Block.At(uint64(i) % 200)
				require.NoError(b, err)
				require.Equal(b, unit.Serial, serialOn(b, page))
			}
		})
	}
}
