package zpl

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"io"
	"strconv"

	"github.com/gonameplate/nameplate/label/raster"
)

// maxGraphic bounds a picture in bytes: at 24 dots/mm, 560 mm of a head of 104 mm.
const maxGraphic = 4 << 20

// decodeGraphic turns ^GFa,b,c,d,data into a bitmap.
func decodeGraphic(cmd Command) (*raster.Bitmap, error) {
	head := bytes.SplitN(cmd.Params, []byte{cmd.delimiter}, 5)
	if len(head) < 5 {
		return nil, cmd.fail(ErrParameter,
			"%d parameters, want format, bytes sent, bytes in all, bytes a row, and data",
			len(head))
	}
	data := head[4]
	cmd.Params = cmd.Params[:len(cmd.Params)-len(data)-1]
	p := split(cmd)
	form := p.choice(0, 'A', "ABC")
	sent, total, stride := p.number(1, 0, 1, maxGraphic), p.number(2, 0, 1, maxGraphic),
		p.number(3, 0, 1, maxGraphic)
	switch {
	case p.err != nil:
		return nil, p.err
	case total == 0 || stride == 0 || total%stride != 0:
		return nil, cmd.fail(ErrParameter, "%d bytes, want a whole number of rows of %d", total,
			stride)
	case form == 'C':
		return nil, cmd.fail(ErrUnsupported, "compressed binary")
	case form == 'B' && sent != total:
		return nil, cmd.fail(ErrParameter, "%d bytes sent, want %d", sent, total)
	}
	bits := bytes.Clone(cmd.Data)
	var err error
	if form == 'A' {
		bits, err = decodeASCII(cmd, data, total, stride)
	}
	if err != nil {
		return nil, err
	}
	return &raster.Bitmap{Width: 8 * stride, Height: total / stride, Stride: stride, Bits: bits},
		nil
}

// decodeASCII decodes hexadecimal data with Zebra's run lengths, or :B64: and :Z64:.
func decodeASCII(cmd Command, data []byte, total, stride int) ([]byte, error) {
	if len(data) > 5 && data[0] == ':' && data[4] == ':' && data[3] == '4' {
		return decodeZB64(cmd, data, total)
	}
	return decodeRuns(cmd, data, total, stride)
}

// decodeRuns decodes hexadecimal data with Zebra's alternative compression: G to Y repeat the
// next digit 1 to 19 times, g to z 20 to 400 times, and they add up; ',' fills the row with 0,
// '!' with F, and ':' repeats the row before.
func decodeRuns(cmd Command, data []byte, total, stride int) ([]byte, error) {
	out := make([]byte, 0, min(total, 1<<16)*2) // digits
	row, repeat := 2*stride, 0
	fill := func(digit byte) {
		for n := row - len(out)%row; n > 0; n-- {
			out = append(out, digit)
		}
	}
	for i, b := range data {
		if len(out) > 2*total {
			return nil, cmd.fail(ErrData, "data for more than %d bytes", total)
		}
		digit := hexDigit(b)
		switch {
		case digit >= 0:
			for range max(repeat, 1) {
				out = append(out, byte(digit))
			}
			repeat = 0
		case isBlank(b):
		case 'G' <= b && b <= 'Y':
			repeat += int(b-'G') + 1
		case 'g' <= b && b <= 'z':
			repeat += 20 * (int(b-'g') + 1)
		case repeat > 0:
			return nil, cmd.fail(ErrData,
				"%q at byte %d of the data, want a digit after a repeat count", b, i+1)
		case b == ',':
			fill(0)
		case b == '!':
			fill(15)
		case b == ':' && len(out) >= row && len(out)%row == 0:
			out = append(out, out[len(out)-row:]...)
		default:
			return nil, cmd.fail(ErrData, "%q at byte %d of the data", b, i+1)
		}
		if repeat > 2*total {
			return nil, cmd.fail(ErrData, "data for more than %d bytes", total)
		}
	}
	if len(out) != 2*total {
		return nil, cmd.fail(ErrData, "%d digits, want %d", len(out), 2*total)
	}
	for i := range total {
		out[i] = out[2*i]<<4 | out[2*i+1]
	}
	return out[:total], nil
}

