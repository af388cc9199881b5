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

// A writer puts fields into a string of bits, most significant bit first. Its buffer begins as zeros,
// and grows when it must; flush completes it.
type writer struct {
	buf  []byte
	at   int    // where the next eight bytes go
	last uint64 // the bits that aren't in the buffer yet, the first one highest
	n    int    // how many of them there are, at most 63
}

// size returns the number of bits so far.
func (w *writer) size() int { return 8*w.at + w.n }

// put appends the lowest n bits of v, of which there are 1 to 64; the others are zeros.
func (w *writer) put(v uint64, n int) {
	v <<= 64 - n
	w.last |= v >> w.n
	w.n += n
	if w.n >= 64 {
		w.store(v << (64 - (w.n - n)))
		w.n -= 64
	}
}

// store moves eight bytes into the buffer and goes on with what is left of the last field.
func (w *writer) store(rest uint64) {
	if w.at+8 > len(w.buf) {
		larger := make([]byte, 2*len(w.buf)+slack)
		copy(larger, w.buf)
		w.buf = larger
	}
	binary.BigEndian.PutUint64(w.buf[w.at:], w.last)
	w.at += 8
	w.last = rest
}

// skip appends n bits of zeros.
func (w *writer) skip(n int) {
	for ; n > 64; n -= 64 {
		w.put(0, 64)
	}
	if n > 0 {
		w.put(0, n)
	}
}

// flush moves the last bits into the buffer.
func (w *writer) flush() {
	if w.n > 0 {
		w.store(0)
		w.at -= 8
	}
}

// words returns the number of bytes that n bits fill in whole words of 16 bits.
func words(n int) int { return (n + 15) / 16 * 2 }
