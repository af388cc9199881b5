package symbol

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

// generator returns the coefficients, below the leading 1 and from the highest down, of the polynomial of degree n whose
// roots are n consecutive powers of 2, from 2 to the power of first.
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
