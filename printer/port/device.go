package port

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"sync/atomic"
	"time"
)

// A device is a device file such as /dev/usb/lp0. A regular file, or one that may only be written,
// is one-way.
type device struct {
	*os.File
	oneWay bool
	closed atomic.Bool
}

func parseFile(u *url.URL) (dialer, error) {
	path, err := devicePath(u)
	if err != nil {
		return nil, err
	}
	return func(context.Context) (io.ReadWriteCloser, error) { return openDevice(path) }, nil
}

func openDevice(path string) (io.ReadWriteCloser, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("is a directory, not a device")
	}
	flag := os.O_RDWR
	if info.Mode().IsRegular() {
		flag = os.O_WRONLY | os.O_APPEND
	}
	f, err := os.OpenFile(path, flag, 0)
	if flag == os.O_RDWR && errors.Is(err, fs.ErrPermission) {
		flag = os.O_WRONLY
		f, err = os.OpenFile(path, flag, 0)
	}
	if err != nil {
		return nil, err
	}
	return &device{File: f, oneWay: flag != os.O_RDWR}, nil
}

func (d *device) OneWay() bool { return d.oneWay }

var errOneWay = errors.New("the file can only be written")

// devicePause is the time between two looks at a device that has nothing to read.
const devicePause = 10 * time.Millisecond

// Read waits for bytes: a device that has none at the moment reports the end of the file.
func (d *device) Read(p []byte) (int, error) {
	for !d.oneWay {
		n, err := d.File.Read(p)
		if n > 0 || !errors.Is(err, io.EOF) {
			return n, err
		}
		if d.closed.Load() {
			return 0, os.ErrClosed
		}
		time.Sleep(devicePause)
	}
	return 0, errOneWay
}

func (d *device) Close() error {
	d.closed.Store(true)
	return d.File.Close()
}
