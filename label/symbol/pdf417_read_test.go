package symbol

import (
	"math/big"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// A reader of PDF417 symbols, written from the standard and apart from the encoder: no module in Go
// has one.

var pdf417Patterns = sync.OnceValue(func() [3]map[string]int {
	patterns := [3]map[string]int{{}, {}, {}}
	for cluster, all := range pdf417Clusters {
		for v := range 929 {
			patterns[cluster][all[8*v:8*v+8]] = v
		}
	}
	return patterns
})

// readPDF417 returns the data codewords of a symbol, of which the first is their number, after it
// has verified the rows' indicators and the error correction. It counts the patterns that it has
// seen.
func readPDF417(t testing.TB, s *Symbol, seen map[string]bool) []int {
	t.Helper()
	patterns := pdf417Patterns()
	rows, cols := s.Rows()/3, (s.Cols()-69)/17
	require.Zero(t, s.Rows()%3)
	require.Zero(t, (s.Cols()-69)%17)
	var words []int
	level := -1
	for row := range rows {
		for line := 1; line < 3; line++ {
			for col := range s.Cols() {
				if s.Dark(3*row, col) != s.Dark(3*row+line, col) {
					t.Fatalf("row %d is not three modules high", row)
				}
			}
		}
		var w []byte
		n := byte('1')
		for col := 1; col <= s.Cols(); col++ {
			if col < s.Cols() && s.Dark(3*row, col) == s.Dark(3*row, col-1) {
				n++
				continue
			}
			w, n = append(w, n), '1'
		}
		widths := string(w)
		require.True(t, s.Dark(3*row, 0))
		require.Len(t, widths, 8*(cols+3)+9)
		require.Equal(t, "81111113", widths[:8])
		require.Equal(t, "711311121", widths[len(widths)-9:])
		var line []int
		for at := 8; at < len(widths)-9; at += 8 {
			v, ok := patterns[row%3][widths[at:at+8]]
			require.True(t, ok, "row %d has %s", row, widths[at:at+8])
			if seen != nil {
				seen[widths[at:at+8]] = true
			}
			line = append(line, v)
		}
		left, right := line[0], line[len(line)-1]
		require.Equal(t, row/3, left/30)
		require.Equal(t, row/3, right/30)
		facts := map[string]int{"rows": (rows - 1) / 3, "cols": cols - 1}
		turns := []string{"rows", "level", "cols"}
		for i, v := range []int{left % 30, right % 30} {
			switch what := turns[(row+2*i)%3]; what {
			case "level":
				require.Equal(t, (rows-1)%3, v%3)
				if level >= 0 {
					require.Equal(t, level, v/3)
				}
				level = v / 3
			default:
				require.Equal(t, facts[what], v, "row %d: %s", row, what)
			}
		}
		words = append(words, line[1:len(line)-1]...)
	}
	k := 1 << (level + 1)
	require.Equal(t, len(words)-k, words[0], "the first codeword is the number of data codewords")
	for i, root := 0, 1; i < k; i++ {
		root = root * 3 % 929
		sum := 0
		for _, w := range words {
			sum = (sum*root + w) % 929
		}
		require.Zero(t, sum, "syndrome %d", i)
	}
	return words[:words[0]]
}

// decodePDF417 returns the bytes of data codewords after the first, and their ECI.
func decodePDF417(t testing.TB, words []int) (data string, eci int) {
	t.Helper()
	var out []byte
	mode := 900
	var run []int
	text := pdf417TextReader{out: &out}
	end := func() {
		switch mode {
		case 901, 924:
			for len(run) > 5 || len(run) == 5 && mode == 924 {
				n := new(big.Int)
				for _, w := range run[:5] {
					n.Add(n.Mul(n, big.NewInt(900)), big.NewInt(int64(w)))
				}
				out = append(out, n.FillBytes(make([]byte, 6))...)
				run = run[5:]
			}
			for _, w := range run {
				require.Less(t, w, 256)
				out = append(out, byte(w))
			}
		case 902:
			for len(run) > 0 {
				n := new(big.Int)
				for _, w := range run[:min(15, len(run))] {
					n.Add(n.Mul(n, big.NewInt(900)), big.NewInt(int64(w)))
				}
				digits := n.String()
				require.Equal(t, byte('1'), digits[0])
				out = append(out, digits[1:]...)
				run = run[min(15, len(run)):]
			}
		}
		run = nil
	}
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case w == 900, w == 901, w == 902, w == 924:
			end()
			mode = w
			text = pdf417TextReader{out: &out}
		case w == 913:
			require.Equal(t, 900, mode)
			i++
			text.back()
			out = append(out, byte(words[i]))
		case w == 927:
			require.Empty(t, out)
			i++
			eci = words[i]
		case w > 900:
			t.Fatalf("codeword %d", w)
		case mode == 900:
			text.value(w / 30)
			text.value(w % 30)
		default:
			run = append(run, w)
		}
	}
	end()
	return string(out), eci
}

// A pdf417TextReader reads values of text compaction; a shift that nothing follows has no effect.
type pdf417TextReader struct {
	out           *[]byte
	submode, next int // next is 1 + the submode that a shift is to, or 0
}

func (r *pdf417TextReader) back() { r.next = 0 }

func (r *pdf417TextReader) value(v int) {
	const (
		upper, lower, mixed, punctuation = 0, 1, 2, 3
		alpha                            = "ABCDEFGHIJKLMNOPQRSTUVWXYZ "
	)
	now := r.submode
	if r.next > 0 {
		now, r.next = r.next-1, 0
	}
	switch {
	case now == upper && v < 27:
		*r.out = append(*r.out, alpha[v])
	case now == lower && v < 26:
		*r.out = append(*r.out, alpha[v]|0x20)
	case now == lower && v == 26:
		*r.out = append(*r.out, ' ')
	case now == mixed && v < 25:
		*r.out = append(*r.out, "0123456789&\r\t,:#-.$/+%*=^"[v])
	case now == mixed && v == 26:
		*r.out = append(*r.out, ' ')
	case now == punctuation && v < 29:
		*r.out = append(*r.out, ";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'"[v])
	case now == punctuation: // 29
		r.submode = upper
	case v == 29:
		r.next = 1 + punctuation
	case now == lower && v == 27:
		r.next = 1 + upper
	case now == upper && v == 27, now == mixed && v == 27:
		r.submode = lower
	case now == mixed && v == 28:
		r.submode = upper
	case now == mixed && v == 25:
		r.submode = punctuation
	case v == 28:
		r.submode = mixed
	}
}
