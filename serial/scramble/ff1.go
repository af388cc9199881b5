package scramble

import (
	"crypto/aes"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// An FF1 encrypts numerals of one radix under one key (NIST SP 800-38G revision 1, algorithms 7
// and 8). It is safe for concurrent use.
type FF1 struct {
	encryptBlock encryptBlock
	radix        uint32
	minLen       int // the least number of numerals
}

// NewFF1 returns FF1 under an AES key of 16, 24 or 32 bytes, for a radix from 2 to 65,536. Its
// errors wrap [ErrKey] or [ErrRadix].
func NewFF1(key []byte, radix int) (*FF1, error) {
	block, err := newBlock(key)
	if err != nil {
		return nil, err
	}
	if radix < 2 || radix > 1<<16 {
		return nil, fmt.Errorf("scramble: %w: %d, want 2 to 65536", ErrRadix, radix)
	}
	f := &FF1{encryptBlock: block, radix: uint32(radix), minLen: 2}
	for size := radix * radix; size < MinDomain; size *= radix {
		f.minLen++
	}
	return f, nil
}

func newBlock(key []byte) (encryptBlock, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("scramble: %w: %d bytes, want 16, 24 or 32", ErrKey, len(key))
	}
	return block.Encrypt, nil
}

// Format implements [fmt.Formatter]: it writes the radix and not the key, whatever the verb.
func (f FF1) Format(s fmt.State, verb rune) { fmt.Fprintf(s, "scramble.FF1(radix %d)", f.radix) }

// Encrypt returns as many numerals as it is given, each below the radix, most significant first.
// There are at least so many that radix^n ≥ 1,000,000, and fewer than 2^32. The same key, tweak
// and numerals give the same result; another tweak gives another permutation. Tweaks need not be
// secret and may be empty. Its errors wrap [ErrDomain] (too few numerals), [ErrNumeral],
// [ErrLength] or [ErrTweak].
func (f *FF1) Encrypt(tweak []byte, numerals []uint16) ([]uint16, error) {
	return f.run(tweak, numerals, false)
}

// Decrypt undoes Encrypt with the same tweak. Its errors are those of Encrypt.
func (f *FF1) Decrypt(tweak []byte, numerals []uint16) ([]uint16, error) {
	return f.run(tweak, numerals, true)
}

func (f *FF1) run(tweak []byte, numerals []uint16, back bool) ([]uint16, error) {
	if err := f.check(tweak, numerals); err != nil {
		return nil, err
	}
	out := make([]uint16, len(numerals))
	if mv, ok := pow64(uint64(f.radix), len(numerals)-len(numerals)/2); ok {
		f.runNarrow(out, tweak, numerals, mv, back)
	} else {
		f.runWide(out, tweak, numerals, back)
	}
	return out, nil
}

// runNarrow is run for strings whose right half has fewer than 2^64 values, mv of them.
func (f *FF1) runNarrow(out []uint16, tweak []byte, numerals []uint16, mv uint64, back bool) {
	n, u := len(numerals), len(numerals)/2
	w := feistel{encryptBlock: f.encryptBlock, mv: mv, b: halfBytes(mv)}
	w.mu, _ = pow64(uint64(f.radix), u)
	w.setTweak(f.radix, u, n, tweak)
	x, y := f.num(numerals[:u]), f.num(numerals[u:])
	if back {
		x, y = w.decrypt(x, y)
	} else {
		x, y = w.encrypt(x, y)
	}
	f.put(out[:u], x)
	f.put(out[u:], y)
}

// runWide is run for strings of any length.
func (f *FF1) runWide(out []uint16, tweak []byte, numerals []uint16, back bool) {
	n, u := len(numerals), len(numerals)/2
	w := newWide(f, u, n, tweak)
	x, y := joinBig(numerals[:u], f.radix), joinBig(numerals[u:], f.radix)
	if back {
		w.decrypt(x, y)
	} else {
		w.encrypt(x, y)
	}
	splitBig(out[:u], x, f.radix)
	splitBig(out[u:], y, f.radix)
}

