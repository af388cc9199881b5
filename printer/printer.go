package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gonameplate/nameplate/printer/port"
)

const (
	// replyTimeout bounds the wait for a reply when the context has no deadline.
	replyTimeout = 5 * time.Second
	// replyGrace is how long a part of an answer may come later than the part behind it.
	replyGrace = 250 * time.Millisecond
	// drainTime bounds the wait for the printer to take the tail of what was sent when its connection is closed.
	drainTime = 2 * time.Second
)

// A Printer is a thermal printer at an address. It holds at most one connection, which it opens anew when it was lost, and is
// used by one goroutine at a time.
type Printer struct {
	name        string
	dial        func(context.Context) (io.ReadWriteCloser, error) // nil once closed
	conn        *conn                                             // nil when there is none
	connections int                                               // how many there have been
}

// Name is the address or name that the printer was opened by.
func (p *Printer) Name() string { return p.name }

// OneWay reports whether the connection can't carry replies: a file, or a device that is written to only.
func (p *Printer) OneWay() bool {
	if p.conn == nil {
		return false
	}
	one, ok := p.conn.rw.(interface{ OneWay() bool })
	return ok && one.OneWay()
}

// connect opens a connection if there is none.
func (p *Printer) connect(ctx context.Context) error {
	if p.conn != nil {
		return nil
	}
	if p.dial == nil {
		return errors.New("printer " + p.name + ": is closed")
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

// drop closes a connection that has failed.
func (p *Printer) drop() {
	if p.conn != nil {
		p.conn.close(0)
		p.conn = nil
	}
}

// Close closes the connection. It first closes the sending half and waits, for two seconds at most, until the printer has
// closed its own: closing with unread replies would reset the connection and could lose the last label.
func (p *Printer) Close() error {
	p.dial = nil
	if p.conn == nil {
		return nil
	}
	err := p.conn.close(drainTime)
	p.conn = nil
	return err
}

// Send writes commands to the printer, which says nothing about when, or whether, they are carried out. Without a
// deadline in the context it is bounded by how long the printer stalls. After an error the connection is closed, as a command may
// have been cut; the next use opens another.
func (p *Printer) Send(ctx context.Context, commands []byte) error {
	if err := p.connect(ctx); err != nil {
		return err
	}
	return p.send(ctx, commands)
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

func (p *Printer) failed(err error) error { return fmt.Errorf("printer %s: %w", p.name, err) }

// Status asks for the host status (~HS). A printer whose media is out may not answer: the error is then context.DeadlineExceeded,
// after five seconds when the context has no deadline.
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
	a, err := p.ask(ctx, query{vars: []string{varID}, identity: true})
	if err != nil {
		return Identity{}, err
	}
	if len(a.vars) == 1 && a.vars[0] != "?" {
		a.identity.ID = a.vars[0]
	}
	return *a.identity, nil
}

// Var asks for an SGD variable. ok is false when the printer doesn't know it.
func (p *Printer) Var(ctx context.Context, key string) (value string, ok bool, err error) {
	if !validKey(key) {
		return "", false, fmt.Errorf("printer: %q is not the name of a variable", key)
	}
	a, err := p.ask(ctx, query{vars: []string{key}})
	if err != nil {
		return "", false, err
	}
	return a.vars[0], a.vars[0] != "?", nil
}

// ask is query for those who don't mind on which connection.
func (p *Printer) ask(ctx context.Context, q query) (answer, error) {
	if err := p.connect(ctx); err != nil {
		return answer{}, err
	}
	a, err := p.query(ctx, q)
	if err == nil && q.status && a.status == nil {
		err = p.failed(context.DeadlineExceeded)
	}
	return a, err
}
