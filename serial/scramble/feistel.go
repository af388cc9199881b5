package scramble

import (
	"encoding/binary"
	"math/bits"
	"sync"
)

const rounds = 10

// An encryptBlock enciphers one AES block. It is a function and not a cipher.Block because fmt
// prints the fields of a struct, however deep, and those of a cipher.Block are the key schedule.
type encryptBlock func(dst, src []byte)

// A feistel runs the rounds of FF1 for one tweak and one length on halves that fit 64 bits: one
// AES block a round, since all that precedes the last block of the PRF's input is the same in
// every round (NIST SP 800-38G r1, algorithm 7, steps 5 and 6).
type feistel struct {
	encryptBlock encryptBlock
	mu, mv       uint64 // radix^u and radix^v, the moduli of even and odd rounds
	b            int    // bytes of a half, at most 8
	// the PRF's state before its last block, XORed with that block's constant part
	head [16]byte
}

// scratch is what AES reads and writes. It lies on the heap because it passes through an
// interface, hence the pool.
type scratch struct{ in, out [16]byte }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// setTweak computes the state for a tweak; n is the number of numerals, u the length of the left
// half.
func (f *feistel) setTweak(radix uint32, u, n int, tweak []byte) {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.in = firstBlock(radix, u, n, len(tweak))
	for {
		f.encryptBlock(s.out[:], s.in[:])
		// The last block ends in the round number and a half; zeros fill the gap between the
		// tweak and them.
		if len(tweak)+1+f.b <= 16 {
			break
		}
		s.in = s.out
		rest := tweak[:min(16, len(tweak))]
		for i := range rest {
			s.in[i] ^= rest[i]
		}
		tweak = tweak[len(rest):]
	}
	f.head = s.out
	for i := range tweak {
		f.head[i] ^= tweak[i]
	}
}

// firstBlock is P of algorithm 7, step 5.
func firstBlock(radix uint32, u, n, tweak int) (p [16]byte) {
	binary.BigEndian.PutUint32(p[2:], radix) // three bytes: the highest is overwritten
	p[0], p[1], p[2] = 1, 2, 1
	p[6], p[7] = rounds, byte(u)
	binary.BigEndian.PutUint32(p[8:], uint32(n))
	binary.BigEndian.PutUint32(p[12:], uint32(tweak))
	return p
}

// round is the pseudorandom number y of round i for half x, reduced modulo m (steps 6.i to 6.v).
func (f *feistel) round(s *scratch, i int, x, m uint64) uint64 {
	s.in = f.head
	s.in[15-f.b] ^= byte(i)
	if f.b <= 4 {
		// The half is shorter than 8 bytes, so that its number XORs with zeros before it.
		tail := binary.BigEndian.Uint32(s.in[12:])
		binary.BigEndian.PutUint32(s.in[12:], tail^uint32(x))
		f.encryptBlock(s.out[:], s.in[:])
		return binary.BigEndian.Uint64(s.out[:]) % m // d is 8
	}
	tail := binary.BigEndian.Uint64(s.in[8:])
	binary.BigEndian.PutUint64(s.in[8:], tail^x)
	f.encryptBlock(s.out[:], s.in[:])
	// d is 12
	return bits.Rem64(uint64(binary.BigEndian.Uint32(s.out[:])), binary.BigEndian.Uint64(s.out[4:]),
		m)
}

func (f *feistel) encrypt(x, y uint64) (uint64, uint64) {
	s := scratches.Get().(*scratch)
	for i := 0; i < rounds; i += 2 {
		x = addMod(x, f.round(s, i, y, f.mu), f.mu)
		y = addMod(y, f.round(s, i+1, x, f.mv), f.mv)
	}
	scratches.Put(s)
	return x, y
}

func (f *feistel) decrypt(x, y uint64) (uint64, uint64) {
	s := scratches.Get().(*scratch)
	for i := rounds - 2; i >= 0; i -= 2 {
		y = subMod(y, f.round(s, i+1, x, f.mv), f.mv)
		x = subMod(x, f.round(s, i, y, f.mu), f.mu)
	}
	scratches.Put(s)
	return x, y
}

// addMod and subMod take x and y below m, which may be so large that x+y overflows.
func addMod(x, y, m uint64) uint64 {
	sum, carry := bits.Add64(x, y, 0)
	if carry != 0 || sum >= m {
		sum -= m
	}
	return sum
}

func subMod(x, y, m uint64) uint64 {
	diff, borrow := bits.Sub64(x, y, 0)
	if borrow != 0 {
		diff += m
	}
	return diff
}

// halfBytes is b of algorithm 7, step 3: the bytes that numbers below m take.
func halfBytes(m uint64) int { return (bits.Len64(m-1) + 7) / 8 }
