package printertest

import "github.com/gonameplate/nameplate/internal/pty"

// Terminal connects to the printer over a pseudo-terminal, and returns the path of its other end: a
// serial line without modem lines. It stays until the server is closed.
func (s *Server) Terminal() (path string, err error) {
	host, device, err := pty.Open()
	if err != nil {
		return "", err
	}
	s.running.Go(func() {
		defer device.Close()
		s.serve(host)
	})
	return device.Name(), nil
}
