package ledger

import (
	"cmp"
	"context"
	"sync"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A plan reads what it needs and returns what is to be recorded. It leaves no trace when it fails,
// so that several plans can share a transaction.
type plan func(context.Context, driver.Tx) ([]draft, error)

// A committer lets callers that wait for each other share a transaction, for the disk takes as long
// to make one record durable as many.
type committer struct {
	turn chan struct{} // holds a token while a transaction runs
	next writerCache   // belongs to the holder of the token

	mu    sync.Mutex
	queue []*commit
}

type commit struct {
	ctx    context.Context
	plan   plan
	sealed func([]driver.Record) // called with the plan's records once they are durable
	err    error
	done   chan struct{}
}

// update records what a plan returns. The records are durable when it returns nil.
func (l *Ledger) update(ctx context.Context, p plan) error {
	return l.updateThen(ctx, p, func([]driver.Record) {})
}

// updateThen is update and calls sealed with the records, if there are any, once they are durable.
func (l *Ledger) updateThen(ctx context.Context, p plan, sealed func([]driver.Record)) error {
	c := &commit{ctx: ctx, plan: p, sealed: sealed, done: make(chan struct{})}
	l.commits.mu.Lock()
	l.commits.queue = append(l.commits.queue, c)
	l.commits.mu.Unlock()

	select {
	case <-c.done: // another caller's transaction took it along
	case <-ctx.Done():
		return ctx.Err()
	case l.commits.turn <- struct{}{}:
		l.commits.mu.Lock()
		batch := l.commits.queue
		l.commits.queue = nil
		l.commits.mu.Unlock()
		if len(batch) > 0 {
			l.commitAll(ctx, batch)
		}
		<-l.commits.turn
		<-c.done
	}
	return c.err
}

// commitAll runs the plans of a batch in one transaction. The context of the caller that happens to
// run it bounds the wait for the transaction, but not the transaction; if it ends, the others wait
// for another one.
func (l *Ledger) commitAll(ctx context.Context, batch []*commit) {
	records := make([][]driver.Record, len(batch))
	begun := false
	err := l.store.Update(ctx, func(tx driver.Tx) error {
		begun = true
		if err := l.renew(ctx, tx); err != nil {
			return err
		}
		l.commits.next.validFor(tx.Head().Hash)
		for i, c := range batch {
			if c.err = c.ctx.Err(); c.err != nil {
				continue
			}
			if records[i], c.err = l.run(c, tx); c.err != nil && len(records[i]) > 0 {
				return c.err // it broke off half-way: nothing of the transaction may be kept
			}
		}
		return nil
	})
	if err != nil && !begun && ctx.Err() != nil {
		batch = l.commits.putBack(batch)
	}
	for i, c := range batch {
		c.err = cmp.Or(c.err, err)
		if c.err == nil && len(records[i]) > 0 {
			c.sealed(records[i])
		}
		close(c.done)
	}
}

// putBack lets the commits whose contexts go on wait again, and returns the others.
func (c *committer) putBack(batch []*commit) (ended []*commit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range batch {
		if b.ctx.Err() != nil {
			ended = append(ended, b)
		} else {
			c.queue = append(c.queue, b)
		}
	}
	return ended
}

// run appends what a plan returns.
func (l *Ledger) run(c *commit, tx driver.Tx) (records []driver.Record, err error) {
	drafts, err := c.plan(c.ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		r, err := l.seal(c.ctx, d, tx.Head())
		if err == nil {
			records = append(records, r)
			err = tx.Append(r)
		}
		if err != nil {
			return records, err
		}
		l.commits.next.add(&r)
	}
	return records, nil
}
