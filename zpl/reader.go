package zpl

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// The limits of a Reader that sets none.
const (
	maxParameters = 16 << 10
	maxFormat     = 8 << 20
)

// A Reader splits a stream into commands. It reads no further than it must: a command without
// parameters, such as ~HS or ^XZ, is returned as soon as its last byte has come. Memory is bounded
// by MaxFormat.
//
// After an [*Error] reading can go on: the next call continues at the next prefix. An error of the
// underlying reader is returned as it is, and is final.
type Reader struct {
	// MaxParameters limits the parameters of a command in bytes, except for graphics; 0 means 16
	// KiB.
	MaxParameters int

	// MaxFormat limits a format from ^XA to ^XZ, and a graphic, in bytes; 0 means 8 MiB.
	MaxFormat int

	in       *bufio.Reader
	offset   int64 // of the next byte
	inFormat bool
	start    int64 // of the format
	skip     bool  // to the next prefix, after an error
	format   byte
	control  byte
	delim    byte
	params   []byte
	data     []byte
}

// NewReader returns a Reader with the usual prefixes ^ and ~ and the delimiter ','.
func NewReader(r io.Reader) *Reader {
	return &Reader{in: bufio.NewReader(r), format: '^', control: '~', delim: ','}
}

// Offset returns how many bytes have been consumed.
func (r *Reader) Offset() int64 { return r.offset }

// InFormat reports whether a format has begun (^XA) that has not ended (^XZ).
func (r *Reader) InFormat() bool { return r.inFormat }

// Next returns the next command. At the end of the stream it returns io.EOF, or an [*Error] that
// wraps [ErrTruncated] if a format or a command is unfinished. It skips comments (^FX); it obeys
// the changes of prefixes and delimiter, ^CC, ^CT and ^CD, and returns them.
func (r *Reader) Next() (Command, error) {
	for {
		cmd, err := r.next()
		if err != nil {
			if _, ours := errors.AsType[*Error](err); ours {
				r.skip = true
			}
			return Command{}, err
		}
		if extents[cmd.key()] != comment {
			return cmd, nil
		}
	}
}

func (r *Reader) next() (Command, error) {
	cmd := Command{delimiter: r.delim}
	b, err := r.toPrefix()
	cmd.Pos = r.offset - 1
	if err != nil {
		if err == io.EOF && r.inFormat {
			r.inFormat = false
			return cmd, &Error{
				Err: ErrTruncated, Pos: r.offset,
				Detail: fmt.Sprintf("the format that begins at byte %d has no ^XZ", r.start+1),
			}
		}
		return cmd, err
	}
	switch b {
	case r.format:
		cmd.Prefix = '^'
	case r.control:
		cmd.Prefix = '~'
	default:
		return r.setGetDo(cmd)
	}
	if err := r.name(&cmd); err != nil {
		return cmd, err
	}
	if err := r.parameters(&cmd); err != nil {
		return cmd, err
	}
	return cmd, r.obey(cmd)
}

// toPrefix skips blanks, and after an error anything, and returns the first byte of a command.
func (r *Reader) toPrefix() (byte, error) {
	for {
		b, err := r.byte()
		switch {
		case err != nil:
			return 0, err
		case b == r.format, b == r.control, b == '!' && !r.inFormat && !r.skip:
			r.skip = false
			return b, nil
		case isBlank(b), r.skip:
		default:
			return 0, &Error{
				Err: ErrSyntax, Input: string(b), Pos: r.offset - 1,
				Detail: fmt.Sprintf("%q outside a command", b),
			}
		}
	}
}

func (r *Reader) name(cmd *Command) error {
	var name [2]byte
	for i := range name {
		chunk, err := r.chunk()
		if err != nil {
			return r.truncated(*cmd, err, "the command has no name")
		}
		b := chunk[0]
		if b == r.format || b == r.control || b <= ' ' || b > '~' {
			cmd.Name = string(name[:i])
			return cmd.fail(ErrSyntax, "a command's name of %d characters, want two", i)
		}
		if 'a' <= b && b <= 'z' {
			b -= 'a' - 'A'
		}
		name[i] = b
		r.discard(1)
		if cmd.Prefix == '^' && i == 0 && b == 'A' { // the font's name is a parameter
			cmd.Name = "A"
			return nil
		}
	}
	cmd.Name = intern(name)
	return nil
}

