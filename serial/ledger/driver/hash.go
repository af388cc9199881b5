package driver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A Hash is a SHA-256 value.
type Hash [sha256.Size]byte

// ChainStart returns the hash that the first record of an instance has in place of that of a
// record before: the SHA-256 of the instance's name.
func ChainStart(instance string) Hash { return sha256.Sum256([]byte(instance)) }

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText implements [encoding.TextMarshaler] with the text of String.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (h *Hash) UnmarshalText(text []byte) error {
	var read Hash
	_, err := hex.Decode(read[:], text[:min(len(text), 2*len(h))])
	if err != nil || len(text) != 2*len(h) {
		return fmt.Errorf("driver: hash %.70q: want %d hexadecimal digits", text, 2*len(h))
	}
	*h = read
	return nil
}
