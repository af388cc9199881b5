package ledger

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A session is what a journal knows of the runs that it continues. Whoever reads the marks of a
// run and then marks it continues it; two at once, such as a program that is resumed while it
// still runs, would put the same units on paper twice and each count its own. So a mark by the
// one that has read less is rejected: whoever read last goes on.
type session struct {
	mu sync.Mutex
	id string // drawn when the first run is read

	// seen has, of each run that was read, the sequence up to which its marks are known.
	seen map[string]uint64
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

// of returns what is known of a run. id is "" if the run wasn't read.
func (s *session) of(run string) (id string, seen uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen, ok := s.seen[run]
	if !ok {
		return "", 0
	}
	return s.id, seen
}

// admit returns the session that a mark of a run is part of, or ErrOvertaken if another one has
// marked the run in the meantime.
func (j Journal) admit(ctx context.Context, r driver.Reader, run string) (id string, err error) {
	id, seen := j.session.of(run)
	if id == "" {
		return "", nil
	}
	f := driver.Filter{Kind: driver.KindMark, Block: j.block.Seq, After: seen}
	for rec, err := range r.Records(ctx, f) {
		if err != nil {
			return "", err
		}
		m, err := newMark(rec, j.block.ID)
		if err != nil {
			return "", err
		}
		if m.Run == run && m.Session != "" && m.Session != id {
			return "", &Error{Err: ErrOvertaken, Input: run,
				Detail: fmt.Sprintf("it has marked units %d … %d as %s", m.From, m.To-1, m.State),
				Hint:   "leave the run to it, or end it and resume the run"}
		}
	}
	return id, nil
}
