package bitfield

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFields checks fields of every length at every place.
func TestFields(t *testing.T) {
	for begin := 1; begin <= 64; begin++ {
		for n := 1; n <= 64; n++ {
			w := Writer{Buf: make([]byte, 8)}
			v := uint64(0xA5A5_5A5A_C3C3_3C3D) >> (64 - n)
			w.Put(math.MaxUint64>>(64-begin), begin)
			w.Put(v, n)
			w.Skip(70)
			w.Put(1, 1)
			require.Equal(t, begin+n+71, w.Size())
			w.Flush()
			r := Reader{Buf: append(w.Buf, make([]byte, Slack)...), Size: w.Size()}
			require.Equal(t, uint64(math.MaxUint64)>>(64-begin), r.TakeLong(begin))
			require.Equal(t, v, r.TakeLong(n))
			require.True(t, r.Zeros(70))
			require.Equal(t, 1, r.Left())
			require.False(t, r.Zeros(1))
			require.Zero(t, r.Take(40), "beyond the end")
			require.Negative(t, r.Left())
			require.Zero(t, (&Reader{}).Take(8))
		}
	}
	require.Equal(t, []int{0, 2, 2, 4}, []int{Words(0), Words(1), Words(16), Words(17)})
}

func TestDecimals(t *testing.T) {
	for n := 1; n <= 19; n++ {
		for _, v := range []uint64{0, 1, 9, Powers[n] - 1, Powers[n-1], Powers[n] / 3,
			1234567890123456789 % Powers[n]} {
			text := strconv.FormatUint(v, 10)
			require.Equal(t, len(text), DigitsIn(v), v)
			for len(text) < n {
				text = "0" + text
			}
			room := make([]byte, 32)
			WriteDigits(room, v, n)
			require.Equal(t, text, string(room[:n]))
			PutDigits(room[:n], v)
			require.Equal(t, text, string(room[:n]))
			got, ok := Number([]byte(text))
			require.True(t, ok)
			require.Equal(t, v, got)
			require.True(t, AllDigits(room, n))
			if n <= 16 {
				require.Equal(t, v, NumberAt(room, n))
			}
			for i := range n {
				for _, c := range []byte{'/', ':', 0, 0xFF, 'A'} {
					wrong := append([]byte(nil), room...)
					wrong[i] = c
					require.False(t, AllDigits(wrong, n))
					_, ok := Number(wrong[:n])
					require.False(t, ok)
				}
			}
			for k := range 20 {
				require.Equal(t, v/Powers[k], Divide(v, k), "%d / 10^%d", v, k)
			}
		}
	}
	require.Equal(t, uint64(math.MaxUint64)/1e19, Divide(math.MaxUint64, 19))
	require.Equal(t, 20, DigitsIn(math.MaxUint64))
	require.Zero(t, NumberAt(nil, 0))
	v, ok := Number(nil)
	require.True(t, ok)
	require.Zero(t, v)
}
