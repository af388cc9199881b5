package symbol

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// shortestQR tries every mode for every unit, and segments of every length.
func shortestQR(units []unit, fnc1 bool, class int) int {
	n := len(units)
	least := make([]int, n+1) // bits from a position on, by all ways
	for from := n - 1; from >= 0; from-- {
		least[from] = 1 << 30
		for mode := range qrModes {
			for to := from + 1; to <= n; to++ {
				if bits, ok := qrSegmentBits(units[from:to], mode, fnc1, class); ok {
					least[from] = min(least[from], bits+least[to])
				}
			}
		}
	}
	return least[0]
}

// qrSegmentBits returns the length of a segment as ISO/IEC 18004, 7.4 has it.
func qrSegmentBits(units []unit, mode int, fnc1 bool, class int) (int, bool) {
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
			if u == '%' && fnc1 {
				count++
			}
		case qrByte:
			is = u < unitKanji
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
	e := new(Encoder)
	check := func(units []unit) {
		for class := range 3 {
			for _, fnc1 := range []bool{false, true} {
				need := e.qr.measure(units, nil, fnc1, class)
				require.Equal(t, shortestQR(units, fnc1, class), need, "%v", units)
				z := qrSize{[]int{9, 26, 40}[class], H}
				if need <= 8*z.dataWords() {
					requireQRBits(t, e, units, fnc1, z, need)
				}
			}
		}
	}
	alphabet := []unit{'1', 'A', 'a', '%', unitFNC1, unitKanji + 1}
	most, random := searchDepth()
	everyString(alphabet, most, check)
	r := rand.New(rand.NewPCG(18, 4))
	for range random {
		check(randomUnits(r, alphabet, 60))
	}
}

// requireQRBits checks that the segments as written are as long as measured: their lengths add up to it.
func requireQRBits(t *testing.T, e *Encoder, units []unit, fnc1 bool, z qrSize, need int) {
	t.Helper()
	e.qr.measure(units, nil, fnc1, qrClass(z.version))
	e.qr.trace(units, fnc1)
	bits := 0
	for from := 0; from < len(units); {
		to := from + 1
		for to < len(units) && e.qr.plan[to] == e.qr.plan[from] {
			to++
		}
		segment, ok := qrSegmentBits(units[from:to], int(e.qr.plan[from]), fnc1, qrClass(z.version))
		require.True(t, ok)
		bits += segment
		from = to
	}
	require.Equal(t, need, bits, "%v", units)
}

// slowPenalty is the penalty of ISO/IEC 18004, 7.8.3 by its words, of modules in a table.
func slowPenalty(dark [][]bool) int {
	n := len(dark)
	at := func(turned bool, line, i int) bool {
		if turned {
			return dark[i][line]
		}
		return dark[line][i]
	}
	sum, count := 0, 0
	for _, turned := range []bool{false, true} {
		for line := range n {
			run := 0
			for i := range n {
				if i > 0 && at(turned, line, i) == at(turned, line, i-1) {
					run++
				} else {
					run = 1
				}
				if run == 5 {
					sum += 3
				} else if run > 5 {
					sum++
				}
				for _, look := range []string{"10111010000", "00001011101"} {
					like := i+11 <= n
					for k := range look {
						like = like && at(turned, line, i+k) == (look[k] == '1')
					}
					if like {
						sum += 40
					}
				}
			}
		}
	}
	for row := range n {
		for col := range n {
			if dark[row][col] {
				count++
			}
			if row > 0 && col > 0 && dark[row][col] == dark[row-1][col] && dark[row][col] == dark[row][col-1] && dark[row][col] == dark[row-1][col-1] {
				sum += 3
			}
		}
	}
	return sum + 10*(max(2*count-n*n, n*n-2*count)*10/(n*n))
}

func TestQRMaskIsBest(t *testing.T) {
	for _, version := range []int{1, 2, 5, 7, 11, 12, 27, 40} {
		z := qrSize{version, M}
		text := make([]byte, z.dataWords()-4)
		r := rand.New(rand.NewPCG(uint64(version), 8))
		for i := range text {
			text[i] = byte(r.IntN(256))
		}
		e := new(Encoder)
		s, err := e.QRBytes(text, Level(M), Size(z.side(), z.side()))
		require.NoError(t, err)
		layout := qrLayoutOf(z)
		n := layout.lines.size()
		rows, cols := e.grid[:n], e.grid[n:2*n]
		least := 1 << 30
		for m := range 8 {
			mask := layout.masks[m]
			dark := make([][]bool, z.side())
			for row := range dark {
				dark[row] = make([]bool, z.side())
				for col := range dark {
					dark[row][col] = layout.lines.has(rows, row, col) != layout.lines.has(mask, row, col)
				}
			}
			slow := slowPenalty(dark)
			least = min(least, slow)
			fast := layout.lines.penaltyOfBalance(rows, mask) + layout.lines.penalty(rows, mask, true, 1<<30) + layout.lines.penalty(cols, mask[n:], false, 1<<30)
			require.Equal(t, slow, fast, "version %d mask %d", version, m)
		}
		shown := make([][]bool, z.side())
		for row := range shown {
			for col := range z.side() {
				shown[row] = append(shown[row], s.Dark(row, col))
			}
		}
		require.Equal(t, least, slowPenalty(shown))
	}
}
