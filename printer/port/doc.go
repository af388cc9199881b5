// Package port opens byte streams to devices: printers, bar code readers and others that are
// connected over TCP, a serial line or a device file.
//
//	line, err := port.Open(ctx, "serial:///dev/ttyUSB0?baud=115200&flow=none")
//	if err != nil {
//		log.Fatal(err) // *port.Error: its Hint says what to check
//	}
//	defer line.Close()
//	for scans := bufio.NewScanner(line); scans.Scan(); {
//		fmt.Println(scans.Text())
//	}
//
// A serial line has the flow control that printers expect, XON/XOFF or RTS/CTS, whether or not the
// operating system offers it.
//
// A stream may have further methods, which a caller finds by a type assertion:
//
//	SetWriteDeadline(time.Time) error  as of net.Conn
//	CloseWrite() error                 closes the sending half, as of net.TCPConn
//	OneWay() bool                      reports whether the stream cannot carry replies
//	ByteTime() time.Duration           returns the time that the line takes to carry one byte
package port
