package checkdigit

// luhn doubles every second character from the last on and adds the digits of the results, base N.
func luhn(a *alphabet, s string) (uint, int) {
	n := uint(len(a.chars))
	var sum uint
	double := true
	for i := len(s) - 1; i >= 0; i-- {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, firstBad(a, s)
		}
		if double {
			if v *= 2; v >= n {
				v -= n - 1
			}
		}
		double = !double
		sum += v
	}
	if sum %= n; sum == 0 {
		return 0, allGood
	}
	return n - sum, allGood
}

// firstBad finds the first character outside the alphabet for sums that run from the right.
func firstBad(a *alphabet, s string) int {
	for i := range len(s) {
		if a.value[s[i]] == none {
			return i
		}
	}
	return allGood
}

// weighted adds value × weight(i), i from 0 at the left. No sum overflows: weights are below 2^16 and lengths below 2^32.
func weighted(a *alphabet, s string, weight func(i int) uint) (uint, int) {
	var sum uint
	for i := range len(s) {
		v := a.value[s[i]]
		if v == none {
			return 0, i
		}
		sum += uint(v) * weight(i)
	}
	return sum, allGood
}

func gs1Mod10(a *alphabet, s string) (uint, int) {
	sum, bad := weighted(a, s, func(i int) uint { return 1 + uint(len(s)-i)&1*2 })
	return (10 - sum%10) % 10, bad
}

// primes are the weights of the GS1 check character pair, the first for the last character.
var primes = [...]uint{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83}

func gs1CheckPair(a *alphabet, s string) (uint, int) {
	sum, bad := weighted(a, s, func(i int) uint { return primes[len(s)-1-i] })
	return sum % 1021, bad
}

func mod43(a *alphabet, s string) (uint, int) {
	sum, bad := weighted(a, s, func(int) uint { return 1 })
	return sum % 43, bad
}

func imo(a *alphabet, s string) (uint, int) {
	sum, bad := weighted(a, s, func(i int) uint { return uint(7 - i) })
	return sum % 10, bad
}

// ppn weighs the ASCII codes with 2, 3, 4 …
func ppn(a *alphabet, s string) (uint, int) {
	var sum uint
	for i := range len(s) {
		if a.value[s[i]] == none {
			return 0, i
		}
		sum += uint(s[i]) * uint(i+2)
	}
	return sum % 97, allGood
}

var vinWeights = [...]uint{8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2}

// vinSum gives the letters the digits of their places in A–I, J–R and S–Z (from 2).
func vinSum(a *alphabet, s string) (uint, int) {
	var sum uint
	for i := range len(s) {
		c := s[i]
		var v uint
		switch {
		case a.value[c] == none:
			return 0, i
		case c <= '9':
			v = uint(c - '0')
		case c <= 'I':
			v = uint(c-'A') + 1
		case c <= 'R':
			v = uint(c-'J') + 1
		default:
			v = uint(c-'S') + 2
		}
		sum += v * vinWeights[i]
	}
	return sum % 11, allGood
}

// iso6346 gives the letters the numbers from 10 on without the multiples of 11, and weighs with powers of two.
func iso6346(a *alphabet, s string) (uint, int) {
	var sum uint
	for i := range len(s) {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, i
		}
		if v >= 10 {
			v += (v - 1) / 10 // one for each multiple of 11 passed: 11 at A+1, 22 at K+1, 33 at U+1
		}
		sum += v << i
	}
	return sum % 11 % 10, allGood
}

// container returns the first position at which an ISO 6346 number hasn't its form.
func container(s string) int {
	for i := range len(s) {
		letter := s[i] >= 'A'
		if letter != (i < 4) || i == 3 && s[i] != 'U' && s[i] != 'J' && s[i] != 'Z' {
			return i
		}
	}
	return allGood
}
