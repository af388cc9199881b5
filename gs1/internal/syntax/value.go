package syntax

import "strconv"

// Check tells what is wrong with value as the value of row's AI.
func (a *AI) Check(value string) (kind Kind, pos, n int, want string) {
	f := a.check(value)
	return f.kind, f.pos, f.n, f.want
}

func (a *AI) check(v string) flaw {
	if len(v) < int(a.Min) || len(v) > int(a.Max) {
		return a.wrongLength(v)
	}
	pos := 0
	for i := range a.Parts {
		c := &a.Parts[i]
		part := v[pos:]
		if len(part) > int(c.Max) {
			part = part[:c.Max]
		}
		if len(part) < int(c.Min) {
			if c.Optional && part == "" {
				break
			}
			return flaw{BadLength, pos, len(part), "a part of " + strconv.Itoa(int(c.Min)) + " characters"}
		}
		f := inSet(c.Set, part)
		for j := 0; f.kind == 0 && j < len(c.Lint) && c.Lint[j] != 0; j++ {
			f = c.Lint[j].check(part)
		}
		if f.kind != 0 {
			f.pos += pos
			return f
		}
		pos += len(part)
	}
	return flaw{}
}

func (a *AI) wrongLength(v string) flaw {
	want := strconv.Itoa(int(a.Max)) + " characters"
	if a.Min != a.Max {
		want = strconv.Itoa(int(a.Min)) + " to " + want
	}
	pos := 0
	if len(v) > int(a.Max) {
		pos = int(a.Max)
	}
	return flaw{BadLength, pos, len(v) - pos, want}
}

// Bits of class: the character sets to which a byte belongs (GS1 General Specifications, 7.11).
const (
	inN = 1 << iota
	inX
	inY
	inZ
)

var class = [256]uint8{
	'!': inX, '"': inX, '#': inY, '%': inX, '&': inX, '\'': inX, '(': inX, ')': inX, '*': inX, '+': inX, ',': inX,
	'-': inX | inY | inZ, '.': inX, '/': inX | inY,
	'0': inN | inX | inY | inZ, '1': inN | inX | inY | inZ, '2': inN | inX | inY | inZ, '3': inN | inX | inY | inZ, '4': inN | inX | inY | inZ,
	'5': inN | inX | inY | inZ, '6': inN | inX | inY | inZ, '7': inN | inX | inY | inZ, '8': inN | inX | inY | inZ, '9': inN | inX | inY | inZ,
	':': inX, ';': inX, '<': inX, '=': inX, '>': inX, '?': inX, '_': inX | inZ,
	'A': inX | inY | inZ, 'B': inX | inY | inZ, 'C': inX | inY | inZ, 'D': inX | inY | inZ, 'E': inX | inY | inZ, 'F': inX | inY | inZ, 'G': inX | inY | inZ,
	'H': inX | inY | inZ, 'I': inX | inY | inZ, 'J': inX | inY | inZ, 'K': inX | inY | inZ, 'L': inX | inY | inZ, 'M': inX | inY | inZ, 'N': inX | inY | inZ,
	'O': inX | inY | inZ, 'P': inX | inY | inZ, 'Q': inX | inY | inZ, 'R': inX | inY | inZ, 'S': inX | inY | inZ, 'T': inX | inY | inZ, 'U': inX | inY | inZ,
	'V': inX | inY | inZ, 'W': inX | inY | inZ, 'X': inX | inY | inZ, 'Y': inX | inY | inZ, 'Z': inX | inY | inZ,
	'a': inX | inZ, 'b': inX | inZ, 'c': inX | inZ, 'd': inX | inZ, 'e': inX | inZ, 'f': inX | inZ, 'g': inX | inZ, 'h': inX | inZ, 'i': inX | inZ,
	'j': inX | inZ, 'k': inX | inZ, 'l': inX | inZ, 'm': inX | inZ, 'n': inX | inZ, 'o': inX | inZ, 'p': inX | inZ, 'q': inX | inZ, 'r': inX | inZ,
	's': inX | inZ, 't': inX | inZ, 'u': inX | inZ, 'v': inX | inZ, 'w': inX | inZ, 'x': inX | inZ, 'y': inX | inZ, 'z': inX | inZ,
}

// inSet checks that each byte of v belongs to the set.
func inSet(set byte, v string) flaw {
	switch set {
	case 'N':
		return allOf(v, inN, "digits only")
	case 'X':
		return allOf(v, inX, "characters of set 82 only: letters, digits and !\"%&'()*+,-./_:;<=>?")
	case 'Y':
		return allOf(v, inY, "characters of set 39 only: capitals, digits and #-/")
	default:
		return inSet64(v)
	}
}

func allOf(v string, bit uint8, want string) flaw {
	for i := range len(v) {
		if class[v[i]]&bit == 0 {
			return flaw{BadCharacter, i, 1, want}
		}
	}
	return flaw{}
}

// inSet64 checks file-safe base64, which may end in one or two "=". The reference engine asks then for a length that is a multiple
// of three, and so do we.
func inSet64(v string) flaw {
	n := len(v)
	for n > 0 && v[n-1] == '=' {
		n--
	}
	if pads := len(v) - n; pads > 2 || pads > 0 && len(v)%3 != 0 {
		return flaw{BadContent, n, pads, "no padding, or one or two \"=\" that fill the length to a multiple of three"}
	}
	return allOf(v[:n], inZ, "characters of set 64 only: letters, digits, - and _")
}
