package epc

import (
	"encoding/binary"
	"math/bits"
)

// powers are the powers of ten that 64 bits hold.
var powers = func() (p [20]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// maxDigits is the longest numeric value that any field has.
const maxDigits = 90

// bitsOf returns how many bits hold any number of n digits, for 1 to 127 of them
// (TDS 2.3, table B).
func bitsOf(n int) int {
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

// putDigits writes v, which has at most len(dst) digits, into dst with zeros in front.
func putDigits(dst []byte, v uint64) {
	var text [24]byte
	high := v / 1e16
	v -= high * 1e16
	middle := v / 1e8
	if high != 0 {
		binary.LittleEndian.PutUint64(text[0:], eightDigits(uint32(high)))
	} else {
		binary.LittleEndian.PutUint64(text[0:], 0x3030303030303030)
	}
	binary.LittleEndian.PutUint64(text[8:], eightDigits(uint32(middle)))
	binary.LittleEndian.PutUint64(text[16:], eightDigits(uint32(v-middle*1e8)))
	copy(dst, text[len(text)-len(dst):])
}

// digitsIn returns the number of decimal digits of v.
func digitsIn(v uint64) int {
	n := bits.Len64(v|1) * 1233 >> 12
	if v >= powers[n] {
		n++
	}
	return max(n, 1)
}

// number returns the value of digits, of which there are at most 19.
func number(digits []byte) (v uint64, ok bool) {
	for _, c := range digits {
		c -= '0'
		if c > 9 {
			return 0, false
		}
		v = v*10 + uint64(c)
	}
	return v, true
}

// limbs hold a number of up to maxDigits digits, the least significant limb first.
type limbs [5]uint64

// takeNumber reads a number of n digits in bitsOf(n) bits and writes it to dst. It reports whether
// the number has so many digits.
func (r *reader) takeNumber(dst []byte, n int) bool {
	size := bitsOf(n)
	if n < len(powers) {
		v := r.takeLong(size)
		if v >= powers[n] {
			return false
		}
		putDigits(dst[:n], v)
		return true
	}
	var v limbs
	for i := (size - 1) / 64; i >= 0; i-- {
		some := (size-1)%64 + 1
		v[i] = r.takeLong(some)
		size -= some
	}
	for end := n; end > 0; end -= 19 {
		var rest uint64
		for i := len(v) - 1; i >= 0; i-- {
			v[i], rest = bits.Div64(rest, v[i], powers[19])
		}
		begin := max(end-19, 0)
		if rest >= powers[end-begin] {
			return false
		}
		putDigits(dst[begin:end], rest)
	}
	return v == limbs{}
}

// putNumber writes a number, given by its digits, in as many bits as its length needs.
func (w *writer) putNumber(digits []byte) {
	size := bitsOf(len(digits))
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
				high, low := bits.Mul64(v[i], powers[n])
				sum, carry := bits.Add64(low, add, 0)
				v[i], add = sum, high+carry
			}
		}
		digits = digits[n:]
	}
	for i := (size - 1) / 64; i >= 0 && size > 0; i-- {
		some := (size-1)%64 + 1
		w.putLong(v[i], some)
		size -= some
	}
}
