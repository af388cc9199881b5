package seal

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// A Signer makes Ed25519 signatures (RFC 8032) with the current key of a keyring. It is safe for
// concurrent use.
type Signer struct {
	id   string
	sign func(message []byte) []byte // a function, because fmt prints the fields of a struct
	all  []PublicKey
}

// A PublicKey verifies the signatures of one key and may be given to anyone.
type PublicKey struct {
	ID  string
	Key ed25519.PublicKey
}

// NewSigner returns a signer for a keyring. The error wraps [ErrKey]: the keyring is empty.
func NewSigner(ring serial.Keyring) (*Signer, error) {
	s := &Signer{}
	for _, id := range ring.IDs() {
		k, _ := ring.Key(id)
		private := ed25519.NewKeyFromSeed(derive(k, "seal ed25519"))
		s.id = id
		s.sign = func(message []byte) []byte { return ed25519.Sign(private, message) }
		s.all = append(s.all, PublicKey{id, private.Public().(ed25519.PublicKey)})
	}
	if s.sign == nil {
		return nil, fail(ErrKey, "the keyring is empty")
	}
	return s, nil
}

// Sign returns the seal of a serial: the key's identifier, a dot, and 86 characters of base64url.
func (s *Signer) Sign(product, serial string) string {
	signature := s.sign(message([]byte(domain), product, serial))
	return s.id + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// domain keeps these signatures from being taken for others with the same key.
const domain = "nameplate seal 1\x00"

// PublicKeys returns the keys that verify what this keyring ever signed, the current one last.
func (s *Signer) PublicKeys() []PublicKey { return append([]PublicKey(nil), s.all...) }

// A Verifier verifies signatures. It holds no secret and is safe for concurrent use.
type Verifier struct{ keys map[string]ed25519.PublicKey }

// NewVerifier returns a verifier for public keys. The error wraps [ErrKey]: two keys have one
// identifier, or a key has the wrong size.
func NewVerifier(keys ...PublicKey) (*Verifier, error) {
	v := &Verifier{keys: map[string]ed25519.PublicKey{}}
	for _, k := range keys {
		if len(k.Key) != ed25519.PublicKeySize {
			return nil, fail(ErrKey, "key %s: %d bytes, want %d", quote.Text(k.ID), len(k.Key),
				ed25519.PublicKeySize)
		}
		if _, twice := v.keys[k.ID]; twice {
			return nil, fail(ErrKey, "two keys have the identifier %s", quote.Text(k.ID))
		}
		v.keys[k.ID] = k.Key
	}
	return v, nil
}

// Verify returns nil if text is the seal of a serial by one of the keys. The error wraps
// [ErrForm], [ErrKey] or [ErrForged].
func (v *Verifier) Verify(product, serial, text string) error {
	dot := strings.LastIndexByte(text, '.')
	if dot < 0 {
		return fail(ErrForm, "want an identifier, a dot and a signature")
	}
	signature, ok := decode(text[dot+1:], ed25519.SignatureSize)
	if !ok {
		return fail(ErrForm, "want 86 characters of base64url after the dot")
	}
	key, ok := v.keys[text[:dot]]
	if !ok {
		return fail(ErrKey, "no key %s", quote.Text(text[:dot]))
	}
	if !ed25519.Verify(key, message([]byte(domain), product, serial), signature) {
		return forged(product, serial)
	}
	return nil
}

// decode reads base64url of size bytes. There is one such text for given bytes: the length
// excludes line ends, which package base64 ignores.
func decode(text string, size int) ([]byte, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return b, err == nil && len(b) == size && len(text) == base64.RawURLEncoding.EncodedLen(size)
}

// MarshalText returns the key as its identifier, a space and 43 characters of base64url.
func (k PublicKey) MarshalText() ([]byte, error) {
	return []byte(k.ID + " " + base64.RawURLEncoding.EncodeToString(k.Key)), nil
}

// UnmarshalText reads the text that MarshalText returns. The error wraps [ErrKey].
func (k *PublicKey) UnmarshalText(text []byte) error {
	id, encoded, ok := strings.Cut(string(text), " ")
	key, fits := decode(encoded, ed25519.PublicKeySize)
	if !ok || id == "" || !fits {
		return fail(ErrKey, "want an identifier, a space and 43 characters of base64url")
	}
	k.ID, k.Key = id, key
	return nil
}

// Format implements [fmt.Formatter]: it writes the identifier only, whatever the verb.
func (s Signer) Format(f fmt.State, verb rune) { fmt.Fprintf(f, "seal.Signer(key %q)", s.id) }
