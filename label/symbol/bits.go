package symbol

// A bitWriter writes bits to dst, the first in the highest bit of a byte. Up to 56 go in one call.
type bitWriter struct {
	dst     []byte
	pending uint64
	n, out  int // bits pending, and bytes written
}

func (w *bitWriter) write(bits uint64, n int) {
	w.pending, w.n = w.pending<<n|bits, w.n+n
	for w.n >= 8 {
		w.n -= 8
		w.dst[w.out] = byte(w.pending >> w.n)
		w.out++
	}
}

// flush writes the last bits, with zeros to the end of the byte.
func (w *bitWriter) flush() {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
}
