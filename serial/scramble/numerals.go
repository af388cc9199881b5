package scramble

import "math/big"

// Long numeral strings are read and written by halves, so that a string of 100,000 numerals takes
// no quadratic number of divisions.
const splitBelow = 32

func joinBig(numerals []uint16, radix uint32) *big.Int {
	if len(numerals) <= splitBelow {
		x, r := new(big.Int), big.NewInt(int64(radix))
		for _, v := range numerals {
			x.Mul(x, r)
			x.Add(x, big.NewInt(int64(v)))
		}
		return x
	}
	low := len(numerals) / 2
	x := joinBig(numerals[:len(numerals)-low], radix)
	x.Mul(x, power(radix, low))
	return x.Add(x, joinBig(numerals[len(numerals)-low:], radix))
}

func splitBig(dst []uint16, x *big.Int, radix uint32) {
	if len(dst) <= splitBelow {
		rest, v, r := new(big.Int).Set(x), new(big.Int), big.NewInt(int64(radix))
		for i := len(dst) - 1; i >= 0; i-- {
			rest.DivMod(rest, r, v)
			dst[i] = uint16(v.Uint64())
		}
		return
	}
	low := len(dst) / 2
	high, rest := new(big.Int).DivMod(x, power(radix, low), new(big.Int))
	splitBig(dst[:len(dst)-low], high, radix)
	splitBig(dst[len(dst)-low:], rest, radix)
}

func power(radix uint32, n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(int64(radix)), big.NewInt(int64(n)), nil)
}
