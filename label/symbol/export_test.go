package symbol

import "github.com/gonameplate/nameplate/gs1"

// AddSymbology adds a row to the table of symbologies, and returns what removes it.
func AddSymbology(t Traits,
	encode func(*Encoder, string) (*Symbol, error)) (s Symbology, remove func()) {
	t.encode = func(e *Encoder, text string, _ gs1.Message, _ []Option) (*Symbol, error) {
		return encode(e, text)
	}
	traits = append(traits, t)
	return Symbology(len(traits) - 1), func() { traits = traits[:len(traits)-1] }
}
