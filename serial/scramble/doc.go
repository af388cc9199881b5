// Package scramble puts numbers in an order that nobody can guess without the key, and that
// whoever has the key can undo.
//
// [FF1] is the format-preserving encryption of NIST SP 800-38G revision 1: numerals in, as many
// numerals of the same radix out. [Permutation] builds on it a permutation of 0 … n−1 for any n
// up to 2^64 − 1, which is what a serial number needs: index 0, 1, 2 … in, numbers without
// visible order out, none twice.
//
//	p, err := scramble.New(key, []byte("09506000134352"), 32_000_000)
//	...
//	number := p.At(421)       // a serial's number
//	index := p.Index(number)  // 421
//
// Keys are AES keys of 16, 24 or 32 bytes; they never appear in errors or in what fmt, log/slog,
// encoding/json or encoding/gob write. Domains of fewer than 1,000,000 numbers are rejected, as
// the standard demands: they can be written down.
package scramble

import "errors"

// MinDomain is the least number of different inputs that FF1 is safe for (NIST SP 800-38G r1,
// 5.1).
const MinDomain = 1_000_000

// Sentinels for errors.Is. The errors returned wrap one of them and name the wrong value, never
// the key.
var (
	ErrKey     = errors.New("unusable key")
	ErrRadix   = errors.New("radix out of range")
	ErrDomain  = errors.New("domain too small")
	ErrNumeral = errors.New("numeral out of range")
	ErrLength  = errors.New("too many numerals")
	ErrTweak   = errors.New("tweak too long")
)
