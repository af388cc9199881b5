package zpl

import (
	"fmt"
	"strconv"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// appendBegin opens a format. Whatever the format before left behind, measures are in dots (^MUD),
// places are from the left (^FW's second parameter), and nothing is mirrored, reversed or shifted.
func appendBegin(dst []byte, s *Settings) []byte {
	if s.Darkness > 0 {
		dst = appendCommand(dst, "~SD", s.Darkness)
	}
	dst = append(dst, "^XA^MUD"...)
	dst = append(dst, "^JZ"...)
	dst = append(dst, "NY"[btoi(s.Reprint)])
	dst = append(dst, "^CI28"...)
	if s.Width > 0 {
		dst = appendCommand(dst, "^PW", s.Width)
	}
	if s.Length > 0 {
		dst = appendCommand(dst, "^LL", s.Length)
	}
	dst = appendCommand(dst, "^LH", s.HomeX, s.HomeY)
	dst = append(dst, "^LS0^PO"...)
	dst = append(dst, "NI"[btoi(s.Inverted)])
	dst = append(dst, "^PMN^LRN^FWN,0"...)
	for _, c := range [...]struct {
		name  string
		value byte
	}{{"^MM", s.Mode}, {"^MN", s.Tracking}, {"^MT", s.Media}} {
		if c.value != 0 {
			dst = append(append(dst, c.name...), c.value)
		}
	}
	if s.Speed != "" {
		dst = append(append(dst, "^PR"...), s.Speed...)
	}
	return append(dst, '\n')
}

func appendEnd(dst []byte, quantity int) []byte {
	return append(appendCommand(dst, "^PQ", max(quantity, 1)), "^XZ\n"...)
}

func appendCommand(dst []byte, name string, params ...int) []byte {
	dst = append(dst, name...)
	for i, p := range params {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendInt(dst, int64(p), 10)
	}
	return dst
}

// maxCoordinate is the farthest place that a printer can address, in dots (the guide, ^FO).
const maxCoordinate = 32000

// appendField appends a field from its place to its ^FS, and a line end for people who read it.
func appendField(dst []byte, f *Field) ([]byte, error) {
	if err := f.check(); err != nil {
		return dst, err
	}
	if f.Kind == TagField {
		return append(appendTag(dst, f.Tag), "^FS\n"...), nil
	}
	if min(f.X, f.Y) < 0 || max(f.X, f.Y) > maxCoordinate {
		return dst, unwritable(ErrField, "", "a %s at %d,%d, want 0 to %d dots",
			f.Kind, f.X, f.Y, maxCoordinate)
	}
	dst = appendCommand(dst, [...]string{"^FO", "^FT"}[btoi(f.Baseline)], f.X, f.Y)
	if f.Reversed {
		dst = append(dst, "^FR"...)
	}
	dst, err := appendContent(dst, f)
	return append(dst, "^FS\n"...), err
}

// fieldError returns an error that names a field by its place among the others, from 1.
func fieldError(i int, f *Field, err error) error {
	return errtext.Wrap(fmt.Sprintf("zpl: field %d (%s)", i+1, f.Kind), err)
}

// fieldStart opens field data as [Escape] writes it.
const fieldStart = `^FH\^FD`

func appendContent(dst []byte, f *Field) ([]byte, error) {
	switch f.Kind {
	case TextField:
		return appendText(dst, f)
	case Code128Field:
		return appendCode128(dst, f)
	case DataMatrixField:
		return appendDataMatrix(dst, f)
	case QRField:
		dst = append(dst, '^', 'B', 'Q', f.turn(), ',')
		dst = append(appendCommand(dst, "", 2, f.Symbol.Module), fieldStart...)
		return AppendEscaped(append(dst, f.Symbol.Level, 'A', ','), InQR, f.Data)
	case BoxField:
		dst = appendCommand(dst, "^GB", f.Box.Width, f.Box.Height, f.Box.Thickness)
		dst = append(dst, ',', "BW"[btoi(f.Box.White)], ',')
		return appendCommand(dst, "", f.Box.Rounding), nil
	}
	return appendGraphic(dst, f.Bitmap), nil
}

// turn returns the field's orientation as a parameter.
func (f *Field) turn() byte {
	if f.Orientation == 0 {
		return 'N'
	}
	return f.Orientation
}

func appendText(dst []byte, f *Field) ([]byte, error) {
	dst = append(dst, '^', 'A', f.Font.Name, f.turn(), ',')
	dst = appendCommand(dst, "", f.Font.Height, f.Font.Width)
	context := InText
	if b := f.Block; b != nil {
		context = InBlock
		dst = appendCommand(dst, "^FB", b.Width, b.Lines, b.Leading)
		dst = append(dst, ',', b.Justify, ',')
		dst = appendCommand(dst, "", b.Indent)
	}
	return AppendEscaped(append(dst, fieldStart...), context, f.Data)
}

func appendCode128(dst []byte, f *Field) ([]byte, error) {
	s := f.Symbol
	dst = appendCommand(dst, "^BY", s.Module)
	dst = append(dst, '^', 'B', 'C', f.turn(), ',')
	dst = appendCommand(dst, "", s.Height)
	dst = append(dst, ',', "NY"[btoi(s.HRI)], ',', "NY"[btoi(s.HRIAbove)])
	dst = append(append(dst, ",N,N"...), fieldStart...)
	if s.Codewords == nil {
		return AppendEscaped(dst, InCode128, f.Data)
	}
	dst, ok := appendCodewords(dst, s.Codewords)
	if !ok {
		return finishEscape(dst, len(dst), InCode128, f.Data, fault{
			0, "printers disagree on how its symbol characters are written",
			"send the symbol as a picture",
		})
	}
	return dst, nil
}

func appendDataMatrix(dst []byte, f *Field) ([]byte, error) {
	s := f.Symbol
	dst = append(dst, '^', 'B', 'X', f.turn(), ',')
	dst = appendCommand(dst, "", s.Module, 200, s.Cols, s.Rows, 6)
	dst = append(dst, ",_"...)
	if s.Rectangle {
		dst = append(dst, ",2"...)
	}
	dst = append(dst, fieldStart...)
	if !f.GS1 {
		return AppendEscaped(dst, InDataMatrix, f.Data)
	}
	start := len(dst)
	dst, found := escapeDataMatrix(append(dst, "_1"...), f.Data, true)
	return finishEscape(dst, start, InDataMatrix, f.Data, found)
}
