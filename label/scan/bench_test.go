package scan

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

// Intact scans: in the first no value can hold a second AI, in the second one might.
const (
	intactPlain   = "]d20109521234543213" + "17271231" + "10L7PXK" + gs + "21KXQ4D"
	intactHolding = "]d20109521234543213" + "17271231" + "10L10A8" + gs + "21K2174QD"
)

// worstScans take longest: nothing fits, after everything was tried.
var worstScans = map[string]string{
	"digits":        "]d201095212345432131710" + strings.Repeat("1021", 1000),
	"lots":          "01095212345432131021" + strings.Repeat("10A21B", 60),
	"typed":         "]d20109521234543213" + strings.Repeat("<GS>10A", 1000),
	"brackets":      "(01)09521234543213" + strings.Repeat("(10)A ", 1000),
	"letters":       strings.Repeat("ъв2010950600013435221Л7Й", 20),
	"backslashes":   "]Q2" + strings.Repeat(`\`, 8000),
	"separators":    "]d2" + strings.Repeat("\x1d", 8000),
	"other control": "]d201" + strings.Repeat("\x1e", 8000),
	"envelope":      "[)>\x1e06" + strings.Repeat("\x1dSA", 2500),
	"blood":         "]C4" + strings.Repeat("=<E0206V00", 800),
	"digits typed":  strings.Repeat("&é\"'(-è_çà", 80),
}

func BenchmarkRead(b *testing.B) {
	r := Reader{Now: testNow}
	for name, s := range map[string]string{"plain": intactPlain, "holding": intactHolding} {
		b.Run("ParseScan/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := gs1.ParseScan(s); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("Read/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if a, err := r.Read(s); err != nil || len(a.Doubts) > 0 {
					b.Fatal(a, err)
				}
			}
		})
	}
}

func BenchmarkWorst(b *testing.B) {
	for name, s := range worstScans {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Read(s)
			}
		})
	}
}

// TestAllocations holds that an intact scan costs the allocation of its message only.
func TestAllocations(t *testing.T) {
	r := Reader{Now: testNow}
	for _, s := range []string{intactPlain, intactHolding} {
		a, err := r.Read(s)
		require.NoError(t, err)
		require.Empty(t, a.Doubts)
		require.LessOrEqual(t, testing.AllocsPerRun(100, func() { r.Read(s) }), 1.0)
	}
}

// TestBounded reads a megabyte of each kind, and the worst scans, in a time that leaves room for
// a slow machine.
func TestBounded(t *testing.T) {
	for name, s := range worstScans {
		for _, text := range []string{s, strings.Repeat(s, 1+(1<<20)/len(s))} {
			start := time.Now()
			Read(text)
			require.Less(t, time.Since(start), 500*time.Millisecond, name)
		}
	}
}
