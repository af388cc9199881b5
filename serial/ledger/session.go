package ledger

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
)

// A session is what a journal knows of the runs that it carries on. Whoever reads the marks of a run and then marks it
// carries it on; two at once, such as a program that is resumed while it still runs, would put the same units on paper
// twice and each count its own. So a mark of the one that has read less is refused: whoever read last goes on.
type session struct {
	mu   sync.Mutex
	id   string            // drawn when the first run is read
	seen map[string]uint64 // of each run that was read, the sequence up to which its marks are known
}

// read notes that the marks of a run are known up to a sequence.
func (s *session) read(run string, seq uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen == nil {
		s.id, s.seen = rand.Text()[:16], map[string]uint64{}
	}
	s.seen[run] = max(s.seen[run], seq)
}

// of returns what is known of a run; id is "" if it wasn't read.
func (s *session) of(run string) (id string, seen uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen, ok := s.seen[run]
	if !ok {
		return "", 0
	}
	return s.id, seen
}

// admit returns the session that a mark of a run is part of, or ErrOvertaken if another one has marked the run in the meantime.
func (j Journal) admit(ctx context.Context, r Reader, run string) (id string, err error) {
	id, seen := j.session.of(run)
	if id == "" {
		return "", nil
	}
	for rec, err := range r.Records(ctx, Filter{Kind: KindMark, Block: j.block.Seq, After: seen}) {
		if err != nil {
			return "", err
		}
		m, err := newMark(rec, j.block.ID)
		if err != nil {
			return "", err
		}
		if m.Run == run && m.Session != "" && m.Session != id {
			return "", fmt.Errorf("run %s of block %s: %w: it has marked units %d … %d as %s; leave the run to it, or end it and resume the run",
				run, m.Block, ErrOvertaken, m.From, m.To-1, m.State)
		}
	}
	return id, nil
}
