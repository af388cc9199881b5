package zpl

import (
	"bytes"
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/label/symbol"
)

// A pending field is one that has not met its ^FS yet.
type pending struct {
	Field
	hex     byte // ^FH's indicator, 0 if there is none
	raw     []byte
	hasData bool
	font    Font
	hasFont bool
	symbol  Command // ^BC, ^BX or ^BQ
	escape  byte    // ^BX's
	placed  bool
	touched bool
}

const fontNames = "ABCDEFGHPQRSTUV0"

// cells are the sizes of the resident bitmap fonts at magnification 1 on a head of 8 dots/mm (the
// guide's table of fonts).
var cells = map[byte]Font{
	'A': {'A', 9, 5}, 'B': {'B', 11, 7}, 'C': {'C', 18, 10}, 'D': {'D', 18, 10}, 'E': {'E', 28, 15},
	'F': {'F', 26, 13}, 'G': {'G', 60, 40}, 'H': {'H', 21, 13}, 'P': {'P', 20, 18},
	'Q': {'Q', 28, 24},
	'R': {'R', 35, 31}, 'S': {'S', 40, 35}, 'T': {'T', 48, 42}, 'U': {'U', 59, 53},
	'V': {'V', 80, 71},
	'0': {'0', 15, 12},
}

// size sets height and width from parameters i and i+1: one that is missing follows the other.
func (f *Font) size(p *params, i int) {
	h, w := p.number(i, 0, 0, 32000), p.number(i+1, 0, 0, 32000)
	cell := cells[f.Name]
	if h == 0 && w == 0 {
		if f.Height == 0 {
			f.Height, f.Width = cell.Height, cell.Width
		}
		return
	}
	if h == 0 {
		h = w
		if f.Name != '0' {
			h = w * cell.Height / cell.Width
		}
	}
	if w == 0 {
		w = h
		if f.Name != '0' {
			w = h * cell.Width / cell.Height
		}
	}
	f.Height, f.Width = h, w
}

func (in *Interpreter) place(cmd Command) error {
	p := split(cmd)
	f := &in.field
	if f.placed {
		return cmd.fail(ErrSyntax, "a second place for the field")
	}
	f.X = in.settings.HomeX + p.number(0, 0, 0, maxCoordinate)
	f.Y = in.settings.HomeY + p.number(1, 0, 0, maxCoordinate)
	if cmd.Name == "FT" && (p.text(0) == "" || p.text(1) == "") {
		p.fail(ErrUnsupported, "a place that follows the field before it, want both coordinates")
	}
	p.number(2, 0, 0, 0)
	f.Baseline, f.placed, f.touched = cmd.Name == "FT", true, true
	return p.atMost(3)
}

func (in *Interpreter) setFont(cmd Command) error {
	if len(cmd.Params) == 0 {
		return cmd.fail(ErrParameter, "no font")
	}
	name := cmd.Params[0]
	if 'a' <= name && name <= 'z' {
		name -= 'a' - 'A'
	}
	if !oneOf(name, fontNames) {
		return cmd.fail(ErrUnsupported, "font %q, want one of the resident fonts %s", name,
			fontNames)
	}
	cmd.Params = cmd.Params[1:]
	p := split(cmd)
	f := &in.field
	f.font, f.hasFont, f.touched = Font{Name: name}, true, true
	f.font.size(p, 1)
	f.Orientation = p.choice(0, in.settings.orientation, orientations)
	if name == '0' && f.font.Height < minScalable {
		p.fail(ErrParameter, "font 0 at %d dots, want at least %d", f.font.Height, minScalable)
	}
	return p.atMost(3)
}

func (in *Interpreter) block(cmd Command) error {
	p := split(cmd)
	in.field.touched = true
	in.field.Block = &TextBlock{
		Width:   p.number(0, 0, 1, 32000),
		Lines:   p.number(1, 1, 1, 9999),
		Leading: p.number(2, 0, -9999, 9999),
		Justify: p.choice(3, 'L', "LCRJ"),
		Indent:  p.number(4, 0, 0, 9999),
	}
	if in.field.Block.Width == 0 {
		p.fail(ErrParameter, "a block without a width, which prints nothing")
	}
	return p.atMost(5)
}

func (in *Interpreter) hexIndicator(cmd Command) error {
	f := &in.field
	f.touched = true
	switch len(cmd.Params) {
	case 0:
		f.hex = '_'
	case 1:
		f.hex = cmd.Params[0]
	default:
		return cmd.fail(ErrParameter, "indicator %q, want one character", cmd.Params)
	}
	return nil
}

func (in *Interpreter) reverse(Command) error {
	in.field.Reversed, in.field.touched = true, true
	return nil
}

