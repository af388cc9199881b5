package zpl

import "unicode/utf8"

// parseDataMatrix resolves ^BX's escapes for ECC 200: the escape character and 1 are FNC1, the
// escape character twice is itself, and with a character from @ to _ it is a control character.
// It rejects the others (structured append, reader programming, code pages, raw codewords).
// Without an escape character, it rejects data with one of the two that firmware took as default.
func parseDataMatrix(cmd Command, data []byte, escape byte) (text string, gs1 bool, err error) {
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		b := data[i]
		switch {
		case b >= utf8.RuneSelf:
			return "", false, notASCIIAt(cmd, i)
		case escape == 0 && (b == '_' || b == '~'):
			return "", false, cmd.fail(ErrData,
				"%q at byte %d of the data, want ^BX to name its escape character", b, i+1)
		case escape == 0 || b != escape:
			out = append(out, b)
			continue
		}
		i++
		if i == len(data) {
			return "", false, cmd.fail(ErrData, "an unfinished escape at byte %d of the data", i)
		}
		switch b = data[i]; {
		case b == escape:
			out = append(out, escape)
		case b == '1' && i == 1:
			gs1 = true
		case b == '1':
			out = append(out, 0x1D)
		case '@' <= b && b <= '_':
			out = append(out, b-'@')
		default:
			return "", false, cmd.fail(ErrUnsupported, "escape %c%c at byte %d of the data", escape,
				b, i)
		}
	}
	if len(out) == 0 {
		return "", false, cmd.fail(ErrData, "no data")
	}
	return string(out), gs1, nil
}

func notASCIIAt(cmd Command, i int) error {
	return cmd.fail(ErrUnsupported,
		"a character outside ASCII at byte %d of the data: its meaning depends on the printer", i+1)
}

// parseQR splits ^BQ's field data: error correction level, input mode A (automatic), comma,
// content.
func parseQR(cmd Command, data []byte, spec *SymbolSpec) (string, error) {
	if len(data) < 4 || data[2] != ',' {
		return "", cmd.fail(ErrData,
			`QR data without a level and a mode, want them first, such as "MA,"`)
	}
	if !oneOf(data[0], "HQML") {
		return "", cmd.fail(ErrData, "QR level %q, want one of HQML", data[0])
	}
	spec.Level = data[0]
	if data[1] != 'A' {
		return "", cmd.fail(ErrUnsupported, "QR input mode %q, want A (automatic)", data[1])
	}
	for i, b := range data[3:] {
		if b >= utf8.RuneSelf {
			return "", notASCIIAt(cmd, i+3)
		}
	}
	return string(data[3:]), nil
}
