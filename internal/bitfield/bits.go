package bitfield

import "encoding/binary"

// Slack is how many bytes a Reader and a Writer need after the last byte that is theirs, since
// they move eight bytes at a time.
const Slack = 8

// A Reader takes fields from a string of bits, most significant bit first. Its buffer has Slack
// bytes of zeros after the last one that counts.
type Reader struct {
	Buf  []byte
	Pos  int // of the next bit
	Size int // number of bits
}

// Left returns the number of bits that follow.
func (r *Reader) Left() int { return r.Size - r.Pos }

// Take returns the next n bits, of which there are at most 57. Reading beyond the end yields zeros
// and leaves a negative number of bits.
func (r *Reader) Take(n int) uint64 {
	i := r.Pos >> 3
	if i+8 > len(r.Buf) {
		r.Pos += n
		return 0
	}
	v := binary.BigEndian.Uint64(r.Buf[i:]) << (r.Pos & 7)
	r.Pos += n
	return v >> (64 - n)
}

// TakeLong returns the next n bits, of which there are at most 64.
func (r *Reader) TakeLong(n int) uint64 {
	if n <= 57 {
		return r.Take(n)
	}
	high := r.Take(n - 32)
	return high<<32 | r.Take(32)
}

// Zeros reports whether the next n bits are zeros, and passes over them.
func (r *Reader) Zeros(n int) bool {
	for ; n > 57; n -= 57 {
		if r.Take(57) != 0 {
			return false
		}
	}
	return n <= 0 || r.Take(n) == 0
}

// A Writer puts fields into a string of bits, most significant bit first. Its buffer begins as
// zeros, and grows when it must; flush completes it.
type Writer struct {
	Buf  []byte
	at   int    // where the next eight bytes go
	last uint64 // the bits that aren't in the buffer yet, the first one highest
	n    int    // how many of them there are, at most 63
}

// Size returns the number of bits so far.
func (w *Writer) Size() int { return 8*w.at + w.n }

// Put appends the lowest n bits of v, of which there are 1 to 64; the others are zeros.
func (w *Writer) Put(v uint64, n int) {
	v <<= 64 - n
	w.last |= v >> w.n
	w.n += n
	if w.n >= 64 {
		w.store(v << (64 - (w.n - n)))
		w.n -= 64
	}
}

// store moves eight bytes into the buffer and goes on with what is left of the last field.
func (w *Writer) store(rest uint64) {
	if w.at+8 > len(w.Buf) {
		larger := make([]byte, 2*len(w.Buf)+Slack)
		copy(larger, w.Buf)
		w.Buf = larger
	}
	binary.BigEndian.PutUint64(w.Buf[w.at:], w.last)
	w.at += 8
	w.last = rest
}

// Skip appends n bits of zeros.
func (w *Writer) Skip(n int) {
	for ; n > 64; n -= 64 {
		w.Put(0, 64)
	}
	if n > 0 {
		w.Put(0, n)
	}
}

// Flush moves the last bits into the buffer.
func (w *Writer) Flush() {
	if w.n > 0 {
		w.store(0)
		w.at -= 8
	}
}

// Words returns the number of bytes that n bits fill in whole Words of 16 bits.
func Words(n int) int { return (n + 15) / 16 * 2 }