func (in *Interpreter) fieldData(cmd Command) error {
	f := &in.field
	if f.hasData || f.Kind != 0 && f.symbol.Name == "" && f.Tag == nil {
		return cmd.fail(ErrSyntax, "the field before it has no ^FS")
	}
	raw, err := unhex(cmd, f.hex)
	if err != nil {
		return err
	}
	if len(raw) > maxFieldData {
		return cmd.fail(ErrTooLong, "%d bytes of field data, want at most %d", len(raw),
			maxFieldData)
	}
	f.raw, f.hasData, f.touched, f.Pos = raw, true, true, cmd.Pos
	return nil
}

// unhex resolves the escapes of ^FH: the indicator and two hexadecimal digits are a byte.
func unhex(cmd Command, indicator byte) ([]byte, error) {
	if i := bytes.IndexAny(cmd.Params, "\r\n"); i >= 0 {
		return nil, cmd.fail(ErrData, "a line break at byte %d of the data, "+
			"which printers drop or keep depending on their firmware", i+1)
	}
	if indicator == 0 {
		return bytes.Clone(cmd.Params), nil
	}
	out := make([]byte, 0, len(cmd.Params))
	for i := 0; i < len(cmd.Params); i++ {
		b := cmd.Params[i]
		if b == indicator {
			digits := cmd.Params[i+1:]
			if len(digits) < 2 || hexDigit(digits[0]) < 0 || hexDigit(digits[1]) < 0 {
				return nil, cmd.fail(ErrData,
					"%q at byte %d of the data, want two hexadecimal digits after it",
					b, i+1)
			}
			b = byte(hexDigit(digits[0])<<4 | hexDigit(digits[1]))
			i += 2
		}
		out = append(out, b)
	}
	return out, nil
}

func hexDigit(b byte) int {
	switch {
	case '0' <= b && b <= '9':
		return int(b - '0')
	case 'A' <= b && b <= 'F':
		return int(b-'A') + 10
	case 'a' <= b && b <= 'f':
		return int(b-'a') + 10
	}
	return -1
}

// barcode makes the field a symbol; the data that it encodes come later.
func (in *Interpreter) barcode(cmd Command) error {
	f := &in.field
	if f.symbol.Name != "" {
		return cmd.fail(ErrSyntax, "the field is a symbol already")
	}
	p := split(cmd)
	f.symbol, f.touched = cmd, true
	f.symbol.Params = nil
	f.Orientation = p.choice(0, in.settings.orientation, orientations)
	switch cmd.Name {
	case "BC":
		return f.setCode128(p, &in.settings)
	case "BX":
		return f.setDataMatrix(p)
	default:
		return f.setQR(p)
	}
}

func (f *pending) setCode128(p *params, s *Settings) error {
	f.Kind = Code128Field
	f.Symbol = &SymbolSpec{
		Module: s.moduleWidth, Height: p.number(1, s.barHeight, 1, 32000),
		HRI: p.yes(2, true), HRIAbove: p.yes(3, false),
	}
	if p.yes(4, false) || p.choice(5, 'N', "NUAD") != 'N' {
		p.fail(ErrUnsupported, "modes other than N and added check digits, which change the data")
	}
	return p.atMost(6)
}

func (f *pending) setDataMatrix(p *params) error {
	f.Kind = DataMatrixField
	f.Symbol = &SymbolSpec{Module: p.number(1, 0, 1, 1000)}
	if f.Symbol.Module == 0 {
		p.fail(ErrUnsupported, "a module size that ^BY decides, want a number")
	}
	if p.number(2, 0, 0, 200) != 200 {
		p.fail(ErrUnsupported, "a quality other than 200 (ECC 200)")
	}
	f.Symbol.Cols, f.Symbol.Rows = p.number(3, 0, 0, 144), p.number(4, 0, 0, 144)
	p.number(5, 6, 0, 6) // the format has no meaning for ECC 200, but labels carry it
	if e := p.text(6); len(e) == 1 {
		f.escape = e[0]
	} else if e != "" {
		p.fail(ErrParameter, "escape character %q, want one character", e)
	}
	f.Symbol.Rectangle = p.number(7, 1, 1, 2) == 2
	return p.atMost(8)
}

func (f *pending) setQR(p *params) error {
	f.Kind = QRField
	if p.number(1, 2, 1, 2) != 2 {
		p.fail(ErrUnsupported, "QR model 1")
	}
	f.Symbol = &SymbolSpec{Module: p.number(2, 0, 1, 100), Level: p.choice(3, 'Q', "HQML")}
	if f.Symbol.Module == 0 {
		p.fail(ErrUnsupported, "a magnification that the head's resolution decides, want a number")
	}
	p.number(4, 7, 0, 7)
	return p.atMost(5)
}

