package raster

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/png"
	"io"
	"math"

	"github.com/gonameplate/nameplate/label"
)

// Write draws a label and writes it as [WritePNG] does. The error wraps [ErrSize], or is that of
// the label or of w.
func Write(w io.Writer, l *label.Label, d label.Device) error {
	b, err := Draw(l, d)
	if err != nil {
		return err
	}
	return WritePNG(w, b, d)
}

// WritePNG writes a bitmap as a PNG of one bit a dot with its physical resolution, so that it is
// shown and printed in the label's size.
func WritePNG(w io.Writer, b *Bitmap, d label.Device) error {
	var buf bytes.Buffer
	if err := png.Encode(&buf, b); err != nil {
		return fmt.Errorf("raster: encode PNG: %w", err)
	}
	const header = 8 + 4 + 4 + 13 + 4 // signature and IHDR, after which pHYs may be
	file := buf.Bytes()
	for _, part := range [][]byte{file[:header], resolution(d), file[header:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// resolution returns the chunk pHYs: dots per metre, the same in both directions (PNG, third
// edition, 11.3.4.3).
func resolution(d label.Device) []byte {
	perMetre := uint32(math.Round(d.DotsPerMM * 1000))
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1) // the unit is the metre
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}
