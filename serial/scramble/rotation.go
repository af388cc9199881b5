package scramble

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// A Rotation scrambles numbers under keys that change: it divides the numbers below n into parts of one size, one for each key to come, so
// that no number of one key is ever one of another, and a number tells its key. The key of the last part in use is the current one. (Schemes
// of package serial may spell the key in a character of the serial instead, which comes to the same.)
// Rotations are immutable and safe for concurrent use.
type Rotation struct {
	size  uint64
	tweak []byte
	parts []keyedPart
}

type keyedPart struct {
	id   string // "" for a part without a key
	perm *Permutation
}

// NewRotation divides the numbers below n into parts, without keys as yet; a remainder of fewer than parts numbers is not used. For the
// tweak see [New]. Its errors wrap [ErrDomain], when a part would have fewer than 1,000,000 numbers, or [ErrTweak].
func NewRotation(tweak []byte, n uint64, parts int) (*Rotation, error) {
	if parts < 1 || n/uint64(parts) < MinDomain {
		return nil, fmt.Errorf("scramble: %d numbers in %d parts: %w: want at least 1,000,000 in each", n, parts, ErrDomain)
	}
	if err := atMost(uint64(len(tweak)), "bytes", ErrTweak); err != nil {
		return nil, err
	}
	return &Rotation{size: n / uint64(parts), tweak: slices.Clone(tweak), parts: make([]keyedPart, parts)}, nil
}

// With returns the rotation with a key for a part, counted from 0. A key stays with its part for ever: give those of old parts too, to
// read old numbers. Its error wraps [ErrKey]: not an AES key, an identifier that is empty or in use, or a part that has a key or doesn't exist.
func (r *Rotation) With(part int, id string, key []byte) (*Rotation, error) {
	if part < 0 || part >= len(r.parts) {
		return nil, fmt.Errorf("scramble: part %d for key %q: %w: the parts are 0 to %d", part, id, ErrKey, len(r.parts)-1)
	}
	if r.parts[part].id != "" {
		return nil, fmt.Errorf("scramble: part %d for key %q: %w: key %q has it", part, id, ErrKey, r.parts[part].id)
	}
	if id == "" || slices.ContainsFunc(r.parts, func(p keyedPart) bool { return p.id == id }) {
		return nil, fmt.Errorf("scramble: part %d for key %q: %w: want an identifier of its own", part, id, ErrKey)
	}
	p, err := New(key, binary.BigEndian.AppendUint32(slices.Clone(r.tweak), uint32(part)), r.size)
	if err != nil {
		return nil, err
	}
	parts := slices.Clone(r.parts)
	parts[part] = keyedPart{id, p}
	return &Rotation{r.size, r.tweak, parts}, nil
}

// Len returns how many numbers each key has.
func (r *Rotation) Len() uint64 { return r.size }

// current returns the last part that has a key, −1 if none has.
func (r *Rotation) current() int {
	part := len(r.parts) - 1
	for part >= 0 && r.parts[part].id == "" {
		part--
	}
	return part
}

// Current returns the identifier of the current key, "" if there is none.
func (r *Rotation) Current() string {
	if part := r.current(); part >= 0 {
		return r.parts[part].id
	}
	return ""
}

// At returns the number at place i of the current key. Its error wraps [ErrKey], when there is no key, or [ErrNumber], when i is not
// below Len: the key is used up.
func (r *Rotation) At(i uint64) (uint64, error) {
	part := r.current()
	if part < 0 {
		return 0, fmt.Errorf("scramble: %w: the rotation has none yet", ErrKey)
	}
	if i >= r.size {
		return 0, fmt.Errorf("scramble: place %d of key %q: %w: want less than %d", i, r.parts[part].id, ErrNumber, r.size)
	}
	return uint64(part)*r.size + r.parts[part].perm.At(i), nil
}

// Index returns the key and the place of a number. Its error wraps [ErrKey], when the part of the number has no key here, or
// [ErrNumber], when it is of no part.
func (r *Rotation) Index(x uint64) (id string, i uint64, err error) {
	if x/r.size >= uint64(len(r.parts)) {
		return "", 0, fmt.Errorf("scramble: number %d: %w: want less than %d", x, ErrNumber, uint64(len(r.parts))*r.size)
	}
	part := r.parts[x/r.size]
	if part.id == "" {
		return "", 0, fmt.Errorf("scramble: number %d: %w: part %d has none", x, ErrKey, x/r.size)
	}
	return part.id, part.perm.Index(x % r.size), nil
}

// Format writes the parts and not the keys, whatever the verb.
func (r Rotation) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "scramble.Rotation(%d parts of %d, current key %q)", len(r.parts), r.size, r.Current())
}
