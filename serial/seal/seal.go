// Package seal proves offline that a serial was issued by the holder of a key: a seal is short
// text over (product, serial) that only the holder can make.
//
//	mac, err := seal.NewMAC(ring, 8)
//	...
//	tag := mac.Tag("09506000134352", "SN2611004217") // A.7KQ2M9XD
//	...
//	err = mac.Verify("09506000134352", "SN2611004217", scanned)
//	if errors.Is(err, seal.ErrForged) {
//		...
//	}
//
// There are two kinds:
//
//   - A [MAC] is a truncated HMAC-SHA-256 (RFC 2104), 4 to 26 characters. Whoever verifies it has
//     the key, and so can forge it: it is for your own people and machines only.
//   - A [Signer] makes Ed25519 signatures (RFC 8032), 86 characters. A [Verifier] has public keys
//     only, so it may be given to anyone: the public, customers, an app. No forgery is known that
//     takes less than some 2^128 steps.
//
// A seal doesn't prove that the labelled thing is genuine: a copied label has a copied seal.
//
// Seals consist of letters, digits, -, _ and ., so that they can be part of a serial ([MAC.Seal],
// [MAC.Open]) or of the query of a GS1 Digital Link, under a name of your own that is not all
// digits, as those are Application Identifiers (see the example). A signature is longer than AI
// (21) may be, and its small and capital letters differ. Each seal has its key's identifier, as
// in "A.7KQ2M9XD", so that keys can be changed; [MAC.AppendTag] and [MAC.Seal] leave it out, and
// a verifier then tries all its keys.
//
// The sealed bytes are the length of the product in bytes (unsigned LEB128), the product and the
// serial; for signatures they follow "nameplate seal 1" and a zero byte. Keys are those of
// package serial; the keys used here are derived from them (HKDF-SHA-256, RFC 5869, without salt,
// with the info "nameplate seal hmac-sha256" or "nameplate seal ed25519"), so that one secret
// serves scrambling and seals.
package seal

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// Sentinels for errors.Is. The errors that wrap them have the key's identifier at most, never a
// key or the right tag.
var (
	ErrForged = errors.New("seal does not match")     // it was not made for this product and serial
	ErrForm   = errors.New("not a seal")              // no seal of this kind has such a text
	ErrKey    = errors.New("key not available")       // the identifier is of no key
	ErrLength = errors.New("tag length out of range") // NewMAC
)

// derive returns a key for one purpose, derived from a key of the keyring.
func derive(k serial.Key, purpose string) []byte {
	out, err := hkdf.Key(sha256.New, k.Secret(), nil, "nameplate "+purpose, 32)
	if err != nil {
		panic(err) // only for lengths above 8160 bytes
	}
	return out
}

// message appends the sealed bytes. The length keeps other pairs of texts from having the same
// bytes.
func message(dst []byte, product, serial string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(product)))
	dst = append(dst, product...)
	return append(dst, serial...)
}

func fail(sentinel error, format string, args ...any) error {
	return fmt.Errorf("seal: %w: "+format, append([]any{sentinel}, args...)...)
}

// forged returns the error of a seal that was not made for a product and serial.
func forged(product, serial string) error {
	return fail(ErrForged, "product %s, serial %s", quote.Text(product), quote.Text(serial))
}
