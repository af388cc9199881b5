package zpl

import "fmt"

// Symbol characters of Code 128 with a function (ISO/IEC 15417:2007, table 1).
const (
	fnc3   = 96
	fnc2   = 97
	shift  = 98
	codeC  = 99
	codeB  = 100 // FNC4 in set B
	codeA  = 101 // FNC4 in set A
	fnc1   = 102
	startA = 103
	startB = 104
	startC = 105
	stop   = 106
)

// invocations are the values that ^BC's two-character codes stand for in sets A and B, from the guide's table "Code 128 Invocation Characters".
// In set C only >6, >7 and >8 have a meaning.
var invocations = map[byte]int{
	'<': 62, '0': 30, '=': 94, '1': 95, '2': fnc3, '3': fnc2, '4': shift, '5': codeC, '6': codeB, '7': codeA, '8': fnc1,
}

// parseInvocations turns ^BC field data in mode N into symbol characters with start, check and stop character. What a
// printer would skip, such as a letter in set C, is an error. In a template a placeholder may stand in any set; its name is spelled in set B.
func parseInvocations(cmd Command, data []byte, template bool) ([]int, error) {
	fail := func(i int, what string) ([]int, error) {
		return nil, cmd.fail(ErrData, fmt.Sprintf("%s at byte %d of the data", what, i))
	}
	set, i := startB, 0
	if len(data) >= 2 && data[0] == '>' && '9' <= data[1] && data[1] <= ';' {
		set, i = startA+int(data[1]-'9'), 2
	}
	out := append(make([]int, 0, len(data)+3), set)
	for i < len(data) {
		b := data[i]
		if template && b == '{' && set != startB {
			if n := placeholder(string(data[i:])); n > 0 {
				out = append(out, codeB)
				for _, b := range data[i : i+n] {
					out = append(out, int(b)-' ')
				}
				out = append(out, codeA+startA-set) // back to A or C
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
			if !known || set == startC && value != codeB && value != codeA && value != fnc1 {
				return fail(i, fmt.Sprintf("invocation >%c, which set %c lacks,", data[i+1], 'A'+set-startA))
			}
			if value == shift {
				return fail(i, "a shift, whose spelling printers differ in,")
			}
			v, i = value, i+2
			set = nextSet(set, v)
		case set == startB:
			if b < ' ' || b > 0x7F {
				return fail(i, fmt.Sprintf("%q, which set B lacks,", b))
			}
			v, i = int(b)-' ', i+1
		default: // sets A and C are written as pairs of digits
			if i+1 == len(data) || !isDigit(b) || !isDigit(data[i+1]) {
				return fail(i, fmt.Sprintf("no pair of digits in set %c", 'A'+set-startA))
			}
			v = int(b-'0')*10 + int(data[i+1]-'0')
			if set == startA && v >= fnc3 {
				return fail(i, fmt.Sprintf("%02d, no character of set A,", v))
			}
			i += 2
		}
		out = append(out, v)
	}
	if len(out) == 1 {
		return nil, cmd.fail(ErrData, "no data")
	}
	return append(out, checkCharacter(out), stop), nil
}

// nextSet returns the set after symbol character v, the sets named by their start characters.
func nextSet(set, v int) int {
	switch {
	case v == codeC && set != startC:
		return startC
	case v == codeB && set != startB:
		return startB
	case v == codeA && set != startA:
		return startA
	}
	return set
}

// checkCharacter computes the check character of codewords from the start character on (ISO/IEC 15417:2007, 4.3.3).
func checkCharacter(codewords []int) int {
	sum := codewords[0]
	for i, v := range codewords[1:] {
		sum = (sum + (i+1)*v) % 103
	}
	return sum
}

// codewordText decodes symbol characters (with start, check and stop character) as a scanner does.
func codewordText(cmd Command, codewords []int) (text string, gs1 bool, err error) {
	set := codewords[0]
	shifted, latched, high := false, false, false
	out := make([]rune, 0, 2*len(codewords))
	for i, v := range codewords[1 : len(codewords)-2] {
		now := set
		if shifted {
			now, shifted = startA+startB-set, false
		}
		switch {
		case v == fnc1 && i == 0:
			gs1 = true
		case v == fnc1:
			out = append(out, 0x1D)
		case now == startC && v < 100:
			out = append(out, rune('0'+v/10), rune('0'+v%10))
		case v < fnc3:
			c := rune(v + ' ')
			if now == startA && v >= 64 {
				c = rune(v - 64)
			}
			if latched != high {
				c += 128
			}
			high = false
			out = append(out, c)
		case v == shift:
			shifted = true
		case v == codeA && now == startA, v == codeB && now == startB: // FNC4: the next character, or twice: all that follow
			if high {
				latched, high = !latched, false
			} else {
				high = true
			}
		case v == fnc2, v == fnc3:
			return "", false, cmd.fail(ErrUnsupported, "FNC2 and FNC3")
		default:
			set = nextSet(set, v)
		}
	}
	return string(out), gs1, nil
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
