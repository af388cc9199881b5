package epc

import "encoding/binary"

// slack is how many bytes a reader and a writer need after the last byte that is theirs, since
// they move eight bytes at a time.
const slack = 8

// A reader takes fields from a string of bits, most significant bit first. Its buffer has slack
// bytes of zeros after the last one that counts.
type reader struct {
	buf  []byte
	pos  int // of the next bit
	size int // number of bits
}

// left returns the number of bits that follow.
func (r *reader) left() int { return r.size - r.pos }

// take returns the next n bits, of which there are at most 57. Reading beyond the end yields zeros
// and leaves a negative number of bits.
func (r *reader) take(n int) uint64 {
	i := r.pos >> 3
	if i+8 > len(r.buf) {
		r.pos += n
		return 0
	}
	v := binary.BigEndian.Uint64(r.buf[i:]) << (r.pos & 7)
	r.pos += n
	return v >> (64 - n)
}

// takeLong returns the next n bits, of which there are at most 64.
func (r *reader) takeLong(n int) uint64 {
	if n <= 57 {
		return r.take(n)
	}
	high := r.take(n - 32)
	return high<<32 | r.take(32)
}

// zeros reports whether the next n bits are zeros, and passes over them.
func (r *reader) zeros(n int) bool {
	for ; n > 57; n -= 57 {
		if r.take(57) != 0 {
			return false
		}
	}
	return n <= 0 || r.take(n) == 0
}

// A writer puts fields into a string of bits, most significant bit first. Its buffer is zero from
// pos on, and grows when it must.
type writer struct {
	buf []byte
	pos int
}

// put appends the lowest n bits of v, of which there are at most 57; the others are zeros.
func (w *writer) put(v uint64, n int) {
	i := w.pos >> 3
	if i+8 > len(w.buf) {
		w.grow()
	}
	b := w.buf[i : i+8 : i+8]
	binary.BigEndian.PutUint64(b, binary.BigEndian.Uint64(b)|v<<(64-n)>>(w.pos&7))
	w.pos += n
}

// putLong appends the lowest n bits of v, of which there are at most 64.
func (w *writer) putLong(v uint64, n int) {
	if n <= 57 {
		w.put(v, n)
		return
	}
	w.put(v>>32, n-32)
	w.put(v&0xFFFFFFFF, 32)
}

// skip appends n bits of zeros.
func (w *writer) skip(n int) {
	for w.pos += n; w.pos>>3+8 > len(w.buf); {
		w.grow()
	}
}

func (w *writer) grow() {
	larger := make([]byte, 2*len(w.buf)+slack)
	copy(larger, w.buf)
	w.buf = larger
}

// words returns the number of bytes that n bits fill in whole words of 16 bits.
func words(n int) int { return (n + 15) / 16 * 2 }
