package port

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
)

// ErrAddress is the Err of an [Error] about an address that [Open] cannot use.
var ErrAddress = errors.New("invalid address")

// An Error reports that a stream could not be opened.
type Error struct {
	Err    error  // ErrAddress, or the operating system's error
	Input  string // the address, without a password and shortened to 200 bytes
	Detail string // what was found and what was expected; "" unless Err is ErrAddress
	Hint   string // what to check
}

func (e *Error) Error() string {
	what := e.Err.Error()
	if e.Detail != "" {
		what += ": " + e.Detail
	}
	return fmt.Sprintf("port: %q: %s; %s", e.Input, what, e.Hint)
}

// Unwrap returns e.Err.
func (e *Error) Unwrap() error { return e.Err }

const addressForms = "use tcp://host:9100, serial:///dev/ttyUSB0?baud=9600&flow=xonxoff " +
	"or file:///dev/usb/lp0"

// maxQuoted bounds how much of an address an error holds, in bytes.
const maxQuoted = 200

// quotable returns an address as errors may show it: what may be a password is left out, even where
// the address has no valid form.
func quotable(address string) string {
	scheme, rest, _ := strings.Cut(address, "//")
	host, _, _ := strings.Cut(rest, "/")
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		address = scheme + "//…" + rest[at:]
	}
	if len(address) > maxQuoted {
		address = address[:maxQuoted-len("…")] + "…"
	}
	return address
}

// hint returns what to check when a device could not be opened.
func hint(err error) string {
	hint := "check that the device is switched on and on this network, and its address"
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return "check the spelling of the host, or use its IP address"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the host answers but nothing listens on the port: check the port, and that the " +
			"device isn't busy with another host"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "no answer in time: " + hint
	case errors.Is(err, fs.ErrNotExist), strings.Contains(err.Error(), "not found"):
		return "check the path, and that the device is plugged in and switched on"
	case errors.Is(err, fs.ErrPermission),
		strings.Contains(strings.ToLower(err.Error()), "permission"):
		return "give this user access to the device (on Linux: the group lp or dialout)"
	}
	return hint
}
