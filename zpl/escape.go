package zpl

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/code128"
)

// A Context is the kind of field that a value is written into. Each gives other characters a meaning.
type Context uint8

const (
	InText       Context = iota + 1 // text of one line
	InBlock                         // text of a block (^FB); \n parts its lines
	InCode128                       // ^BC in mode N
	InDataMatrix                    // ^BX of quality 200 with the escape character _
	InQR                            // ^BQ, after the level and mode such as "MA,"
)

func (c Context) String() string {
	names := [...]string{InText: "text", InBlock: "block text", InCode128: "Code 128", InDataMatrix: "Data Matrix", InQR: "QR"}
	if int(c) < len(names) && c > 0 {
		return names[c]
	}
	return "unknown context"
}

// maxFieldData is what printers take of a ^FD; they cut the rest (the guide, ^FD).
const maxFieldData = 3072

// An EscapeError says what a field of some context can't carry.
type EscapeError struct {
	Context Context
	Value   string
	Pos     int // byte in Value
	Detail  string
}

func (e *EscapeError) Error() string {
	v := e.Value
	if len(v) > 60 {
		v = strings.ToValidUTF8(v[:60], "") + "…"
	}
	return fmt.Sprintf("zpl: %s can't carry %q at byte %d: %s", e.Context, v, e.Pos, e.Detail)
}

// Escape returns s as field data for a field of context c that begins with `^FH\^FD`: with the backslash as indicator of
// hexadecimal values, which leaves the underscore to ^BX. The field then holds exactly s, and nothing in s can become a command. What
// the field can't carry, or what printers are known to drop or change, is an [*EscapeError].
func Escape(c Context, s string) (string, error) {
	b, err := AppendEscaped(make([]byte, 0, len(s)+8), c, s)
	return string(b), err
}

// AppendEscaped appends what [Escape] returns to dst.
func AppendEscaped(dst []byte, c Context, s string) ([]byte, error) {
	start := len(dst)
	var at int
	var problem string
	switch c {
	case InText, InBlock:
		dst, at, problem = escapeText(dst, c, s)
	case InCode128:
		dst, at, problem = escapeCode128(dst, s)
	case InDataMatrix:
		dst, at, problem = escapeDataMatrix(dst, s, false)
	case InQR:
		dst, at, problem = escapeQR(dst, s)
	default:
		problem = "there is no such context"
	}
	if problem == "" && len(dst)-start > maxFieldData {
		at, problem = maxFieldData, fmt.Sprintf("more than %d bytes of field data are cut off by printers", maxFieldData)
	}
	if problem != "" {
		return dst[:start], &EscapeError{c, strings.Clone(s), at, problem} // a clone, so that no caller's field escapes to the heap
	}
	return dst, nil
}

// appendHex appends a byte as ^FH writes it.
func appendHex(dst []byte, b byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '\\', digits[b>>4], digits[b&15])
}

// appendSafe appends a byte, as a hexadecimal value if it is a prefix, the indicator or a control character.
func appendSafe(dst []byte, b byte) []byte {
	if b == '^' || b == '~' || b == '\\' || b < ' ' || b == 0x7F {
		return appendHex(dst, b)
	}
	return append(dst, b)
}

func escapeText(dst []byte, c Context, s string) ([]byte, int, string) {
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !isEncodedRuneError(s[i:]):
			return dst, i, "it is not UTF-8"
		case r == '\n' && c == InBlock:
			dst = append(appendHex(dst, '\\'), '&')
		case r == '\\' && c == InBlock:
			dst = appendHex(appendHex(dst, '\\'), '\\')
		case r == '\n':
			return dst, i, "a line break; it needs a block"
		case isControl(r):
			return dst, i, "a control character can't be printed"
		case r < utf8.RuneSelf:
			dst = appendSafe(dst, byte(r))
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst, 0, ""
}

// isEncodedRuneError tells a U+FFFD that stands in the text from bytes that are not UTF-8.
func isEncodedRuneError(s string) bool { return strings.HasPrefix(s, "\uFFFD") }

// escapeCode128 writes set B, with set A for control characters. It does not save space: whoever minds gives a field its Codewords.
func escapeCode128(dst []byte, s string) ([]byte, int, string) {
	if s == "" {
		return dst, 0, "there is no data"
	}
	dst = append(dst, '>', ':')
	inA := false
	for i := range len(s) {
		b := s[i]
		if b >= 0x80 {
			return dst, i, "a character outside ASCII"
		}
		if control := b < ' '; control != inA {
			dst = append(dst, '>', '6'+btoi(control))
			inA = control
		}
		if inA {
			dst = appendPair(dst, int(b)+64)
		} else {
			dst = appendSetB(dst, int(b)-' ')
		}
	}
	return dst, 0, ""
}

func btoi(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendPair(dst []byte, v int) []byte { return append(dst, '0'+byte(v/10), '0'+byte(v%10)) }

// appendSetB appends a data character of set B as ^BC spells it.
func appendSetB(dst []byte, v int) []byte {
	switch v {
	case 62:
		return append(dst, '>', '<')
	case 30:
		return append(dst, '>', '0')
	case 94:
		return append(dst, '>', '=')
	case 95:
		return append(dst, '>', '1')
	}
	return appendSafe(dst, byte(v)+' ')
}

// appendCodewords spells the symbol characters of a Code 128 symbol (start character first, check and stop character last), so
// that the printed bars are those. It tells whether ^BC can: a shift has no spelling that all printers agree on.
func appendCodewords(dst []byte, codewords []int) ([]byte, bool) {
	if len(codewords) < 4 || codewords[0] < code128.StartA || codewords[0] > code128.StartC {
		return dst, false
	}
	set := codewords[0]
	dst = append(dst, '>', '9'+byte(set-code128.StartA))
	for _, v := range codewords[1 : len(codewords)-2] {
		switch {
		case v < 0 || v > code128.FNC1 || v == code128.Shift && set != code128.StartC:
			return dst, false
		case set == code128.StartC && v < 100:
			dst = appendPair(dst, v)
		case v >= code128.FNC3:
			dst = append(dst, '>', '2'+byte(v-code128.FNC3))
			set = code128.NextSet(set, v)
		case set == code128.StartA:
			dst = appendPair(dst, v)
		default:
			dst = appendSetB(dst, v)
		}
	}
	return dst, true
}

// escapeDataMatrix writes ^BX data. In GS1 data each GS stands for an FNC1 that separates.
func escapeDataMatrix(dst []byte, s string, gs1 bool) ([]byte, int, string) {
	if s == "" {
		return dst, 0, "there is no data"
	}
	for i := range len(s) {
		switch b := s[i]; {
		case b >= 0x80:
			return dst, i, "a character outside ASCII, whose meaning depends on the printer: send the symbol as a graphic"
		case b == 0x1D && gs1:
			dst = append(dst, '_', '1')
		case b == '_':
			dst = append(dst, '_', '_')
		case b < 0x1F:
			dst = appendSafe(append(dst, '_'), b+'@')
		default: // 0x1F has no escape of its own, as it would read "__"
			dst = appendSafe(dst, b)
		}
	}
	return dst, 0, ""
}

func escapeQR(dst []byte, s string) ([]byte, int, string) {
	if s == "" {
		return dst, 0, "there is no data"
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			return dst, i, "a character outside ASCII, whose meaning depends on the printer: send the symbol as a graphic"
		}
		dst = appendSafe(dst, s[i])
	}
	return dst, 0, ""
}