func (r *Reader) parameters(cmd *Command) error {
	r.params, r.data = r.params[:0], r.data[:0]
	how := extents[cmd.key()]
	var err error
	switch how {
	case nothing:
	case oneChar:
		err = r.take(cmd, &r.params, 1)
	case twoChars:
		err = r.take(cmd, &r.params, 2)
	default:
		err = r.untilPrefix(cmd, how)
	}
	cmd.Params, cmd.Data = r.params, r.data
	if how == toPrefix || how == graphic || how == object {
		cmd.Params = bytes.Trim(cmd.Params, " \t\r\n")
	}
	return err
}

// untilPrefix reads parameters up to the next prefix, which it leaves. Outside a format the end
// of the line or of the stream ends them too, so that a bare "~SD15\r\n" need not wait for what
// follows.
func (r *Reader) untilPrefix(cmd *Command, how extent) error {
	limit := cmp.Or(r.MaxParameters, maxParameters)
	if how >= graphic {
		limit = r.maxFormat()
	}
	lines := how == toPrefix && !r.inFormat
	for delimiters, length := 0, 0; ; {
		chunk, err := r.chunk()
		if err == io.EOF && !r.inFormat {
			return nil
		}
		if err != nil {
			return r.truncated(*cmd, err, "its parameters have no end")
		}
		n := r.ordinary(chunk, lines, how >= graphic)
		if length += n; length > limit {
			return cmd.fail(ErrTooLong, "more than %d bytes of parameters", limit)
		}
		if err := r.withinFormat(*cmd, n); err != nil {
			return err
		}
		if how != comment {
			r.params = append(r.params, chunk[:n]...)
		}
		more := n == len(chunk)
		special := chunk[min(n, len(chunk)-1)]
		r.discard(n)
		if more {
			continue
		}
		if special == r.delim && how >= graphic {
			delimiters++
		} else if r.ends(cmd, special) {
			return nil
		}
		r.params = append(r.params, special)
		length++
		r.discard(1)
		if n, binary, err := counted(cmd, r.params, r.delim, delimiters); err != nil || binary {
			if err != nil {
				return err
			}
			return r.take(cmd, &r.data, n)
		}
	}
}

// ends reports whether a byte that is not ordinary ends the parameters. It discards a line's end.
func (r *Reader) ends(cmd *Command, special byte) bool {
	switch special {
	case r.format, r.control:
		return !r.isEscapeParameter(cmd, special)
	case '\r', '\n':
		r.discard(1)
		return true
	}
	return false
}

// ordinary counts the bytes of a chunk before the first that has a meaning for untilPrefix.
func (r *Reader) ordinary(chunk []byte, lines, delimiters bool) int {
	for i, b := range chunk {
		line := lines && (b == '\n' || b == '\r')
		if b == r.format || b == r.control || line || delimiters && b == r.delim {
			return i
		}
	}
	return len(chunk)
}

// isEscapeParameter reports whether a control prefix is ^BX's escape character, as some programs
// have it ("^BXN,4,200,0,0,1,~^FD…").
func (r *Reader) isEscapeParameter(cmd *Command, b byte) bool {
	if cmd.Name != "BX" || b != r.control || bytes.Count(r.params, []byte{r.delim}) != 6 {
		return false
	}
	after, err := r.in.Peek(2)
	return err == nil && (after[1] == r.format || after[1] == r.delim)
}

// counted returns how many bytes of binary data follow the parameters read so far, and whether any
// do, once their last delimiter has been read: ^GFa,b,c,d,data counts them in b if a is B or C,
// ~DYd:f,b,x,t,w,data counts them in t if b is not A.
func counted(cmd *Command, params []byte, delim byte, delimiters int) (n int, binary bool,
	err error) {
	last, form, count := 4, 0, 1
	if cmd.Name == "DY" {
		last, form, count = 5, 1, 3
	}
	if delimiters != last || cmd.Name == "DG" {
		return 0, false, nil
	}
	p := bytes.Split(params, []byte{delim})
	if f := bytes.ToUpper(bytes.TrimSpace(p[form])); len(f) == 0 || f[0] == 'A' {
		return 0, false, nil
	}
	n, err = strconv.Atoi(string(bytes.TrimSpace(p[count])))
	if err != nil || n < 0 {
		return 0, false, cmd.fail(ErrParameter, "parameter %d is %q, want a number of bytes",
			count+1, p[count])
	}
	return n, true, nil
}

