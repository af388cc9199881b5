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
)

// crockford is the alphabet of tags, five bits a character.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Lengths of a tag, in characters. Below 13 (65 bits) a tag holds only where guesses are counted and cost something.
const (
	MinTag = 4
	MaxTag = 26
)

// A MAC makes and verifies truncated HMAC-SHA-256 tags. Whoever can verify can forge. It is safe for concurrent use.
type MAC struct {
	chars int
	keys  []macKey // the current one last
}

type macKey struct {
	id   string
	pool *sync.Pool // of *macState
}

// A macState is a keyed hash and the bytes that go in and come out, on the heap because hash.Hash is an interface.
type macState struct {
	hash hash.Hash
	buf  [128]byte
}

// NewMAC returns a MAC with tags of so many characters, five bits each, under the keys of a ring: the current key makes tags, all of them
// verify. Its error wraps [ErrLength] or [ErrKey].
func NewMAC(ring serial.Keyring, chars int) (*MAC, error) {
	if chars < MinTag || chars > MaxTag {
		return nil, fail(ErrLength, "want %d to %d characters, not %d", MinTag, MaxTag, chars)
	}
	m := &MAC{chars: chars}
	for _, id := range ring.IDs() {
		k, _ := ring.Key(id)
		secret := derive(k, "seal hmac-sha256")
		m.keys = append(m.keys, macKey{id, &sync.Pool{New: func() any { return &macState{hash: hmac.New(sha256.New, secret)} }}})
	}
	if len(m.keys) == 0 {
		return nil, fail(ErrKey, "the keyring is empty")
	}
	return m, nil
}

// Odds returns the probability that one guessed tag is accepted: 32^−chars for each key.
func (m *MAC) Odds() float64 {
	return float64(len(m.keys)) * math.Pow(32, -float64(m.chars))
}

// Tag returns the seal of a serial with its key's identifier before it: "A.7KQ2M9XD".
func (m *MAC) Tag(product, serial string) string {
	k := &m.keys[len(m.keys)-1]
	return string(k.append(append([]byte(k.id), '.'), product, serial, m.chars))
}

// AppendTag appends a tag without the key's identifier, as a serial that is short of room carries it.
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

// Verify returns nil if tag, with an identifier or without, is that of a serial under one of the keys. It compares in constant time. Tags are
// read as people type them: small letters are capitals, I and L are 1, O is 0. Its error wraps [ErrForm], [ErrKey] or [ErrForged].
func (m *MAC) Verify(product, serial, tag string) error {
	id, named := "", false
	if dot := strings.LastIndexByte(tag, '.'); dot >= 0 {
		id, tag, named = tag[:dot], tag[dot+1:], true
	}
	if len(tag) != m.chars {
		return fail(ErrForm, "want %d characters, not %d", m.chars, len(tag))
	}
	tag = retype.Replace(strings.ToUpper(tag))
	if strings.Trim(tag, crockford) != "" {
		return fail(ErrForm, "want characters of %s", crockford)
	}
	known, fits := false, 0
	var buf [MaxTag]byte
	for i := range m.keys {
		k := &m.keys[i]
		if named && k.id != id {
			continue
		}
		known = true
		fits |= subtle.ConstantTimeCompare(k.append(buf[:0], product, serial, m.chars), []byte(tag))
	}
	if !known {
		return fail(ErrKey, "%q", id)
	}
	if fits == 0 {
		return fail(ErrForged, "product %q, serial %q", product, serial)
	}
	return nil
}

var retype = strings.NewReplacer("I", "1", "L", "1", "O", "0")

// Format writes the length and the identifiers, whatever the verb.
func (m MAC) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "seal.MAC(%d characters, %d keys)", m.chars, len(m.keys))
}
