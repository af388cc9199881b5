package printer

import (
	"iter"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// A batch is the bytes of a window's labels. Its buffer is used again for the next window.
type batch struct {
	buf  []byte
	ends []int // of the labels in buf
}

// fill makes the labels from ≤ i < to, with the printer's settings before the first one.
func (b *batch) fill(job *Job, from, to uint64) (err error) {
	b.buf, b.ends = append(b.buf[:0], zebra.Prologue...), b.ends[:0]
	for i := from; i < to; i++ {
		if b.buf, err = job.label(b.buf, i); err != nil {
			return err
		}
		b.ends = append(b.ends, len(b.buf))
	}
	return nil
}

func (b *batch) count() int64 { return int64(len(b.ends)) }
func (b *batch) size() int    { return len(b.buf) }

// all yields the labels one by one.
func (b *batch) all() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		start := 0
		for _, end := range b.ends {
			if !yield(b.buf[start:end]) {
				return
			}
			start = end
		}
	}
}
