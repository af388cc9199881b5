package number

import (
	"math"
	"math/bits"
)

// MulSaturating returns x · y, at most 2^64 − 1.
func MulSaturating(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	if hi != 0 {
		return math.MaxUint64
	}
	return lo
}

// AddSaturating returns x + y, at most 2^64 − 1.
func AddSaturating(x, y uint64) uint64 {
	sum, carry := bits.Add64(x, y, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return sum
}
