package checkdigit

import "strings"

const (
	digits  = "0123456789"
	hex     = "0123456789ABCDEF"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	alnum   = digits + letters
	code39  = alnum + "-. $/+%"
	vin     = digits + "ABCDEFGHJKLMNPRSTUVWXYZ"
)

// An alphabet gives characters their values.
type alphabet struct {
	chars string
	value [256]uint8 // the place in chars, or none
}

const none = 0xff

func newAlphabet(chars string) *alphabet {
	a := &alphabet{chars: chars}
	for i := range a.value {
		a.value[i] = none
	}
	for i := range len(chars) {
		a.value[chars[i]] = uint8(i)
	}
	return a
}

// A checker is one system: an alphabet, a sum over the payload, and how its result is written.
type checker struct {
	name     string
	in       *alphabet
	out      string // the alphabet of the check
	n        int    // check characters, 1 or 2
	at       int    // where in the full number they stand; 0: at the end
	min, max int    // payload lengths; max 0: any
	form     func(payload string) int

	// sum returns the check's value, or the position of the first character that isn't of the alphabet.
	sum func(a *alphabet, payload string) (value uint, bad int)
}

const allGood = -1

func (c *checker) AppendCheck(dst []byte, payload string) ([]byte, error) {
	v, err := c.value(payload)
	if err != nil {
		return dst, err
	}
	return c.append(dst, v), nil
}

func (c *checker) value(payload string) (uint, error) {
	if c.sum == nil {
		return 0, c.fail(payload, -1, ErrSystem)
	}
	if len(payload) < max(c.min, 1) || c.max > 0 && len(payload) > c.max {
		return 0, c.fail(payload, -1, ErrLength)
	}
	v, bad := c.sum(c.in, payload)
	if bad == allGood && c.form != nil {
		bad = c.form(payload)
	}
	if bad != allGood {
		return 0, c.fail(payload, bad, ErrCharacter)
	}
	return v, nil
}

func (c *checker) append(dst []byte, v uint) []byte {
	base := uint(len(c.out))
	if c.n == 2 {
		dst = append(dst, c.out[v/base])
	}
	return append(dst, c.out[v%base])
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
	return payload[:c.at] + check + payload[c.at:], nil
}

func (c *checker) Valid(full string) bool {
	if len(full) <= c.n || c.at+c.n > len(full) {
		return false
	}
	payload, check := full[:len(full)-c.n], full[len(full)-c.n:]
	if c.at > 0 {
		payload, check = full[:c.at]+full[c.at+c.n:], full[c.at:c.at+c.n]
	}
	v, err := c.value(payload)
	if err != nil {
		return false
	}
	var buf [2]byte
	return string(c.append(buf[:0], v)) == check
}

func (c *checker) CheckLen() int         { return c.n }
func (c *checker) Alphabet() string      { return c.in.chars }
func (c *checker) CheckAlphabet() string { return c.out }
func (c *checker) String() string        { return c.name }

// NewLuhn returns Luhn mod N over an alphabet of N characters, the first of them worth 0. N is even, 2 to 128: with an odd N the
// sum would miss single wrong characters. Its error wraps [ErrAlphabet].
func NewLuhn(alphabet string) (Checker, error) { return custom("luhn", alphabet, luhn) }

// NewHybrid returns the hybrid system of ISO/IEC 7064, MOD N+1,N, over an alphabet of N characters, the first of them worth 0. N is
// even, 2 to 128, for the same reason. Its error wraps [ErrAlphabet].
func NewHybrid(alphabet string) (Checker, error) { return custom("hybrid", alphabet, hybrid) }

func custom(name, chars string, sum func(*alphabet, string) (uint, int)) (Checker, error) {
	name += "(" + chars + ")"
	if len(chars) < 2 || len(chars) > 128 || len(chars)%2 == 1 {
		return nil, &Error{System: name, Input: chars, Pos: -1, Kind: ErrAlphabet, Want: "an even number of characters, 2 to 128"}
	}
	for i := range len(chars) {
		if chars[i] <= ' ' || chars[i] > '~' {
			return nil, &Error{System: name, Input: chars, Pos: i, Kind: ErrAlphabet, Want: "printable ASCII"}
		}
		if strings.IndexByte(chars[:i], chars[i]) >= 0 {
			return nil, &Error{System: name, Input: chars, Pos: i, Kind: ErrAlphabet, Want: "each character once"}
		}
	}
	return &checker{name: name, in: newAlphabet(chars), out: chars, n: 1, sum: sum}, nil
}
