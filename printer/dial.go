package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// A Dialer opens a new connection to a printer. What it returns may also have the methods SetWriteDeadline and CloseWrite of
// [net.TCPConn], and the method OneWay() bool, which tells that the printer can't answer.
type Dialer func(ctx context.Context) (io.ReadWriteCloser, error)

// dialTimeout bounds the wait for a connection when the context has no deadline.
const dialTimeout = 10 * time.Second

// Dial connects to the printer at an address:
//
//	tcp://host:9100                               the port is 9100 unless another is given
//	serial:///dev/ttyUSB0?baud=9600&flow=xonxoff  serial://COM3 on Windows
//	file:///dev/usb/lp0                           a device file, read back from if it can be
//
// A serial line takes baud (9600), data (8), parity (none, odd, even), stop (1, 2) and flow (xonxoff, rtscts, none).
// An address that nobody can use or where nobody answers is a *[DialError].
func Dial(ctx context.Context, address string) (*Printer, error) {
	dial, err := dialer(address)
	if err != nil {
		return nil, &DialError{Address: address, Mend: addressForms, Err: err}
	}
	return New(ctx, address, dial)
}

// Open connects to the device at an address of the forms that [Dial] takes, without asking whether it is a printer: a barcode reader on
// a serial line, say. An address that nobody can use or where nobody answers is a *[DialError].
func Open(ctx context.Context, address string) (io.ReadWriteCloser, error) {
	dial, err := dialer(address)
	if err != nil {
		return nil, &DialError{Address: address, Mend: addressForms, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	conn, err := dial(ctx)
	if err != nil {
		return nil, dialError(address, err)
	}
	return conn, nil
}

const addressForms = "write tcp://host:9100, serial:///dev/ttyUSB0?baud=9600&flow=xonxoff or file:///dev/usb/lp0"

func dialer(address string) (Dialer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	if u.Fragment != "" || u.User != nil || (u.RawQuery != "" && u.Scheme != "serial") {
		return nil, errors.New("the address says more than a printer needs")
	}
	switch u.Scheme {
	case "tcp":
		return tcpDialer(u)
	case "serial":
		return serialDialer(u)
	case "file":
		return fileDialer(u)
	case "":
		return nil, errors.New("the address doesn't begin with tcp, serial or file")
	default:
		return nil, fmt.Errorf("no connections of the kind %q", u.Scheme)
	}
}

func tcpDialer(u *url.URL) (Dialer, error) {
	host, port := u.Hostname(), u.Port()
	if host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, errors.New("want a host and a port after tcp://")
	}
	if port == "" {
		port = "9100"
	}
	return func(ctx context.Context) (io.ReadWriteCloser, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	}, nil
}

// devicePath is the path of a device in an address: /dev/ttyUSB0, or COM3 where that follows the slashes directly.
func devicePath(u *url.URL) (string, error) {
	path := u.Host + u.Path
	if runtime.GOOS == "windows" && u.Host == "" {
		path = strings.TrimPrefix(path, "/")
	}
	if strings.Trim(path, "/") == "" {
		return "", fmt.Errorf("want the path of a device after %s://", u.Scheme)
	}
	return path, nil
}

// A DialError tells which printer couldn't be connected to, why, and what to do about it.
type DialError struct {
	Address string
	Mend    string
	Err     error
}

func (e *DialError) Error() string {
	return fmt.Sprintf("printer %s: %v: %s", e.Address, e.Err, e.Mend)
}

func (e *DialError) Unwrap() error { return e.Err }

func dialError(address string, err error) *DialError {
	mend := "check that it is switched on, on this network, and that the address is right"
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		mend = "check the spelling of the host, or give its number"
	case errors.Is(err, syscall.ECONNREFUSED):
		mend = "the host is there but nothing listens on the port: check the port, and that the printer isn't busy with another host"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		mend = "nobody answered in time: " + mend
	case errors.Is(err, fs.ErrNotExist), strings.Contains(err.Error(), "not found"):
		mend = "check the path, and that the printer is plugged in and switched on"
	case errors.Is(err, fs.ErrPermission), strings.Contains(strings.ToLower(err.Error()), "permission"):
		mend = "give this user the right to use the device (on Linux: the group lp or dialout)"
	}
	return &DialError{Address: address, Mend: mend, Err: err}
}
