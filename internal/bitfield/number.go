package bitfield

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// Powers are the powers of ten that 64 bits hold. They are literals, as whoever imports gs1 does no
// work at start-up.
var Powers = [20]uint64{
	1e0,
	1e1,
	1e2,
	1e3,
	1e4,
	1e5,
	1e6,
	1e7,
	1e8,
	1e9,
	1e10,
	1e11,
	1e12,
	1e13,
	1e14,
	1e15,
	1e16,
	1e17,
	1e18,
	1e19,
}

// reciprocals are 2⁶⁴/10ⁿ, rounded up, for n of at least 1.
var reciprocals = [20]uint64{
	0,
	math.MaxUint64/10 + 1,
	math.MaxUint64/100 + 1,
	math.MaxUint64/1000 + 1,
	math.MaxUint64/10000 + 1,
	math.MaxUint64/100000 + 1,
	math.MaxUint64/1000000 + 1,
	math.MaxUint64/10000000 + 1,
	math.MaxUint64/100000000 + 1,
	math.MaxUint64/1000000000 + 1,
	math.MaxUint64/10000000000 + 1,
	math.MaxUint64/100000000000 + 1,
	math.MaxUint64/1000000000000 + 1,
	math.MaxUint64/10000000000000 + 1,
	math.MaxUint64/100000000000000 + 1,
	math.MaxUint64/1000000000000000 + 1,
	math.MaxUint64/10000000000000000 + 1,
	math.MaxUint64/100000000000000000 + 1,
	math.MaxUint64/1000000000000000000 + 1,
	math.MaxUint64/10000000000000000000 + 1,
}

// Divide returns v/10ⁿ, faster than a division.
func Divide(v uint64, n int) uint64 {
	if n == 0 {
		return v
	}
	q, _ := bits.Mul64(v, reciprocals[n])
	if q*Powers[n] > v {
		q--
	}
	return q
}

// BitsOf returns how many bits hold any number of n digits, for 1 to 127 of them
// (TDS 2.3, table B).
func BitsOf(n int) int {
	if n == 0 {
		return 0
	}
	return n*108853>>15 + 1
}

// eightDigits returns the eight decimal digits of v, which is below 100,000,000, in the byte order
// of little-endian text.
func eightDigits(v uint32) uint64 {
	high := v / 10000
	x := uint64(high) | uint64(v-high*10000)<<32
	hundreds := x * 10486 >> 20 & 0x7f0000007f
	x = hundreds | (x-100*hundreds)<<16
	tens := x * 103 >> 10 & 0x000f000f000f000f
	return (tens | (x-10*tens)<<8) | 0x3030303030303030
}

// PutDigits writes v, which has at most len(dst) digits, into dst with zeros in front.
func PutDigits(dst []byte, v uint64) {
	for i := len(dst) - 1; i >= 0; i-- {
		q := v / 10
		dst[i] = '0' + byte(v-10*q)
		v = q
	}
}

// WriteDigits writes the n digits of v, with zeros in front, into dst. It needs room for 8 bytes,
// and clears what it doesn't use of them.
func WriteDigits(dst []byte, v uint64, n int) {
	if n <= 8 {
		binary.LittleEndian.PutUint64(dst, eightDigits(uint32(v))>>(64-8*n))
		return
	}
	high := v / 1e8
	if n <= 16 {
		binary.LittleEndian.PutUint64(dst, eightDigits(uint32(high))>>(128-8*n))
	} else {
		highest := high / 1e8
		high -= highest * 1e8
		v -= highest * 1e16
		binary.LittleEndian.PutUint64(dst, eightDigits(uint32(highest))>>(192-8*n))
		binary.LittleEndian.PutUint64(dst[n-16:], eightDigits(uint32(high)))
	}
	binary.LittleEndian.PutUint64(dst[n-8:], eightDigits(uint32(v-high*1e8)))
}

// DigitsIn returns the number of decimal digits of v.
func DigitsIn(v uint64) int {
	n := bits.Len64(v|1) * 1233 >> 12
	if v >= Powers[n] {
		n++
	}
	return max(n, 1)
}

