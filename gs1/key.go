package gs1

import (
	"strconv"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// CheckDigit returns the GS1 check digit to append to payload, which has digits only (GS1 General
// Specifications, 7.9.1). The result is a digit character.
func CheckDigit(payload string) (byte, error) {
	if f := digits(payload); f != nil {
		return 0, f
	}
	return gs1syntax.CheckDigit(payload), nil
}

// CheckPair returns the GS1 check character pair to append to payload, which has at most 97
// characters of set 82 (GS1 General Specifications, 7.9.5). A [GMN] and a [MUDI] end with one.
func CheckPair(payload string) (string, error) {
	pair, ok := gs1syntax.CheckPair(payload)
	if !ok {
		return "", fail(fault{Kind: gs1syntax.BadKey, Input: payload, Len: len(payload),
			Want: "at most 97 characters of set 82"})
	}
	return pair, nil
}

// digits reports whether s consists of digits, at least one.
func digits(s string) error {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return fail(fault{Kind: gs1syntax.BadCharacter, Input: s, Pos: i, Len: 1,
				Want: "digits only"})
		}
	}
	if s == "" {
		return fail(fault{Kind: gs1syntax.BadLength, Want: "digits"})
	}
	return nil
}

// parseKey checks s as the value of ai.
func parseKey[K ~string](ai, s string) (K, error) {
	kind, pos, n, want := gs1syntax.Lookup(ai).Check(s)
	if kind != 0 {
		return "", fail(fault{Kind: kind, AI: ai, Input: s, Pos: pos, Len: n, Want: want})
	}
	return K(s), nil
}

// The GS1 identification keys and other identifiers, each as the value of its AI (GS1 General
// Specifications, section 3, under the AI). A key that a Parse function has returned is well
// formed, check digit or check character pair included. The zero value is no key.
type (
	// SSCC is a Serial Shipping Container Code (00): 18 digits.
	SSCC string

	// GLN is a Global Location Number of a physical location (414): 13 digits.
	GLN string

	// PGLN is a Global Location Number of a party (417): 13 digits.
	PGLN string

	// GRAI is a Global Returnable Asset Identifier (8003): a zero, 13 digits and an optional serial
	// component of up to 16 characters.
	GRAI string

	// GIAI is a Global Individual Asset Identifier (8004): up to 30 characters, which begin with a
	// company prefix.
	GIAI string

	// GSRN is a Global Service Relation Number of a provider (8017) or a recipient (8018): 18
	// digits.
	GSRN string

	// GDTI is a Global Document Type Identifier (253): 13 digits and an optional serial component
	// of up to 17 characters.
	GDTI string

	// GCN is a Global Coupon Number (255): 13 digits and an optional serial component of up to 12
	// digits.
	GCN string

	// GINC is a Global Identification Number for Consignment (401): up to 30 characters.
	GINC string

	// GSIN is a Global Shipment Identification Number (402): 17 digits.
	GSIN string

	// CPID is a Component/Part Identifier (8010): up to 30 characters of set 39, which begin with a
	// company prefix.
	CPID string

	// ITIP is an Individual Trade Item Piece (8006): a GTIN, the number of the piece and the total
	// of pieces, two digits each.
	ITIP string

	// GMN is a Global Model Number (8013): up to 25 characters, the last two a check character
	// pair.
	GMN string

	// MUDI is a Highly Individualised Device Registration Identifier (8014): up to 25 characters,
	// the last two a check character pair.
	MUDI string
)

// ParseSSCC checks an SSCC.
func ParseSSCC(s string) (SSCC, error) { return parseKey[SSCC]("00", s) }

// ParseGLN checks a GLN of a physical location.
func ParseGLN(s string) (GLN, error) { return parseKey[GLN]("414", s) }

// ParsePGLN checks a GLN of a party.
func ParsePGLN(s string) (PGLN, error) { return parseKey[PGLN]("417", s) }

// ParseGRAI checks a GRAI, which begins with a zero as the value of AI (8003) does.
func ParseGRAI(s string) (GRAI, error) { return parseKey[GRAI]("8003", s) }

// ParseGIAI checks a GIAI.
func ParseGIAI(s string) (GIAI, error) { return parseKey[GIAI]("8004", s) }

// ParseGSRN checks a GSRN.
func ParseGSRN(s string) (GSRN, error) { return parseKey[GSRN]("8018", s) }

// ParseGDTI checks a GDTI.
func ParseGDTI(s string) (GDTI, error) { return parseKey[GDTI]("253", s) }

// ParseGCN checks a GCN.
func ParseGCN(s string) (GCN, error) { return parseKey[GCN]("255", s) }

// ParseGINC checks a GINC.
func ParseGINC(s string) (GINC, error) { return parseKey[GINC]("401", s) }

// ParseGSIN checks a GSIN.
func ParseGSIN(s string) (GSIN, error) { return parseKey[GSIN]("402", s) }

// ParseCPID checks a CPID.
func ParseCPID(s string) (CPID, error) { return parseKey[CPID]("8010", s) }

// ParseITIP checks an ITIP.
func ParseITIP(s string) (ITIP, error) { return parseKey[ITIP]("8006", s) }

// ParseGMN checks a GMN.
func ParseGMN(s string) (GMN, error) { return parseKey[GMN]("8013", s) }