func (f *FF1) check(tweak []byte, numerals []uint16) error {
	if len(numerals) < f.minLen {
		return fmt.Errorf("scramble: %w: %d numerals of radix %d, want at least %d for 1,000,000 "+
			"numbers",
			ErrDomain, len(numerals), f.radix, f.minLen)
	}
	if err := atMost(uint64(len(numerals)), "numerals", ErrLength); err != nil {
		return err
	}
	if err := atMost(uint64(len(tweak)), "bytes", ErrTweak); err != nil {
		return err
	}
	for i, v := range numerals {
		if uint32(v) >= f.radix {
			return fmt.Errorf("scramble: numeral %d of %d: %w: %d, want less than the radix %d",
				i+1, len(numerals), ErrNumeral, v, f.radix)
		}
	}
	return nil
}

// maxLen is the greatest length of a string and of a tweak (NIST SP 800-38G r1, 5.1).
const maxLen = math.MaxUint32

func atMost(n uint64, noun string, sentinel error) error {
	if n > maxLen {
		return fmt.Errorf("scramble: %w: %d %s, want fewer than 2^32", sentinel, n, noun)
	}
	return nil
}

// num and put are NUM_radix and STR_radix of halves that fit 64 bits (algorithms 1 and 3).
func (f *FF1) num(numerals []uint16) (x uint64) {
	for _, v := range numerals {
		x = x*uint64(f.radix) + uint64(v)
	}
	return x
}

func (f *FF1) put(dst []uint16, x uint64) {
	for i := len(dst) - 1; i >= 0; i-- {
		dst[i] = uint16(x % uint64(f.radix))
		x /= uint64(f.radix)
	}
}

// pow64 returns base^exp and whether it is below 2^64.
func pow64(base uint64, exp int) (uint64, bool) {
	p := uint64(1)
	for range exp {
		hi, lo := bits.Mul64(p, base)
		if hi != 0 {
			return 0, false
		}
		p = lo
	}
	return p, true
}

// A wide runs the rounds of FF1 on halves of any length, as the standard writes them down.
type wide struct {
	encryptBlock encryptBlock
	mu, mv       *big.Int
	d            int
	p            [16]byte
	q            []byte // the tweak, zeros, and room for the round number and the half
	b            int
	s            []byte
}

func newWide(f *FF1, u, n int, tweak []byte) *wide {
	w := &wide{encryptBlock: f.encryptBlock, p: firstBlock(f.radix, u, n, len(tweak))}
	radix := big.NewInt(int64(f.radix))
	w.mu = new(big.Int).Exp(radix, big.NewInt(int64(u)), nil)
	w.mv = new(big.Int).Exp(radix, big.NewInt(int64(n-u)), nil)
	w.b = (new(big.Int).Sub(w.mv, big.NewInt(1)).BitLen() + 7) / 8
	w.d = 4*((w.b+3)/4) + 4
	w.q = make([]byte, (len(tweak)+1+w.b+15)/16*16)
	copy(w.q, tweak)
	w.s = make([]byte, (w.d+15)/16*16)
	return w
}

// round adds to x, or subtracts from it, the pseudorandom number of round i for the other half.
func (w *wide) round(x, other *big.Int, i int, op func(z, x, y *big.Int) *big.Int) {
	w.q[len(w.q)-w.b-1] = byte(i)
	other.FillBytes(w.q[len(w.q)-w.b:])
	r := w.s[:16]
	w.encryptBlock(r, w.p[:])
	for q := w.q; len(q) > 0; q = q[16:] {
		for j := range r {
			r[j] ^= q[j]
		}
		w.encryptBlock(r, r)
	}
	for j := 16; j < len(w.s); j += 16 {
		block := w.s[j : j+16]
		copy(block, r)
		tail := binary.BigEndian.Uint64(block[8:])
		binary.BigEndian.PutUint64(block[8:], tail^uint64(j/16))
		w.encryptBlock(block, block)
	}
	m := w.mu
	if i%2 == 1 {
		m = w.mv
	}
	op(x, x, new(big.Int).SetBytes(w.s[:w.d]))
	x.Mod(x, m)
}

func (w *wide) encrypt(x, y *big.Int) {
	for i := 0; i < rounds; i += 2 {
		w.round(x, y, i, (*big.Int).Add)
		w.round(y, x, i+1, (*big.Int).Add)
	}
}

func (w *wide) decrypt(x, y *big.Int) {
	for i := rounds - 2; i >= 0; i -= 2 {
		w.round(y, x, i+1, (*big.Int).Sub)
		w.round(x, y, i, (*big.Int).Sub)
	}
}
