package zpl

import (
	"fmt"

	"github.com/gonameplate/nameplate/internal/code128"
)

// invocations are the values that ^BC's two-character codes stand for in sets A and B, from the guide's table "Code 128 Invocation Characters".
// In set C only >6, >7 and >8 have a meaning.
var invocations = map[byte]int{
	'<': 62, '0': 30, '=': 94, '1': 95, '2': code128.FNC3, '3': code128.FNC2, '4': code128.Shift, '5': code128.CodeC, '6': code128.CodeB, '7': code128.CodeA, '8': code128.FNC1,
}

// parseInvocations turns ^BC field data in mode N into symbol characters from the start character on. What a
// printer would skip, such as a letter in set C, is an error. In a template a placeholder may stand in any set; its name is spelled in set B.
func parseInvocations(cmd Command, data []byte, template bool) ([]int, error) {
	fail := func(i int, what string) ([]int, error) {
		return nil, cmd.fail(ErrData, fmt.Sprintf("%s at byte %d of the data", what, i))
	}
	set, i := code128.StartB, 0
	if len(data) >= 2 && data[0] == '>' && '9' <= data[1] && data[1] <= ';' {
		set, i = code128.StartA+int(data[1]-'9'), 2
	}
	out := append(make([]int, 0, len(data)+3), set)
	for i < len(data) {
		b := data[i]
		if template && set != code128.StartB {
			if n := placeholder(string(data[i:])); n > 0 {
				out = appendInSetB(out, data[i:i+n], set)
				i += n
				continue
			}
		}
		var v int
		switch {
		case b == '>':
			if i+1 == len(data) {
				return fail(i, "an unfinished invocation")
			}
			value, known := invocations[data[i+1]]
			if !known || set == code128.StartC && value != code128.CodeB && value != code128.CodeA && value != code128.FNC1 {
				return fail(i, fmt.Sprintf("invocation >%c, which set %c lacks,", data[i+1], 'A'+set-code128.StartA))
			}
			switch value {
			case code128.Shift:
				return fail(i, "a shift, whose spelling printers differ in,")
			case code128.FNC2, code128.FNC3:
				return nil, cmd.fail(ErrUnsupported, "FNC2 and FNC3")
			}
			v, i = value, i+2
			set = code128.NextSet(set, v)
		case set == code128.StartB:
			if b < ' ' || b > 0x7F {
				return fail(i, fmt.Sprintf("%q, which set B lacks,", b))
			}
			v, i = int(b)-' ', i+1
		default: // sets A and C are written as pairs of digits
			if i+1 == len(data) || !isDigit(b) || !isDigit(data[i+1]) {
				return fail(i, fmt.Sprintf("no pair of digits in set %c", 'A'+set-code128.StartA))
			}
			v = int(b-'0')*10 + int(data[i+1]-'0')
			if set == code128.StartA && v >= code128.FNC3 {
				return fail(i, fmt.Sprintf("%02d, no character of set A,", v))
			}
			i += 2
		}
		out = append(out, v)
	}
	if len(out) == 1 {
		return nil, cmd.fail(ErrData, "no data")
	}
	return out, nil
}

// appendInSetB appends a name that is in code set B to symbol characters in set A or C, which goes on after it.
func appendInSetB(dst []int, name []byte, set int) []int {
	dst = append(dst, code128.CodeB)
	for _, b := range name {
		dst = append(dst, int(b)-' ')
	}
	return append(dst, code128.CodeA+code128.StartA-set)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
