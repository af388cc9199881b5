package scramble

import (
	"fmt"
	"math"
)

// A Permutation maps 0 … n−1 onto itself, in an order that depends on a key and a tweak. It is
// FF1 on the four numerals of the least radix r with r^4 ≥ n; a result of n or more is encrypted
// again until it is below n (cycle walking), which happens to fewer than one number in eight, and
// keeps the map one to one. It is safe for concurrent use.
type Permutation struct {
	n       uint64
	radix   uint32
	feistel feistel
}

// numerals is the length of the FF1 string: halves of two numerals are below 2^32, and the domain
// stays close to n.
const numerals = 4

// New returns the permutation of 0 … n−1 under an AES key of 16, 24 or 32 bytes and a tweak of
// any length. Use another tweak for each product: without it two products under one key share a
// sequence. Its errors wrap [ErrKey], [ErrDomain] when n is below 1,000,000, or [ErrTweak].
func New(key, tweak []byte, n uint64) (*Permutation, error) {
	block, err := newBlock(key)
	if err != nil {
		return nil, err
	}
	if n < MinDomain {
		return nil, fmt.Errorf("scramble: %w: %d numbers, want at least 1,000,000", ErrDomain, n)
	}
	if err := atMost(uint64(len(tweak)), "bytes", ErrTweak); err != nil {
		return nil, err
	}
	p := &Permutation{n: n, radix: fourthRoot(n)}
	half := uint64(p.radix) * uint64(p.radix)
	p.feistel = feistel{encryptBlock: block, mu: half, mv: half, b: halfBytes(half)}
	p.feistel.setTweak(p.radix, numerals/2, numerals, tweak)
	return p, nil
}

// fourthRoot returns the least r with r^4 ≥ n; it is at most 65,536.
func fourthRoot(n uint64) uint32 {
	r := uint64(math.Sqrt(math.Sqrt(float64(n))))
	for r > 1 && atLeast(r-1, n) {
		r--
	}
	for !atLeast(r, n) {
		r++
	}
	return uint32(r)
}

func atLeast(r, n uint64) bool {
	p, ok := pow64(r, numerals)
	return !ok || p >= n
}

// WithTweak returns the permutation of the same key and size under another tweak. It costs a few
// AES blocks and no allocation. Of a tweak of 2^32 bytes or more only the first 2^32 − 1 count.
func (p *Permutation) WithTweak(tweak []byte) Permutation {
	q := *p
	q.feistel.setTweak(p.radix, numerals/2, numerals, tweak[:min(uint64(len(tweak)), maxLen)])
	return q
}

// At returns the number at place i: At(0), At(1) … At(n−1) are 0 … n−1 in scrambled order. Places
// from n on map to themselves.
func (p *Permutation) At(i uint64) uint64 {
	return p.walk(i, (*feistel).encrypt)
}

// Index returns the place of number x, so that Index(At(i)) == i.
func (p *Permutation) Index(x uint64) uint64 {
	return p.walk(x, (*feistel).decrypt)
}

func (p *Permutation) walk(x uint64, step func(*feistel, uint64, uint64) (uint64, uint64)) uint64 {
	if x >= p.n {
		return x
	}
	half := p.feistel.mu
	for {
		a, b := step(&p.feistel, x/half, x%half)
		if x = a*half + b; x < p.n {
			return x
		}
	}
}

// Format implements [fmt.Formatter]: it writes the size and not the key, whatever the verb.
func (p Permutation) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "scramble.Permutation(0 … %d)", p.n-1)
}
