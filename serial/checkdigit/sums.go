package checkdigit

import (
	"math/bits"
	"slices"
)

// A linear sum adds value × weight and takes the remainder.
type linear struct {
	weights []uint16 // the last for the last character; they repeat for longer payloads
	left    bool     // the first for the first character instead
	modulus uint64
	inverse uint64 // ⌈2^64 / modulus⌉
}

// weigh makes the sum of a modulus. Weights are written out until few payloads are longer.
func weigh(modulus int, weights ...uint16) linear {
	w := weights
	if n := len(weights); n > 0 && n < 48 {
		w = slices.Repeat(weights, 48/n+1)
	}
	return linear{weights: w, modulus: uint64(modulus), inverse: ^uint64(0)/uint64(modulus) + 1}
}

// fromLeft begins with the first weight at the first character.
func (l linear) fromLeft() linear {
	l.left = true
	return l
}

// remainder is x mod modulus without a division (D. Lemire, O. Kaser and N. Kurz 2019) where x is
// below 2^32.
func (l *linear) remainder(x uint64) uint {
	if x >= 1<<32 {
		return uint(x % l.modulus)
	}
	high, _ := bits.Mul64(l.inverse*x, l.modulus)
	return uint(high)
}

func weighted(c *checker, s string) (uint, bool) {
	w := c.weights
	switch {
	case c.left:
		w = w[:len(s)]
	case len(s) <= len(w):
		w = w[len(w)-len(s):]
	default:
		return weightedLong(c, s)
	}
	sum, seen := dot(&c.in.value, w, s)
	return c.remainder(sum), seen < outside
}

func weightedLong(c *checker, s string) (uint, bool) {
	first := len(s) % len(c.weights)
	sum, seen := dot(&c.in.value, c.weights[len(c.weights)-first:], s[:first])
	for s = s[first:]; len(s) > 0; s = s[len(c.weights):] {
		more, alsoSeen := dot(&c.in.value, c.weights, s)
		sum, seen = sum+more, seen|alsoSeen
	}
	return c.remainder(sum), seen < outside
}

// dot adds values × weights, of as many characters as there are weights, and gathers the bits of
// the values seen. No sum overflows: a value is below 2^7, a weight below 2^16, and no string has
// 2^41 characters.
func dot(value *[256]uint8, weights []uint16, s string) (sum uint64, seen uint8) {
	s = s[:len(weights)]
	for i, w := range weights {
		v := value[s[i]]
		seen |= v
		sum += uint64(v) * uint64(w)
	}
	return sum, seen
}

// luhn adds by the first table and the second in turn, the second for the last character.
func luhn(c *checker, s string) (uint, bool) {
	plain, doubled := c.place[0], c.place[1]
	var sum uint64
	var seen uint8
	i := len(s) - 1
	for ; i > 0; i -= 2 {
		v, w := doubled[s[i]], plain[s[i-1]]
		seen |= v | w
		sum += uint64(v) + uint64(w)
	}
	if i == 0 {
		v := doubled[s[0]]
		seen |= v
		sum += uint64(v)
	}
	return c.remainder(sum), seen < outside
}

// luhnTables are those of an alphabet: doubled, a value has its digits of base N added.
func luhnTables(a *alphabet) []*[256]uint8 {
	n := len(a.chars)
	doubled := valued(a.chars, func(i int) uint8 { return uint8(2*i/n + 2*i%n) })
	return []*[256]uint8{&a.value, &doubled.value}
}

// meid is Luhn mod 16, or Luhn where all are decimal digits.
func meid(c *checker, s string) (uint, bool) {
	for i := range len(s) {
		if s[i] > '9' {
			return luhn(c, s)
		}
	}
	r, ok := luhn(&systems[Luhn], s)
	return r + 16, ok
}

// priced adds by a table for each place.
func priced(c *checker, s string) (uint, bool) {
	var sum uint64
	var seen uint8
	for i, table := range c.place {
		v := table[s[i]]
		seen |= v
		sum += uint64(v)
	}
	return c.remainder(sum), seen < outside
}

// The products that the General Specifications, 7.9.2, give each digit under the weighting
// factors 2−, 3, 5+ and 5−.
var (
	twoMinus  = products("0246891357")
	three     = products("0369258147")
	fivePlus  = products("0516273849")
	fiveMinus = products("0594837261")
)

func products(of string) *[256]uint8 {
	return &valued(digits, func(i int) uint8 { return of[i] - '0' }).value
}

// iso6346 checks the form as well: the bit 0x40 distinguishes letters from digits.
func iso6346(c *checker, s string) (uint, bool) {
	r, ok := weighted(c, s)
	category := s[3] == 'U' || s[3] == 'J' || s[3] == 'Z'
	form := s[0]&s[1]&s[2]&0x40 != 0 && (s[4]|s[5]|s[6]|s[7]|s[8]|s[9])&0x40 == 0
	return r, ok && category && form
}

// misplacedInContainer returns the first position at which an ISO 6346 number lacks its form.
func misplacedInContainer(s string) int {
	for i := range len(s) {
		in := inDigits
		if i < 4 {
			in = inLetters
		}
		if in.value[s[i]] == outside || i == 3 && s[i] != 'U' && s[i] != 'J' && s[i] != 'Z' {
			return i
		}
	}
	return allGood
}
