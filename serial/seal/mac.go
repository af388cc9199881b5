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

// Lengths of a tag, in characters of five bits. A guessed tag is accepted with odds of one in 32^n for each key:
//
//	 4: 1.0e+06    5: 3.4e+07    6: 1.1e+09    7: 3.4e+10    8: 1.1e+12
//	 9: 3.5e+13   10: 1.1e+15   11: 3.6e+16   12: 1.2e+18   13: 3.7e+19
//	14: 1.2e+21   15: 3.8e+22   16: 1.2e+24   17: 3.9e+25   18: 1.2e+27
//	19: 4.0e+28   20: 1.3e+30   21: 4.1e+31   22: 1.3e+33   23: 4.2e+34
//	24: 1.3e+36   25: 4.3e+37   26: 1.4e+39
//
// Below 13 a tag holds only where guesses are counted and cost something: where every check is one request to you, say.
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

// Odds returns the probability that one guessed tag is accepted: 32^−n for each key, n the tag's length. k guesses have k times that.
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

// Seal returns a serial with its tag after it, without an identifier: a serial that proves itself. Mind the room: AI (21) has 20 characters
// for both.
func (m *MAC) Seal(product, serial string) string {
	return string(m.AppendTag([]byte(serial), product, serial))
}

// Open returns the serial that Seal was given, without its tag. Its error is that of Verify.
func (m *MAC) Open(product, sealed string) (serial string, err error) {
	at := len(sealed) - m.chars
	if at < 0 {
		return "", fail(ErrForm, "want a tag of %d characters at the end, not %d in all", m.chars, len(sealed))
	}
	if err := m.verify(product, sealed[:at], nil, sealed[at:]); err != nil {
		return "", err
	}
	return sealed[:at], nil
}

// Verify returns nil if tag, with an identifier or without, is that of a serial under one of the keys. It compares in constant time. Tags are
// read as people type them: small letters are capitals, I and L are 1, O is 0. Its error wraps [ErrForm], [ErrKey] or [ErrForged].
func (m *MAC) Verify(product, serial, tag string) error {
	if dot := strings.LastIndexByte(tag, '.'); dot >= 0 {
		id := tag[:dot]
		return m.verify(product, serial, &id, tag[dot+1:])
	}
	return m.verify(product, serial, nil, tag)
}

// verify tries the key of an identifier, or all.
func (m *MAC) verify(product, serial string, id *string, tag string) error {
	if len(tag) != m.chars {
		return fail(ErrForm, "want %d characters, not %d", m.chars, len(tag))
	}
	var typed, want [MaxTag]byte
	for i := range len(tag) {
		if typed[i] = retype[tag[i]]; typed[i] == 0 {
			return fail(ErrForm, "want characters of %s", crockford)
		}
	}
	known, fits := false, 0
	for i := range m.keys {
		k := &m.keys[i]
		if id == nil || *id == k.id {
			known = true
			fits |= subtle.ConstantTimeCompare(k.append(want[:0], product, serial, m.chars), typed[:m.chars])
		}
	}
	if !known {
		return fail(ErrKey, "%q", *id)
	}
	if fits == 0 {
		return fail(ErrForged, "product %q, serial %q", product, serial)
	}
	return nil
}

// retype reads a typed byte as a character of the alphabet, 0 if it is none.
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

// Format writes the length and how many keys, whatever the verb.
func (m MAC) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "seal.MAC(%d characters, %d keys)", m.chars, len(m.keys))
}
