package gs1

import (
	"strings"

	"github.com/gonameplate/nameplate/gs1/internal/syntax"
)

// CheckDigit returns the GS1 check digit for the digits of payload, which lack it (GS1 General Specifications, 7.9.1).
func CheckDigit(payload string) (byte, error) {
	if f := digits(payload); f != nil {
		return 0, f
	}
	return syntax.CheckDigit(payload), nil
}

// CheckPair returns the GS1 check character pair for payload, which lacks it: at most 23 characters of set 82
// (GS1 General Specifications, 7.9.5).
func CheckPair(payload string) (string, error) {
	pair, ok := syntax.CheckPair(payload)
	if !ok {
		return "", &Error{Kind: ErrKey, Input: payload, Len: len(payload), Want: "at most 23 characters of set 82"}
	}
	return pair, nil
}

func digits(s string) error {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return &Error{Kind: ErrCharacter, Input: s, Pos: i, Len: 1, Want: "digits only"}
		}
	}
	if s == "" {
		return &Error{Kind: ErrLength, Want: "digits"}
	}
	return nil
}

// parseKey checks s as the value of ai.
func parseKey(ai, s string) error {
	kind, pos, n, want := syntax.Lookup(ai).Check(s)
	if kind != 0 {
		return &Error{Kind: kind, AI: ai, Input: s, Pos: pos, Len: n, Want: want}
	}
	return nil
}

// A GTIN is a Global Trade Item Number: 14 digits, those of the shorter forms with zeros in front, the last a check digit
// (GS1 General Specifications, 3.3.2).
type GTIN string

// ParseGTIN checks a GTIN-8, GTIN-12, GTIN-13 or GTIN-14 and returns it with 14 digits.
func ParseGTIN(s string) (GTIN, error) {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return "", &Error{Kind: ErrLength, AI: "01", Input: s, Len: len(s), Want: "a GTIN of 8, 12, 13 or 14 digits"}
	}
	if err := digits(s); err != nil {
		return "", err
	}
	last := len(s) - 1
	if right := syntax.CheckDigit(s[:last]); right != s[last] {
		return "", &Error{Kind: ErrCheckDigit, AI: "01", Input: s, Pos: last, Len: 1, Want: "check digit " + string(right)}
	}
	return GTIN(strings.Repeat("0", 14-len(s)) + s), nil
}

// Element returns the GTIN as AI (01).
func (g GTIN) Element() Element { return Element{AI: "01", Value: string(g)} }

// An SSCC is a Serial Shipping Container Code: 18 digits, the last a check digit (GS1 General Specifications, 3.3.1).
type SSCC string

// ParseSSCC checks an SSCC.
func ParseSSCC(s string) (SSCC, error) { return SSCC(s), parseKey("00", s) }

// Element returns the SSCC as AI (00).
func (k SSCC) Element() Element { return Element{AI: "00", Value: string(k)} }

// A GLN is a Global Location Number: 13 digits, the last a check digit (GS1 General Specifications, 3.7.9).
type GLN string

// ParseGLN checks a GLN.
func ParseGLN(s string) (GLN, error) { return GLN(s), parseKey("414", s) }

// Element returns the GLN as AI (414), identification of a physical location.
func (k GLN) Element() Element { return Element{AI: "414", Value: string(k)} }
