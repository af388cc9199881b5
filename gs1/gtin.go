package gs1

import (
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A GTIN is a Global Trade Item Number: 14 digits, padded with zeros in front if it is a GTIN-8,
// GTIN-12 or GTIN-13; the last is a check digit (GS1 General Specifications, section 3, under AI
// (01)).
type GTIN string

// ParseGTIN checks a GTIN-8, GTIN-12, GTIN-13 or GTIN-14 and returns it with 14 digits. The error
// is an *[Error] that wraps [ErrLength], [ErrCharacter] or [ErrCheckDigit].
func ParseGTIN(s string) (GTIN, error) {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return "", fail(fault{Kind: gs1syntax.BadLength, AI: "01", Input: s, Len: len(s),
			Want: "a GTIN of 8, 12, 13 or 14 digits"})
	}
	if err := digits(s); err != nil {
		return "", err
	}
	last := len(s) - 1
	if right := gs1syntax.CheckDigit(s[:last]); right != s[last] {
		return "", fail(fault{Kind: gs1syntax.BadCheck, AI: "01", Input: s, Pos: last, Len: 1,
			Want: "check digit " + string(right)})
	}
	return GTIN(zeros(s, 14)), nil
}

// Element returns the GTIN as AI (01).
func (g GTIN) Element() Element { return Element{AI: "01", Value: string(g)} }

// Indicator returns the first digit: '0' for a base unit, '1' to '8' for a grouping of it, '9' for
// an item of variable measure.
func (g GTIN) Indicator() byte { return (g + "0")[0] }

// WithIndicator returns the GTIN of a grouping of the same item, which has the given indicator (0
// to 9) and a check digit of its own.
func (g GTIN) WithIndicator(indicator int) (GTIN, error) {
	if len(g) != 14 || indicator < 0 || indicator > 9 {
		return "", fail(fault{Kind: gs1syntax.BadKey, AI: "01", Input: string(g), Len: len(g),
			Want: "a GTIN of 14 digits and an indicator of 0 to 9"})
	}
	payload := string('0'+byte(indicator)) + string(g[1:13])
	check, err := CheckDigit(payload)
	return GTIN(payload + string(check)), err
}

// NewGTIN returns the GTIN of an indicator (0 to 9), a GS1 Company Prefix of 4 to 12 digits and an
// item reference, which has 12 digits less those of the prefix.
func NewGTIN(indicator int, companyPrefix string, reference uint64) (GTIN, error) {
	s, err := number("01", strconv.Itoa(indicator), companyPrefix, reference, 14)
	return GTIN(s), err
}

// Digits returns the GTIN with n digits: as GTIN-8, GTIN-12, GTIN-13 or GTIN-14. ok is false for
// other n, and if the GTIN needs more digits.
func (g GTIN) Digits(n int) (digits string, ok bool) {
	switch n {
	case 8, 12, 13, 14:
		if len(g) == 14 && strings.Trim(string(g[:14-n]), "0") == "" {
			return string(g[14-n:]), true
		}
	}
	return "", false
}

// Short returns the fewest of 8, 12 or 13 digits in which an EAN/UPC symbol carries the GTIN. ok is
// false if it needs all 14.
func (g GTIN) Short() (digits string, ok bool) {
	for _, n := range [...]int{8, 12, 13} {
		if s, ok := g.Digits(n); ok {
			return s, true
		}
	}
	return "", false
}
