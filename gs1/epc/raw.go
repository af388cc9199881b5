package epc

import (
	"strings"

	"github.com/gonameplate/nameplate/internal/bitfield"
)

// RawURI returns the raw URI of bits, which names them whatever they mean, such as
// urn:epc:raw:96.x3074257BF7194E4000001A85 (TDS 2.3, clause 12.4).
func RawURI(bits []byte) string {
	text := append([]byte("urn:epc:raw:"), itoa(8*len(bits))...)
	text = append(text, ".x"...)
	for _, b := range bits {
		text = append(text, upperHex[b>>4], upperHex[b&15])
	}
	return string(text)
}

// ParseRawURI returns the bits of a raw URI, whose number of bits is a multiple of 8.
// The form with an application family identifier (urn:epc:raw:96.xC2.x…) names what is no EPC and
// is an error, and so is the old decimal form. The error is an [*Error] of [ErrURI], [ErrLength]
// or [ErrCharacter].
func ParseRawURI(s string) ([]byte, error) {
	const start = "urn:epc:raw:"
	fault := func(err error, pos int, want string) ([]byte, error) {
		return nil, &Error{Err: err, Input: s, Pos: pos, Detail: want}
	}
	rest, ok := strings.CutPrefix(s, start)
	if !ok {
		return fault(ErrURI, 0, start)
	}
	size, digits, ok := strings.Cut(rest, ".x")
	n, numeric := bitfield.Number([]byte(size))
	pos := len(start) + len(size) + 2
	switch {
	case !ok || !numeric || size == "" || len(size) > 6 || size[0] == '0':
		return fault(ErrURI, len(start), "the number of bits, .x and hexadecimal digits")
	case strings.Contains(digits, "."):
		return fault(ErrURI, pos, "an EPC, not the identifier of another application family")
	case n%8 != 0 || uint64(len(digits)) != n/4:
		return fault(ErrLength, pos,
			"a multiple of 8 bits and a hexadecimal digit for each 4 of them")
	}
	bits := make([]byte, len(digits)/2)
	for i := range bits {
		b, ok := unhex(digits[2*i], digits[2*i+1])
		if !ok {
			return fault(ErrCharacter, pos+2*i, "hexadecimal digits")
		}
		bits[i] = b
	}
	return bits, nil
}
