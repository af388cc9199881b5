package port

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
)

// rawPort is the port on which label printers take commands.
const rawPort = "9100"

func parseTCP(u *url.URL) (dialer, error) {
	host, port := u.Hostname(), u.Port()
	if host == "" {
		return nil, errors.New("no host, want a host and a port after tcp://")
	}
	if path := strings.Trim(u.Path, "/"); path != "" {
		return nil, errors.New("unexpected path, want a host and a port after tcp://")
	}
	if port == "" {
		port = rawPort
	}
	return func(ctx context.Context) (io.ReadWriteCloser, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	}, nil
}
