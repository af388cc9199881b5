package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"
)

// longest is how many bytes a scan may have: more than any symbol holds.
const longest = 8 << 10

var errLong = fmt.Errorf(
	"longer than the %d bytes that a scan may have; is this a barcode reader?",
	longest,
)

const (
	stx = 0x02
	etx = 0x03
)

// scans yields the scans of in until it ends or ctx is done. A scan ends with CR, LF, ETX or the
// end of in, and, unless pause is 0, with that much silence; STX begins one. One that is too long
// comes as its beginning with errLong. The last error is that of in, with what had come of a scan.
func scans(ctx context.Context, in io.Reader, pause time.Duration) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		chunks := make(chan chunk)
		go readChunks(ctx, in, chunks)
		var scan []byte
		flush := func() bool {
			s := scan
			scan = nil
			switch {
			case len(s) > longest:
				return yield(string(s[:longest]), errLong)
			case len(s) > 0:
				return yield(string(s), nil)
			}
			return true
		}
		for {
			var silence <-chan time.Time
			if pause > 0 && len(scan) > 0 {
				silence = time.After(pause)
			}
			select {
			case <-ctx.Done():
				return
			case <-silence:
				if !flush() {
					return
				}
			case c := <-chunks:
				for _, b := range c.data {
					if bytes.IndexByte([]byte{'\r', '\n', stx, etx}, b) < 0 {
						if len(scan) <= longest { // the rest is dropped
							scan = append(scan, b)
						}
					} else if !flush() {
						return
					}
				}
				switch {
				case c.err == nil:
				case errors.Is(c.err, io.EOF) && pause == 0:
					flush()
					return
				default:
					yield(string(scan), c.err)
					return
				}
			}
		}
	}
}

// A chunk is what one Read returned.
type chunk struct {
	data []byte
	err  error
}

// readChunks sends what it reads until there is an error or ctx is done.
func readChunks(ctx context.Context, in io.Reader, chunks chan<- chunk) {
	for {
		b := make([]byte, 4096)
		n, err := in.Read(b)
		select {
		case chunks <- chunk{b[:n], err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
