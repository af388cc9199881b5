package checkdigit

import (
	"fmt"
	"math"
	"strings"
)

// NewLuhn returns Luhn mod N over an alphabet of N characters of printable ASCII, 2 to 95, the
// first of them worth 0. Take an even N for a new scheme: with an odd one the sum misses about
// one in N wrong characters in every second place. Its error wraps [ErrAlphabet].
func NewLuhn(alphabet string) (Checker, error) {
	name := "luhn(" + alphabet + ")"
	if err := usable(name, alphabet, 0); err != nil {
		return nil, err
	}
	c := luhnOf(name, newAlphabet(alphabet))
	return &c, nil
}

// NewHybrid returns the hybrid system of ISO/IEC 7064, MOD N+1,N, over an alphabet of N
// characters of printable ASCII, the first of them worth 0. N is even, 2 to 94: with an odd N it
// would miss wrong characters. Its error wraps [ErrAlphabet].
func NewHybrid(alphabet string) (Checker, error) {
	name := "hybrid(" + alphabet + ")"
	if err := usable(name, alphabet, 2); err != nil {
		return nil, err
	}
	c := hybridOf(name, newAlphabet(alphabet))
	return &c, nil
}

// NewPure returns the pure system of ISO/IEC 7064 with radix 2, MOD N-2, over an alphabet of N
// characters of printable ASCII, the first of them worth 0. The last is for checks only, as the X
// of MOD 11-2 and the * of MOD 37-2 are. N is odd, 3 to 95: with an even N it would miss wrong
// characters. Its error wraps [ErrAlphabet].
func NewPure(alphabet string) (Checker, error) {
	name := "pure(" + alphabet + ")"
	if err := usable(name, alphabet, 1); err != nil {
		return nil, err
	}
	c := pure(name, alphabet)
	return &c, nil
}

// usable reports why an alphabet can't be used. parity is 2 for a system that needs an even
// number of characters, 1 for an odd one, 0 for any.
func usable(name, chars string, parity int) error {
	fail := func(pos int, want string) error {
		return &Error{System: name, Input: chars, Pos: pos, Err: ErrAlphabet, Detail: "want " +
			want}
	}
	switch n := len(chars); {
	case parity == 0 && (n < 2 || n > 95):
		return fail(-1, "2 to 95 characters")
	case parity == 2 && (n < 2 || n > 94 || n%2 == 1):
		return fail(-1, "an even number of characters, 2 to 94")
	case parity == 1 && (n < 3 || n > 95 || n%2 == 0):
		return fail(-1, "an odd number of characters, 3 to 95")
	}
	for i := range len(chars) {
		if chars[i] < ' ' || chars[i] > '~' {
			return fail(i, "printable ASCII")
		}
		if strings.IndexByte(chars[:i], chars[i]) >= 0 {
			return fail(i, "each character once")
		}
	}
	return nil
}

// Weights describe a system that has no constant here: the values of the characters times their
// weights are added, and the remainder of the sum decides the check. The checks of Codabar and of
// the NHS number are such systems (see the example).
type Weights struct {
	// Alphabet has the characters of a payload: 2 to 95 of printable ASCII, the first of them
	// worth 0.
	Alphabet string
	// Weights are those of a payload's characters, 0 to 65,535, the last for its last character.
	// For a longer payload they repeat to the left.
	Weights []int
	// Check has the check character of each remainder, the first for 0; its length is the
	// modulus, 2 to 127. For a system whose check completes the sum to a multiple of the modulus
	// it runs backwards from the second on, as in "0987654321". A zero byte is for a remainder
	// that no number may have.
	Check string
}

// NewWeighted returns the system that weights describe. Its error wraps [ErrAlphabet] or
// [ErrWeights].
func NewWeighted(w Weights) (Checker, error) {
	name := fmt.Sprintf("weighted(%s, %d, %s)", w.Alphabet, w.Weights,
		strings.ReplaceAll(w.Check, "\x00", "∅"))
	if err := usable(name, w.Alphabet, 0); err != nil {
		return nil, err
	}
	fail := func(want string) error {
		return &Error{System: name, Input: fmt.Sprint(w.Weights), Pos: -1, Err: ErrWeights,
			Detail: "want " + want}
	}
	if len(w.Weights) == 0 {
		return nil, fail("at least one")
	}
	var weights []uint16
	for _, v := range w.Weights {
		if v < 0 || v > math.MaxUint16 {
			return nil, fail("0 to 65535")
		}
		weights = append(weights, uint16(v))
	}
	if len(w.Check) < 2 || len(w.Check) > 127 || strings.Trim(w.Check, printable+"\x00") != "" {
		return nil, &Error{System: name, Input: w.Check, Pos: -1, Err: ErrWeights,
			Detail: "want check characters of printable ASCII for 2 to 127 remainders"}
	}
	l := weigh(len(w.Check), weights...)
	c := weightedOf(name, newAlphabet(w.Alphabet), distinct(w.Check), w.Check, l)
	return &c, nil
}

// printable is ASCII from the space to the tilde.
var printable = func() string {
	var b strings.Builder
	for c := byte(' '); c <= '~'; c++ {
		b.WriteByte(c)
	}
	return b.String()
}()

// distinct returns the printable characters of a text, each once.
func distinct(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] != 0 && strings.IndexByte(s[:i], s[i]) < 0 {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
