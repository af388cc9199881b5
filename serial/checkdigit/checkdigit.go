// Package checkdigit computes and verifies the check characters that trades put on their numbers.
//
//	full, err := checkdigit.GS1Mod10.Complete("950600013435") // 9506000134352
//	...
//	if !checkdigit.Luhn.Valid("490154203237518") { // an IMEI
//		...
//	}
//
// A [System] is one of the standard ones. The file NUMBERS.md lists the numbers of the trades
// (IMEI, GTIN, PZN, VIN, LEI …) with the system of each. [NewLuhn], [NewHybrid], [NewPure] and
// [NewWeighted] make systems over other alphabets; all are a [Checker].
//
// Systems differ in the mistakes that they catch: DETECTION.md, counted by this package's tests,
// lists the shares. For a new scheme take [Mod37_36] (one character) or [Mod1271_36] (two): they
// catch every wrong character and nearly every transposition. Sums without distinct weights, such
// as [Mod43], catch hardly any transposition.
//
// Payloads are ASCII text in the system's alphabet, capital letters unless the system's comment
// lists others: nothing is folded, skipped or padded, since a check that ignores a character
// doesn't protect it. Remove the separators that a trade prints first. What can't be a payload is
// rejected with an [*Error] that has the position.
package checkdigit

import "strconv"

// A Checker computes the check characters of one system. Implementations are safe for concurrent
// use.
type Checker interface {
	// Compute returns the check characters of a payload. Errors are of type [*Error].
	Compute(payload string) (check string, err error)
	// AppendCheck appends the check characters of a payload to dst; it allocates nothing if dst
	// has room.
	AppendCheck(dst []byte, payload string) ([]byte, error)
	// Complete returns the payload with its check characters: at the end, unless the system puts
	// them elsewhere.
	Complete(payload string) (full string, err error)
	// Valid reports whether full is what Complete returns for its payload.
	Valid(full string) bool
	// CheckLen returns the number of check characters, 1 or 2.
	CheckLen() int
	// Alphabet returns the characters that a payload may have.
	Alphabet() string
	// CheckAlphabet returns the characters that a check may have.
	CheckAlphabet() string
	// String returns the system's name: the one that ParseSystem reads, or a description of one
	// made by New….
	String() string
}

// A System is a standard check-character system.
type System uint8

