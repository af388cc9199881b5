package serial

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/gonameplate/nameplate/serial/internal/pattern"
	"github.com/gonameplate/nameplate/serial/scramble"
)

// A Scheme maps the facts of a unit and its running index to its serial, and back. [Compile]
// makes one. It is immutable and safe for concurrent use.
type Scheme struct {
	pattern pattern.Pattern
	keys    []keyed
	version string
}

// keyed are the permutations under one key, one for each scrambled index.
type keyed struct {
	id    string
	perms [pattern.MaxIndexes]*scramble.Permutation
}

// Compile compiles a pattern; pattern.md describes the language. Its error is of type [*Error]
// with [ErrPattern] and points at the place in the pattern.
func Compile(text string) (*Scheme, error) {
	p, err := pattern.Compile(text)
	if err != nil {
		return nil, patternError(text, err)
	}
	s := &Scheme{pattern: *p}
	s.setVersion()
	return s, nil
}

// MustCompile is [Compile] for patterns in a program's text: it panics on an error.
func MustCompile(pattern string) *Scheme {
	s, err := Compile(pattern)
	if err != nil {
		panic(err)
	}
	return s
}

// setVersion hashes what leads from an index to a serial.
func (s *Scheme) setVersion() {
	h := sha256.New()
	fmt.Fprintf(h, "nameplate scheme 1\n%s\n", s.pattern.Canonical)
	if !s.pattern.KeyPart { // if serials contain their key's identifier, a further key remaps none
		for _, k := range s.keys {
			fmt.Fprintf(h, "%q\n", k.id)
		}
	}
	s.version = hex.EncodeToString(h.Sum(nil)[:8])
}

// String returns the pattern.
func (s *Scheme) String() string { return s.pattern.Text }

// Version returns 16 hexadecimal digits that change with anything that would map an index to
// another serial: the pattern without its display marks and its odds, and the identifiers of the
// keys that it scrambles with. A record of serials keeps it.
func (s *Scheme) Version() string { return s.version }

// Capacity returns how many indices, from 0 on, the scheme issues in one scope: at least 1, and
// 2^64 − 1 for that many or more.
func (s *Scheme) Capacity() uint64 { return s.pattern.Limit }

// Len returns the least and the greatest length of a serial, in characters; the greatest is at
// most 255.
func (s *Scheme) Len() (least, most int) {
	for i := range s.pattern.Parts {
		least += s.pattern.Parts[i].Min
	}
	return least, s.pattern.Longest
}

// Odds returns the greatest probability that one guess hits a serial in use, for a number of
// serials issued in one scope, by someone who knows all but the key: issued / numbers of the
// scrambled index. Dates, fields and checks hide nothing, and of several scrambled indexes only
// the smallest counts, because who has seen a serial knows the others. A scheme without a
// scrambled index has odds of 1.
func (s *Scheme) Odds(issued uint64) float64 {
	return min(1, float64(issued)/float64(s.pattern.Secret()))
}

// Equal reports whether two schemes map each index to the same serial: whether their versions are
// the same. Display marks and odds make no difference.
func (s *Scheme) Equal(other *Scheme) bool {
	if s == nil || other == nil {
		return s == other
	}
	return s.version == other.version
}

// MarshalText returns the pattern, so that a scheme is a string in JSON, and text elsewhere. Keys
// are not part of it: call WithKeys again after UnmarshalText.
func (s *Scheme) MarshalText() ([]byte, error) { return []byte(s.pattern.Text), nil }

// UnmarshalText compiles a pattern. Its error is that of [Compile]. It must not be called on a
// scheme in use.
func (s *Scheme) UnmarshalText(text []byte) error {
	compiled, err := Compile(string(text))
	if err != nil {
		return err
	}
	*s = *compiled
	return nil
}
