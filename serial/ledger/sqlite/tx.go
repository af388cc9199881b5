package sqlite

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"os"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A tx is a driver.Tx.
type tx struct {
	store       *store
	start, head driver.Head
	due         *driver.Renewal
	ends        []counterEnd // of what was appended
}

// Head implements driver.Tx.
func (t *tx) Head() driver.Head { return t.head }

// Due implements driver.Tx.
func (t *tx) Due() *driver.Renewal { return t.due }

// Records implements driver.Reader.
func (t *tx) Records(ctx context.Context, f driver.Filter) iter.Seq2[driver.Record, error] {
	return t.store.explained(t.store.writes.records(ctx, f))
}

// Span implements driver.Reader.
func (t *tx) Span(ctx context.Context, c driver.Counter, index uint64) (
	driver.Record, bool, error) {
	r, ok, err := t.store.writes.span(ctx, c, index)
	return r, ok, explain(t.store.path, err)
}

// Append implements driver.Tx.
func (t *tx) Append(r driver.Record) error {
	_, err := t.store.writes.exec(context.Background(),
		"INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		r.Seq, r.Ledger, r.Epoch, string(r.Kind), r.Actor, r.Reason,
		r.Time.Format(driver.TimeLayout), r.Software, r.Previous[:], r.Hash[:], string(r.Body))
	if err != nil {
		return explain(t.store.path, err)
	}
	t.head = driver.Head{Ledger: r.Ledger, Epoch: r.Epoch, Seq: r.Seq, Hash: r.Hash}
	if r.Kind == driver.KindEpoch {
		t.due = nil
	}
	if c, next, ok := r.CounterEnd(); ok {
		t.ends = append(t.ends, counterEnd{c, next})
	}
	return nil
}

// begin reads where the file stands, and compares it with the mark.
func (s *store) begin(ctx context.Context) (*tx, error) {
	t := &tx{store: s}
	var state []byte
	err := s.writes.one(ctx, "SELECT ledger, epoch, seq, chain FROM state", &t.head.Ledger,
		&t.head.Epoch, &t.head.Seq, &state)
	if err != nil {
		return nil, err
	}
	c, err := parseChain(state)
	if err != nil {
		return nil, err
	}
	t.head.Hash = c.after
	t.start = t.head
	t.due, err = s.compare(t.head)
	return t, err
}

// compare returns the epoch that must begin because the file and its mark disagree, or nil.
func (s *store) compare(h driver.Head) (*driver.Renewal, error) {
	copied, err := s.openMark(h)
	if err != nil {
		return nil, err
	}
	if copied != "" {
		return s.copied(h, copied), nil
	}
	here := position{h.Epoch, h.Seq, h.Hash}
	switch {
	case here == s.mark.last && h.Seq == 0:
		return &driver.Renewal{Cause: driver.Created, Ledger: h.Ledger}, nil
	case here == s.mark.last:
		return nil, nil
	case here.compare(s.mark.last) > 0:
		return s.copied(h, fmt.Sprintf("its high-water mark %s is older than it is",
			s.markPath)), nil
	}
	detail := fmt.Sprintf("the file ends with record %d of epoch %d, "+
		"its high-water mark with record %d of epoch %d",
		h.Seq, h.Epoch, s.mark.last.Seq, s.mark.last.Epoch)
	return &driver.Renewal{Cause: driver.Behind, Detail: detail, Ledger: h.Ledger,
		Marks: s.mark.lost(here)}, nil
}

// openMark opens the mark, or reads what other processes have added to it. copied is why the file
// is taken for a copy, if it is.
func (s *store) openMark(h driver.Head) (copied string, err error) {
	if s.mark != nil && s.mark.refresh() != nil {
		s.mark.close()
		s.mark = nil
	}
	if s.mark == nil {
		s.mark, err = openMark(s.markPath, s.set)
	}
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Sprintf("its high-water mark %s isn't there", s.markPath), nil
	}
	if err != nil {
		return "", err
	}
	if s.mark.ledger != h.Ledger {
		return fmt.Sprintf("the high-water mark %s is of ledger %s, the file of %s", s.markPath,
			s.mark.ledger, h.Ledger), nil
	}
	return s.mark.checkCopy()
}

// copied returns the epoch that makes a copy a ledger of its own.
func (s *store) copied(h driver.Head, why string) *driver.Renewal {
	r := &driver.Renewal{Cause: driver.Copied, Detail: why, Ledger: newInstance()}
	if s.mark != nil {
		// The mark of another ledger may be that of this very copy: it was made a ledger of its own
		// before, and its file put back. All that the mark has counts then.
		since := position{}
		if s.mark.ledger == h.Ledger {
			since = position{h.Epoch, h.Seq, h.Hash}
		}
		r.Marks = s.mark.lost(since)
	}
	return r
}

// newInstance returns a name for a ledger that no other one has: 80 random bits.
func newInstance() string { return rand.Text()[:16] }

// raise writes the mark for a transaction.
func (s *store) raise(t *tx) error {
	last := position{t.head.Epoch, t.head.Seq, t.head.Hash}
	if t.head.Ledger == t.start.Ledger && s.mark != nil {
		if err := s.mark.write(last, t.ends); err != nil {
			return err
		}
		s.mark.compact()
		return nil
	}
	counters := map[driver.Counter]raise{}
	if s.mark != nil {
		if s.mark.ledger == t.start.Ledger {
			counters = s.mark.counters
		}
		s.mark.close()
	}
	m, err := createMark(s.markPath, s.set, t.head.Ledger, last, counters)
	if err != nil {
		s.mark = nil
		return err
	}
	s.mark = m
	return s.mark.write(last, t.ends)
}
