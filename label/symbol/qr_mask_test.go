package symbol

import (
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing/qrcode/encoder"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// slowPenalty is the penalty of ISO/IEC 18004, 7.8.3 by its words.
func slowPenalty(dark [][]bool) int {
	n := len(dark)
	at := func(turned bool, line, i int) bool {
		switch {
		case i < 0 || i >= n:
			return false // the quiet zone
		case turned:
			return dark[i][line]
		}
		return dark[line][i]
	}
	sum, count := 0, 0
	for _, turned := range []bool{false, true} {
		for line := range n {
			looks := func(i int, pattern string) bool {
				for k := range pattern {
					if at(turned, line, i+k) != (pattern[k] == '1') {
						return false
					}
				}
				return true
			}
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
				if looks(i, "1011101") && (looks(i-4, "0000") || looks(i+7, "0000")) {
					sum += 40
				}
			}
		}
	}
	for row := range n {
		for col := range n {
			if dark[row][col] {
				count++
			}
			if row > 0 && col > 0 && dark[row][col] == dark[row-1][col] &&
				dark[row][col] == dark[row][col-1] &&
				dark[row][col] == dark[row-1][col-1] {
				sum += 3
			}
		}
	}
	return sum + 10*(max(2*count-n*n, n*n-2*count)*10/(n*n))
}

// gozxingPenalty is what gozxing calculates.
func gozxingPenalty(dark [][]bool) int {
	matrix := encoder.NewByteMatrix(len(dark), len(dark))
	for row := range dark {
		for col := range dark {
			matrix.SetBool(col, row, dark[row][col])
		}
	}
	return encoder.MaskUtil_applyMaskPenaltyRule1(matrix) + encoder.MaskUtil_applyMaskPenaltyRule2(
		matrix) +
		encoder.MaskUtil_applyMaskPenaltyRule3(matrix) + encoder.MaskUtil_applyMaskPenaltyRule4(
		matrix,
	)
}

// TestQRPenalty compares penalties of random modules, of which a layout knows nothing, with both
// others.
func TestQRPenalty(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 83))
	rounds := 4
	if ci.Running() {
		rounds = 50
	}
	for version := 1; version <= 40; version++ {
		layout := newQRLayout(qrSize{version, L})
		scratch := make([]uint64, layout.scratch())
		for round := range rounds {
			dark := make([][]bool, layout.side)
			rows := make([]uint64, layout.words)
			share := r.IntN(100)
			for row := range dark {
				dark[row] = make([]bool, layout.side)
				for col := range dark {
					dark[row][col] = r.IntN(100) < share
					if round%2 == 0 && row > 0 && r.IntN(3) > 0 { // longer runs downwards
						dark[row][col] = dark[row-1][col]
					}
				}
			}
			for range layout.side / 4 { // patterns, up to the edges
				x, y := r.IntN(layout.side), r.IntN(layout.side+10)-7
				for k, c := range "00001011101" {
					if r.IntN(2) == 0 && y+k >= 0 && y+k < layout.side {
						dark[y+k][x] = c == '1'
					} else if y+k >= 0 && y+k < layout.side {
						dark[x][y+k] = c == '1'
					}
				}
			}
			for row := range dark {
				for col := range dark {
					if dark[row][col] {
						layout.set(rows, row, col)
					}
				}
			}
			for i, word := range layout.masks[0] {
				rows[i] ^= word
			}
			want := slowPenalty(dark)
			require.Equal(t, gozxingPenalty(dark), want, "the slow one is wrong")
			require.Equal(t, want, layout.penalty(rows, scratch, 0), "version %d", version)
		}
	}
}

// TestQRMaskIsBest compares the mask of symbols of every version and level with the penalties of
// all.
func TestQRMaskIsBest(t *testing.T) {
	t.Parallel()
	e := new(Encoder)
	r := rand.New(rand.NewPCG(7, 8))
	for version := 1; version <= 40; version++ {
		for level := L; level <= H; level++ {
			if !ci.Running() && (version+int(level))%4 > 0 {
				continue
			}
			z := qrSize{version, level}
			data := make([]byte, z.dataWords()-3)
			for i := range data {
				data[i] = byte(r.IntN(256))
			}
			s, err := e.QRBytes(data, Level(level), Size(z.side(), z.side()))
			require.NoError(t, err)
			layout := qrLayoutOf(z)
			penalties := [8]int{}
			_, chosen := s.qrFormat()
			for m := range penalties {
				dark := make([][]bool, z.side())
				for row := range dark {
					dark[row] = make([]bool, z.side())
					for col := range dark {
						dark[row][col] = layout.has(e.grid, row, col) != layout.has(layout.masks[m],
							row, col)
						require.True(t, m != chosen || dark[row][col] == s.Dark(row, col))
					}
				}
				penalties[m] = slowPenalty(dark)
			}
			for m, penalty := range penalties {
				require.True(t,
					penalties[chosen] < penalty || penalties[chosen] == penalty && chosen <= m,
					"version %d level %v: mask %d of %v", version, level, chosen, penalties)
			}
		}
	}
}
