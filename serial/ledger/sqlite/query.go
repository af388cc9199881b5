package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// recordsPerPage bounds how many records a stream holds at a time.
const recordsPerPage = 256

const columns = "seq, ledger, epoch, kind, actor, reason, time, software, previous, hash, body"

// A querier runs statements on a connection or a pool of them, and prepares each once.
type querier struct {
	on interface {
		PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	}
	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

func newQuerier(on interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}) *querier {
	return &querier{on: on, statements: map[string]*sql.Stmt{}}
}

func (q *querier) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if s := q.statements[text]; s != nil {
		return s, nil
	}
	s, err := q.on.PrepareContext(ctx, text)
	if err == nil {
		q.statements[text] = s
	}
	return s, err
}

func (q *querier) close() (err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, s := range q.statements {
		err = errors.Join(err, s.Close())
	}
	return err
}

func (q *querier) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	s, err := q.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// one reads the row that a statement returns.
func (q *querier) one(ctx context.Context, text string, dest ...any) error {
	s, err := q.prepare(ctx, text)
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx).Scan(dest...)
}

func (q *querier) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := q.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// records streams the records that match a filter, a page at a time.
func (q *querier) records(ctx context.Context, f driver.Filter) iter.Seq2[driver.Record, error] {
	return func(yield func(driver.Record, error) bool) {
		where, args := conditions(f)
		before := int64(1<<63 - 1)
		for left := f.Limit; ; {
			size := recordsPerPage
			if f.Limit > 0 {
				size = min(size, left)
			}
			list, err := q.page(ctx, f, where, size, append(slices.Clip(args), before))
			if err != nil {
				yield(driver.Record{}, err)
				return
			}
			for _, r := range list {
				if !yield(r, nil) {
					return
				}
			}
			left -= len(list)
			if len(list) < size || f.Limit > 0 && left == 0 {
				return
			}
			last := list[len(list)-1].Seq
			if f.Newest {
				before = int64(last)
			} else {
				args[0] = last
			}
		}
	}
}

// page reads the next records of a filter. Its size is written out: SQLite prepares a statement
// anew for each value of a LIMIT that is a parameter.
func (q *querier) page(ctx context.Context, f driver.Filter, where string, size int, args []any) (
	list []driver.Record, err error) {
	order := "ASC"
	if f.Newest {
		order = "DESC"
	}
	rows, err := q.query(ctx,
		fmt.Sprintf("SELECT %s FROM record WHERE %s AND seq < ? ORDER BY seq %s LIMIT %d",
			columns, where, order, size), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// conditions returns a filter in SQL. Kinds are written out, since only then indexes of one kind
// are used. The first condition is on After.
func conditions(f driver.Filter) (string, []any) {
	where, args := []string{"seq > ?"}, []any{f.After}
	add := func(used bool, condition string, arg any) {
		if used {
			where, args = append(where, condition), append(args, arg)
		}
	}
	if f.Kind != "" {
		where = append(where, "kind = '"+strings.ReplaceAll(string(f.Kind), "'", "''")+"'")
	}
	if f.Block != 0 {
		where = append(where, "kind IN ('mark', 'event')")
	}
	add(f.Seq != 0, "seq = ?", f.Seq)
	add(f.Epoch != 0, "epoch = ?", f.Epoch)
	add(f.Product != "", "body->>'product' = ?", f.Product)
	add(f.Version != "", "body->>'version' = ?", f.Version)
	add(f.Lot != "", "body->>'lot' = ?", f.Lot)
	add(f.Request != "", "body->>'request' IS NOT NULL AND body->>'request' = ?", f.Request)
	add(f.Block != 0, "body->>'block' = ?", f.Block)
	return strings.Join(where, " AND "), args
}

// span implements driver.Reader.
func (q *querier) span(ctx context.Context, c driver.Counter, index uint64) (
	r driver.Record, ok bool, err error) {
	rows, err := q.query(ctx,
		"SELECT "+columns+` FROM record WHERE kind IN ('block', 'burn')
		AND body->>'product' = ? AND body->>'version' = ? AND body->>'scope' = ?
		AND body->>'first' <= ? ORDER BY body->>'first' DESC LIMIT 1`,
		c.Product, c.Version, c.Scope, int64(min(index, 1<<63-1)))
	if err != nil {
		return r, false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return r, false, rows.Err()
	}
	r, err = scan(rows)
	return r, err == nil, err
}

// scan reads a record.
func scan(rows *sql.Rows) (r driver.Record, err error) {
	var at string
	var previous, hash []byte
	err = rows.Scan(&r.Seq, &r.Ledger, &r.Epoch, &r.Kind, &r.Actor, &r.Reason, &at, &r.Software,
		&previous, &hash, &r.Body)
	if err != nil {
		return r, err
	}
	if len(previous) != len(r.Previous) || len(hash) != len(r.Hash) {
		return r, damage("record %d has hashes of %d and %d bytes", r.Seq, len(previous), len(hash))
	}
	copy(r.Previous[:], previous)
	copy(r.Hash[:], hash)
	if r.Time, err = time.Parse(driver.TimeLayout, at); err != nil {
		return r, damage("record %d has time %q", r.Seq, at)
	}
	return r, nil
}
