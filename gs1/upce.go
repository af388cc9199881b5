package gs1

import (
	"strconv"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// ParseUPCE returns the GTIN of the 8 digits below a UPC-E symbol: the number system 0, six digits,
// and the check digit of the GTIN-12 that they abbreviate (GS1 General Specifications, "UPC-E").
func ParseUPCE(s string) (GTIN, error) {
	if len(s) != 8 {
		return "", fail(fault{Kind: gs1syntax.BadLength, Input: s, Len: len(s), Want: "8 digits"})
	}
	if err := digits(s); err != nil {
		return "", err
	}
	if s[0] != '0' {
		return "", fail(fault{Kind: gs1syntax.BadKey, Input: s, Len: 1,
			Want: "0 as the first digit of a UPC-E symbol"})
	}
	g, err := ParseGTIN(expand(s[1:7]) + s[7:])
	if err != nil {
		e := *err.(*Error)
		e.Input, e.Pos = s, 7
		return "", &e
	}
	return g, nil
}

// ParseShortUPCE returns the GTIN of a UPC-E symbol from a reader that leaves digits out: 6 digits
// without number system and check digit, or 7 digits with one of the two. Six digits carry no
// check, so that a misread digit is not noticed. Seven digits that are valid with either reading
// are rejected with [ErrKey].
func ParseShortUPCE(s string) (GTIN, error) {
	if len(s) != 6 && len(s) != 7 {
		return "", fail(
			fault{Kind: gs1syntax.BadLength, Input: s, Len: len(s), Want: "6 or 7 digits"},
		)
	}
	if err := digits(s); err != nil {
		return "", err
	}
	if len(s) == 6 {
		return completeUPCE(s), nil
	}
	checked, err := ParseUPCE("0" + s)
	switch {
	case s[0] != '0' && err != nil:
		e := *err.(*Error)
		e.Input, e.Pos = s, 6
		return "", &e
	case s[0] != '0':
		return checked, nil
	case err == nil && checked != completeUPCE(s[1:]):
		return "", fail(fault{Kind: gs1syntax.BadKey, Input: s, Len: len(s),
			Want: "digits with one reading: these are " + strconv.Quote(s[1:]) +
				" with number system, or " + strconv.Quote(s[:6]) + " with check digit",
			Hint: "let the reader send all 8 digits"})
	}
	return completeUPCE(s[1:]), nil
}

// completeUPCE returns the GTIN of the six digits between number system and check digit.
func completeUPCE(six string) GTIN {
	payload := expand(six)
	return GTIN("00" + payload + string(gs1syntax.CheckDigit(payload)))
}

// expand returns the number system 0 and the ten digits that six digits abbreviate.
func expand(d string) string {
	switch d[5] {
	case '0', '1', '2':
		return "0" + d[:2] + d[5:] + "0000" + d[2:5]
	case '3':
		return "0" + d[:3] + "00000" + d[3:5]
	case '4':
		return "0" + d[:4] + "00000" + d[4:5]
	}
	return "0" + d[:5] + "0000" + d[5:]
}

// UPCE returns the GTIN as the 8 digits below a UPC-E symbol. ok is false if no UPC-E symbol can
// encode the GTIN.
func (g GTIN) UPCE() (digits string, ok bool) {
	if len(g) != 14 || g[:3] != "000" {
		return "", false
	}
	n, check := string(
		g[3:13],
	), string(
		g[13:],
	) // the ten digits after the leading zero of the GTIN-12
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
