package port

import (
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	bugst "go.bug.st/serial"
)

// A wire is a port whose other end is the test.
type wire struct {
	mu     sync.Mutex
	sent   []byte
	writes []int
	cts    bool
	in     chan []byte
}

func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, p...)
	w.writes = append(w.writes, len(p))
	return len(p), nil
}

func (w *wire) Read(p []byte) (int, error) {
	select {
	case b, ok := <-w.in:
		if !ok {
			return 0, io.EOF
		}
		return copy(p, b), nil
	case <-time.After(100 * time.Millisecond):
		return 0, nil
	}
}

func (w *wire) Drain() error { time.Sleep(10 * time.Millisecond); return nil }
func (w *wire) Close() error { return nil }
func (w *wire) GetModemStatusBits() (*bugst.ModemStatusBits, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return &bugst.ModemStatusBits{CTS: w.cts}, nil
}

func (w *wire) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.sent)
}

func TestXonXoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{in: make(chan []byte)}
		line := newSerialLine(w, "xonxoff", 9600)
		data := strings.Repeat("x", 1000)
		wrote := make(chan error)
		read := make(chan string)
		go func() {
			_, err := line.Write([]byte(data))
			wrote <- err
		}()
		go func() {
			buf := make([]byte, 10)
			n, _ := line.Read(buf)
			read <- string(buf[:n])
		}()
		time.Sleep(55 * time.Millisecond)
		w.in <- []byte{xoff}
		time.Sleep(time.Minute)
		stopped := w.count()
		require.Less(t, stopped, 200, "little goes out after XOFF")
		w.in <- []byte("a\x13\x11b")
		require.Equal(t, "ab", <-read, "flow control isn't data")
		require.NoError(t, <-wrote)
		require.Equal(t, data, string(w.sent))
		for _, n := range w.writes {
			require.LessOrEqual(t, n, 20)
		}

		// A printer that holds the line for ever doesn't hold Close.
		line.held.Store(true)
		go func() {
			_, err := line.Write([]byte(data))
			wrote <- err
		}()
		time.Sleep(time.Second)
		require.NoError(t, line.Close())
		require.ErrorIs(t, <-wrote, io.ErrClosedPipe)
	})
}

func TestRTSCTS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{in: make(chan []byte)}
		line := newSerialLine(w, "rtscts", 115200)
		wrote := make(chan error)
		go func() {
			_, err := line.Write([]byte(strings.Repeat("x", 1000)))
			wrote <- err
		}()
		time.Sleep(time.Second)
		require.Zero(t, w.count())
		w.mu.Lock()
		w.cts = true
		w.mu.Unlock()
		require.NoError(t, <-wrote)
		require.Equal(t, 1000, w.count())
		require.NoError(t, line.Close())
	})
}

// Without XON/XOFF every byte is data.
func TestNoFlowControl(t *testing.T) {
	w := &wire{in: make(chan []byte, 1)}
	w.in <- []byte("\x11a\x13")
	buf := make([]byte, 10)
	n, err := newSerialLine(w, "none", 9600).Read(buf)
	require.NoError(t, err)
	require.Equal(t, "\x11a\x13", string(buf[:n]))
}

// XON leaves one token, so that a writer that was about to wait goes on.
func TestXonIsRemembered(t *testing.T) {
	line := newSerialLine(&wire{}, "xonxoff", 9600)
	require.Zero(t, line.filter([]byte{xoff, xon, xon}))
	require.Len(t, line.resume, 1)
	require.False(t, line.held.Load())
	require.Equal(t, 2, line.filter([]byte{'a', xoff, 'b'}))
	require.True(t, line.held.Load())
}

// A faulty is a wire that fails when it has carried some bytes.
type faulty struct {
	wire
	left       int
	drain, cts error
}

func (f *faulty) Write(p []byte) (int, error) {
	n := min(len(p), f.left)
	f.left -= n
	if n < len(p) {
		return n, io.ErrShortWrite
	}
	return n, nil
}

func (f *faulty) Drain() error { return f.drain }

func (f *faulty) GetModemStatusBits() (*bugst.ModemStatusBits, error) {
	return &bugst.ModemStatusBits{CTS: true}, f.cts
}

// Write returns how much the line has carried.
func TestWriteFails(t *testing.T) {
	data := make([]byte, 100)
	for name, c := range map[string]struct {
		wire    *faulty
		flow    string
		written int
		err     string
	}{
		"all": {&faulty{left: 100}, "none", 100, ""},
		"cut": {&faulty{left: 50}, "none", 50, "short write"},
		"drain": {&faulty{left: 100, drain: io.ErrUnexpectedEOF}, "none", 19,
			"unexpected EOF"},
		"no drain": {&faulty{left: 100, drain: errors.New("inappropriate ioctl for device")},
			"none", 100, ""},
		"no drain 2": {&faulty{left: 100, drain: errors.New("not supported")}, "none", 100, ""},
		"no drain 3": {&faulty{left: 100, drain: errors.New("not implemented")}, "none", 100,
			""},
		"cts": {&faulty{left: 100}, "rtscts", 100, ""},
		"no cts line": {&faulty{left: 100, cts: io.EOF}, "rtscts", 0,
			"flow=rtscts: the line has no CTS: EOF"},
	} {
		written, err := newSerialLine(c.wire, c.flow, 9600).Write(data)
		require.Equal(t, c.written, written, name)
		if c.err == "" {
			require.NoError(t, err, name)
		} else {
			require.EqualError(t, err, c.err, name)
		}
	}
}

func TestClosedLine(t *testing.T) {
	line := newSerialLine(&wire{}, "xonxoff", 9600)
	require.NoError(t, line.Close())
	require.NoError(t, line.Close())
	written, err := line.Write([]byte("x"))
	require.Zero(t, written)
	require.Equal(t, io.ErrClosedPipe, err)
	line.held.Store(true)
	_, err = line.Write([]byte("x"))
	require.Equal(t, io.ErrClosedPipe, err)
	n, err := line.Read(make([]byte, 1))
	require.Zero(t, n)
	require.Equal(t, io.EOF, err)
}
