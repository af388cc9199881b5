package printertest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/gonameplate/nameplate/zpl"
)

// A session is a connection of a host.
type session struct {
	s        *Server
	rw       io.ReadWriteCloser
	host     int
	reader   *zpl.Reader
	in       *zpl.Interpreter
	inFormat atomic.Bool
	boots    int
	holds    bool // bytes that have arrived but aren't all carried out; under the server's mutex
}

// A cut resets the connection that sends a certain format, after some of its bytes.
type cut struct{ format, after int }

// serve is the printer's end of a connection, until the host closes it or the printer does.
func (s *Server) serve(rw io.ReadWriteCloser) {
	s.mu.Lock()
	s.hosts++
	c := &session{s: s, rw: rw, host: s.hosts, boots: s.boots}
	closed := s.closed || s.off
	if !closed {
		s.sessions[c] = true
	}
	s.mu.Unlock()
	if closed {
		c.Close()
		return
	}
	c.reader = zpl.NewReader(&cutter{session: c})
	c.in = zpl.NewInterpreter(c)
	c.serve()
	s.mu.Lock()
	delete(s.sessions, c)
	s.mu.Unlock()
	rw.Close()
}

func (c *session) serve() {
	for {
		cmd, err := c.reader.Next()
		if err == nil {
			err = c.in.Do(cmd)
			c.inFormat.Store(c.reader.InFormat())
		} else if _, ours := errors.AsType[*zpl.Error](err); ours {
			c.in.Abort()
		}
		var rejected *zpl.Error
		switch {
		case err == nil:
		case errors.As(err, &rejected):
			c.s.reject(err)
			if errors.Is(err, zpl.ErrTruncated) {
				return
			}
		default:
			return
		}
	}
}

// Close resets the connection: the host's unread replies and unsent bytes are gone.
func (c *session) Close() error {
	if tcp, ok := c.rw.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	return c.rw.Close()
}

// Print takes a format into the buffer, and waits while that is full: what the host sends
// meanwhile isn't read.
func (c *session) Print(page *zpl.Page) error {
	size := int(c.reader.Offset() - page.Pos)
	if !c.s.enqueue(&format{page: *page, host: c.host, left: page.Quantity, size: size}, c) {
		return io.ErrClosedPipe
	}
	return nil
}

func (c *session) Control(cmd zpl.Command) error {
	s := c.s
	switch name := cmd.String(); name {
	case "~HS":
		if status, ok := s.hostStatus(); ok {
			c.reply(status)
		}
	case "~HI":
		c.reply(s.identity())
	case "~HD", "^HH":
		c.reply(s.configuration())
	case "~HQ":
		if string(bytes.ToUpper(cmd.Params)) != "ES" {
			return unsupported("~HQ", cmd.Pos, "only ~HQES is known")
		}
		c.reply(s.faults())
	case "~JA":
		s.CancelAll()
	case "~JX":
		s.cancel(1)
	case "~PS":
		s.setPause(false)
	case "~PP":
		s.setPause(true)
	case "~PR":
		s.Reprint()
	case "~PH":
		s.Feed(1)
	case "~JR":
		s.running.Go(func() { s.PowerCycle(0, 0) })
	case "~JC":
		s.Feed(2)
	default:
		return unsupported(name, cmd.Pos, "the virtual printer can't do that")
	}
	return nil
}

func (c *session) Variable(v zpl.Variable) error {
	if c.s.cfg.NoSGD {
		return nil
	}
	switch v.Op {
	case "getvar":
		answer := `"` + c.s.variable(v.Key) + `"`
		if c.s.cfg.LineEnds {
			answer += "\r\n"
		}
		c.reply(answer)
	case "setvar":
		if !c.s.setVariable(v.Key, v.Value) {
			return unsupported("setvar", v.Pos, "no variable "+v.Key+" to set")
		}
	case "do":
		if v.Key != "device.reset" {
			return unsupported("do", v.Pos, v.Key)
		}
		c.s.running.Go(func() { c.s.PowerCycle(0, 0) })
	}
	return nil
}

func unsupported(command string, pos int64, detail string) error {
	return &zpl.Error{Command: command, Pos: pos, Err: zpl.ErrUnsupported, Detail: detail}
}

// reply sends an answer, in the way that the printer has.
func (c *session) reply(text string) {
	cfg := &c.s.cfg
	c.s.sleep(cfg.Delay)
	if c.s.mute(c.boots) {
		return
	}
	if d, ok := c.rw.(interface{ SetWriteDeadline(time.Time) error }); ok {
		d.SetWriteDeadline(time.Now().Add(5 * time.Second))
	}
	text = cfg.Junk + text
	for cfg.Split > 0 && len(text) > cfg.Split {
		io.WriteString(c.rw, text[:cfg.Split])
		text = text[cfg.Split:]
		c.s.sleep(time.Millisecond)
	}
	io.WriteString(c.rw, text)
}

// A cutter reads for a session, and resets its connection where a cut says. It counts formats by
// their ^XA.
type cutter struct {
	*session
	tail byte
}

func (c *cutter) Read(p []byte) (int, error) {
	c.s.set(func() { c.holds = false })
	n, err := c.rw.Read(p)
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.holds = n > 0
	for i, b := range p[:n] {
		if b == 'A' && c.tail == 'X' {
			c.s.formats++
		}
		c.tail = b
		for k, cut := range c.s.cuts {
			if cut.format != c.s.formats {
				continue
			}
			if c.s.cuts[k].after--; cut.after <= 0 {
				c.s.cuts[k].format = -1
				c.Close()
				return i + 1, nil
			}
		}
	}
	return n, err
}
