// Package checkdigit computes and verifies the check characters that trades put on their numbers.
//
// A [System] is one of the standard ones. NUMBERS.md, beside this file, lists the numbers of the trades (IMEI, GTIN, PZN, VIN, LEI …) with
// the system of each. [NewLuhn], [NewHybrid], [NewPure] and [NewWeighted] make systems over alphabets of your own; all are a [Checker].
//
// Systems differ in what they catch: DETECTION.md, counted by this package's tests, tells how much. For a new scheme take
// [Mod37_36] (one character) or [Mod1271_36] (two): they catch every wrong character and nearly every transposition. Sums without
// distinct weights, such as [Mod43], catch no transposition at all.
//
// Payloads are ASCII text in the system's alphabet, capital letters unless it says otherwise: nothing is folded, skipped or
// padded, since a check that ignores a character doesn't protect it. Separators that a trade prints are taken out before. What
// can't be a payload is refused with an [*Error] that has the position.
package checkdigit

import "strconv"

// A Checker computes the check characters of one system. Implementations are safe for concurrent use.
type Checker interface {
	// Compute returns the check characters of a payload.
	Compute(payload string) (check string, err error)
	// AppendCheck appends the check characters of a payload to dst and allocates nothing if dst has room.
	AppendCheck(dst []byte, payload string) ([]byte, error)
	// Complete returns the payload with its check characters in their place: at the end, unless the system has another.
	Complete(payload string) (full string, err error)
	// Valid reports whether full is what Complete returns for its payload.
	Valid(full string) bool
	// CheckLen returns the number of check characters.
	CheckLen() int
	// Alphabet returns the characters that a payload may have, CheckAlphabet those of a check.
	Alphabet() string
	CheckAlphabet() string
	// String returns the system's name: that which ParseSystem reads, or a description of one that was made.
	String() string
}

// A System is a standard check-character system.
type System uint8

// The systems. Lengths are those of the payload; without a word any length from 1 is taken.
const (
	Luhn         System = iota + 1 // digits; ISO/IEC 7812-1, annex B: payment cards, IMEI (3GPP TS 23.003)
	LuhnHex                        // hexadecimal digits 0–9 A–F: Luhn mod 16
	Verhoeff                       // digits; J. Verhoeff 1969, dihedral group D5
	Damm                           // digits; H. M. Damm 2004, weakly totally anti-symmetric quasigroup of order 10
	Mod11_2                        // digits, check 0–9 X; ISO/IEC 7064:2003, pure system: ISNI, ORCID
	Mod37_2                        // 0–9 A–Z, check 0–9 A–Z *; ISO/IEC 7064:2003, pure system: ISBT 128
	Mod97_10                       // digits and letters (A = 10 … Z = 35), two check digits; ISO/IEC 7064:2003, pure system: LEI (ISO 17442)
	Mod661_26                      // A–Z, two check letters; ISO/IEC 7064:2003, pure system
	Mod1271_36                     // 0–9 A–Z, two check characters; ISO/IEC 7064:2003, pure system
	Mod11_10                       // digits; ISO/IEC 7064:2003, hybrid system MOD 11,10
	Mod27_26                       // A–Z; ISO/IEC 7064:2003, hybrid system MOD 27,26
	Mod37_36                       // 0–9 A–Z; ISO/IEC 7064:2003, hybrid system MOD 37,36: GRid
	GS1Mod10                       // digits; GS1 General Specifications, 7.9.1: GTIN, SSCC, GLN …
	GS1CheckPair                   // GS1 AI encodable character set 82, at most 97; two check characters; General Specifications, 7.9.5: GMN
	Mod43                          // the 43 characters of Code 39 (ISO/IEC 16388): HIBC (ANSI/HIBC 2.6), LOGMARS
	IBAN                           // country, then the account, before which 00 changes nothing; two check digits at position 3; ISO 13616-1
	PPN                            // 0–9 A–Z a–z, 2 to 20, two check digits; IFA: Pharmacy Product Number
	VIN                            // 16 of 0–9 A–Z without I O Q, or 17, of which the ninth is passed over; check 0–9 X at position 9; 49 CFR 565.15
	ISO6346                        // 3 letters, U J or Z, 6 digits; freight containers, ISO 6346:2022
	IMO                            // 6 digits; ships, IMO resolution A.1117(30)
	MEID                           // 14 hexadecimal digits 0–9 A–F: LuhnHex, but Luhn if all are decimal; 3GPP2 S.R0048
	PZN                            // 7 digits, weights 1 … 7 mod 11, a remainder of 10 is not issued; IFA: Pharmazentralnummer (PZN8)
	ISBN10                         // 9 digits, check 0–9 X; ISO 2108:1992
	ISSN                           // 7 digits, check 0–9 X; ISO 3297
	CAS                            // 4 to 9 digits, without hyphens; CAS Registry Number of a substance
	EIC                            // 15 of 0–9 A–Z -, check 0–9 A–Z, one number in 37 is not issued; ENTSO-E: energy identification code
	S10                            // 8 digits; UPU S10: postal items, without the letters around
	AirWaybill                     // 7 digits, the remainder mod 7; IATA resolution 600a, without the airline's prefix
	Identcode                      // 11 digits, weights 4 and 9 mod 10; parcels, Deutsche Post and DHL
	Leitcode                       // 13 digits, weights 4 and 9 mod 10; routes, Deutsche Post and DHL
	GS1Price4                      // 4 digits of a price or weight; GS1 General Specifications, 7.9.3
	GS1Price5                      // 5 digits of a price or weight; GS1 General Specifications, 7.9.4
)

var _ Checker = System(0)

// Systems returns all standard systems.
func Systems() []System {
	all := make([]System, 0, len(systems)-1)
	for s := 1; s < len(systems); s++ {
		all = append(all, System(s))
	}
	return all
}

// ParseSystem returns the system of a name such as "mod37-36" or "luhn". Its error wraps [ErrSystem].
func ParseSystem(name string) (System, error) {
	for s := range systems {
		if s > 0 && systems[s].name == name {
			return System(s), nil
		}
	}
	return 0, &Error{System: name, Pos: -1, Err: ErrSystem}
}

func (s System) checker() *checker {
	if s == 0 || int(s) >= len(systems) {
		return s.unknown()
	}
	return &systems[s]
}

//go:noinline
func (s System) unknown() *checker { // apart, so that checker is inlined
	return &checker{name: "System(" + strconv.Itoa(int(s)) + ")", in: &alphabet{}}
}

// Compute returns the check characters of a payload. Its errors are of type [*Error].
func (s System) Compute(payload string) (string, error) { return s.checker().Compute(payload) }

// AppendCheck appends the check characters of a payload to dst and allocates nothing if dst has room.
func (s System) AppendCheck(dst []byte, payload string) ([]byte, error) {
	return s.checker().AppendCheck(dst, payload)
}

// Complete returns the payload with its check characters in their place.
func (s System) Complete(payload string) (string, error) { return s.checker().Complete(payload) }

// Valid reports whether full is a payload with its check characters. Of two spellings of one check value (00 and 97 of
// MOD 97-10, for one) only that of Complete is valid.
func (s System) Valid(full string) bool { return s.checker().Valid(full) }

// CheckLen returns the number of check characters.
func (s System) CheckLen() int { return s.checker().CheckLen() }

// Alphabet returns the characters that a payload may have.
func (s System) Alphabet() string { return s.checker().Alphabet() }

// CheckAlphabet returns the characters that a check may have.
func (s System) CheckAlphabet() string { return s.checker().CheckAlphabet() }

// String returns the name that [ParseSystem] reads.
func (s System) String() string { return s.checker().String() }