// Number returns the value of digits, of which there are at most 19.
func Number(digits []byte) (v uint64, ok bool) {
	for len(digits) >= 8 {
		eight, ok := parseEight(binary.LittleEndian.Uint64(digits))
		if !ok {
			return 0, false
		}
		v = v*1e8 + eight
		digits = digits[8:]
	}
	for _, c := range digits {
		c -= '0'
		if c > 9 {
			return 0, false
		}
		v = v*10 + uint64(c)
	}
	return v, true
}

// AllDigits reports whether text, which has 8 bytes more, begins with n digits.
func AllDigits(text []byte, n int) bool {
	for i := 0; i < n; i += 8 {
		x := binary.LittleEndian.Uint64(text[i:]) ^ 0x3030303030303030
		if left := n - i; left < 8 {
			x &= 1<<(8*left) - 1
		}
		if (x|(x+0x7676767676767676))&0x8080808080808080 != 0 {
			return false
		}
	}
	return true
}

// NumberAt returns the value of the n digits, at most 16, with which text begins, which has 8
// bytes more.
func NumberAt(text []byte, n int) uint64 {
	if n == 0 {
		return 0
	}
	if n > 8 {
		return NumberAt(text, n-8)*1e8 + eightAt(text[n-8:], 8)
	}
	return eightAt(text, n)
}

// eightAt returns the value of the n digits, at most 8, with which text begins.
func eightAt(text []byte, n int) uint64 {
	x := (binary.LittleEndian.Uint64(text) ^ 0x3030303030303030) << (64 - 8*n)
	x = x * (10<<8 + 1) >> 8 & 0x00FF00FF00FF00FF
	x = x * (100<<16 + 1) >> 16 & 0x0000FFFF0000FFFF
	return x * (10000<<32 + 1) >> 32
}

// parseEight returns the value of eight digits in the byte order of little-endian text.
func parseEight(x uint64) (v uint64, ok bool) {
	x ^= 0x3030303030303030
	if (x|(x+0x7676767676767676))&0x8080808080808080 != 0 {
		return 0, false
	}
	x = x * (10<<8 + 1) >> 8 & 0x00FF00FF00FF00FF
	x = x * (100<<16 + 1) >> 16 & 0x0000FFFF0000FFFF
	return x * (10000<<32 + 1) >> 32, true
}

// limbs hold a number of up to maxDigits digits, the least significant limb first.
type limbs [5]uint64

// TakeNumber reads a number of n digits in BitsOf(n) bits and writes it to dst. It reports whether
// the number has so many digits.
func (r *Reader) TakeNumber(dst []byte, n int) bool {
	size := BitsOf(n)
	if n < len(Powers) {
		v := r.TakeLong(size)
		if v >= Powers[n] {
			return false
		}
		WriteDigits(dst, v, n)
		return true
	}
	var v limbs
	for i := (size - 1) / 64; i >= 0; i-- {
		some := (size-1)%64 + 1
		v[i] = r.TakeLong(some)
		size -= some
	}
	for end := n; end > 0; end -= 19 {
		var rest uint64
		for i := len(v) - 1; i >= 0; i-- {
			v[i], rest = bits.Div64(rest, v[i], Powers[19])
		}
		begin := max(end-19, 0)
		if rest >= Powers[end-begin] {
			return false
		}
		PutDigits(dst[begin:end], rest)
	}
	return v == limbs{}
}

// PutNumber writes a number, given by its digits, in as many bits as its length needs.
func (w *Writer) PutNumber(digits []byte) {
	size := BitsOf(len(digits))
	var v limbs
	for len(digits) > 0 {
		n := min(19, len(digits))
		var add uint64
		for _, c := range digits[:n] {
			add = add*10 + uint64(c-'0')
		}
		if v == (limbs{}) {
			v[0] = add
		} else {
			for i := range v {
				high, low := bits.Mul64(v[i], Powers[n])
				sum, carry := bits.Add64(low, add, 0)
				v[i], add = sum, high+carry
			}
		}
		digits = digits[n:]
	}
	for i := (size - 1) / 64; i >= 0 && size > 0; i-- {
		some := (size-1)%64 + 1
		w.Put(v[i], some)
		size -= some
	}
}
