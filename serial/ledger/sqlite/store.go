package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"
	"sync"

	"github.com/gonameplate/nameplate/serial/ledger"
)

// A store is a ledger.Store in a file.
type store struct {
	path, markPath string
	options        ledger.Options

	db    *sql.DB
	reads *querier

	mu     sync.Mutex // holds the writer
	conn   *sql.Conn
	writes *querier
	mark   *mark
	closed bool

	file os.FileInfo // as it is registered
}

func (s *store) String() string { return s.path }

func (s *store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var err error
	if s.mark != nil {
		err = s.mark.close()
	}
	if s.conn != nil {
		err = errors.Join(err, s.writes.close(), s.conn.Close())
	}
	if s.reads != nil {
		err = errors.Join(err, s.reads.close())
	}
	err = errors.Join(err, s.db.Close())
	inUse.remove(s.file)
	return err
}

// Records implements ledger.Reader. Each page of records is a transaction of its own.
func (s *store) Records(ctx context.Context, f ledger.Filter) iter.Seq2[ledger.Record, error] {
	return s.explained(s.reads.records(ctx, f))
}

func (s *store) explained(records iter.Seq2[ledger.Record, error]) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		for r, err := range records {
			if !yield(r, explain(s.path, err)) {
				return
			}
		}
	}
}

// Span implements ledger.Reader.
func (s *store) Span(ctx context.Context, c ledger.Counter, index uint64) (ledger.Record, bool, error) {
	r, ok, err := s.reads.span(ctx, c, index)
	return r, ok, explain(s.path, err)
}

// Update implements ledger.Store.
func (s *store) Update(ctx context.Context, fn func(ledger.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return &ledger.StoreError{Name: s.path, Err: ledger.ErrClosed, Mend: "open it again"}
	}
	if _, err := s.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return explain(s.path, err)
	}
	ctx = context.WithoutCancel(ctx)
	err := s.transact(ctx, fn)
	if err != nil {
		s.conn.ExecContext(ctx, "ROLLBACK")
	}
	return explain(s.path, err)
}

// transact runs fn between BEGIN and COMMIT. The mark is durable before the transaction is.
func (s *store) transact(ctx context.Context, fn func(ledger.Tx) error) error {
	tx, err := s.begin(ctx)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return err
	}
	if tx.head.Seq == tx.start.Seq {
		_, err := s.conn.ExecContext(ctx, "ROLLBACK")
		return err
	}
	var version uint32
	if err := s.writes.one(ctx, "PRAGMA schema_version", &version); err != nil {
		return err
	}
	h := tx.head
	c := chain{version, tx.start.Hash, h.Hash}
	_, err = s.writes.exec(ctx, "UPDATE state SET ledger = ?, epoch = ?, seq = ?, chain = ?", h.Ledger, h.Epoch, h.Seq, c.bytes())
	if err != nil {
		return err
	}
	if err := s.raise(tx); err != nil {
		return err
	}
	_, err = s.writes.exec(ctx, "COMMIT")
	return err
}

// begin reads where the file stands, and compares it with the mark.
func (s *store) begin(ctx context.Context) (*tx, error) {
	t := &tx{store: s}
	var state []byte
	err := s.writes.one(ctx, "SELECT ledger, epoch, seq, chain FROM state", &t.head.Ledger, &t.head.Epoch, &t.head.Seq, &state)
	if err != nil {
		return nil, err
	}
	c, err := parseChain(state)
	if err != nil {
		return nil, err
	}
	t.head.Hash = c.after
	t.start = t.head
	t.head.Due, err = s.compare(t.head)
	return t, err
}

// compare returns the epoch that must begin because of what the mark says, or an error if the file must not issue.
func (s *store) compare(h ledger.Head) (*ledger.Renewal, error) {
	copied, err := s.openMark(h)
	if err != nil {
		return nil, err
	}
	if copied != nil {
		return s.adopt(h, copied)
	}
	here := position{h.Epoch, h.Seq, h.Hash}
	switch {
	case here == s.mark.last && h.Seq == 0:
		return &ledger.Renewal{Cause: "created", Ledger: h.Ledger}, nil
	case here == s.mark.last:
		return nil, nil
	case here.compare(s.mark.last) > 0:
		return s.adopt(h, fmt.Errorf("its high-water mark %s is older than it is", s.markPath))
	}
	detail := fmt.Sprintf("the file ends with record %d of epoch %d, its high-water mark with record %d of epoch %d",
		h.Seq, h.Epoch, s.mark.last.Seq, s.mark.last.Epoch)
	return &ledger.Renewal{Cause: "behind", Detail: detail, Ledger: h.Ledger, Marks: s.mark.lost(here)}, nil
}