// The systems. A comment lists a payload's characters, its length unless it is any from 1, the
// check if it has other characters, and the source.
const (
	// Luhn: digits. ISO/IEC 7812-1, annex B: payment cards, IMEI (3GPP TS 23.003).
	Luhn System = iota + 1
	// LuhnHex: 0–9 A–F. Luhn mod 16.
	LuhnHex
	// Verhoeff: digits. J. Verhoeff 1969, dihedral group D5.
	Verhoeff
	// Damm: digits. H. M. Damm 2004, weakly totally anti-symmetric quasigroup of order 10.
	Damm
	// Mod11_2: digits, check 0–9 X. ISO/IEC 7064:2003, pure system MOD 11-2: ISNI, ORCID.
	Mod11_2
	// Mod37_2: 0–9 A–Z, check 0–9 A–Z *. ISO/IEC 7064:2003, pure system MOD 37-2: ISBT 128.
	Mod37_2
	// Mod97_10: 0–9 A–Z (A = 10 … Z = 35), two check digits. ISO/IEC 7064:2003, pure system MOD
	// 97-10: LEI (ISO 17442).
	Mod97_10
	// Mod661_26: A–Z, two check letters. ISO/IEC 7064:2003, pure system MOD 661-26.
	Mod661_26
	// Mod1271_36: 0–9 A–Z, two check characters. ISO/IEC 7064:2003, pure system MOD 1271-36.
	Mod1271_36
	// Mod11_10: digits. ISO/IEC 7064:2003, hybrid system MOD 11,10.
	Mod11_10
	// Mod27_26: A–Z. ISO/IEC 7064:2003, hybrid system MOD 27,26.
	Mod27_26
	// Mod37_36: 0–9 A–Z. ISO/IEC 7064:2003, hybrid system MOD 37,36: GRid.
	Mod37_36
	// GS1Mod10: digits. GS1 General Specifications, 7.9.1: GTIN, SSCC, GLN ….
	GS1Mod10
	// GS1CheckPair: GS1 AI encodable character set 82, at most 97, two check characters. GS1
	// General Specifications, 7.9.5: GMN.
	GS1CheckPair
	// Mod43: the 43 characters of Code 39 (ISO/IEC 16388). HIBC (ANSI/HIBC 2.6), LOGMARS.
	Mod43
	// IBAN: a country's two letters, then 3 to 30 of 0–9 A–Z; two check digits at position 3. ISO
	// 13616-1. Of two accounts that differ in 00 at the beginning the check is the same.
	IBAN
	// PPN: 2 to 20 of 0–9 A–Z a–z, two check digits. IFA: Pharmacy Product Number.
	PPN
	// VIN: 16 of 0–9 A–Z without I O Q, or 17, of which the ninth is ignored; check 0–9 X at
	// position 9. 49 CFR 565.15.
	VIN
	// ISO6346: 3 letters, one of U J Z, 6 digits. ISO 6346:2022: freight containers.
	ISO6346
	// IMO: 6 digits. IMO resolution A.1117(30): ships.
	IMO
	// MEID: 14 of 0–9 A–F. 3GPP2 S.R0048: LuhnHex, but Luhn if all are decimal.
	MEID
	// PZN: 7 digits, weights 1 … 7 mod 11; there is no check for a remainder of 10. IFA:
	// Pharmazentralnummer (PZN8).
	PZN
	// ISBN10: 9 digits, check 0–9 X. ISO 2108:1992.
	ISBN10
	// ISSN: 7 digits, check 0–9 X. ISO 3297.
	ISSN
	// CAS: 4 to 9 digits, without hyphens. CAS Registry Number of a substance.
	CAS
	// EIC: 15 of 0–9 A–Z -, check 0–9 A–Z; one payload in 37 has no check. ENTSO-E: energy
	// identification code.
	EIC
	// S10: 8 digits. UPU S10: postal items, without the letters around the number.
	S10
	// AirWaybill: 7 digits, mod 7. IATA resolution 600a, without the airline's prefix.
	AirWaybill
	// Identcode: 11 digits, weights 4 and 9 mod 10. Deutsche Post and DHL: parcels.
	Identcode
	// Leitcode: 13 digits, weights 4 and 9 mod 10. Deutsche Post and DHL: routes.
	Leitcode
	// GS1Price4: the 4 digits of a price or weight. GS1 General Specifications, 7.9.3.
	GS1Price4
	// GS1Price5: the 5 digits of a price or weight. GS1 General Specifications, 7.9.4.
	GS1Price5
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

// ParseSystem returns the system with a name such as "mod37-36" or "luhn". Its error wraps
// [ErrSystem].
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

// unknown is apart from checker so that checker is inlined.
//
//go:noinline
func (s System) unknown() *checker {
	return &checker{name: "System(" + strconv.Itoa(int(s)) + ")", in: &alphabet{}}
}

// Compute returns the check characters of a payload. Its errors are of type [*Error].
func (s System) Compute(payload string) (string, error) { return s.checker().Compute(payload) }

// AppendCheck appends the check characters of a payload to dst; it allocates nothing if dst has
// room. Its errors are of type [*Error].
func (s System) AppendCheck(dst []byte, payload string) ([]byte, error) {
	return s.checker().AppendCheck(dst, payload)
}

// Complete returns the payload with its check characters in their place. Its errors are of type
// [*Error].
func (s System) Complete(payload string) (string, error) { return s.checker().Complete(payload) }

// Valid reports whether full is a payload with its check characters. If one check value can be
// written in two ways, such as 00 and 97 of MOD 97-10, only the one of Complete is valid.
func (s System) Valid(full string) bool { return s.checker().Valid(full) }

// CheckLen returns the number of check characters.
func (s System) CheckLen() int { return s.checker().CheckLen() }

// Alphabet returns the characters that a payload may have.
func (s System) Alphabet() string { return s.checker().Alphabet() }

// CheckAlphabet returns the characters that a check may have.
func (s System) CheckAlphabet() string { return s.checker().CheckAlphabet() }

// String returns the name that [ParseSystem] reads.
func (s System) String() string { return s.checker().String() }
