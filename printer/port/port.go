package port

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"runtime"
	"strings"
	"time"
)

// openTimeout bounds the wait for a device.
const openTimeout = 10 * time.Second

// A dialer opens a stream at an address that has been checked.
type dialer func(ctx context.Context) (io.ReadWriteCloser, error)

// Open opens a stream to the device at an address, and waits for it for 10 seconds at most:
//
//	tcp://host:9100                               port 9100 unless another one is given
//	serial:///dev/ttyUSB0?baud=9600&flow=xonxoff  serial://COM3 on Windows
//	file:///dev/usb/lp0                           a device file, read back from if it can be
//
// A serial line has the settings baud (110 to 4000000, default 9600), data (5, 6, 7 or 8 bits,
// default 8), parity (none, odd or even, default none), stop (1 or 2 bits, default 1) and flow
// (none, xonxoff or rtscts, default xonxoff). With flow=none every byte is data, as bar code
// readers send it.
//
// The error is an *[Error].
func Open(ctx context.Context, address string) (io.ReadWriteCloser, error) {
	dial, err := parse(address)
	if err != nil {
		return nil, &Error{
			Err: ErrAddress, Input: quotable(address), Detail: err.Error(), Hint: addressForms,
		}
	}
	return dial.open(ctx, address)
}

func (dial dialer) open(ctx context.Context, address string) (io.ReadWriteCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	stream, err := dial(ctx)
	if err != nil {
		return nil, &Error{Err: err, Input: quotable(address), Hint: hint(err)}
	}
	return stream, nil
}

// parse checks an address. Its error is what was found there and what was expected.
func parse(address string) (dialer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	if u.Fragment != "" || u.User != nil || (u.RawQuery != "" && u.Scheme != "serial") {
		return nil, errors.New("unexpected user, query or fragment")
	}
	switch u.Scheme {
	case "tcp":
		return parseTCP(u)
	case "serial":
		return parseSerial(u)
	case "file":
		return parseFile(u)
	case "":
		return nil, errors.New("no scheme, want tcp, serial or file")
	default:
		return nil, fmt.Errorf("unsupported scheme %q, want tcp, serial or file", u.Scheme)
	}
}

// devicePath returns the path of a device in an address: /dev/ttyUSB0, or COM3 where that follows
// the slashes directly.
func devicePath(u *url.URL) (string, error) {
	path := u.Host + u.Path
	if runtime.GOOS == "windows" && u.Host == "" {
		path = strings.TrimPrefix(path, "/")
	}
	if strings.Trim(path, "/") == "" {
		return "", fmt.Errorf("no path, want the path of a device after %s://", u.Scheme)
	}
	return path, nil
}
