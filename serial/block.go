package serial

import (
	"io"
	"iter"
	"sync"

	"github.com/gonameplate/nameplate/serial/internal/number"
)

// Block goes through the serials of a block of indices: first, first+1 … count of them. The bytes
// are valid until the next step, and no step allocates. It ends after the first error, such as
// [ErrExhausted].
func (s *Scheme) Block(f Fields, first, count uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		buf := make([]byte, 0, s.pattern.Longest)
		for i := range count {
			out, err := s.AppendFormat(buf, f, number.AddSaturating(first, i)) // the last of 2^64 is never issued
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

// chunk is how many serials WriteBlock formats at a time.
const chunk = 4096

// WriteBlock writes the serials of a block in order, a line feed after each, and formats them on
// so many goroutines at once (1 if workers is less). It stops at the first error; of the serials
// before it whole lines may have been written.
func (s *Scheme) WriteBlock(w io.Writer, f Fields, first, count uint64, workers int) error {
	if count > 0 && (first >= s.pattern.Limit || count > s.pattern.Limit-first) {
		return s.exhausted(max(first, s.pattern.Limit))
	}
	pieces := make([]piece, max(1, min(workers, 64)))
	for i := range pieces {
		pieces[i].buf = make([]byte, 0, chunk*(s.pattern.Longest+1))
	}
	for count > 0 {
		var wait sync.WaitGroup
		for i := range pieces {
			n := min(count, chunk)
			from := first
			first, count = first+n, count-n
			wait.Go(func() { pieces[i].format(s, f, from, n) })
		}
		wait.Wait()
		for i := range pieces {
			if _, err := w.Write(pieces[i].buf); err != nil {
				return err
			}
			if pieces[i].err != nil {
				return pieces[i].err
			}
		}
	}
	return nil
}

// A piece is the lines of one chunk.
type piece struct {
	buf []byte
	err error
}

func (p *piece) format(s *Scheme, f Fields, first, count uint64) {
	p.buf, p.err = p.buf[:0], nil
	for i := range count {
		if p.buf, p.err = s.AppendFormat(p.buf, f, first+i); p.err != nil {
			return
		}
		p.buf = append(p.buf, '\n')
	}
}
