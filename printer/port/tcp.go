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
	target, err := hostPort(u)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) (io.ReadWriteCloser, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", target)
	}, nil
}

// hostPort returns the host and the port in an address as package net takes them.
func hostPort(u *url.URL) (string, error) {
	host, port := u.Hostname(), u.Port()
	if host == "" {
		return "", errors.New("no host, want a host and a port after tcp://")
	}
	if path := strings.Trim(u.Path, "/"); path != "" {
		return "", errors.New("unexpected path, want a host and a port after tcp://")
	}
	if port == "" {
		port = rawPort
	}
	return net.JoinHostPort(host, port), nil
}
