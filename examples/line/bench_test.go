package main

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
	"github.com/gonameplate/nameplate/zpl"
)

// prepared is the order with its template and scheme, each unit having another serial.
func prepared(b *testing.B) *batch {
	b.Helper()
	p := &batch{config: config{order: "order.json", db: filepath.Join(b.TempDir(), "ledger.db")}, say: io.Discard}
	require.NoError(b, p.plan(b.Context()))
	p.device = label.Device{DotsPerMM: 8}
	var err error
	p.format, err = zpl.Compile(p.template, p.device)
	require.NoError(b, err)
	return p
}

// commissioned takes units of the order into a ledger.
func (b *batch) commissioned(t testing.TB, units uint64) {
	t.Helper()
	ctx := context.Background()
	l, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "bench.db"), nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	require.NoError(t, l.Define(ctx, ledger.Product{ID: b.order.Code, Scheme: b.scheme}))
	b.ledger = l
	b.block, err = l.Commission(ctx, ledger.Order{Product: b.order.Code, Count: units, Fields: b.order.fields()})
	require.NoError(t, err)
}

// BenchmarkCommission takes blocks of 200 units into a file, each durable before the next. The serials are formatted, and one of
// each block is found again.
func BenchmarkCommission(b *testing.B) {
	p := prepared(b)
	p.commissioned(b, 1)
	ctx, order := context.Background(), ledger.Order{Product: p.order.Code, Count: 200, Fields: p.order.fields()}
	var blocks []*ledger.Block
	b.ReportAllocs()
	for b.Loop() {
		block, err := p.ledger.Commission(ctx, order)
		require.NoError(b, err)
		blocks = append(blocks, block)
	}
	b.ReportMetric(float64(200*b.N)/b.Elapsed().Seconds(), "units/s")
	for _, block := range blocks {
		unit, err := block.At(199)
		require.NoError(b, err)
		found, err := p.ledger.Find(ctx, unit.Product, unit.Serial)
		require.NoError(b, err)
		require.Equal(b, unit.Index, found.Index)
	}
}

// BenchmarkMessage formats a serial that can't be guessed and builds and validates the unit's GS1 message into reused memory.
func BenchmarkMessage(b *testing.B) {
	p := prepared(b)
	fields := p.order.fields()
	message := gs1.Message{{AI: "01", Value: p.order.Label["gtin"]}, {AI: "11", Value: "261120"}, {AI: "17", Value: "291120"}, {AI: "10", Value: p.order.Lot}, {AI: "21"}}
	var number, text []byte
	var err error
	i := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		number, err = p.scheme.AppendFormat(number[:0], fields, i)
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
	_, index, err := p.scheme.Parse(serial.Fields{Product: p.order.Code}, read[4].Value)
	require.NoError(b, err)
	require.Equal(b, i-1, index)
}

// BenchmarkZPL makes the ZPL of labels with a serial each, checked by what a printer would make of it.
func BenchmarkZPL(b *testing.B) {
	p := prepared(b)
	p.commissioned(b, 1_000_000)
	var zplText []byte
	var err error
	i := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		if i%1000 == 0 {
			requirePages(b, p, zplText, i)
			zplText = zplText[:0]
		}
		if zplText, err = p.appendLabel(zplText, i%p.block.Count); err != nil {
			b.Fatal(err)
		}
		i++
	}
	requirePages(b, p, zplText, i)
}

// requirePages reads the labels before label i, from the last thousand on.
func requirePages(b *testing.B, p *batch, text []byte, i uint64) {
	if i == 0 || i > 2000 { // reading takes longer than writing
		return
	}
	b.StopTimer()
	defer b.StartTimer()
	pages := readPages(b, text)
	for k, page := range pages {
		unit, err := p.block.At((i - uint64(len(pages)) + uint64(k)) % p.block.Count)
		require.NoError(b, err)
		require.Equal(b, unit.Serial, serialOn(b, page))
	}
}

// BenchmarkPrintRun prints 200 labels, in windows of 20 and 100, on a virtual printer that takes no time, so that what it shows is
// the price of the account: status, counter, journal.
func BenchmarkPrintRun(b *testing.B) {
	for _, window := range []int{20, 100} {
		b.Run("window="+strconv.Itoa(window), func(b *testing.B) {
			p := prepared(b)
			p.commissioned(b, 200)
			paper := printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1e6})
			defer paper.Close()
			ctx := context.Background()
			device, err := printer.Dial(ctx, paper.URL)
			require.NoError(b, err)
			defer device.Close()
			runs := 0
			b.ReportAllocs()
			for b.Loop() {
				report, err := printer.Run(ctx, device, printer.Job{
					ID: "run " + strconv.Itoa(runs), Count: 200, Append: p.appendLabel, Window: window, Journal: p.ledger.Journal(p.block),
				})
				require.NoError(b, err)
				require.EqualValues(b, 200, report.Confirmed(), "%v", report.Ranges)
				runs++
			}
			b.ReportMetric(float64(200*b.N)/b.Elapsed().Seconds(), "labels/s")
			printed := paper.Printed()
			require.Len(b, printed, 200*runs)
			for i, page := range printed {
				unit, err := p.block.At(uint64(i) % 200)
				require.NoError(b, err)
				require.Equal(b, unit.Serial, serialOn(b, page))
			}
		})
	}
}
