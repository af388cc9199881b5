package printer

import (
	"context"
	"io"

	"github.com/gonameplate/nameplate/printer/port"
)

// Dial connects to the printer at an address of the forms that [port.Open] takes, and waits for it
// for 10 seconds at most:
//
//	tcp://host:9100                               port 9100 unless another one is given
//	serial:///dev/ttyUSB0?baud=9600&flow=xonxoff  serial://COM3 on Windows
//	file:///dev/usb/lp0                           a device file, read back from if it can be
//
// Where there is no connection the error is a *[port.Error].
func Dial(ctx context.Context, address string) (*Printer, error) {
	return DialFunc(ctx, address, func(ctx context.Context) (io.ReadWriteCloser, error) {
		return port.Open(ctx, address)
	})
}

// DialFunc connects to a printer by calling dial, for connections that package [port] doesn't have:
// a USB library, a tunnel, a test. A lost connection is replaced by another call of dial. The
// stream may have the further methods that package port describes. Messages and reports name the
// printer by name.
func DialFunc(
	ctx context.Context, name string, dial func(context.Context) (io.ReadWriteCloser, error),
) (*Printer, error) {
	p := &Printer{name: name, dial: dial}
	if err := p.connect(ctx); err != nil {
		return nil, err
	}
	return p, nil
}
