package checkdigit

// hybrid is MOD N+1,N of ISO/IEC 7064 for an alphabet of N characters, N even: p stays within 1 … N.
func hybrid(a *alphabet, s string) (uint, int) {
	n := uint(len(a.chars))
	p := n
	for i := range len(s) {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, i
		}
		if p += v; p > n {
			p -= n
		}
		if p *= 2; p > n {
			p -= n + 1
		}
	}
	if p == 1 {
		return 0, allGood
	}
	return n + 1 - p, allGood
}

// Remainders are taken every few characters: what is left before fits 64 bits.

// power is a pure system of ISO/IEC 7064 with one check character: modulus m, radix 2.
func power(a *alphabet, s string, m uint) (uint, int) {
	var p uint
	for i := range len(s) {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, i
		}
		if p = 2 * (p + v); p >= 1<<56 {
			p %= m
		}
	}
	return (m + 1 - p%m) % m, allGood
}

func pure11(a *alphabet, s string) (uint, int) { return power(a, s, 11) }
func pure37(a *alphabet, s string) (uint, int) { return power(a, s, 37) }

// pair is a pure system with two check characters: modulus m, and as radix r the size of the alphabet. The check is taken from
// 2 … m+1, where every value has one spelling.
func pair(a *alphabet, s string, m, r uint) (uint, int) {
	var p uint
	for i := range len(s) {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, i
		}
		if p = p*r + v; p >= 1<<56 {
			p %= m
		}
	}
	return m + 1 - p%m*r*r%m, allGood
}

func pure661(a *alphabet, s string) (uint, int)  { return pair(a, s, 661, 26) }
func pure1271(a *alphabet, s string) (uint, int) { return pair(a, s, 1271, 36) }

// pure97 is MOD 97-10; letters stand for two digits, A = 10 … Z = 35.
func pure97(a *alphabet, s string) (uint, int) {
	p, bad := rest97(a, s, 0)
	return 98 - p*100%97, bad
}

// rest97 goes on from a remainder p.
func rest97(a *alphabet, s string, p uint) (uint, int) {
	for i := range len(s) {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, i
		}
		scale := uint(10)
		if v >= 10 {
			scale = 100
		}
		if p = p*scale + v; p >= 1<<56 {
			p %= 97
		}
	}
	return p % 97, allGood
}

// iban is MOD 97-10 with the country moved behind the account.
func iban(a *alphabet, s string) (uint, int) {
	for i := range 2 {
		if s[i] < 'A' || s[i] > 'Z' {
			return 0, i
		}
	}
	p, bad := rest97(a, s[2:], 0)
	if bad != allGood {
		return 0, bad + 2
	}
	p, bad = rest97(a, s[:2], p)
	return 98 - p*100%97, bad
}
