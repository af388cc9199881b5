package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

const (
	plain     = "SN{index:12}"
	scrambled = "{index:8 crockford scrambled}{check}"
)

// bench opens a ledger with a product of a scheme.
func bench(b *testing.B, pattern string) *ledger.Ledger {
	b.Helper()
	b.ReportAllocs()
	l, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "ledger.db"), nil)
	require.NoError(b, err)
	b.Cleanup(func() { l.Close() })
	key, err := serial.GenerateKey("k")
	require.NoError(b, err)
	ring, err := serial.NewKeyring(key)
	require.NoError(b, err)
	s, err := serial.MustCompile(pattern).WithKeys(ring)
	require.NoError(b, err)
	require.NoError(b, l.Define(ctx, ledger.Product{ID: "P", Scheme: s}))
	return l
}

func order(b *testing.B, l *ledger.Ledger, n uint64, lot string) *ledger.Block {
	block, err := l.Commission(ctx, ledger.Order{Product: "P", Count: n,
		Fields: serial.Fields{Lot: lot, Line: "3", Shift: "2"}})
	if err != nil {
		b.Fatal(err)
	}
	return block
}

// BenchmarkCommission: durable orders of a size, one after the other.
func BenchmarkCommission(b *testing.B) {
	for _, n := range []uint64{1, 833, 10_000} {
		b.Run(fmt.Sprintf("%d-units", n), func(b *testing.B) {
			l := bench(b, plain)
			for b.Loop() {
				order(b, l, n, "L42")
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "units/s")
		})
	}
}

// BenchmarkCommissionTogether: 64 callers that share transactions.
func BenchmarkCommissionTogether(b *testing.B) {
	l := bench(b, plain)
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			order(b, l, 1, "L42")
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}

func BenchmarkAt(b *testing.B) {
	for name, pattern := range map[string]string{"plain": plain, "scrambled": scrambled} {
		b.Run(name, func(b *testing.B) {
			block := order(b, bench(b, pattern), 1_000_000, "L42")
			for i := uint64(0); b.Loop(); i++ {
				if _, err := block.At(i % block.Count); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkUnits(b *testing.B) {
	for name, pattern := range map[string]string{"plain": plain, "scrambled": scrambled} {
		b.Run(name, func(b *testing.B) {
			block := order(b, bench(b, pattern), 100_000, "L42")
			for b.Loop() {
				for _, err := range block.Units() {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(block.Count)*float64(b.N)/b.Elapsed().Seconds(), "units/s")
		})
	}
}

func BenchmarkMark(b *testing.B) {
	l := bench(b, plain)
	block := order(b, l, 1<<36, "L42")
	j := l.Journal(block)
	for i := uint64(0); b.Loop(); i++ {
		if err := j.Mark(ctx, "run", i*50, i*50+50, "counted", "17→67"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkQueries: 6,000 blocks of 833 units, 5 million in all, each in two marks.
func BenchmarkQueries(b *testing.B) {
	const blocks, units = 6000, 833
	l := bench(b, plain)
	var done atomic.Int64
	b.SetParallelism(16)
	errs := make(chan error, 32)
	for range cap(errs) {
		go func() {
			for i := done.Add(1); i <= blocks; i = done.Add(1) {
				block, err := l.Commission(ctx,
					ledger.Order{Product: "P", Count: units,
						Fields: serial.Fields{Lot: fmt.Sprint("L", i)}})
				if err == nil {
					err = l.Journal(block).Mark(ctx, "run", 0, units/2, "counted", "")
				}
				if err == nil {
					err = l.Journal(block).Mark(ctx, "run", units/2, units, "counted", "")
				}
				if err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range cap(errs) {
		require.NoError(b, <-errs)
	}
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string { return fmt.Sprintf("SN%012d", random.IntN(blocks*units)) }
	b.Run("Find", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := l.Find(ctx, "P", text()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("History", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if h, err := l.History(ctx, "P", text()); err != nil || len(h.Entries) != 2 {
				b.Fatal(err)
			}
		}
	})
	b.Run("Recall-833", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, err := range l.Recall(ctx,
				ledger.Query{Product: "P", Lot: fmt.Sprint("L", 1+random.IntN(blocks))}) {
				if n++; err != nil {
					b.Fatal(err)
				}
			}
			if n != units {
				b.Fatal(n)
			}
		}
	})
}