// openMark opens the mark, or reads what other processes have added to it. It returns in copied why the file is taken for a
// copy.
func (s *store) openMark(h ledger.Head) (copied, err error) {
	if s.mark != nil && s.mark.refresh() != nil {
		s.mark.close()
		s.mark = nil
	}
	if s.mark == nil {
		s.mark, err = openMark(s.markPath)
	}
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("its high-water mark %s isn't there", s.markPath), nil
	}
	if err != nil {
		return nil, err
	}
	if s.mark.ledger != h.Ledger {
		return fmt.Errorf("the high-water mark %s is of ledger %s, the file of %s", s.markPath, s.mark.ledger, h.Ledger), nil
	}
	return s.mark.checkCopy()
}

// adopt returns the epoch that makes a copy a ledger of its own, or ErrCopied if it wasn't asked for.
func (s *store) adopt(h ledger.Head, why error) (*ledger.Renewal, error) {
	if s.options.Adopt == nil {
		return nil, &ledger.StoreError{Name: s.path, Err: ledger.ErrCopied, Cause: why,
			Mend: "use the original; if that is gone or to go on by itself, open this one with ledger.AdoptCopy(n), n being " +
				"more than the original can have issued of any counter since"}
	}
	r := &ledger.Renewal{Cause: "adopted", Detail: why.Error(), Ledger: newInstance(), Burn: *s.options.Adopt}
	if s.mark != nil {
		// The mark of another ledger may be that of this very copy: it was adopted before, and its file put back. All it knows counts then.
		since := position{}
		if s.mark.ledger == h.Ledger {
			since = position{h.Epoch, h.Seq, h.Hash}
		}
		r.Marks = s.mark.lost(since)
	}
	return r, nil
}

// newInstance returns a name for a ledger that no other one has: 80 random bits.
func newInstance() string { return rand.Text()[:16] }

// raise writes the mark for a transaction.
func (s *store) raise(t *tx) error {
	last := position{t.head.Epoch, t.head.Seq, t.head.Hash}
	if t.head.Ledger == t.start.Ledger && s.mark != nil {
		if err := s.mark.write(last, t.next); err != nil {
			return err
		}
		s.mark.compact()
		return nil
	}
	counters := map[ledger.Counter]raise{}
	if s.mark != nil {
		if s.mark.ledger == t.start.Ledger {
			counters = s.mark.counters
		}
		s.mark.close()
	}
	m, err := createMark(s.markPath, t.head.Ledger, last, counters)
	if err != nil {
		s.mark = nil
		return err
	}
	s.mark = m
	return s.mark.write(last, t.next)
}

// A tx is a ledger.Tx.
type tx struct {
	store       *store
	start, head ledger.Head
	next        []markCounter
}

func (t *tx) Head() ledger.Head { return t.head }

func (t *tx) Records(ctx context.Context, f ledger.Filter) iter.Seq2[ledger.Record, error] {
	return t.store.explained(t.store.writes.records(ctx, f))
}

func (t *tx) Span(ctx context.Context, c ledger.Counter, index uint64) (ledger.Record, bool, error) {
	r, ok, err := t.store.writes.span(ctx, c, index)
	return r, ok, explain(t.store.path, err)
}

// Append implements ledger.Tx.
func (t *tx) Append(r ledger.Record) error {
	_, err := t.store.writes.exec(context.Background(), "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.Seq, r.Ledger,
		r.Epoch, string(r.Kind), r.Actor, r.Reason, r.Time.Format(ledger.TimeLayout), r.Software, r.Previous[:], r.Hash[:], string(r.Body))
	if err != nil {
		return explain(t.store.path, err)
	}
	t.head = ledger.Head{Ledger: r.Ledger, Epoch: r.Epoch, Seq: r.Seq, Hash: r.Hash}
	if c, end, ok := r.Raises(); ok {
		t.next = append(t.next, markCounter{c.Product, c.Version, c.Scope, end})
	}
	return nil
}
