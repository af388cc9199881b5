package zpl

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// An Encoder writes pages as formats: what an [Interpreter] reads, written back.
type Encoder struct {
	w   io.Writer
	buf []byte
}

// NewEncoder returns an Encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// Encode writes one page in one call of Write.
func (e *Encoder) Encode(p *Page) error {
	var err error
	if e.buf, err = AppendPage(e.buf[:0], p); err != nil {
		return err
	}
	_, err = e.w.Write(e.buf)
	return err
}

// AppendPage appends a page to dst as one self-contained format (^XA … ^XZ): settings that another host may have left in the
// printer, and that would change it, are put back first. Settings of 0 are not sent. On an error dst is returned as it was.
func AppendPage(dst []byte, p *Page) ([]byte, error) {
	if err := p.Settings.check(); err != nil {
		return dst, err
	}
	start := len(dst)
	dst = appendBegin(dst, &p.Settings)
	for i := range p.Fields {
		f := p.Fields[i]
		f.X, f.Y = f.X-p.HomeX, f.Y-p.HomeY
		var err error
		if dst, err = appendField(dst, &f); err != nil {
			return dst[:start], fmt.Errorf("field %d: %w", i+1, err)
		}
	}
	return appendEnd(dst, p.Quantity), nil
}

// appendBegin opens a format. Measures are in dots (^MUD), places are from the left (^FW's second parameter), nothing is mirrored,
// reversed or shifted, whatever the format before left behind.
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

// appendField appends a field from its place to its ^FS, and a line end to please a reader.
func appendField(dst []byte, f *Field) ([]byte, error) {
	if err := f.check(); err != nil {
		return dst, err
	}
	if f.X < 0 || f.Y < 0 || f.X > 32000 || f.Y > 32000 {
		return dst, fmt.Errorf("zpl: a %s at %d,%d lies outside what a printer can address (0 to 32,000 dots)", f.Kind, f.X, f.Y)
	}
	dst = appendCommand(dst, [...]string{"^FO", "^FT"}[btoi(f.Baseline)], f.X, f.Y)
	if f.Reversed {
		dst = append(dst, "^FR"...)
	}
	dst, err := appendContent(dst, f)
	return append(dst, "^FS\n"...), err
}

func appendContent(dst []byte, f *Field) (_ []byte, err error) {
	o := f.Orientation
	if o == 0 {
		o = 'N'
	}
	switch f.Kind {
	case Text:
		dst = append(dst, '^', 'A', f.Font.Name, o, ',')
		dst = appendCommand(dst, "", f.Font.Height, f.Font.Width)
		context := InText
		if b := f.Block; b != nil {
			context = InBlock
			dst = appendCommand(dst, "^FB", b.Width, b.Lines, b.Leading)
			dst = append(dst, ',', b.Justify, ',')
			dst = appendCommand(dst, "", b.Indent)
		}
		return AppendEscaped(append(dst, fieldStart...), context, f.Data)
	case Code128:
		dst = appendCommand(dst, "^BY", f.Symbol.Module)
		dst = append(dst, '^', 'B', 'C', o, ',')
		dst = appendCommand(dst, "", f.Symbol.Height)
		dst = append(dst, ',', "NY"[btoi(f.Symbol.HRI)], ',', "NY"[btoi(f.Symbol.HRIAbove)])
		dst = append(append(dst, ",N,N"...), fieldStart...)
		if f.Symbol.Codewords == nil {
			return AppendEscaped(dst, InCode128, f.Data)
		}
		dst, ok := appendCodewords(dst, f.Symbol.Codewords)
		if !ok {
			err = &EscapeError{InCode128, strings.Clone(f.Data), 0, "its symbol characters have no spelling: send the symbol as a graphic"}
		}
		return dst, err
	case DataMatrix:
		dst = append(dst, '^', 'B', 'X', o, ',')
		dst = appendCommand(dst, "", f.Symbol.Module, 200, f.Symbol.Cols, f.Symbol.Rows, 6)
		dst = append(dst, ",_"...)
		if f.Symbol.Rectangle {
			dst = append(dst, ",2"...)
		}
		dst = append(dst, fieldStart...)
		if f.GS1 {
			return appendGS1DataMatrix(dst, f.Data)
		}
		return AppendEscaped(dst, InDataMatrix, f.Data)
	case QR:
		dst = appendCommand(append(dst, '^', 'B', 'Q', o, ','), "", 2, f.Symbol.Module)
		dst = append(append(dst, fieldStart...), f.Symbol.Level, 'A', ',')
		return AppendEscaped(dst, InQR, f.Data)
	case Box:
		dst = appendCommand(dst, "^GB", f.Box.Width, f.Box.Height, f.Box.Thickness)
		dst = append(dst, ',', "BW"[btoi(f.Box.White)], ',')
		return appendCommand(dst, "", f.Box.Rounding), nil
	}
	return appendGraphic(dst, f.Bitmap), nil
}

// fieldStart opens field data as [Escape] writes it.
const fieldStart = `^FH\^FD`

// appendGS1DataMatrix appends the data of a GS1 DataMatrix symbol: element strings with GS where FNC1 separates.
func appendGS1DataMatrix(dst []byte, elements string) ([]byte, error) {
	start := len(dst)
	dst, at, problem := escapeDataMatrix(append(dst, "_1"...), elements, true)
	if problem == "" && len(dst)-start > maxFieldData {
		at, problem = maxFieldData, "too long"
	}
	if problem != "" {
		return dst[:start], &EscapeError{InDataMatrix, strings.Clone(elements), at, problem}
	}
	return dst, nil
}