// ParseMUDI checks a MUDI.
func ParseMUDI(s string) (MUDI, error) { return parseKey[MUDI]("8014", s) }

// Element returns the key as AI (00).
func (k SSCC) Element() Element { return Element{AI: "00", Value: string(k)} }

// Element returns the key as AI (414); other AIs of locations are (410) to (413) and (416).
func (k GLN) Element() Element { return Element{AI: "414", Value: string(k)} }

// Element returns the key as AI (417).
func (k PGLN) Element() Element { return Element{AI: "417", Value: string(k)} }

// Element returns the key as AI (8003).
func (k GRAI) Element() Element { return Element{AI: "8003", Value: string(k)} }

// Element returns the key as AI (8004).
func (k GIAI) Element() Element { return Element{AI: "8004", Value: string(k)} }

// Provider returns the key as AI (8017), the provider of a service.
func (k GSRN) Provider() Element { return Element{AI: "8017", Value: string(k)} }

// Recipient returns the key as AI (8018), the recipient of a service.
func (k GSRN) Recipient() Element { return Element{AI: "8018", Value: string(k)} }

// Element returns the key as AI (253).
func (k GDTI) Element() Element { return Element{AI: "253", Value: string(k)} }

// Element returns the key as AI (255).
func (k GCN) Element() Element { return Element{AI: "255", Value: string(k)} }

// Element returns the key as AI (401).
func (k GINC) Element() Element { return Element{AI: "401", Value: string(k)} }

// Element returns the key as AI (402).
func (k GSIN) Element() Element { return Element{AI: "402", Value: string(k)} }

// Element returns the key as AI (8010).
func (k CPID) Element() Element { return Element{AI: "8010", Value: string(k)} }

// Element returns the key as AI (8006).
func (k ITIP) Element() Element { return Element{AI: "8006", Value: string(k)} }

// Element returns the key as AI (8013).
func (k GMN) Element() Element { return Element{AI: "8013", Value: string(k)} }

// Element returns the key as AI (8014).
func (k MUDI) Element() Element { return Element{AI: "8014", Value: string(k)} }

// Serial returns the serial component, or "" if there is none.
func (k GRAI) Serial() string { return after(string(k), 14) }

// Serial returns the serial component, or "" if there is none.
func (k GDTI) Serial() string { return after(string(k), 13) }

// Serial returns the serial component, or "" if there is none.
func (k GCN) Serial() string { return after(string(k), 13) }

// after returns s without its first n characters.
func after(s string, n int) string { return s[min(n, len(s)):] }

// Parts returns the GTIN of the trade item, the number of the piece and the total of pieces.
func (k ITIP) Parts() (gtin GTIN, piece, total int) {
	if len(k) != 18 {
		return "", 0, 0
	}
	return GTIN(k[:14]), two(string(k[14:])), two(string(k[16:]))
}

// NewSSCC returns the SSCC of an extension digit (0 to 9), a GS1 Company Prefix of 4 to 12 digits
// and a serial reference, which has 16 digits less those of the prefix.
func NewSSCC(extension int, companyPrefix string, reference uint64) (SSCC, error) {
	s, err := number("00", strconv.Itoa(extension), companyPrefix, reference, 18)
	return SSCC(s), err
}

// NewGLN returns the GLN of a GS1 Company Prefix of 4 to 12 digits and a location reference, which
// has 12 digits less those of the prefix. It can be converted to a [PGLN].
func NewGLN(companyPrefix string, reference uint64) (GLN, error) {
	s, err := number("414", "", companyPrefix, reference, 13)
	return GLN(s), err
}

// NewGSRN returns the GSRN of a GS1 Company Prefix of 4 to 12 digits and a service reference, which
// has 17 digits less those of the prefix.
func NewGSRN(companyPrefix string, reference uint64) (GSRN, error) {
	s, err := number("8018", "", companyPrefix, reference, 18)
	return GSRN(s), err
}

// number returns the key of ai with size digits: first, which is a digit or empty, the company
// prefix, the reference in the digits that remain, and the check digit.
func number(ai, first, companyPrefix string, reference uint64, size int) (string, error) {
	if err := digits(companyPrefix); err != nil {
		return "", err
	}
	text := strconv.FormatUint(reference, 10)
	room := size - 1 - len(first) - len(companyPrefix)
	switch {
	case len(first) > 1:
		return "", fail(fault{Kind: gs1syntax.BadKey, AI: ai, Input: first, Len: len(first),
			Want: "a first digit of 0 to 9"})
	case len(companyPrefix) < 4 || len(companyPrefix) > 12:
		return "", fail(fault{Kind: gs1syntax.BadLength, AI: ai, Input: companyPrefix,
			Len: len(companyPrefix), Want: "a GS1 Company Prefix of 4 to 12 digits"})
	case len(text) > room && (room > 0 || reference > 0):
		return "", fail(fault{Kind: gs1syntax.BadLength, AI: ai, Input: text, Len: len(text),
			Want: "a reference of at most " + strconv.Itoa(
				room,
			) + " digits beside this company prefix"})
	}
	payload := first + companyPrefix
	if room > 0 {
		payload += zeros(text, room)
	}
	return payload + string(gs1syntax.CheckDigit(payload)), nil
}
