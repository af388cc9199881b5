// Package pty makes pseudo-terminals for tests: serial lines without modem lines.
package pty

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

// Open returns the two ends of a line for bytes, without echo, line editing and signals. A program
// opens the device by its path, device.Name(). Held open, it keeps the line up when the program
// closes it and comes back.
func Open() (host, device *os.File, err error) {
	host, err = os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	var unlock, number int32
	err = errors.Join(
		ioctl(host, syscall.TIOCSPTLCK, unsafe.Pointer(&unlock)),
		ioctl(host, syscall.TIOCGPTN, unsafe.Pointer(&number)),
	)
	if err == nil {
		name := fmt.Sprintf("/dev/pts/%d", number)
		device, err = os.OpenFile(name, os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	}
	if err == nil {
		err = raw(device)
	}
	if err != nil {
		host.Close()
		if device != nil {
			device.Close()
		}
		return nil, nil, err
	}
	return host, device, nil
}

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
