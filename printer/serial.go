package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	bugst "go.bug.st/serial"
)

const (
	xon  = 0x11
	xoff = 0x13
)

// A port is what a serialLine needs of a bugst.Port.
type port interface {
	io.ReadWriteCloser
	Drain() error
	GetModemStatusBits() (*bugst.ModemStatusBits, error)
}

// A serialLine does the flow control that the operating system isn't asked for: it writes small chunks, waits until each is on
// the line, and honours XOFF, or a CTS that went off, before the next. Bytes XON and XOFF are taken out of what is read.
type serialLine struct {
	port
	flow     string
	chunk    int
	byteTime time.Duration
	held     atomic.Bool   // by XOFF
	resume   chan struct{} // has a token after XON
	closed   chan struct{}
	once     atomic.Bool
}

func serialDialer(u *url.URL) (Dialer, error) {
	path, err := devicePath(u)
	if err != nil {
		return nil, err
	}
	mode, flow, err := serialMode(u.RawQuery)
	if err != nil {
		return nil, err
	}
	return func(context.Context) (io.ReadWriteCloser, error) {
		p, err := bugst.Open(path, mode)
		if err != nil {
			return nil, err
		}
		if err := p.SetReadTimeout(100 * time.Millisecond); err != nil {
			p.Close()
			return nil, err
		}
		return newSerialLine(p, flow, mode.BaudRate), nil
	}, nil
}

func serialMode(rawQuery string) (*bugst.Mode, string, error) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, "", err
	}
	mode := &bugst.Mode{BaudRate: 9600, DataBits: 8}
	flow := "xonxoff"
	for key, values := range query {
		value := values[len(values)-1]
		var err error
		switch key {
		case "baud":
			mode.BaudRate, err = strconv.Atoi(value)
			if err == nil && (mode.BaudRate < 110 || mode.BaudRate > 4_000_000) {
				err = errors.New("out of range")
			}
		case "data":
			mode.DataBits = 5 + slices.Index([]string{"5", "6", "7", "8"}, value)
			err = choose(mode.DataBits >= 5, "5, 6, 7 or 8")
		case "parity":
			mode.Parity = bugst.Parity(slices.Index([]string{"none", "odd", "even"}, value))
			err = choose(mode.Parity >= 0, "none, odd or even")
		case "stop":
			mode.StopBits = map[string]bugst.StopBits{"2": bugst.TwoStopBits}[value]
			err = choose(value == "1" || value == "2", "1 or 2")
		case "flow":
			flow = value
			err = choose(slices.Contains([]string{"xonxoff", "rtscts", "none"}, value), "xonxoff, rtscts or none")
		default:
			err = errors.New("no such setting: there are baud, data, parity, stop and flow")
		}
		if err != nil {
			return nil, "", fmt.Errorf("serial setting %s=%s: %w", key, value, err)
		}
	}
	return mode, flow, nil
}

func choose(ok bool, options string) error {
	if ok {
		return nil
	}
	return errors.New("want " + options)
}

func newSerialLine(p port, flow string, baud int) *serialLine {
	return &serialLine{
		port: p, flow: flow,
		// At most 20 ms of the line's time, so that little is under way when the printer says stop.
		chunk:    min(max(16, baud/10/50), 256),
		byteTime: 10 * time.Second / time.Duration(baud),
		resume:   make(chan struct{}, 1), closed: make(chan struct{}),
	}
}

// Read returns data only: flow control is taken out and acted upon.
func (l *serialLine) Read(p []byte) (int, error) {
	for {
		n, err := l.port.Read(p)
		if l.flow == "xonxoff" {
			n = l.filter(p[:n])
		}
		if n > 0 || err != nil {
			return n, err
		}
		select {
		case <-l.closed:
			return 0, io.EOF
		default: // the port's read timeout has passed
		}
	}
}

func (l *serialLine) filter(p []byte) int {
	kept := slices.DeleteFunc(p, func(b byte) bool {
		switch b {
		case xoff:
			l.held.Store(true)
		case xon:
			l.held.Store(false)
			select {
			case l.resume <- struct{}{}:
			default:
			}
		}
		return b == xon || b == xoff
	})
	return len(kept)
}

// Write is called by one goroutine at a time, and left only by Close when the printer holds it.
func (l *serialLine) Write(p []byte) (written int, err error) {
	for written < len(p) {
		if err := l.clear(); err != nil {
			return written, err
		}
		n, err := l.port.Write(p[written:min(written+l.chunk, len(p))])
		written += n
		if err != nil {
			return written, err
		}
		if err := l.port.Drain(); err != nil && !noSuchCall(err) {
			return written, err
		}
	}
	return written, nil
}

// clear waits until the printer can take more.
func (l *serialLine) clear() error {
	for {
		held := l.held.Load()
		var again <-chan time.Time
		if l.flow == "rtscts" {
			bits, err := l.port.GetModemStatusBits()
			if err != nil {
				return fmt.Errorf("flow=rtscts: the line has no CTS to read: %w", err)
			}
			held = !bits.CTS
			again = time.After(2 * time.Millisecond)
		}
		if !held {
			select {
			case <-l.closed:
				return io.ErrClosedPipe
			default:
				return nil
			}
		}
		select {
		case <-l.resume:
		case <-again:
		case <-l.closed:
			return io.ErrClosedPipe
		}
	}
}

func (l *serialLine) Close() error {
	if l.once.CompareAndSwap(false, true) {
		close(l.closed)
	}
	return l.port.Close()
}

// noSuchCall reports whether a pseudo-terminal refuses a call that only a real line has.
func noSuchCall(err error) bool {
	text := err.Error()
	return strings.Contains(text, "inappropriate ioctl") || strings.Contains(text, "not supported") || strings.Contains(text, "not implemented")
}

// ByteTime is how long the line takes for a byte.
func (l *serialLine) ByteTime() time.Duration { return l.byteTime }
