package port

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	bugst "go.bug.st/serial"
)

// A serialLine is a serial line with the flow control that the operating system isn't asked for: it
// writes small chunks, waits until each has left the computer, and stops before the next one after
// XOFF or while CTS is off. XON and XOFF are taken out of what is read.
type serialLine struct {
	tty
	flow     string
	chunk    int // bytes
	byteTime time.Duration
	held     atomic.Bool   // by XOFF
	resume   chan struct{} // has a token after XON
	closed   chan struct{}
	once     sync.Once
}

// A tty is what a serialLine needs of a bugst.Port.
type tty interface {
	io.ReadWriteCloser
	Drain() error
	GetModemStatusBits() (*bugst.ModemStatusBits, error)
}

const (
	xon  = 0x11
	xoff = 0x13
)

const (
	// readTimeout is how long a read goes on after Close.
	readTimeout = 100 * time.Millisecond
	// chunkTime is the line's time for what is written at once: little is under way when the device
	// stops the line.
	chunkTime = 20 * time.Millisecond
	minChunk  = 16
	maxChunk  = 256
	// ctsPause is the time between two looks at CTS.
	ctsPause = 2 * time.Millisecond
)

func parseSerial(u *url.URL) (dialer, error) {
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
		if err := p.SetReadTimeout(readTimeout); err != nil {
			p.Close()
			return nil, err
		}
		return newSerialLine(p, flow, mode.BaudRate), nil
	}, nil
}

func newSerialLine(t tty, flow string, baud int) *serialLine {
	byteTime := 10 * time.Second / time.Duration(baud) // a start bit, eight bits and a stop bit
	return &serialLine{
		tty: t, flow: flow, byteTime: byteTime,
		chunk:  min(max(minChunk, int(chunkTime/byteTime)), maxChunk),
		resume: make(chan struct{}, 1), closed: make(chan struct{}),
	}
}

// ByteTime returns the time that the line takes to carry one byte.
func (l *serialLine) ByteTime() time.Duration { return l.byteTime }

// Read returns data only: flow control is taken out and acted upon.
func (l *serialLine) Read(p []byte) (int, error) {
	for {
		n, err := l.tty.Read(p)
		if l.flow == "xonxoff" {
			n = l.filter(p[:n])
		}
		if n > 0 || err != nil {
			return n, err
		}
		select {
		case <-l.closed:
			return 0, io.EOF
		default: // readTimeout has passed
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

// Write is called by one goroutine at a time. While the device holds the line, only Close ends it.
func (l *serialLine) Write(p []byte) (written int, err error) {
	for written < len(p) {
		if err := l.clearToSend(); err != nil {
			return written, err
		}
		n, err := l.tty.Write(p[written:min(written+l.chunk, len(p))])
		written += n
		if err != nil {
			return written, err
		}
		if err := l.tty.Drain(); err != nil && !unsupported(err) {
			return written, err
		}
	}
	return written, nil
}

// clearToSend waits until the device can take more.
func (l *serialLine) clearToSend() error {
	for {
		held := l.held.Load()
		var again <-chan time.Time
		if l.flow == "rtscts" {
			bits, err := l.tty.GetModemStatusBits()
			if err != nil {
				return fmt.Errorf("flow=rtscts: the line has no CTS: %w", err)
			}
			held = !bits.CTS
			again = time.After(ctsPause)
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
	l.once.Do(func() { close(l.closed) })
	return l.tty.Close()
}

// unsupported reports whether a pseudo-terminal lacks a call that a serial line has.
func unsupported(err error) bool {
	text := err.Error()
	return strings.Contains(text, "inappropriate ioctl") ||
		strings.Contains(text, "not supported") || strings.Contains(text, "not implemented")
}
