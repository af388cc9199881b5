package zebra

import (
	"bytes"
	"strconv"
	"strings"
)

// A Frame is what a reply has between STX and ETX.
type Frame struct {
	Text []byte
	Pos  int // byte offset in the reply
}

const (
	stx = 0x02
	etx = 0x03
)

// Frames returns the frames of a reply. An STX within a frame begins it anew, as after a reply that
// was cut off.
func Frames(reply []byte) (list []Frame) {
	for pos := 0; ; {
		n := bytes.IndexByte(reply[pos:], etx)
		if n < 0 {
			return list
		}
		if start := bytes.LastIndexByte(reply[pos:pos+n], stx); start >= 0 {
			list = append(list, Frame{reply[pos+start+1 : pos+n], pos + start + 1})
		}
		pos += n + 1
	}
}

// Len returns the number of comma-separated tokens in the frame.
func (f Frame) Len() int { return 1 + bytes.Count(f.Text, []byte{','}) }

// A Scanner reads the tokens of a frame one by one. After the first error all values are zero.
type Scanner struct {
	Err   error // an *Error
	query string
	frame Frame
}

func (s *Scanner) next() (token []byte, pos int) {
	token, rest, found := bytes.Cut(s.frame.Text, []byte{','})
	pos = s.frame.Pos
	s.frame.Text = rest
	s.frame.Pos += len(token)
	if found {
		s.frame.Pos++
	}
	return bytes.TrimSpace(token), pos
}

func (s *Scanner) fail(pos int, token []byte, want string) {
	if s.Err == nil {
		s.Err = newError(s.query, pos, token, want)
	}
}

// Skip passes over a token.
func (s *Scanner) Skip() { s.next() }

// Number reads a decimal number below 2³¹.
func (s *Scanner) Number() int {
	token, pos := s.next()
	n, err := strconv.ParseUint(string(token), 10, 31)
	if err != nil {
		s.fail(pos, token, "a number")
	}
	return int(n)
}

// Flag reads 0 or 1, with any number of zeros around it.
func (s *Scanner) Flag() bool {
	token, pos := s.next()
	digit := strings.Trim(string(token), "0")
	if len(token) == 0 || digit != "" && digit != "1" {
		s.fail(pos, token, "0 or 1")
	}
	return digit == "1"
}

// Mode reads a digit, or a letter as newer models send it: A is 10.
func (s *Scanner) Mode() int {
	token, pos := s.next()
	n, err := strconv.ParseUint(string(token), 36, 16)
	if err != nil {
		s.fail(pos, token, "a mode")
	}
	return int(n)
}
