package serial

import "encoding"

var (
	_ encoding.TextMarshaler   = (*Scheme)(nil)
	_ encoding.TextUnmarshaler = (*Scheme)(nil)
)

// MarshalText returns the pattern, so that a scheme is a string in JSON, and text elsewhere. Keys are not part of it: whoever reads it
// back calls WithKeys again.
func (s *Scheme) MarshalText() ([]byte, error) { return []byte(s.pattern), nil }

// UnmarshalText compiles a pattern. It must not be called on a scheme in use.
func (s *Scheme) UnmarshalText(text []byte) error {
	compiled, err := Compile(string(text))
	if err != nil {
		return err
	}
	*s = *compiled
	return nil
}

// Equal reports whether two schemes lead the same index to the same serial: whether their versions are the same. Marks for the eye and odds
// make no difference.
func (s *Scheme) Equal(other *Scheme) bool {
	if s == nil || other == nil {
		return s == other
	}
	return s.version == other.version
}
