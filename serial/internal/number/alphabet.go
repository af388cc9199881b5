package number

import (
	"math"
	"math/bits"
	"strings"
)

// An Alphabet is a set of characters with an order. The first is worth 0.
type Alphabet struct {
	Chars   string
	size    uint64
	inverse uint64     // 2^64 / size, rounded up
	value   [256]uint8 // the place in Chars, or outside
}

const outside = 0xff

// Digits and Letters are the characters of decimal numbers and of words.
const (
	Digits  = "0123456789"
	Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// Named are the alphabets that patterns call by name.
var Named = map[string]string{
	"digits":    Digits,
	"hex":       "0123456789ABCDEF",
	"letters":   Letters,
	"alnum":     Digits + Letters,
	"crockford": "0123456789ABCDEFGHJKMNPQRSTVWXYZ", // D. Crockford's base 32: no I L O U
	"clear":     "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", // no 0 1 I O: the GS1 check character pair's
	"safe":      "0123456789BCDFGHJKLMNPQRSTVWXZ",   // no vowels and no Y, so no words
}

// NewAlphabet returns the alphabet of different characters, at most 254.
func NewAlphabet(chars string) *Alphabet {
	a := &Alphabet{Chars: chars, size: uint64(len(chars))}
	if a.size > 0 {
		a.inverse = math.MaxUint64/a.size + 1
	}
	for i := range a.value {
		a.value[i] = outside
	}
	for i := range len(chars) {
		a.value[chars[i]] = uint8(i)
	}
	return a
}

// quotient returns v / size. A product with the inverse exceeds 2^64 · v / size by less than v,
// so that its upper half is exact as long as v · size is below 2^64; it takes a fourth of a
// division's time.
func (a *Alphabet) quotient(v uint64) uint64 {
	if v >= 1<<56 || a.size == 1 {
		return v / a.size
	}
	q, _ := bits.Mul64(v, a.inverse)
	return q
}

// Has reports whether a character is in the alphabet.
func (a *Alphabet) Has(c byte) bool { return a.value[c] != outside }

// FirstOutside returns the position of the first character of text that is not in the alphabet,
// len(text) if there is none.
func (a *Alphabet) FirstOutside(text string) int {
	for i := range len(text) {
		if !a.Has(text[i]) {
			return i
		}
	}
	return len(text)
}

// Without returns the alphabet less some characters.
func (a *Alphabet) Without(chars string) *Alphabet {
	return a.filter(func(c rune) bool { return !strings.ContainsRune(chars, c) })
}

// Only returns the alphabet's characters that are among some.
func (a *Alphabet) Only(chars string) *Alphabet {
	return a.filter(func(c rune) bool { return strings.ContainsRune(chars, c) })
}

func (a *Alphabet) filter(keep func(c rune) bool) *Alphabet {
	return NewAlphabet(strings.Map(func(c rune) rune {
		if keep(c) {
			return c
		}
		return -1
	}, a.Chars))
}

// Unique returns the bytes of a text, each once, in the order in which they first occur.
func Unique(text string) string {
	set := make([]byte, 0, len(text))
	var seen [256]bool
	for i := range len(text) {
		if !seen[text[i]] {
			set = append(set, text[i])
			seen[text[i]] = true
		}
	}
	return string(set)
}
