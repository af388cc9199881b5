package port

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	bugst "go.bug.st/serial"
)

func TestSerialMode(t *testing.T) {
	for query, want := range map[string]bugst.Mode{
		"":                             {BaudRate: 9600, DataBits: 8},
		"baud=110":                     {BaudRate: 110, DataBits: 8},
		"baud=4000000&baud=300&data=7": {BaudRate: 300, DataBits: 7},
		"baud=4000000&data=5&stop=1":   {BaudRate: 4_000_000, DataBits: 5},
		"parity=none&data=6":           {BaudRate: 9600, DataBits: 6},
		"parity=odd&stop=2&data=8": {BaudRate: 9600, DataBits: 8,
			Parity: bugst.OddParity, StopBits: bugst.TwoStopBits},
		"flow=none&parity=even&data=7&baud=50": {},
	} {
		mode, flow, err := serialMode(query)
		if want.BaudRate == 0 {
			require.EqualError(t, err, "setting baud=50: invalid rate, want 110 to 4000000")
			continue
		}
		require.NoError(t, err, query)
		require.Equal(t, want, *mode, query)
		require.Equal(t, "xonxoff", flow)
	}
	for _, flow := range []string{"xonxoff", "rtscts", "none"} {
		_, got, err := serialMode("flow=" + flow)
		require.NoError(t, err)
		require.Equal(t, flow, got)
	}
}

// What is written at once takes the line 20 ms at most, and is 16 to 256 bytes.
func TestChunks(t *testing.T) {
	for baud, want := range map[int]int{110: 16, 4800: 16, 9600: 19, 38400: 76, 115200: 230,
		4_000_000: 256} {
		line := newSerialLine(&wire{}, "none", baud)
		require.Equal(t, want, line.chunk, baud)
		require.Equal(t, 10*time.Second/time.Duration(baud), line.ByteTime())
	}
}

func TestHostPort(t *testing.T) {
	for address, want := range map[string]string{
		"tcp://host": "host:9100", "tcp://host/": "host:9100", "tcp://host:6101": "host:6101",
		"tcp://[::1]": "[::1]:9100", "tcp://192.168.1.5:9100": "192.168.1.5:9100",
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		got, err := hostPort(u)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestDevicePath(t *testing.T) {
	for address, want := range map[string]string{
		"serial:///dev/ttyUSB0": "/dev/ttyUSB0", "serial://COM3": "COM3",
		"file:///dev/usb/lp0": "/dev/usb/lp0",
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		path, err := devicePath(u)
		require.NoError(t, err)
		require.Equal(t, want, path)
	}
}

func TestHints(t *testing.T) {
	const check = "check that the device is switched on and on this network, and its address"
	for _, c := range []struct {
		err  error
		want string
	}{
		{&net.DNSError{}, "check the spelling of the host, or use its IP address"},
		{fmt.Errorf("x: %w", syscall.ECONNREFUSED),
			"the host answers but nothing listens on the port: " +
				"check the port, and that the device isn't busy with another host"},
		{context.DeadlineExceeded, "no answer in time: " + check},
		{os.ErrDeadlineExceeded, "no answer in time: " + check},
		{fs.ErrNotExist, "check the path, and that the device is plugged in and switched on"},
		{errors.New("port not found"),
			"check the path, and that the device is plugged in and switched on"},
		{fs.ErrPermission,
			"give this user access to the device (on Linux: the group lp or dialout)"},
		{errors.New("Permission denied"),
			"give this user access to the device (on Linux: the group lp or dialout)"},
		{errors.New("no route to host"), check},
	} {
		require.Equal(t, c.want, hint(c.err))
	}
}

func TestQuotable(t *testing.T) {
	for address, want := range map[string]string{
		"tcp://@host": "tcp://…@host", "tcp://u:p@host/path@x": "tcp://…@host/path@x",
		"tcp://u@v@host": "tcp://…@host",
		"tcp://host/@":   "tcp://host/@", "host": "host", "": "",
	} {
		require.Equal(t, want, quotable(address))
	}
}

// A device without anything to read reports the end of the file: Read waits, and Close ends it.
func TestDeviceWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "device")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	require.NoError(t, err)
	d := &device{File: f}
	require.False(t, d.OneWay())
	read := make(chan string)
	go func() {
		buf := make([]byte, 10)
		for {
			n, err := d.Read(buf)
			read <- fmt.Sprint(string(buf[:n]), err)
			if err != nil {
				return
			}
		}
	}()
	other, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(t, err)
	defer other.Close()
	for _, text := range []string{"a", "bc"} {
		select {
		case got := <-read:
			t.Fatal("Read returned ", got)
		case <-time.After(50 * time.Millisecond):
		}
		_, err = io.WriteString(other, text)
		require.NoError(t, err)
		require.Equal(t, text+"<nil>", <-read)
	}
	require.NoError(t, d.Close())
	require.Contains(t, <-read, os.ErrClosed.Error())
	n, err := (&device{File: f, oneWay: true}).Read(make([]byte, 1))
	require.Zero(t, n)
	require.Equal(t, errOneWay, err)
}

// A device that has been closed is at its end, whatever the file reports.
func TestDeviceClosed(t *testing.T) {
	f, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	require.NoError(t, err)
	defer f.Close()
	d := &device{File: f}
	d.closed.Store(true)
	n, err := d.Read(make([]byte, 1))
	require.Zero(t, n)
	require.Equal(t, os.ErrClosed, err)
}

func TestOpenWaitsTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := dialer(func(ctx context.Context) (io.ReadWriteCloser, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}).open(t.Context(), "tcp://host")
		require.EqualError(t, err,
			`port: "tcp://host": context deadline exceeded; no answer in time: `+
				"check that the device is switched on and on this network, and its address")
		require.Equal(t, 10*time.Second, time.Since(began))
	})
}

func FuzzParse(f *testing.F) {
	for _, address := range []string{"tcp://host:9100",
		"serial:///dev/x?baud=9600&flow=none&data=8", "file:///dev/usb/lp0", "tcp://[::1]:9"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		dial, err := parse(address)
		require.Equal(t, err == nil, dial != nil)
		require.LessOrEqual(t, len(quotable(address)), 200)
	})
}
