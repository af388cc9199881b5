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
	return (n + 1 - p) % n, allGood
}

// power is a pure system of ISO/IEC 7064 with one check character: modulus m, radix 2.
func power(a *alphabet, s string, m uint) (uint, int) {
	var p uint
	for i := range len(s) {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, i
		}
		p = 2 * (p + v) % m
	}
	return (m + 1 - p) % m, allGood
}

func pure11(a *alphabet, s string) (uint, int) { return power(a, s, 11) }
func pure37(a *alphabet, s string) (uint, int) { return power(a, s, 37) }

// pair is a pure system with two check characters: modulus m, and as radix the size of the alphabet. The check is taken from
// 2 … m+1, where every value has one spelling.
func pair(a *alphabet, s string, m uint) (uint, int) {
	r := uint(len(a.chars))
	var p uint
	for i := range len(s) {
		v := uint(a.value[s[i]])
		if v == none {
			return 0, i
		}
		p = (p*r + v) % m
	}
	return m + 1 - p*r*r%m, allGood
}

func pure661(a *alphabet, s string) (uint, int)  { return pair(a, s, 661) }
func pure1271(a *alphabet, s string) (uint, int) { return pair(a, s, 1271) }

// pure97 is MOD 97-10; letters stand for two digits, A = 10 … Z = 35.
func pure97(a *alphabet, s string) (uint, int) {
	p, bad := rest97(a, s, 0)
	return 98 - p*100%97, bad
}

func rest97(a *alphabet, s string, p uint) (uint, int) {
	for i := range len(s) {
		v := uint(a.value[s[i]])
		switch {
		case v == none:
			return 0, i
		case v < 10:
			p = (p*10 + v) % 97
		default:
			p = (p*100 + v) % 97
		}
	}
	return p, allGood
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
