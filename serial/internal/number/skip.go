package number

import (
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// A Skip leaves out the texts of a format that have no check character of their own: container
// numbers whose remainder is 10, codes that need an X, PZNs that have none at all. It counts the
// texts by the remainder that they lead to, so that the numbers have no gaps and a text still
// leads back to its number. What precedes the text in the serial decides which texts are left
// out: [Skip.Before] reduces it to a remainder.
type Skip struct {
	places []*Alphabet   // of the format
	mod    int           // the remainder mod − 1 is left out
	base   int           // the remainder of the least payload
	add    [][256]uint16 // by place of the payload and character: what it adds to that
	count  [][]int64     // by place of the format and remainder: the texts that go on from there
}

// skippers are the systems that a Skip works with: remainders of sums in which each place counts
// for itself.
var skippers = map[checkdigit.System]int{
	checkdigit.ISO6346: 11,
	checkdigit.Mod11_2: 11,
	checkdigit.ISBN10:  11,
	checkdigit.ISSN:    11,
	checkdigit.PZN:     11,
	checkdigit.EIC:     37,
}

// Skips reports whether NewSkip works with a system, and whether the system needs it, as it has
// no check for some payloads.
func Skips(system checkdigit.System) (possible, needed bool) {
	_, possible = skippers[system]
	return possible, system == checkdigit.PZN || system == checkdigit.EIC
}

// MaxSkip is the greatest number of places of a format with a skip, so that its counts stay
// small.
const MaxSkip = 12

// NewSkip returns the skip of a system for a format at the end of a payload, whose characters
// before the format are of the alphabets before.
func NewSkip(system checkdigit.System, before []*Alphabet, f *Format) *Skip {
	k := &Skip{places: f.Places, mod: skippers[system]}
	k.weigh(system, append(slices.Clip(before), f.Places...))
	k.tally(k.add[len(before):])
	return k
}

// weigh computes the remainder of the least payload and what each other character adds to it.
func (k *Skip) weigh(system checkdigit.System, payload []*Alphabet) {
	least := make([]byte, len(payload))
	for j, a := range payload {
		least[j] = a.Chars[0]
	}
	k.base = remainder(system, least, k.mod)
	k.add = make([][256]uint16, len(least))
	for j, first := range least {
		for _, ch := range []byte(payload[j].Chars) {
			least[j] = ch
			k.add[j][ch] = uint16((remainder(system, least, k.mod) - k.base + k.mod) % k.mod)
		}
		least[j] = first
	}
}

// tally counts, from the last place to the first, the texts that are not left out.
func (k *Skip) tally(add [][256]uint16) {
	last := len(k.places)
	k.count = make([][]int64, last+1)
	for j := range k.count {
		k.count[j] = make([]int64, k.mod)
	}
	for r := range k.mod - 1 {
		k.count[last][r] = 1
	}
	for j := last - 1; j >= 0; j-- {
		for r := range k.mod {
			for _, ch := range []byte(k.places[j].Chars) {
				k.count[j][r] += k.count[j+1][k.after(r, add[j][ch])]
			}
		}
	}
}

// remainder returns the remainder of a payload, mod − 1 for one that is left out.
func remainder(system checkdigit.System, payload []byte, mod int) int {
	if system == checkdigit.ISO6346 { // its check writes 10 as 0
		sum := 0
		for i, c := range payload {
			v := int(c - '0')
			if c >= 'A' {
				v = int(c-'A') + 10
				v += (v - 1) / 10 // without 11, 22, 33
			}
			sum += v << i
		}
		return sum % mod
	}
	check, err := system.Compute(string(payload))
	if err != nil {
		return mod - 1
	}
	return strings.IndexByte(system.CheckAlphabet(), check[0])
}

// Least returns the least number of texts that are left, whatever precedes them.
func (k *Skip) Least() uint64 { return uint64(slices.Min(k.count[0])) }

// Before returns the remainder that a piece of the payload before the text leads to, from the
// remainder and place that the pieces before it led to. The first piece begins at Start.
func (k *Skip) Before(r, place int, piece string) (after, next int) {
	for i := range len(piece) {
		r = k.after(r, k.add[place+i][piece[i]])
	}
	return r, place + len(piece)
}

// Start returns the remainder before any character has added to it.
func (k *Skip) Start() int { return k.base }

// after returns the remainder after a character that adds to it.
func (k *Skip) after(r int, add uint16) int {
	if r += int(add); r >= k.mod {
		r -= k.mod
	}
	return r
}

// adds returns what the characters of the text add, by place.
func (k *Skip) adds() [][256]uint16 { return k.add[len(k.add)-len(k.places):] }

// Put writes the text of number v, after what leads to remainder r.
func (k *Skip) Put(dst []byte, v uint64, r int) {
	add := k.adds()
	for j, a := range k.places {
		for i := range len(a.Chars) {
			to := k.after(r, add[j][a.Chars[i]])
			if n := uint64(k.count[j+1][to]); v >= n {
				v -= n
				continue
			}
			dst[j], r = a.Chars[i], to
			break
		}
	}
}

// Parse returns the number of a text whose characters fit, after what leads to remainder r; ok is
// false if the text is left out.
func (k *Skip) Parse(text string, r int) (v uint64, ok bool) {
	add := k.adds()
	for j, a := range k.places {
		for i := range a.value[text[j]] {
			v += uint64(k.count[j+1][k.after(r, add[j][a.Chars[i]])])
		}
		r = k.after(r, add[j][text[j]])
	}
	return v, r != k.mod-1
}
