// Package seal proves offline that a serial is ours: a seal is short text over (product, serial) that only the holder of a key can make.
//
//   - A [MAC] is a truncated HMAC-SHA-256 (RFC 2104), 4 to 26 characters. Whoever verifies it holds the key, and so can forge it: it is for your own
//     people and machines only.
//   - A [Signer] makes Ed25519 signatures (RFC 8032), 86 characters. A [Verifier] holds public keys only, so it may be given to anyone: checks by the
//     public, by customers or in an app use signatures. No forgery is known that takes less than some 2^128 steps.
//
// A seal says that a serial was issued by the key's holder, not that the thing it stands on is genuine: a copied label has a copied seal.
//
// Seals are text of letters, digits, -, _ and . that stands as it is in a serial ([MAC.Seal], [MAC.Open]) or in the query of a GS1 Digital Link, under
// a name of your own that is not all digits, as those are Application Identifiers (see the example). A signature is longer than AI (21)
// may be, and its small and capital letters differ. Each seal names its key, as in "A.7KQ2M9XD", so that keys can be changed;
// [MAC.AppendTag] and [MAC.Seal] make one without, and a verifier tries all its keys.
//
// What is sealed is the length of the product in bytes (unsigned LEB128), the product and the serial, for signatures after "nameplate seal 1" and a zero
// byte. Keys are those of package serial, and the keys used here are derived from them (HKDF-SHA-256, RFC 5869, without salt, with the
// purpose "nameplate seal hmac-sha256" or "nameplate seal ed25519"), so that one secret serves scrambling and seals.
package seal

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/gonameplate/nameplate/serial"
)

// Errors for errors.Is. They name the key's identifier at most, never a key or the tag that would have been right.
var (
	ErrForged = errors.New("seal does not fit")      // the seal was not made for this product and serial
	ErrForm   = errors.New("not a seal")             // the text can't be a seal of this kind
	ErrKey    = errors.New("seal of an unknown key") // no key of this identifier
	ErrLength = errors.New("seal length out of range")
)

// derive makes a key for one purpose from a key of the keyring.
func derive(k serial.Key, purpose string) []byte {
	out, err := hkdf.Key(sha256.New, k.Secret(), nil, "nameplate "+purpose, 32)
	if err != nil {
		panic(err) // only for lengths above 8160 bytes
	}
	return out
}

// message writes what is sealed: both texts with their lengths before them, so that no other pair gives the same bytes.
func message(dst []byte, product, serial string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(product)))
	dst = append(dst, product...)
	return append(dst, serial...)
}

func fail(kind error, format string, args ...any) error {
	return fmt.Errorf("seal: %w: "+format, append([]any{kind}, args...)...)
}
