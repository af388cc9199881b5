package scan

import (
	"bufio"
	"errors"
	"io"
	"iter"
)

// All reads the scans of a reader's stream, such as a serial line, until it ends. A scan ends
// with CR, LF, ETX or the end of the stream; STX may begin one; empty ones are skipped. An error
// that isn't an *[Error] is that of in, and the last; the Result beside it has the text of an
// unfinished scan. A scan of more than 8 KB comes as its beginning with an error that wraps
// [ErrLength], and the rest is skipped.
func (r Reader) All(in io.Reader) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		buffered := bufio.NewReader(in)
		scan := make([]byte, 0, 256)
		for {
			b, err := buffered.ReadByte()
			switch {
			case err != nil && !errors.Is(err, io.EOF):
				yield(Result{Text: string(scan)}, err)
				return
			case err == nil && b != '\r' && b != '\n' && b != 0x02 && b != 0x03:
				if len(scan) <= maxScan { // the rest is skipped
					scan = append(scan, b)
				}
				continue
			}
			if len(scan) > 0 && !yield(r.Read(string(scan))) {
				return
			}
			scan = scan[:0]
			if err != nil {
				return
			}
		}
	}
}
