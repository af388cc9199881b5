package zpl

import "fmt"

// parseDataMatrix resolves ^BX's escapes for ECC 200: escape and 1 is FNC1, escape twice the character itself, escape and a
// character from @ to _ a control character. The others (structured append, reader programming, code pages, raw code words) are refused.
// Without an explicit escape character, data with one of the two that firmware took as default is refused.
func parseDataMatrix(cmd Command, data []byte, escape byte) (text string, gs1 bool, err error) {
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		b := data[i]
		switch {
		case b >= 0x80:
			return "", false, cmd.fail(ErrUnsupported, fmt.Sprintf("a character outside ASCII at byte %d of the data: printers disagree on its meaning", i))
		case escape == 0 && (b == '_' || b == '~'):
			return "", false, cmd.fail(ErrData, fmt.Sprintf("%q at byte %d of the data, while ^BX does not say which escape character it uses", b, i))
		case escape == 0 || b != escape:
			out = append(out, b)
			continue
		}
		i++
		if i == len(data) {
			return "", false, cmd.fail(ErrData, "an unfinished escape")
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
			return "", false, cmd.fail(ErrUnsupported, fmt.Sprintf("escape %c%c at byte %d of the data", escape, b, i-1))
		}
	}
	if len(out) == 0 {
		return "", false, cmd.fail(ErrData, "no data")
	}
	return string(out), gs1, nil
}

// parseQR splits ^BQ's field data: error correction level, input mode A (automatic), comma, content.
func parseQR(cmd Command, data []byte, spec *SymbolSpec) (string, error) {
	if len(data) < 4 || data[2] != ',' {
		return "", cmd.fail(ErrData, `QR data begins with a level and a mode, such as "MA,"`)
	}
	switch level := data[0]; level {
	case 'H', 'Q', 'M', 'L':
		spec.Level = level
	default:
		return "", cmd.fail(ErrData, fmt.Sprintf("%q is no level of QR", level))
	}
	if data[1] != 'A' {
		return "", cmd.fail(ErrUnsupported, fmt.Sprintf("QR input mode %q: only A (automatic) is", data[1]))
	}
	for i, b := range data[3:] {
		if b >= 0x80 {
			return "", cmd.fail(ErrUnsupported, fmt.Sprintf("a character outside ASCII at byte %d of the data: printers disagree on its meaning", i+3))
		}
	}
	return string(data[3:]), nil
}
