package gs1

import (
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A GTIN is a Global Trade Item Number: 14 digits, those of the shorter forms with zeros in front, the last a check digit
// (GS1 General Specifications, section 3, under AI (01)).
type GTIN string

// ParseGTIN checks a GTIN-8, GTIN-12, GTIN-13 or GTIN-14 and returns it with 14 digits.
func ParseGTIN(s string) (GTIN, error) {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return "", fail(fault{Kind: gs1syntax.BadLength, AI: "01", Input: s, Len: len(s), Want: "a GTIN of 8, 12, 13 or 14 digits"})
	}
	if err := digits(s); err != nil {
		return "", err
	}
	last := len(s) - 1
	if right := gs1syntax.CheckDigit(s[:last]); right != s[last] {
		return "", fail(fault{Kind: gs1syntax.BadCheck, AI: "01", Input: s, Pos: last, Len: 1, Want: "check digit " + string(right)})
	}
	return GTIN(zeros(s, 14)), nil
}

// Element returns the GTIN as AI (01).
func (g GTIN) Element() Element { return Element{AI: "01", Value: string(g)} }

// Indicator returns the first digit: 0 for a base unit, 1 to 8 for a grouping of it, 9 for an item of variable measure.
func (g GTIN) Indicator() byte { return (g + "0")[0] }

// WithIndicator returns the GTIN of the grouping that indicator (0 to 9) tells of the same item, with its own check digit.
func (g GTIN) WithIndicator(indicator int) (GTIN, error) {
	if len(g) != 14 || indicator < 0 || indicator > 9 {
		return "", fail(fault{Kind: gs1syntax.BadKey, AI: "01", Input: string(g), Len: len(g), Want: "a GTIN of 14 digits and an indicator of 0 to 9"})
	}
	payload := string('0'+byte(indicator)) + string(g[1:13])
	check, err := CheckDigit(payload)
	return GTIN(payload + string(check)), err
}

// NewGTIN makes a GTIN of an indicator (0 to 9), the GS1 Company Prefix and the item reference, which fills the digits that the prefix
// leaves: 12 less its length.
func NewGTIN(indicator int, companyPrefix string, reference uint64) (GTIN, error) {
	s, err := number("01", strconv.Itoa(indicator), companyPrefix, reference, 14)
	return GTIN(s), err
}

// Digits returns the GTIN with n digits: as GTIN-8, GTIN-12, GTIN-13 or GTIN-14. It returns false if it needs more, and for other n.
func (g GTIN) Digits(n int) (string, bool) {
	switch n {
	case 8, 12, 13, 14:
		if len(g) == 14 && strings.Trim(string(g[:14-n]), "0") == "" {
			return string(g[14-n:]), true
		}
	}
	return "", false
}

// Short returns the GTIN as 8, 12 or 13 digits, in which an EAN/UPC symbol carries it, and false if it needs all 14.
func (g GTIN) Short() (string, bool) {
	for _, n := range [...]int{8, 12, 13} {
		if s, ok := g.Digits(n); ok {
			return s, true
		}
	}
	return "", false
}

// ParseUPCE checks the 8 digits that belong to a UPC-E symbol: a zero, six digits and the check digit of the GTIN-12 for which they
// stand (GS1 General Specifications, "UPC-E").
func ParseUPCE(s string) (GTIN, error) {
	if len(s) != 8 {
		return "", fail(fault{Kind: gs1syntax.BadLength, Input: s, Len: len(s), Want: "8 digits"})
	}
	if err := digits(s); err != nil {
		return "", err
	}
	if s[0] != '0' {
		return "", fail(fault{Kind: gs1syntax.BadKey, Input: s, Len: 1, Want: "0 as the first digit of a UPC-E symbol"})
	}
	d := s[1:7]
	var long string
	switch d[5] {
	case '0', '1', '2':
		long = d[:2] + d[5:] + "0000" + d[2:5]
	case '3':
		long = d[:3] + "00000" + d[3:5]
	case '4':
		long = d[:4] + "00000" + d[4:5]
	default:
		long = d[:5] + "0000" + d[5:]
	}
	g, err := ParseGTIN("0" + long + s[7:])
	if err != nil {
		e := *err.(*Error)
		e.Input, e.Pos = s, 7
		return "", &e
	}
	return g, nil
}

// UPCE returns the 8 digits that belong to a UPC-E symbol for the GTIN, and false if the GTIN can't be shortened so.
func (g GTIN) UPCE() (string, bool) {
	if len(g) != 14 || g[:3] != "000" {
		return "", false
	}
	n, check := string(g[3:13]), string(g[13:]) // the ten digits after the leading zero of the GTIN-12
	var d string
	switch {
	case n[2] <= '2' && n[3:7] == "0000":
		d = n[:2] + n[7:10] + n[2:3]
	case n[3:8] == "00000":
		d = n[:3] + n[8:10] + "3"
	case n[4:9] == "00000":
		d = n[:4] + n[9:10] + "4"
	case n[5:9] == "0000" && n[9] >= '5':
		d = n[:5] + n[9:10]
	default:
		return "", false
	}
	return "0" + d + check, true
}
