package printertest

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

// Terminal connects to the printer over a pseudo-terminal, and returns the path of its other end: a serial line without modem
// lines. It stays until the server is closed.
func (s *Server) Terminal() (path string, err error) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", err
	}
	var unlock, number int32
	err = errors.Join(ioctl(master, syscall.TIOCSPTLCK, unsafe.Pointer(&unlock)), ioctl(master, syscall.TIOCGPTN, unsafe.Pointer(&number)))
	if err != nil {
		master.Close()
		return "", err
	}
	path = fmt.Sprintf("/dev/pts/%d", number)
	// Held open, so that a host that closes its end and comes back isn't the end of the line.
	slave, err := os.OpenFile(path, os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		master.Close()
		return "", err
	}
	if err := raw(slave); err != nil {
		master.Close()
		slave.Close()
		return "", err
	}
	s.running.Go(func() {
		defer slave.Close()
		s.Serve(master)
	})
	return path, nil
}

// raw makes a terminal a line for bytes: no echo, no line editing, no signals.
func raw(terminal *os.File) error {
	var mode syscall.Termios
	if err := ioctl(terminal, syscall.TCGETS, unsafe.Pointer(&mode)); err != nil {
		return err
	}
	mode.Iflag, mode.Oflag, mode.Lflag = 0, 0, 0
	mode.Cc[syscall.VMIN], mode.Cc[syscall.VTIME] = 1, 0
	return ioctl(terminal, syscall.TCSETS, unsafe.Pointer(&mode))
}

func ioctl(f *os.File, request uintptr, value unsafe.Pointer) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var errno syscall.Errno
	err = raw.Control(func(fd uintptr) {
		_, _, errno = syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(value))
	})
	if err == nil && errno != 0 {
		err = errno
	}
	return err
}
