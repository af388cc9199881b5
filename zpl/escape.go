package zpl

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/code128"
)

// A Context is the kind of field that a value is written into. Each has other characters with a
// meaning of their own.
type Context uint8

// The contexts.
const (
	InText       Context = iota + 1 // text of one line
	InBlock                         // text of a block (^FB), in which \n separates lines
	InCode128                       // ^BC in mode N
	InDataMatrix                    // ^BX of quality 200 with the escape character _
	InQR                            // ^BQ, after the level and the mode, such as "MA,"
)

// String returns the name of the context, such as "Code 128".
func (c Context) String() string {
	names := [...]string{
		InText: "text", InBlock: "text block", InCode128: "Code 128", InDataMatrix: "Data Matrix",
		InQR: "QR",
	}
	if int(c) < len(names) && c > 0 {
		return names[c]
	}
	return "unknown"
}

// maxFieldData is how many bytes of a ^FD printers take; they drop the rest (the guide, ^FD).
const maxFieldData = 3072

// Escape returns s as field data for a field of context c that begins with `^FH\^FD`: the backslash
// is the indicator of hexadecimal values, which leaves the underscore to ^BX. The field then holds
// exactly s, and nothing in s can become a command. What the field cannot carry, or what printers
// are known to drop or change, is an [*EscapeError]: more than 3,072 bytes of field data, control
// characters in text, and characters outside ASCII in symbols.
func Escape(c Context, s string) (string, error) {
	b, err := AppendEscaped(make([]byte, 0, len(s)+8), c, s)
	return string(b), err
}

// AppendEscaped appends what [Escape] returns to dst.
func AppendEscaped(dst []byte, c Context, s string) ([]byte, error) {
	start := len(dst)
	var f fault
	switch c {
	case InText, InBlock:
		dst, f = escapeText(dst, c, s)
	case InCode128:
		dst, f = escapeCode128(dst, s)
	case InDataMatrix:
		dst, f = escapeDataMatrix(dst, s, false)
	case InQR:
		dst, f = escapeQR(dst, s)
	default:
		f.detail = "there is no such context"
	}
	return finishEscape(dst, start, c, s, f)
}

// A fault is what is wrong at a byte of a value; it is none if the detail is empty.
type fault struct {
	at           int
	detail, hint string
}

var noData = fault{0, "there is no data", ""}

// finishEscape returns the field data that begin at dst[start:], or the fault that was found.
func finishEscape(dst []byte, start int, c Context, s string, f fault) ([]byte, error) {
	if n := len(dst) - start; f.detail == "" && n > maxFieldData {
		f = fault{maxFieldData, fmt.Sprintf("%d bytes of field data, want at most %d", n,
			maxFieldData), ""}
	}
	if f.detail == "" {
		return dst, nil
	}
	// Input is a clone, so that no caller's field escapes to the heap.
	return dst[:start], &EscapeError{c, strings.Clone(s), f.at, f.detail, f.hint}
}

// appendHex appends a byte as ^FH writes it.
func appendHex(dst []byte, b byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '\\', digits[b>>4], digits[b&15])
}

// appendSafe appends a byte, as a hexadecimal value if it is a prefix, the indicator or a control
// character.
func appendSafe(dst []byte, b byte) []byte {
	if b == '^' || b == '~' || b == '\\' || b < ' ' || b == 0x7F {
		return appendHex(dst, b)
	}
	return append(dst, b)
}

func escapeText(dst []byte, c Context, s string) ([]byte, fault) {
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			return dst, fault{i, "it is not UTF-8", ""}
		case r == '\n' && c == InBlock:
			dst = append(appendHex(dst, '\\'), '&')
		case r == '\\' && c == InBlock:
			dst = appendHex(appendHex(dst, '\\'), '\\')
		case r == '\n':
			return dst, fault{i, "a line break in one line of text", "write it in a block"}
		case isControl(r):
			return dst, fault{i, fmt.Sprintf("the control character U+%04X cannot be printed", r),
				""}
		case r < utf8.RuneSelf:
			dst = appendSafe(dst, byte(r))
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst, fault{}
}

// escapeCode128 writes code set B, with set A for control characters. It does not save space: for
// short symbols a field has its Codewords.
func escapeCode128(dst []byte, s string) ([]byte, fault) {
	if s == "" {
		return dst, noData
	}
	dst = append(dst, '>', ':')
	inA := false
	for i := range len(s) {
		b := s[i]
		if b >= utf8.RuneSelf {
			return dst, notASCII(s, i)
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
	return dst, fault{}
}

func notASCII(s string, i int) fault {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return fault{i, fmt.Sprintf("%q is not ASCII: its meaning depends on the printer", r),
		"send the symbol as a picture"}
}

func btoi(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendPair(dst []byte, v int) []byte { return append(dst, '0'+byte(v/10), '0'+byte(v%10)) }

// appendSetB appends a data character of set B as ^BC has it.
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

// appendCodewords appends the data of ^BC that print the symbol characters of a Code 128 symbol
// (start character first, check and stop character last). It reports whether ^BC can: printers
// disagree on how a shift is written.
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

// escapeDataMatrix writes ^BX data. In GS1 data each GS is an FNC1 that separates.
func escapeDataMatrix(dst []byte, s string, gs1 bool) ([]byte, fault) {
	if s == "" {
		return dst, noData
	}
	for i := range len(s) {
		switch b := s[i]; {
		case b >= utf8.RuneSelf:
			return dst, notASCII(s, i)
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
	return dst, fault{}
}

func escapeQR(dst []byte, s string) ([]byte, fault) {
	if s == "" {
		return dst, noData
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return dst, notASCII(s, i)
		}
		dst = appendSafe(dst, s[i])
	}
	return dst, fault{}
}
