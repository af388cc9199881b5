package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
	"github.com/gonameplate/nameplate/printer/port"
)

// A Printer is a thermal printer at an address. It holds one connection at most, which it opens
// anew if it was lost, and is used by one goroutine at a time.
type Printer struct {
	name        string
	dial        func(context.Context) (io.ReadWriteCloser, error) // nil once closed
	conn        *conn                                             // nil if there is none
	connections int                                               // number of them so far
}

const (
	// dialTimeout bounds the wait for a connection.
	dialTimeout = 10 * time.Second
	// replyTimeout bounds the wait for a reply if the context has no deadline.
	replyTimeout = 5 * time.Second
	// drainTime bounds the wait for the printer to take the tail of what was sent when its
	// connection is closed.
	drainTime = 2 * time.Second
)

// Name returns the address or name that the printer was opened by.
func (p *Printer) Name() string { return p.name }

// OneWay reports whether the connection can't carry replies: a file, or a device that is only
// written.
func (p *Printer) OneWay() bool {
	if p.conn == nil {
		return false
	}
	one, ok := p.conn.rw.(interface{ OneWay() bool })
	return ok && one.OneWay()
}

// Close closes the connection. It first closes the sending half and waits, for two seconds at most,
// until the printer has closed its own: closing with unread replies would reset the connection and
// could lose the last label.
func (p *Printer) Close() error {
	p.dial = nil
	if p.conn == nil {
		return nil
	}
	err := p.conn.close(drainTime)
	p.conn = nil
	return err
}

// Send writes commands to the printer. That they are written doesn't mean that they are carried
// out. Without a deadline in the context, Send waits for as long as the printer takes no more.
// After an error the connection is closed, as a command may have been cut; the next use opens
// another one.
func (p *Printer) Send(ctx context.Context, commands []byte) error {
	if err := p.connect(ctx); err != nil {
		return err
	}
	return p.send(ctx, commands)
}

// Status asks for the host status (~HS). A printer whose media is out may not answer: the error
// then wraps context.DeadlineExceeded, after five seconds if the context has no deadline.
func (p *Printer) Status(ctx context.Context) (HostStatus, error) {
	a, err := p.ask(ctx, query{status: true})
	if err != nil {
		return HostStatus{}, err
	}
	return *a.status, nil
}

// Faults asks for the error and warning flags (~HQES).
func (p *Printer) Faults(ctx context.Context) (Faults, error) {
	a, err := p.ask(ctx, query{faults: true})
	if err != nil {
		return Faults{}, err
	}
	return *a.faults, nil
}

// Identify asks who the printer is (~HI and device.unique_id).
func (p *Printer) Identify(ctx context.Context) (Identity, error) {
	a, err := p.ask(ctx, query{vars: []string{zebra.IDKey}, identity: true})
	if err != nil {
		return Identity{}, err
	}
	if a.vars != nil {
		a.identity.setID(a.vars[0])
	}
	return *a.identity, nil
}

// Var asks for an SGD variable, such as "odometer.total_label_count". ok is false if the printer
// doesn't have it.
func (p *Printer) Var(ctx context.Context, key string) (value string, ok bool, err error) {
	if !zebra.ValidKey(key) {
		return "", false, fmt.Errorf(
			"printer: variable %.40q: invalid name, want letters, digits and ._-[]", key)
	}
	a, err := p.ask(ctx, query{vars: []string{key}})
	if err != nil {
		return "", false, err
	}
	return a.vars[0], a.vars[0] != zebra.Unknown, nil
}

// ask is query on whatever connection there is.
func (p *Printer) ask(ctx context.Context, q query) (answer, error) {
	if err := p.connect(ctx); err != nil {
		return answer{}, err
	}
	return p.query(ctx, q)
}

// connect opens a connection if there is none.
func (p *Printer) connect(ctx context.Context) error {
	if p.conn != nil {
		return nil
	}
	if p.dial == nil {
		return p.failed(errors.New("is closed"))
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	rw, err := p.dial(ctx)
	if _, ok := errors.AsType[*port.Error](err); ok {
		return err // it names the address
	}
	if err != nil {
		return p.failed(err)
	}
	p.conn = newConn(rw)
	p.connections++
	return nil
}

// send is Send on the connection there is.
func (p *Printer) send(ctx context.Context, commands []byte) error {
	if p.conn == nil {
		return p.failed(errClosed)
	}
	if err := p.conn.write(ctx, commands); err != nil {
		p.drop()
		return p.failed(err)
	}
	return nil
}

// query asks on the connection there is. A query that isn't answered in time ends the connection:
// its answer could come later, and be taken for the next one's.
func (p *Printer) query(ctx context.Context, q query) (answer, error) {
	if p.conn == nil {
		return answer{}, p.failed(errClosed)
	}
	if p.OneWay() {
		return answer{}, p.failed(ErrOneWay)
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, replyTimeout)
		defer cancel()
	}
	a, err := p.conn.query(ctx, q)
	if err != nil {
		p.drop()
		return answer{}, p.failed(err)
	}
	return a, nil
}

// drop closes a connection that has failed.
func (p *Printer) drop() {
	if p.conn != nil {
		p.conn.close(0)
		p.conn = nil
	}
}

// lineTime returns how long a slow line takes for a number of bytes; 0 for other connections.
func (p *Printer) lineTime(size int) time.Duration {
	if p.conn == nil {
		return 0
	}
	line, ok := p.conn.rw.(interface{ ByteTime() time.Duration })
	if !ok {
		return 0
	}
	return time.Duration(size) * line.ByteTime()
}

func (p *Printer) failed(err error) error { return fmt.Errorf("printer: %s: %w", p.name, err) }
