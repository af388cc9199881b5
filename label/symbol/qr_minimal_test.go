package symbol

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// shortestQR tries every mode for every unit, and segments of every length.
func shortestQR(units []unit, rules qrRules, class int) int {
	n := len(units)
	least := make([]int, n+1) // bits from a position on, by all ways
	for from := n - 1; from >= 0; from-- {
		least[from] = 1 << 30
		for mode := range qrModes {
			for to := from + 1; to <= n; to++ {
				if bits, ok := qrSegmentBits(units[from:to], mode, rules, class); ok {
					least[from] = min(least[from], bits+least[to])
				}
			}
		}
	}
	return least[0]
}

// qrSegmentBits returns the length of a segment as ISO/IEC 18004, 7.4 has it.
func qrSegmentBits(units []unit, mode int, rules qrRules, class int) (int, bool) {
	const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
	count := 0
	for _, u := range units {
		is := false
		switch mode {
		case qrNumeric:
			is = u >= '0' && u <= '9'
		case qrAlphanumeric:
			for _, c := range alphanumeric {
				is = is || unit(c) == u
			}
			is = is || u == unitFNC1
			if u == '%' && rules.fnc1 {
				count++
			}
		case qrByte:
			is = u < unitKanji || rules.shiftJIS
			if u >= unitKanji {
				count++
			}
		case qrKanji:
			is = u >= unitKanji
		}
		if !is {
			return 0, false
		}
		count++
	}
	header := 4 + [3][qrModes]int{{10, 9, 8, 8}, {12, 11, 16, 10}, {14, 13, 16, 12}}[class][mode]
	switch mode {
	case qrNumeric:
		return header + count/3*10 + []int{0, 4, 7}[count%3], true
	case qrAlphanumeric:
		return header + count/2*11 + count%2*6, true
	case qrByte:
		return header + count*8, true
	}
	return header + count*13, true
}

func TestQRIsMinimal(t *testing.T) {
	t.Parallel()
	e := new(Encoder)
	check := func(units []unit) {
		for class := range 3 {
			for _, rules := range []qrRules{{}, {fnc1: true, percent: true}, {shiftJIS: true}} {
				need := e.qr.measure(units, nil, rules, class)
				require.Equal(t, shortestQR(units, rules, class), need, "%v", units)
				z := qrSize{[]int{9, 26, 40}[class], H}
				if need <= 8*z.dataWords() {
					requireQRBits(t, e, units, rules, z, need)
				}
			}
		}
	}
	alphabet := []unit{'1', 'A', 'a', '%', unitFNC1, unitKanji + 1}
	most, random := searchDepth()
	everyString(alphabet, most, check)
	r := rand.New(rand.NewPCG(18, 4))
	for range random / 4 {
		check(randomUnits(r, alphabet, 60))
	}
}

// requireQRBits checks that the segments as written are as long as measured: their lengths add up
// to it.
func requireQRBits(t *testing.T, e *Encoder, units []unit, rules qrRules, z qrSize, need int) {
	t.Helper()
	e.qr.measure(units, nil, rules, qrClass(z.version))
	e.qr.trace(units, rules)
	bits := 0
	for from := 0; from < len(units); {
		to := from + 1
		for to < len(units) && e.qr.plan[to] == e.qr.plan[from] {
			to++
		}
		segment, ok := qrSegmentBits(units[from:to], int(e.qr.plan[from]), rules,
			qrClass(z.version))
		require.True(t, ok)
		bits += segment
		from = to
	}
	require.Equal(t, need, bits, "%v", units)
}
