package symbol

import "sync/atomic"

// A galois is the field GF(256) that a symbology's error correction calculates in.
type galois struct {
	exp [510]byte
	log [256]byte
}

// newGalois returns the field of a primitive polynomial of degree 8.
func newGalois(polynomial int) *galois {
	g := new(galois)
	x := 1
	for i := range 255 {
		g.exp[i], g.exp[i+255] = byte(x), byte(x)
		g.log[x] = byte(i)
		if x <<= 1; x > 0xFF {
			x ^= polynomial
		}
	}
	return g
}

func (g *galois) mul(a, b byte) byte {
	if a == 0 || b == 0 {
		return 0
	}
	return g.exp[int(g.log[a])+int(g.log[b])]
}

// generator returns the coefficients, below the leading 1 and from the highest down, of the
// polynomial of degree n whose roots are n consecutive powers of 2, from 2 to the power of first.
func (g *galois) generator(n, first int) []byte {
	poly := make([]byte, n)
	poly[n-1] = 1
	for i := range n {
		root := g.exp[first+i]
		for j := range n {
			poly[j] = g.mul(poly[j], root)
			if j+1 < n {
				poly[j] ^= poly[j+1]
			}
		}
	}
	return poly
}

// A corrector makes n error correction codewords: the remainder of the data divided by a generator
// polynomial. It holds for each byte what dividing it leaves, in 64-bit words, the first codeword
// in the highest byte.
type corrector struct {
	n     int
	words int
	table [][256]uint64 // one for each word
}

func (g *galois) newCorrector(n, first int) *corrector {
	c := &corrector{n: n, words: (n + 7) / 8}
	c.table = make([][256]uint64, c.words)
	for j, coefficient := range g.generator(n, first) {
		for factor := range 256 {
			c.table[j/8][factor] |= uint64(g.mul(byte(factor), coefficient)) << (56 - j%8*8)
		}
	}
	return c
}

// maxCorrector is the most error correction codewords that a block of any symbology has.
const maxCorrector = 68

// A remainder is error correction codewords as a corrector holds them.
type remainder [(maxCorrector + 7) / 8]uint64

func (r *remainder) at(i int) byte { return byte(r[i/8] >> (56 - i%8*8)) }

// divide returns the error correction codewords of every step-th byte of data.
func (c *corrector) divide(data []byte, step int) (r remainder) {
	switch c.words {
	case 1, 2, 3:
		r[0], r[1], r[2] = c.divide3(data, step)
		return r
	}
	register := r[:c.words]
	for i := 0; i < len(data); i += step {
		factor := data[i] ^ byte(register[0]>>56)
		for j := range register[1:] {
			register[j] = (register[j]<<8 | register[j+1]>>56) ^ c.table[j][factor]
		}
		last := len(register) - 1
		register[last] = register[last]<<8 ^ c.table[last][factor]
	}
	return r
}

var noTable [256]uint64

// divide3 is divide for up to three words, which stay in registers.
func (c *corrector) divide3(data []byte, step int) (r0, r1, r2 uint64) {
	t0, t1, t2 := &c.table[0], &noTable, &noTable
	if c.words > 1 {
		t1 = &c.table[1]
	}
	if c.words > 2 {
		t2 = &c.table[2]
	}
	for i := 0; i < len(data); i += step {
		factor := data[i] ^ byte(r0>>56)
		r0 = (r0<<8 | r1>>56) ^ t0[factor]
		r1 = (r1<<8 | r2>>56) ^ t1[factor]
		r2 = r2<<8 ^ t2[factor]
	}
	return r0, r1, r2
}

// correctors are made when they are first needed, each for its field and number of codewords.
type correctors struct {
	field *galois
	first int
	made  [maxCorrector + 1]atomic.Pointer[corrector]
}

func (c *correctors) of(n int) *corrector {
	if made := c.made[n].Load(); made != nil {
		return made
	}
	made := c.field.newCorrector(n, c.first)
	c.made[n].Store(made)
	return made
}
