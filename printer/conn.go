package printer

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

const (
	// maxUnread bounds what a printer can make us hold, in bytes: the newest are kept.
	maxUnread = 32 << 10
	// writeGrace is how long a write may go on after its context has ended, so that a label isn't
	// cut in two needlessly.
	writeGrace = time.Second
	// never is longer than any reply is waited for.
	never = 24 * time.Hour
)

// errClosed ends the reading of a connection.
var errClosed = errors.New("the printer closed the connection")

// A conn is one connection. It reads all the time, so that flow control works and no unread reply
// makes Close a reset.
type conn struct {
	rw   io.ReadWriteCloser
	done chan struct{} // closed when reading has ended

	statusPending bool // a status that was asked for may still come; used by the querying goroutine

	more chan struct{} // has a token when there is more to read, or reading has ended
	mu   sync.Mutex
	in   []byte
	err  error
}

func newConn(rw io.ReadWriteCloser) *conn {
	c := &conn{rw: rw, done: make(chan struct{}), more: make(chan struct{}, 1)}
	go c.read()
	return c
}

func (c *conn) read() {
	defer close(c.done)
	buf := make([]byte, 4096)
	for {
		n, err := c.rw.Read(buf)
		if errors.Is(err, io.EOF) {
			err = errClosed
		}
		c.mu.Lock()
		c.in = append(c.in, buf[:n]...)
		if len(c.in) > maxUnread {
			c.in = append(c.in[:0], c.in[len(c.in)-maxUnread/2:]...)
		}
		c.err = err
		c.mu.Unlock()
		select {
		case c.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// discard drops what has come in.
func (c *conn) discard() {
	c.mu.Lock()
	c.in = c.in[:0]
	c.mu.Unlock()
}

// await calls look with all that has come in, again whenever there is more, until look reports that
// it is done, reading has ended, or the context has. If look returns a time, it is called again
// after that time even though there is no more.
func (c *conn) await(
	ctx context.Context, look func(in []byte) (done bool, again time.Duration),
) error {
	timer := time.NewTimer(never)
	defer timer.Stop()
	for {
		c.mu.Lock()
		done, again := look(c.in)
		err := c.err
		c.mu.Unlock()
		if done {
			return nil
		}
		if err != nil {
			return err
		}
		if again == 0 {
			again = never
		}
		timer.Reset(again)
		select {
		case <-c.more:
		case <-timer.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// write writes all of p or fails; after a failure the connection must be discarded. When the
// context ends, the write may go on for writeGrace.
func (c *conn) write(ctx context.Context, p []byte) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	d, ok := c.rw.(interface{ SetWriteDeadline(time.Time) error })
	if ok && d.SetWriteDeadline(time.Time{}) == nil {
		stop := context.AfterFunc(ctx, func() { d.SetWriteDeadline(time.Now().Add(writeGrace)) })
		defer stop()
		_, err := c.rw.Write(p)
		if errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return err
	}
	return c.writeAside(ctx, append([]byte(nil), p...))
}

// writeAside writes from a goroutine of its own: a Write without deadline can only be left behind.
func (c *conn) writeAside(ctx context.Context, p []byte) error {
	wrote := make(chan error, 1)
	go func() {
		_, err := c.rw.Write(p)
		wrote <- err
	}()
	select {
	case err := <-wrote:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-wrote:
		return err
	case <-time.After(writeGrace):
		return context.Cause(ctx)
	}
}

// close closes the connection. With a time to drain it first closes the sending half and reads on,
// so that the printer gets the tail of what was sent.
func (c *conn) close(drain time.Duration) error {
	half, ok := c.rw.(interface{ CloseWrite() error })
	if ok && drain > 0 && half.CloseWrite() == nil {
		select {
		case <-c.done:
		case <-time.After(drain):
		}
	}
	return c.rw.Close()
}
