package serial

import (
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

var speeds = []struct{ name, pattern string }{
	{"fixed", "{index:9}"},
	{"check", "SN{index:8 crockford}{check}"},
	{"dated", "SN{YYMMDD}{line:1}{index:5}"},
	{"dated+check", "SN{YYMMDD}{line:1}{index:5 crockford}{check}"},
	{"dated+zone", "SN{YYMMDD}{line:1}{index:5}{zone:Europe/Berlin}"},
	{"week", "{GGWW}{line:1}{index:6}"},
	{"table", "{plant:Berlin=B,Austin=A}-{index:6}"},
	{"rollover", "{lot}-{index like=A999|AA99}"},
	{"ranges", "{index:6 range=plant:Austin=0-4999,Berlin=500000-999999}"},
	{"stop", "{index:6 alnum stop=ASS,FUK,13}"},
	{"container", "CSQU{index:6}{check:iso6346 skip}"},
	{"FF1", "{index:8 crockford scrambled}"},
	{"FF1+check", "{index:8 crockford scrambled}{check}"},
	{"key", "{key}{index:7 clear scrambled}"},
}

// TestAppendAllocatesNothing covers AppendFormat, ParseInto, and Parse where no field of Values
// is told.
func TestAppendAllocatesNothing(t *testing.T) {
	buf := make([]byte, 0, maxSerial)
	patterns := fuzzPatterns
	for _, c := range speeds {
		patterns = append(patterns, c.pattern)
	}
	for _, pattern := range patterns {
		s := compileKeyed(t, pattern)
		f := pageFields(t)
		text, err := s.Format(f, 41)
		require.NoError(t, err)
		i := uint64(0)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if _, err := s.AppendFormat(buf, f, i); err != nil {
				t.Fatal(err)
			}
			i++
		}), "format %s", pattern)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if _, err := s.ParseInto(&f, text); err != nil {
				t.Fatal(err)
			}
		}), "parse %s", pattern)
		if !s.pattern.Custom {
			require.Zero(t, testing.AllocsPerRun(100, func() { _, _, _ = s.Parse(f, text) }),
				"parse %s", pattern)
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	f := pageFields(b)
	buf := make([]byte, 0, maxSerial)
	for _, c := range speeds {
		s := compileKeyed(b, c.pattern)
		n := s.Capacity()
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := uint64(0); b.Loop(); i++ {
				if i == n {
					i = 0
				}
				if _, err := s.AppendFormat(buf, f, i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for _, c := range speeds {
		f := pageFields(b)
		s := compileKeyed(b, c.pattern)
		text, err := s.Format(f, 41)
		require.NoError(b, err)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.ParseInto(&f, text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkByHand is what a program writes without this package, for comparison: package time and
// fmt.
func BenchmarkByHand(b *testing.B) {
	f := pageFields(b)
	buf := make([]byte, 0, maxSerial)
	b.Run("fixed", func(b *testing.B) {
		b.ReportAllocs()
		for i := uint64(0); b.Loop(); i++ {
			_ = fmt.Appendf(buf, "%09d", i)
		}
	})
	b.Run("dated", func(b *testing.B) {
		b.ReportAllocs()
		for i := uint64(0); b.Loop(); i++ {
			_ = fmt.Appendf(buf, "SN%s%s%05d", f.Time.Format("060102"), f.Line, i%100_000)
		}
	})
	b.Run("dated+check", func(b *testing.B) {
		b.ReportAllocs()
		for i := uint64(0); b.Loop(); i++ {
			text := fmt.Sprintf("SN%s%s%05d", f.Time.Format("060102"), f.Line, i%100_000)
			if _, err := checkdigit.Mod37_36.Complete(text); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkBlock writes a million scrambled serials.
func BenchmarkBlock(b *testing.B) {
	s := compileKeyed(b, "{index:8 crockford scrambled}{check}")
	f := pageFields(b)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := s.WriteBlock(io.Discard, f, 0, 1_000_000, workers); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
