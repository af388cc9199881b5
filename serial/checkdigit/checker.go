package checkdigit

import "unsafe"

// A checker is one system: an alphabet, a sum over the payload that leaves a remainder, and how a remainder is written.
type checker struct {
	name     string
	in       *alphabet
	out      string // the alphabet of the check
	n        int    // check characters, 1 or 2
	at       int    // where in the full number they stand; 0: at the end
	min, max int    // payload lengths; max 0: any

	sum func(c *checker, payload string) (remainder uint, ok bool)
	linear

	// check spells the remainders 0, 1 … of a system with one check character; 0 stands for those that have none. Two check characters spell
	// the remainder, or if top isn't 0, top less the remainder, in base len(out).
	check string
	top   uint
	share uint32 // shareOf len(out), where it is divided by

	place   []*[256]uint8 // tables of a system that adds by them
	pairs   []uint16      // of a hybrid system
	machine *machine      // of a system that reads digits

	// misplaced returns the position of the first character that its place doesn't allow; nil where the alphabet says it all.
	misplaced func(payload string) int
	form      string
}

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
	return dst, c.refuse(payload)
}

// bare returns a payload that is given with a place for its check, as a VIN of 17 characters is, without that place.
func (c *checker) bare(payload string) (string, bool) {
	if c.at == 0 || c.min != c.max || len(payload) != c.max+c.n {
		return payload, false
	}
	return payload[:c.at] + payload[c.at+c.n:], true
}

// pair spells the remainder of a system with two check characters. It divides by a multiplication, which is exact for what two
// characters can say.
func (c *checker) pair(r uint) (first, second byte) {
	v := uint32(r)
	if c.top != 0 {
		v = uint32(c.top) - v
	}
	high := v * c.share >> 16
	return c.out[high], c.out[v-high*uint32(len(c.out))]
}

// shareOf is 2^16 / n, rounded up: to multiply by it and shift by 16 bits divides by n what two check characters say, and multiples of n.
func shareOf(n int) uint32 { return uint32(1<<16/n + 1) }

// refuse tells why there is no check of a payload.
func (c *checker) refuse(payload string) error {
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
		return ok && c.spells(full[c.at:c.at+c.n], r)
	}
	r, ok := c.sum(c, full[:size])
	return ok && c.spells(full[size:], r)
}

// around is the sum of a number with its check inside. It calls the two systems of that kind by name, as what a function value is given
// goes to the heap.
func (c *checker) around(full string) (remainder uint, ok bool) {
	var buf [maxInner]byte
	joined := append(append(buf[:0], full[:c.at]...), full[c.at+c.n:]...)
	payload := unsafe.String(unsafe.SliceData(joined), len(joined))
	if c == &systems[IBAN] {
		return iban(c, payload)
	}
	return weighted(c, payload)
}

// spells reports whether a check is that of a remainder.
func (c *checker) spells(check string, r uint) bool {
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
