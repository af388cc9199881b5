package serial

import (
	"io"
	"sync"
)

// chunk is the number of serials that a goroutine formats at a time.
const chunk = 4096

// WriteBlock writes the serials of the indices first, first+1 … count of them, in order and with
// a line feed after each. It formats them on 1 to 64 goroutines, workers if that is in between.
// It stops at the first error, such as [ErrExhausted] or one of w; whole lines of the serials
// before it may have been written.
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