func (in *Interpreter) box(cmd Command) error {
	p := split(cmd)
	t := p.number(2, 1, 1, 32000)
	b := &BoxSpec{
		Width: max(t, p.number(0, t, 0, 32000)), Height: max(t, p.number(1, t, 0, 32000)),
		Thickness: t,
		White:     p.choice(3, 'B', "BW") == 'W', Rounding: p.number(4, 0, 0, 8),
	}
	return in.draw(cmd, p.atMost(5), Field{Kind: BoxField, Box: b})
}

func (in *Interpreter) graphicField(cmd Command) error {
	bitmap, err := decodeGraphic(cmd)
	if err == nil {
		if in.pictures += len(bitmap.Bits); in.pictures > 4*maxGraphic {
			err = cmd.fail(ErrTooLong, "the format's pictures have %d bytes, want at most %d",
				in.pictures, 4*maxGraphic)
		}
	}
	return in.draw(cmd, err, Field{Kind: GraphicField, Bitmap: bitmap})
}

// draw makes the field one that has no ^FD.
func (in *Interpreter) draw(cmd Command, err error, what Field) error {
	f := &in.field
	if err == nil && (f.hasData || f.Kind != 0) {
		err = cmd.fail(ErrSyntax, "the field before it has no ^FS")
	}
	f.Kind, f.Box, f.Bitmap, f.Pos, f.touched = what.Kind, what.Box, what.Bitmap, cmd.Pos, true
	return err
}

// separate ends a field: its data are decoded, and it becomes part of the page.
func (in *Interpreter) separate(cmd Command) error {
	f := in.field
	in.field = pending{}
	if in.aborted || !f.hasData && f.Kind == 0 { // ^FS after nothing, or after a place alone
		return nil
	}
	if limit := cmp.Or(in.MaxFields, 1000); len(in.page.Fields) >= limit {
		return cmd.fail(ErrTooLong, "more than %d fields in a format", limit)
	}
	if f.Orientation == 0 {
		f.Orientation = in.settings.orientation
	}
	cmd.Name, cmd.Pos, cmd.Params = "FD", f.Pos, f.raw // errors are the data's
	if !f.hasData && f.symbol.Name != "" {
		cmd.Name, cmd.Pos = f.symbol.Name, f.symbol.Pos
	}
	if err := in.decode(cmd, &f); err != nil {
		return err
	}
	in.page.Fields = append(in.page.Fields, f.Field)
	return nil
}

func (in *Interpreter) decode(cmd Command, f *pending) (err error) {
	switch f.Kind {
	case BoxField, GraphicField:
		return nil
	case TagField:
		return f.decodeTag(cmd)
	case Code128Field:
		err = f.decodeCode128(cmd, in.template)
	case DataMatrixField:
		f.Data, f.GS1, err = parseDataMatrix(cmd, f.raw, f.escape)
	case QRField:
		f.Data, err = parseQR(cmd, f.raw, f.Symbol)
	default:
		f.Kind = TextField
		f.Font = in.settings.font
		if f.hasFont {
			f.Font = f.font
		}
		f.Data, err = in.text(cmd, f)
	}
	return err
}

// decodeCode128 makes the field's symbol characters and content from its data.
func (f *pending) decodeCode128(cmd Command, template bool) error {
	codewords, err := parseInvocations(cmd, f.raw, template)
	if err != nil {
		return err
	}
	s, err := symbol.FromCode128(codewords)
	if err != nil {
		return cmd.fail(ErrData, "%s", err)
	}
	f.Symbol.Codewords, f.Data, f.GS1 = s.Codewords(), s.Content(), s.SymbologyIdentifier() == "]C1"
	return nil
}

// text checks the characters of a text field and, in a block, resolves its escapes.
func (in *Interpreter) text(cmd Command, f *pending) (string, error) {
	s := string(f.raw)
	notASCII := func(r rune) bool { return r >= utf8.RuneSelf }
	if i := strings.IndexFunc(s, notASCII); in.settings.Charset != 28 && i >= 0 {
		return "", cmd.fail(ErrData,
			"a character outside ASCII at byte %d of the text, want ^CI28 before it", i+1)
	}
	if !utf8.ValidString(s) {
		return "", cmd.fail(ErrData, "text that is not UTF-8")
	}
	if i := strings.IndexFunc(s, isControl); i >= 0 {
		return "", cmd.fail(ErrData, "the control character %q at byte %d of the text", s[i], i+1)
	}
	if f.Block == nil {
		return s, nil
	}
	return unescapeBlock(cmd, s)
}

// unescapeBlock resolves \& and \\ of a block's text.
func unescapeBlock(cmd Command, s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch {
		case i < len(s) && s[i] == '&':
			b.WriteByte('\n')
		case i < len(s) && s[i] == '\\':
			b.WriteByte('\\')
		default:
			return "", cmd.fail(ErrUnsupported,
				`the escape at byte %d of the block's text, want \& or \\`, i)
		}
	}
	return b.String(), nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7F || 0x80 <= r && r < 0xA0 }
