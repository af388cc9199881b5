package checkdigit

// powers are the weights of a pure system of ISO/IEC 7064 with modulus m, radix r and so many
// check characters, which follow the payload: the powers of r modulo m from r^check on, until
// they repeat.
func powers(m, r, check int) []uint16 {
	first := 1
	for range check {
		first = first * r % m
	}
	period := 1
	for p := first * r % m; p != first; p = p * r % m {
		period++
	}
	w := make([]uint16, period)
	for i, p := period-1, first; i >= 0; i, p = i-1, p*r%m {
		w[i] = uint16(p)
	}
	return w
}

// pure is a system with one check character, which makes the sum 1 modulo the size of its
// alphabet. The last character of the alphabet is for checks only.
func pure(name, chars string) checker {
	m := len(chars)
	return weightedOf(name, newAlphabet(chars[:m-1]), chars, completing(1, m, chars),
		weigh(m, powers(m, 2, 1)...))
}

// purePair is a system with two check characters. They are taken from 2 … m+1, where no value can
// be written in two ways.
func purePair(name string, in *alphabet, m, r int) checker {
	return pairOf(name, in, in.chars, weighted, uint(m+1)).weighing(weigh(m, powers(m, r, 2)...))
}

// completing returns for each remainder the character whose value makes it whole modulo m, or
// modulo the number of characters if m is larger.
func completing(whole, m int, chars string) string {
	b := make([]byte, m)
	for r := range b {
		b[r] = chars[((whole-r)%m+m)%m]
	}
	return string(b)
}

// step returns the state after the sum of a state and a value, in a hybrid system over n
// characters, n even. States are 1 … n.
func step(n, sum int) int {
	s := sum % n
	if s == 0 {
		s = n
	}
	return s * 2 % (n + 1)
}

// newPairs returns a table that takes two steps at once, because each step waits for the one
// before. Its index is the sum of a state and a value, times n, plus the next value; its entry is
// n times the next state.
func newPairs(n int) []uint16 {
	t := make([]uint16, 2*n*n)
	for i := range t {
		t[i] = uint16(n * step(n, step(n, i/n)+i%n))
	}
	return t
}

func hybrid(c *checker, s string) (uint, bool) {
	value, pairs, n := &c.in.value, c.pairs, uint(len(c.in.chars))
	state := n * n
	if len(s)%2 == 1 {
		v := value[s[0]]
		if v >= outside {
			return 0, false
		}
		state, s = uint(pairs[n*n/2+uint(v)]), s[1:] // half of n leads to n, where all begins
	}
	for ; len(s) > 1; s = s[2:] {
		v, w := value[s[0]], value[s[1]]
		if v|w >= outside {
			return 0, false
		}
		state = uint(pairs[state+n*uint(v)+uint(w)])
	}
	return state * uint(c.share) >> 16, true
}

// hybridOf is MOD n+1,n over an alphabet of n characters.
func hybridOf(name string, in *alphabet) checker {
	n := len(in.chars)
	return checker{
		name: name, in: in, out: in.chars, n: 1, check: completing(1, n, in.chars) + in.chars[1:2],
		sum: hybrid, pairs: newPairs(n), share: shareOf(n),
	}
}

// mod11Machine has the steps of MOD 11,10 with 0 for the state 10.
var mod11Machine = newMachine(func(state,
	digit int) int {
	return step(10, (state+9)%10+1+digit) % 10
})

// decimal has the values of digits and letters, A = 10 … Z = 35, and from the seventeenth bit on
// what the number before them is multiplied with: 10, or 100 for the two digits of a letter.
var decimal = func() (t [256]uint32) {
	for c, v := range inAlnum.value {
		t[c] = uint32(v) | 10<<16
		if v >= 10 {
			t[c] = uint32(v) | 100<<16
		}
	}
	return t
}()

// rest97 goes on from a remainder modulo 97 with a text. What it returns is below 2^57 and has
// that remainder.
func rest97(rest uint64, s string) (after uint64, seen uint8) {
	for i := range len(s) {
		d := decimal[s[i]]
		seen |= uint8(d)
		// hundred times that is below 2^64
		if rest = rest*uint64(d>>16) + uint64(uint8(d)); rest >= 1<<57 {
			rest %= 97
		}
	}
	return rest, seen
}

func mod97(_ *checker, s string) (uint, bool) {
	rest, seen := rest97(0, s)
	return uint(rest * 100 % 97), seen < outside
}

// iban is MOD 97-10 with the country moved behind the account.
func iban(_ *checker, s string) (uint, bool) {
	account, seen := rest97(0, s[2:])
	rest, alsoSeen := rest97(account, s[:2])
	return uint(rest * 100 % 97),
		(seen | alsoSeen | inLetters.value[s[0]] | inLetters.value[s[1]]) < outside
}

// misplacedInIBAN returns the first position at which an IBAN without its check digits hasn't its
// form.
func misplacedInIBAN(s string) int {
	for i := range 2 {
		if inLetters.value[s[i]] == outside {
			return i
		}
	}
	return inAlnum.firstOutside(s)
}