// decodeZB64 decodes ":Z64:data:crc" and ":B64:data:crc".
func decodeZB64(cmd Command, data []byte, total int) ([]byte, error) {
	id, rest := string(data[1:4]), data[5:]
	encoded, sum, ok := bytes.Cut(rest, []byte(":"))
	want, err := strconv.ParseUint(string(bytes.TrimSpace(sum)), 16, 16)
	if !ok || err != nil || id != "Z64" && id != "B64" {
		return nil, cmd.fail(ErrData,
			"%q, want :Z64: or :B64:, data, a colon and a CRC of four hexadecimal digits", id)
	}
	encoded = bytes.Map(func(r rune) rune {
		if r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, encoded)
	if got := crc16(encoded); got != uint16(want) {
		return nil, cmd.fail(ErrData, "CRC %04X, want %04X", want, got)
	}
	out, err := base64.StdEncoding.AppendDecode(nil, encoded)
	if err != nil {
		return nil, cmd.fail(ErrData, "%s", err)
	}
	if id == "Z64" {
		z, err := zlib.NewReader(bytes.NewReader(out))
		if err != nil {
			return nil, cmd.fail(ErrData, "%s", err)
		}
		if out, err = io.ReadAll(io.LimitReader(z, int64(total)+1)); err != nil {
			return nil, cmd.fail(ErrData, "%s", err)
		}
	}
	if len(out) != total {
		return nil, cmd.fail(ErrData, "%d bytes, want %d", len(out), total)
	}
	return out, nil
}

// crc16 returns the CRC of :Z64: and :B64: over the characters between the colons: polynomial 1021,
// beginning with 0, not reflected (CRC-16/XMODEM).
func crc16(data []byte) uint16 {
	var crc uint16
	for _, b := range data {
		crc ^= uint16(b) << 8
		for range 8 {
			carry := crc & 0x8000
			crc <<= 1
			if carry != 0 {
				crc ^= 0x1021
			}
		}
	}
	return crc
}

// appendGraphic appends ^GF with the bitmap in Zebra's alternative compression, which every
// printer knows.
func appendGraphic(dst []byte, b *raster.Bitmap) []byte {
	dst = append(appendCommand(dst, "^GFA,", len(b.Bits), len(b.Bits), b.Stride), ',')
	var above []byte
	for y := range b.Height {
		row := b.Bits[y*b.Stride : (y+1)*b.Stride]
		if y > 0 && bytes.Equal(row, above) {
			dst = append(dst, ':')
		} else {
			dst = appendRuns(dst, row)
		}
		above = row
	}
	return dst
}

// appendRuns appends one row of a picture.
func appendRuns(dst []byte, row []byte) []byte {
	digit := func(i int) byte { return row[i/2] >> (4 * (1 - i%2)) & 15 }
	end := 2 * len(row) // before what fills the row
	last := digit(end - 1)
	if last == 0 || last == 15 {
		for end > 0 && digit(end-1) == last {
			end--
		}
	}
	for i := 0; i < end; {
		n := 1
		for i+n < end && digit(i+n) == digit(i) {
			n++
		}
		dst = append(appendRepeat(dst, n), "0123456789ABCDEF"[digit(i)])
		i += n
	}
	switch {
	case end == 2*len(row):
	case last == 0:
		dst = append(dst, ',')
	default:
		dst = append(dst, '!')
	}
	return dst
}

// appendRepeat appends the count of a run; a single digit has none.
func appendRepeat(dst []byte, n int) []byte {
	for ; n > 419; n -= 400 {
		dst = append(dst, 'z')
	}
	if n >= 20 {
		dst = append(dst, 'g'+byte(n/20-1))
	}
	if rest := n % 20; rest > 0 && n > 1 {
		dst = append(dst, 'G'+byte(rest-1))
	}
	return dst
}
