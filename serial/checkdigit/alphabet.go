package checkdigit

const (
	digits  = "0123456789"
	hex     = "0123456789ABCDEF"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	alnum   = digits + letters
	code39  = alnum + "-. $/+%"
	vin     = digits + "ABCDEFGHJKLMNPRSTUVWXYZ"

	gs1Chars = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
	gs1Pair  = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
)

// An alphabet gives characters their values, at most 127.
type alphabet struct {
	chars string
	value [256]uint8 // outside for all other bytes
}

// outside marks bytes that aren't of the alphabet. It is a bit that no value has, so that sums
// may gather it with OR and look at it once.
const outside = 0x80

// allGood is the position of no character.
const allGood = -1

// newAlphabet values characters by their places.
func newAlphabet(chars string) *alphabet {
	return valued(chars, func(i int) uint8 { return uint8(i) })
}

// valued takes the values from a function of the places.
func valued(chars string, value func(place int) uint8) *alphabet {
	a := &alphabet{chars: chars}
	for i := range a.value {
		a.value[i] = outside
	}
	for i := range len(chars) {
		a.value[chars[i]] = value(i)
	}
	return a
}

func (a *alphabet) firstOutside(s string) int {
	for i := range len(s) {
		if a.value[s[i]] == outside {
			return i
		}
	}
	return allGood
}

var (
	inDigits  = newAlphabet(digits)
	inHex     = newAlphabet(hex)
	inLetters = newAlphabet(letters)
	inAlnum   = newAlphabet(alnum)
	inGS1     = newAlphabet(gs1Chars)
	inCode39  = newAlphabet(code39)
	inEIC     = newAlphabet(alnum + "-")

	// inPPN values characters by their ASCII codes.
	inPPN = valued(alnum+"abcdefghijklmnopqrstuvwxyz",
		func(i int) uint8 { return (alnum + "abcdefghijklmnopqrstuvwxyz")[i] })
	// inVIN values letters by their places in A–I, J–R and S–Z, the last from 2 (49 CFR 565.15,
	// table III).
	inVIN = valued(vin, func(i int) uint8 {
		switch c := vin[i]; {
		case c <= '9':
			return c - '0'
		case c <= 'I':
			return c - 'A' + 1
		case c <= 'R':
			return c - 'J' + 1
		default:
			return c - 'S' + 2
		}
	})
	// inContainer values letters from 10 on without the multiples of 11 (ISO 6346, annex A): 11
	// is passed at B, 22 at L, 33 at V.
	inContainer = valued(alnum, func(i int) uint8 {
		if i < 10 {
			return uint8(i)
		}
		return uint8(i + (i-1)/10)
	})
)
