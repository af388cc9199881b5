package serial

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// A Key is a secret with an identifier. The identifier is public: patterns and serials may
// contain it. The secret never appears in what fmt, log/slog or encoding/json write.
type Key struct {
	id     string
	secret func() []byte // a function, because fmt prints the unexported fields of structs
}

// GenerateKey returns a new key of 256 random bits. The identifier has 1 to 32 characters of A–Z
// a–z 0–9 . _ -; for a pattern with a {key} part it must fit that part, which has one character
// unless the pattern gives a width. The error wraps [ErrKey].
func GenerateKey(id string) (Key, error) {
	secret := make([]byte, 32)
	rand.Read(secret)
	return NewKey(id, secret)
}

// NewKey returns the key of 16, 24 or 32 bytes that the caller has, for example from a key
// management service. It keeps a copy. The identifier is as in [GenerateKey]. The error wraps
// [ErrKey].
func NewKey(id string, secret []byte) (Key, error) {
	if id == "" || len(id) > 32 || strings.Trim(id, keyIDChars) != "" {
		return Key{}, &Error{Err: ErrKey, Part: "key " + quote.Text(id),
			Detail: "want an identifier of 1 to 32 characters A–Z a–z 0–9 . _ -"}
	}
	switch len(secret) {
	case 16, 24, 32:
		secret = slices.Clone(secret)
		return Key{id, func() []byte { return slices.Clone(secret) }}, nil
	}
	return Key{}, &Error{Err: ErrKey, Part: "key " + quote.Text(id),
		Detail: fmt.Sprintf("%d bytes, want 16, 24 or 32", len(secret))}
}

const keyIDChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"

// ID returns the identifier.
func (k Key) ID() string { return k.id }

// Secret returns a copy of the secret bytes, for packages that derive a key of their own from it;
// nil for the zero Key.
func (k Key) Secret() []byte {
	if k.secret == nil {
		return nil
	}
	return k.secret()
}

// Format implements [fmt.Formatter]: it writes the identifier only, whatever the verb.
func (k Key) Format(s fmt.State, verb rune) { fmt.Fprintf(s, "key %q", k.ID()) }

// LogValue implements [slog.LogValuer] with the identifier only.
func (k Key) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(k)) }

// MarshalText returns the identifier only.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.ID()), nil }

// A Keyring is a list of keys with different identifiers. The last is the current one, which a
// scheme uses unless its pattern names another. The zero value is empty. Keyrings are immutable
// and print as their identifiers.
type Keyring struct {
	keys []Key
}

// NewKeyring returns a keyring of keys in that order. The error wraps [ErrKey]: two keys have one
// identifier, or a key is empty.
func NewKeyring(keys ...Key) (Keyring, error) {
	for i, k := range keys {
		if k.secret == nil {
			return Keyring{}, &Error{Err: ErrKey,
				Detail: "an empty key, want one of GenerateKey or NewKey"}
		}
		for _, other := range keys[:i] {
			if other.ID() == k.ID() {
				return Keyring{},
					&Error{Err: ErrKey, Part: "key " + quote.Text(k.ID()),
						Detail: "two keys have this identifier"}
			}
		}
	}
	return Keyring{slices.Clone(keys)}, nil
}

// With returns the keyring with one more key, which becomes the current one.
func (r Keyring) With(k Key) (Keyring, error) {
	return NewKeyring(append(slices.Clone(r.keys), k)...)
}

// Key returns the key with an identifier, and whether there is one.
func (r Keyring) Key(id string) (Key, bool) {
	for _, k := range r.keys {
		if k.ID() == id {
			return k, true
		}
	}
	return Key{}, false
}

// Current returns the last key, and whether there is one.
func (r Keyring) Current() (Key, bool) {
	if len(r.keys) == 0 {
		return Key{}, false
	}
	return r.keys[len(r.keys)-1], true
}

// IDs returns the identifiers of the keys, in order.
func (r Keyring) IDs() []string {
	ids := make([]string, len(r.keys))
	for i, k := range r.keys {
		ids[i] = k.ID()
	}
	return ids
}

// Format implements [fmt.Formatter]: it writes the identifiers only, whatever the verb.
func (r Keyring) Format(s fmt.State, verb rune) { fmt.Fprintf(s, "keyring%q", r.IDs()) }

// LogValue implements [slog.LogValuer] with the identifiers only.
func (r Keyring) LogValue() slog.Value { return slog.AnyValue(r.IDs()) }

// MarshalText returns the identifiers only. [Keyring.RevealKeys] returns the keys.
func (r Keyring) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(r)), nil }

// keyringHead is the first line of a key file. It keeps other files from being taken for one.
const keyringHead = "nameplate keyring 1"

// RevealKeys returns the text of a key file, secrets included, which [ParseKeyring] reads. Keep
// the file with mode 0600, back it up apart from the ledger, and don't lose it: without the keys
// no scrambled serial leads back to its unit.
func (r Keyring) RevealKeys() []byte {
	var b strings.Builder
	b.WriteString(keyringHead +
		"\n# SECRET. Identifier and key, one a line; the last is the current one.\n")
	for _, k := range r.keys {
		fmt.Fprintf(&b, "%s %x\n", k.ID(), k.secret())
	}
	return []byte(b.String())
}

// ParseKeyring reads a key file: a heading, then a line with an identifier and a key in
// hexadecimal digits for each key. It skips empty lines and lines that begin with #, and a byte
// order mark. The error wraps [ErrKey] and has the number of the line, not its text.
func ParseKeyring(text []byte) (Keyring, error) {
	body := strings.TrimPrefix(string(text), "\ufeff") // which Windows editors write
	lines := strings.Split(strings.ReplaceAll(body, "\r\n", "\n"), "\n")
	if lines[0] != keyringHead {
		return Keyring{}, &Error{Err: ErrKey, Part: "keyring line 1",
			Detail: "not a key file, want " + quote.Text(keyringHead)}
	}
	var keys []Key
	for i, line := range lines[1:] {
		words := strings.Fields(line)
		if len(words) == 0 || words[0][0] == '#' {
			continue
		}
		part := fmt.Sprintf("keyring line %d", i+2)
		if len(words) != 2 {
			return Keyring{}, &Error{Err: ErrKey, Part: part,
				Detail: "want an identifier and a key in hexadecimal digits"}
		}
		secret, err := hex.DecodeString(words[1])
		if err != nil {
			return Keyring{}, &Error{Err: ErrKey, Part: part,
				Detail: "the key is not in hexadecimal digits"}
		}
		k, err := NewKey(words[0], secret)
		if err != nil {
			return Keyring{}, &Error{Err: ErrKey, Part: part,
				Detail: "want an identifier of up to 32 characters and a key of 16, 24 or 32 bytes"}
		}
		keys = append(keys, k)
	}
	return NewKeyring(keys...)
}
