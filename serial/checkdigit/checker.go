package checkdigit

import "unsafe"

// A checker is one system: an alphabet, a sum over the payload that leaves a remainder, and the
// check for each remainder.
type checker struct {
	name     string
	in       *alphabet
	out      string // the alphabet of the check
	n        int    // check characters, 1 or 2
	at       int    // the position of the check in the full number; 0: the end
	min, max int    // payload lengths; max 0: any

	sum sum
	linear

	// check has the check of the remainders 0, 1 … of a system with one check character; 0 is for
	// a remainder that has none. Two check characters are the remainder, or if top isn't 0, top
	// less the remainder, in base len(out).
	check string
	top   uint
	share uint32 // shareOf len(out), if something is divided by it

	place   []*[256]uint8 // tables of a system that adds by them
	pairs   []uint16      // of a hybrid system
	machine *machine      // of a system that reads digits

	// misplaced returns the position of the first character not allowed in its place; nil if the
	// alphabet decides alone. formWords describes the places.
	misplaced func(payload string) int
	formWords string
}

// A sum returns the remainder of a payload; ok is false if it contains a character not allowed.
type sum func(c *checker, payload string) (remainder uint, ok bool)

func (c *checker) AppendCheck(dst []byte, payload string) ([]byte, error) {
	if len(payload) >= max(c.min, 1) && (c.max == 0 || len(payload) <= c.max) && c.sum != nil {
		if r, ok := c.sum(c, payload); ok {
			if c.n == 2 {
				first, second := c.pair(r)
				return append(dst, first, second), nil
			}
			if check := c.check[r]; check != 0 {
				return append(dst, check), nil
			}
			return dst, c.fail(payload, allGood, ErrNone)
		}
	}
	if bare, ok := c.bare(payload); ok {
		return c.AppendCheck(dst, bare)
	}
	return dst, c.reject(payload)
}

// bare returns a payload without the place of its check, if it has one, as a VIN of 17 characters
// does.
func (c *checker) bare(payload string) (string, bool) {
	if c.at == 0 || c.min != c.max || len(payload) != c.max+c.n {
		return payload, false
	}
	return payload[:c.at] + payload[c.at+c.n:], true
}

// pair returns the check characters of a remainder. It divides by a multiplication, which is
// exact for the values of two characters.
func (c *checker) pair(r uint) (first, second byte) {
	v := uint32(r)
	if c.top != 0 {
		v = uint32(c.top) - v
	}
	high := v * c.share >> 16
	return c.out[high], c.out[v-high*uint32(len(c.out))]
}

// shareOf returns 2^16 / n, rounded up: to multiply by it and shift by 16 bits divides by n the
// values of two check characters, and multiples of n.
func shareOf(n int) uint32 { return uint32(1<<16/n + 1) }

// reject returns the error of a payload that has no check.
func (c *checker) reject(payload string) error {
	switch {
	case c.sum == nil:
		return c.fail(payload, allGood, ErrSystem)
	case len(payload) < max(c.min, 1) || c.max > 0 && len(payload) > c.max:
		return c.fail(payload, allGood, ErrLength)
	}
	at := c.in.firstOutside(payload)
	if c.misplaced != nil {
		at = c.misplaced(payload)
	}
	return c.fail(payload, at, ErrCharacter)
}

func (c *checker) Compute(payload string) (string, error) {
	var buf [2]byte
	check, err := c.AppendCheck(buf[:0], payload)
	return string(check), err
}

func (c *checker) Complete(payload string) (string, error) {
	check, err := c.Compute(payload)
	if err != nil {
		return "", err
	}
	if c.at == 0 {
		return payload + check, nil
	}
	payload, _ = c.bare(payload)
	return payload[:c.at] + check + payload[c.at:], nil
}

func (c *checker) Valid(full string) bool {
	size := len(full) - c.n
	if size < max(c.min, 1) || c.max > 0 && size > c.max || c.sum == nil {
		return false
	}
	if c.at > 0 {
		r, ok := c.around(full)
		return ok && c.matches(full[c.at:c.at+c.n], r)
	}
	r, ok := c.sum(c, full[:size])
	return ok && c.matches(full[size:], r)
}

// around returns the remainder of a number with its check inside. It calls the sums of the two
// such systems by name, because what a function value is given goes to the heap.
func (c *checker) around(full string) (remainder uint, ok bool) {
	var buf [maxInner]byte
	joined := append(append(buf[:0], full[:c.at]...), full[c.at+c.n:]...)
	payload := unsafe.String(unsafe.SliceData(joined), len(joined))
	if c == &systems[IBAN] {
		return iban(c, payload)
	}
	return weighted(c, payload)
}

// matches reports whether a check is that of a remainder.
func (c *checker) matches(check string, r uint) bool {
	if c.n == 2 {
		first, second := c.pair(r)
		return check[0] == first && check[1] == second
	}
	return check[0] == c.check[r] && check[0] != 0
}

// maxInner is the longest payload of a system whose check stands inside the number.
const maxInner = 32

func (c *checker) CheckLen() int         { return c.n }
func (c *checker) Alphabet() string      { return c.in.chars }
func (c *checker) CheckAlphabet() string { return c.out }
func (c *checker) String() string        { return c.name }
