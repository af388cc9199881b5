package port_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer/port"
)

func TestOpenErrors(t *testing.T) {
	for address, want := range map[string]string{
		"tcp://":                       "no host, want a host and a port after tcp://",
		"tcp://host:9100/path":         "unexpected path, want a host and a port after tcp://",
		"tcp://host:port":              `invalid port ":port" after host`,
		"host:9100":                    `unsupported scheme "host", want tcp, serial or file`,
		"192.168.1.5":                  "no scheme, want tcp, serial or file",
		"usb://x":                      `unsupported scheme "usb", want tcp, serial or file`,
		"file://":                      "no path, want the path of a device after file://",
		"serial:///":                   "no path, want the path of a device after serial://",
		"serial:///dev/x?baud=fast":    "setting baud=fast: invalid rate, want 110 to 4000000",
		"serial:///dev/x?baud=109":     "setting baud=109: invalid rate, want 110 to 4000000",
		"serial:///dev/x?baud=4000001": "setting baud=4000001: invalid rate, want 110 to 4000000",
		"serial:///dev/x?flow=xon":     "setting flow=xon: invalid value, want none, xonxoff or rtscts",
		"serial:///dev/x?data=9":       "setting data=9: invalid value, want 5, 6, 7 or 8",
		"serial:///dev/x?data=":        "setting data=: invalid value, want 5, 6, 7 or 8",
		"serial:///dev/x?parity=mark":  "setting parity=mark: invalid value, want none, odd or even",
		"serial:///dev/x?stop=3":       "setting stop=3: invalid value, want 1 or 2",
		"serial:///dev/x?speed=9600":   "setting speed=9600: unknown setting, want baud, data, parity, stop or flow",
		"serial:///dev/x?a=1;b":        "invalid semicolon separator in query",
		"tcp://user:pass@host:9100":    "unexpected user, query or fragment",
		"tcp://host:9100?timeout=fast": "unexpected user, query or fragment",
		"tcp://host:9100#top":          "unexpected user, query or fragment",
		"file:///dev/usb/lp0?x=1":      "unexpected user, query or fragment",
	} {
		stream, err := port.Open(t.Context(), address)
		require.Nil(t, stream, address)
		var e *port.Error
		require.ErrorAs(t, err, &e, address)
		require.ErrorIs(t, err, port.ErrAddress, address)
		require.Equal(t, want, e.Detail, address)
		require.Equal(t,
			"use tcp://host:9100, serial:///dev/ttyUSB0?baud=9600&flow=xonxoff or file:///dev/usb/lp0", e.Hint)
	}
}

func TestOpenFails(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	closedPort := "tcp://" + free.Addr().String()
	free.Close()
	folder := t.TempDir()
	for address, want := range map[string]string{
		closedPort:               "nothing listens on the port: check the port, and that the device isn't busy",
		"file:///no/such/device": "check the path, and that the device is plugged in and switched on",
		"file://" + folder:       "is a directory, not a device",
		"serial:///no/such/dev":  "check the path, and that the device is plugged in and switched on",
	} {
		_, err := port.Open(t.Context(), address)
		var e *port.Error
		require.ErrorAs(t, err, &e, address)
		require.Equal(t, address, e.Input)
		require.NotErrorIs(t, err, port.ErrAddress)
		require.ErrorContains(t, err, want)
		require.True(t, strings.HasPrefix(err.Error(), `port: "`+address+`": `), "%v", err)
		require.Equal(t, e.Err, e.Unwrap())
	}
	_, err = port.Open(t.Context(), "file:///no/such/device")
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = port.Open(t.Context(), "tcp://no-such-host.invalid")
	require.ErrorContains(t, err, "check the spelling of the host, or use its IP address")
}

func TestErrorText(t *testing.T) {
	_, err := port.Open(t.Context(), "tcp://host:9100/path")
	require.EqualError(t, err,
		`port: "tcp://host:9100/path": invalid address: unexpected path, want a host and a port `+
			"after tcp://; use tcp://host:9100, serial:///dev/ttyUSB0?baud=9600&flow=xonxoff or file:///dev/usb/lp0")
}

// Passwords and megabytes stay out of errors.
func TestErrorQuotesLittle(t *testing.T) {
	for _, address := range []string{"tcp://user:secret@host", "tcp://user:secr%@et@host",
		"tcp://user:secret@host:port", "tcp://secret@"} {
		_, err := port.Open(t.Context(), address)
		require.Error(t, err)
		require.NotContains(t, err.Error(), "secr", address)
		require.Contains(t, err.Error(), "…@", address)
	}
	for n, length := range map[int]int{199: 199, 200: 200, 201: 200, 1 << 20: 200} {
		_, err := port.Open(t.Context(), strings.Repeat("x", n))
		var e *port.Error
		require.ErrorAs(t, err, &e)
		require.Len(t, e.Input, length)
		require.Less(t, len(e.Error()), 400)
	}
	_, err := port.Open(t.Context(), "serial:///dev/x?baud="+strings.Repeat("9", 100))
	require.ErrorContains(t, err, "setting baud="+strings.Repeat("9", 40)+": ")
}

func TestOpenIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := port.Open(ctx, "tcp://127.0.0.1:9100")
	require.ErrorIs(t, err, context.Canceled)
	ctx, cancel = context.WithTimeout(t.Context(), -1)
	defer cancel()
	_, err = port.Open(ctx, "tcp://127.0.0.1:9100")
	require.ErrorContains(t, err, "no answer in time: check that the device is switched on")
}

func TestTCP(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		if err == nil {
			io.Copy(conn, conn)
			conn.Close()
		}
	}()
	stream, err := port.Open(t.Context(), "tcp://"+l.Addr().String()+"/")
	require.NoError(t, err)
	defer stream.Close()
	_, err = io.WriteString(stream, "there and back")
	require.NoError(t, err)
	require.NoError(t, stream.(interface{ CloseWrite() error }).CloseWrite())
	back, err := io.ReadAll(stream)
	require.NoError(t, err)
	require.Equal(t, "there and back", string(back))
}

// What is written to a file is appended to it, and nothing is read back.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lp0")
	require.NoError(t, os.WriteFile(path, []byte("before "), 0o600))
	stream, err := port.Open(t.Context(), "file://"+path)
	require.NoError(t, err)
	require.True(t, stream.(interface{ OneWay() bool }).OneWay())
	_, err = io.WriteString(stream, "after")
	require.NoError(t, err)
	_, err = stream.Read(make([]byte, 1))
	require.EqualError(t, err, "the file can only be written")
	require.NoError(t, stream.Close())
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "before after", string(text))
}

// A bar code reader that is connected over the network.
func ExampleOpen() {
	reader, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer reader.Close()
	go func() {
		if conn, err := reader.Accept(); err == nil {
			io.WriteString(conn, "]d2010952123454321310L42\r\n")
			conn.Close()
		}
	}()

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	line, err := port.Open(ctx, "tcp://"+reader.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer line.Close()
	for scans := bufio.NewScanner(line); scans.Scan(); {
		fmt.Println(scans.Text())
	}
	// Output: ]d2010952123454321310L42
}

func ExampleOpen_error() {
	_, err := port.Open(context.Background(), "usb://printer")
	fmt.Println(err)
	// Output: port: "usb://printer": invalid address: unsupported scheme "usb", want tcp, serial or file; use tcp://host:9100, serial:///dev/ttyUSB0?baud=9600&flow=xonxoff or file:///dev/usb/lp0
}
