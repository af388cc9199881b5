package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"hash"
	"math"
	"strings"
	"sync"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// crockford is the alphabet of tags, five bits a character.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// The least and the greatest length of a tag, in characters of five bits. A guessed tag is
// accepted with odds of one in 32^n for each key:
//
//	 4: 1.0e+06    5: 3.4e+07    6: 1.1e+09    7: 3.4e+10    8: 1.1e+12
//	 9: 3.5e+13   10: 1.1e+15   11: 3.6e+16   12: 1.2e+18   13: 3.7e+19
//	14: 1.2e+21   15: 3.8e+22   16: 1.2e+24   17: 3.9e+25   18: 1.2e+27
//	19: 4.0e+28   20: 1.3e+30   21: 4.1e+31   22: 1.3e+33   23: 4.2e+34
//	24: 1.3e+36   25: 4.3e+37   26: 1.4e+39
//
// Use fewer than 13 only if guesses are limited: for example, if each takes a request to your
// server.
const (
	MinTag = 4
	MaxTag = 26
)

// A MAC makes and verifies truncated HMAC-SHA-256 tags. Whoever can verify can forge. It is safe
// for concurrent use.
type MAC struct {
	chars int
	keys  []macKey // the current one last
}

type macKey struct {
	id   string
	pool *sync.Pool // of *macState
}

// A macState is a keyed hash and the bytes that go in and come out, on the heap because hash.Hash
// is an interface.
type macState struct {
	hash hash.Hash
	buf  [128]byte
}

// NewMAC returns a MAC whose tags have a number of characters, MinTag to MaxTag, five bits each.
// The current key of the ring makes tags, all of them verify. The error wraps [ErrLength], or
// [ErrKey] for an empty ring.
func NewMAC(ring serial.Keyring, chars int) (*MAC, error) {
	if chars < MinTag || chars > MaxTag {
		return nil, fail(ErrLength, "%s, want %d to %d", quote.Count(chars, "character"),
			MinTag, MaxTag)
	}
	m := &MAC{chars: chars}
	for _, id := range ring.IDs() {
		k, _ := ring.Key(id)
		secret := derive(k, "seal hmac-sha256")
		m.keys = append(m.keys,
			macKey{id, &sync.Pool{
				New: func() any { return &macState{hash: hmac.New(sha256.New, secret)} }}})
	}
	if len(m.keys) == 0 {
		return nil, fail(ErrKey, "the keyring is empty")
	}
	return m, nil
}

// Odds returns the probability that one guessed tag is accepted: 32^−n for each key, n being the
// tag's length. For k guesses it is k times that.
func (m *MAC) Odds() float64 {
	return float64(len(m.keys)) * math.Pow(32, -float64(m.chars))
}

// Tag returns the seal of a serial with its key's identifier, such as "A.7KQ2M9XD".
func (m *MAC) Tag(product, serial string) string {
	k := &m.keys[len(m.keys)-1]
	return string(k.append(append([]byte(k.id), '.'), product, serial, m.chars))
}

// AppendTag appends the seal of a serial without its key's identifier, for serials that are short
// of room.
func (m *MAC) AppendTag(dst []byte, product, serial string) []byte {
	return m.keys[len(m.keys)-1].append(dst, product, serial, m.chars)
}

func (k *macKey) append(dst []byte, product, serial string, chars int) []byte {
	st := k.pool.Get().(*macState)
	defer k.pool.Put(st)
	st.hash.Reset()
	st.hash.Write(message(st.buf[:0], product, serial))
	sum := st.hash.Sum(st.buf[:0])
	bits, n := uint(0), 0
	for range chars {
		if n < 5 {
			bits, n, sum = bits<<8|uint(sum[0]), n+8, sum[1:]
		}
		n -= 5
		dst = append(dst, crockford[bits>>n&31])
	}
	return dst
}

// Seal returns a serial followed by its tag, without an identifier. AI (21) takes at most 20
// characters for both.
func (m *MAC) Seal(product, serial string) string {
	return string(m.AppendTag([]byte(serial), product, serial))
}

// Open returns the serial that Seal was given. Its errors are those of Verify.
func (m *MAC) Open(product, sealed string) (serial string, err error) {
	at := len(sealed) - m.chars
	if at < 0 {
		return "", fail(ErrForm, "%s, want a tag of %d at the end",
			quote.Count(len(sealed), "character"), m.chars)
	}
	if err := m.verify(product, sealed[:at], nil, sealed[at:]); err != nil {
		return "", err
	}
	return sealed[:at], nil
}

// Verify returns nil if tag, with an identifier or without, is that of a serial under one of the
// keys. It compares in constant time. It reads tags as people type them: small letters as
// capitals, I and L as 1, O as 0. The error wraps [ErrForm], [ErrKey] or [ErrForged].
func (m *MAC) Verify(product, serial, tag string) error {
	if dot := strings.LastIndexByte(tag, '.'); dot >= 0 {
		id := tag[:dot]
		return m.verify(product, serial, &id, tag[dot+1:])
	}
	return m.verify(product, serial, nil, tag)
}

// verify tries the key with an identifier, all keys if id is nil.
func (m *MAC) verify(product, serial string, id *string, tag string) error {
	if len(tag) != m.chars {
		return fail(ErrForm, "%s, want %d", quote.Count(len(tag), "character"), m.chars)
	}
	var typed, want [MaxTag]byte
	for i := range len(tag) {
		if typed[i] = retype[tag[i]]; typed[i] == 0 {
			return fail(ErrForm, "%q at character %d, want one of %s", tag[i:i+1], i+1, crockford)
		}
	}
	known, fits := false, 0
	for i := range m.keys {
		k := &m.keys[i]
		if id == nil || *id == k.id {
			known = true
			fits |= subtle.ConstantTimeCompare(k.append(want[:0], product, serial, m.chars),
				typed[:m.chars])
		}
	}
	if !known {
		return fail(ErrKey, "no key %s", quote.Text(*id))
	}
	if fits == 0 {
		return forged(product, serial)
	}
	return nil
}

// retype has for a typed byte the character of the alphabet that it is read as, 0 if there is
// none.
var retype = func() (t [256]byte) {
	for i := range len(crockford) {
		c := crockford[i]
		t[c] = c
		if c >= 'A' {
			t[c+'a'-'A'] = c
		}
	}
	t['I'], t['i'], t['L'], t['l'] = '1', '1', '1', '1'
	t['O'], t['o'] = '0', '0'
	return t
}()

// Format implements [fmt.Formatter]: it writes the length and the number of keys, whatever the
// verb.
func (m MAC) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "seal.MAC(%d characters, %d keys)", m.chars, len(m.keys))
}
