package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"os"
	"sync/atomic"

	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A store is a driver.Store in a file.
type store struct {
	path, markPath string
	set            *settings

	db     *sql.DB
	reads  *querier
	closed atomic.Bool

	turn   chan struct{} // holds a token while a writer is at work; guards what follows
	conn   *sql.Conn
	writes *querier
	mark   *mark

	file os.FileInfo // as it is registered
}

func (s *store) String() string { return s.path }

func (s *store) Close() error {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	if s.closed.Swap(true) {
		return nil
	}
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

// Records implements driver.Reader. Each page of records is a transaction of its own.
func (s *store) Records(ctx context.Context, f driver.Filter) iter.Seq2[driver.Record, error] {
	return s.explained(s.reads.records(ctx, f))
}

func (s *store) explained(records iter.Seq2[driver.Record, error]) iter.Seq2[driver.Record, error] {
	return func(yield func(driver.Record, error) bool) {
		for r, err := range records {
			if !yield(r, s.explain(err)) {
				return
			}
		}
	}
}

// explain is the function of that name, and ErrClosed for what fails because the store is closed.
func (s *store) explain(err error) error {
	if err != nil && s.closed.Load() {
		return &ledger.StoreError{Name: s.path, Err: ledger.ErrClosed, Hint: "open it again"}
	}
	return explain(s.path, err)
}

// Span implements driver.Reader.
func (s *store) Span(ctx context.Context, c driver.Counter, index uint64) (
	driver.Record, bool, error) {
	r, ok, err := s.reads.span(ctx, c, index)
	return r, ok, s.explain(err)
}

// Update implements driver.Store.
func (s *store) Update(ctx context.Context, fn func(driver.Tx) error) error {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.turn }()
	if _, err := s.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return s.explain(err)
	}
	ctx = context.WithoutCancel(ctx)
	err := s.transact(ctx, fn)
	if err != nil {
		s.conn.ExecContext(ctx, "ROLLBACK")
	}
	return err
}

// transact runs fn between BEGIN and COMMIT.
func (s *store) transact(ctx context.Context, fn func(driver.Tx) error) error {
	tx, err := s.begin(ctx)
	if err != nil {
		return explain(s.path, err)
	}
	if err := fn(tx); err != nil {
		return err
	}
	if tx.head.Seq == tx.start.Seq {
		_, err = s.conn.ExecContext(ctx, "ROLLBACK")
	} else {
		err = s.commit(ctx, tx)
	}
	return explain(s.path, err)
}

// commit makes a transaction durable. The mark is durable before the transaction is.
func (s *store) commit(ctx context.Context, tx *tx) error {
	var version uint32
	if err := s.writes.one(ctx, "PRAGMA schema_version", &version); err != nil {
		return err
	}
	h := tx.head
	c := chain{version, tx.start.Hash, h.Hash}
	_, err := s.writes.exec(ctx, "UPDATE state SET ledger = ?, epoch = ?, seq = ?, chain = ?",
		h.Ledger, h.Epoch, h.Seq, c.bytes())
	if err != nil {
		return err
	}
	if err := s.raise(tx); err != nil {
		return err
	}
	_, err = s.writes.exec(ctx, "COMMIT")
	return err
}