// take reads n bytes whatever they are.
func (r *Reader) take(cmd *Command, dst *[]byte, n int) error {
	if limit := r.maxFormat(); n > limit {
		return cmd.fail(ErrTooLong, "%d bytes of data, want at most %d", n, limit)
	}
	for n > 0 {
		chunk, err := r.chunk()
		if err != nil {
			return r.truncated(*cmd, err, fmt.Sprintf("%d bytes of data are missing", n))
		}
		chunk = chunk[:min(n, len(chunk))]
		if err := r.withinFormat(*cmd, len(chunk)); err != nil {
			return err
		}
		*dst = append(*dst, chunk...)
		n -= len(chunk)
		r.discard(len(chunk))
	}
	return nil
}

// setGetDo reads the rest of a line such as `! U1 getvar "odometer.total_label_count"`.
func (r *Reader) setGetDo(cmd Command) (Command, error) {
	cmd.Prefix, cmd.Name = '!', "U1"
	r.params, r.data = r.params[:0], r.data[:0]
	for {
		b, err := r.byte()
		if err != nil {
			return cmd, r.truncated(cmd, err, "the line has no end")
		}
		if b == '\n' {
			break
		}
		if len(r.params) >= cmp.Or(r.MaxParameters, maxParameters) {
			return cmd, cmd.fail(ErrTooLong, "a line of more than %d bytes", len(r.params))
		}
		r.params = append(r.params, b)
	}
	line := bytes.TrimSpace(r.params)
	rest, ok := bytes.CutPrefix(line, []byte("U1 "))
	if !ok {
		rest, ok = bytes.CutPrefix(line, []byte("U "))
	}
	if !ok {
		return cmd, cmd.fail(ErrSyntax, `a line that begins with "!", want "! U1 "`)
	}
	cmd.Params = bytes.TrimSpace(rest)
	return cmd, nil
}

// obey carries out what concerns the reader itself.
func (r *Reader) obey(cmd Command) error {
	switch cmd.Name {
	case "XA":
		if r.inFormat {
			r.start = cmd.Pos
			return cmd.fail(ErrSyntax, "the format before it has no ^XZ")
		}
		r.inFormat, r.start = true, cmd.Pos
	case "XZ":
		r.inFormat = false
	case "CC", "CT", "CD":
		b := cmd.Params[0]
		if b <= ' ' || b > '~' {
			return cmd.fail(ErrParameter, "prefix or delimiter %q, want a printable character", b)
		}
		switch cmd.Name {
		case "CC":
			r.format = b
		case "CT":
			r.control = b
		case "CD":
			r.delim = b
		}
	case "JA":
		if cmd.Prefix == '~' {
			r.inFormat = false // whatever was half received is cancelled
		}
	}
	return nil
}

func (r *Reader) maxFormat() int { return cmp.Or(r.MaxFormat, maxFormat) }

// withinFormat rejects n more bytes of a format that is too long with them.
func (r *Reader) withinFormat(cmd Command, n int) error {
	limit := r.maxFormat()
	if r.inFormat && r.offset+int64(n)-r.start > int64(limit) {
		r.inFormat = false
		return cmd.fail(ErrTooLong, "the format that begins at byte %d has more than %d bytes",
			r.start+1, limit)
	}
	return nil
}

func (r *Reader) truncated(cmd Command, err error, detail string) error {
	if err != io.EOF {
		return err
	}
	return cmd.fail(ErrTruncated, "%s", detail)
}

func (r *Reader) byte() (byte, error) {
	b, err := r.in.ReadByte()
	if err == nil {
		r.offset++
	}
	return b, err
}

// chunk returns the bytes that have come and are not consumed, at least one.
func (r *Reader) chunk() ([]byte, error) {
	if _, err := r.in.Peek(1); err != nil {
		return nil, err
	}
	return r.in.Peek(r.in.Buffered())
}

func (r *Reader) discard(n int) {
	_, _ = r.in.Discard(n) // of bytes in the buffer: can't fail
	r.offset += int64(n)
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }
