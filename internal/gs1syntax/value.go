package gs1syntax

import "strconv"

// Check tells what is wrong with value as the value of row's AI.
func (a *AI) Check(value string) (kind Kind, pos, n int, want string) {
	f := a.check(value)
	return f.kind, f.pos, f.n, f.want
}

// plain tells at little cost that v is right. It knows the rules that most labels need; false means only that check has to look.
func (a *AI) plain(v string) bool {
	if len(a.Parts) != 1 || len(v) < int(a.Min) || len(v) > int(a.Max) || !a.Parts[0].Set.has(v) {
		return false
	}
	switch a.Parts[0].Lint[0] {
	case 0:
		return true
	case csum: // and digits enough for a company prefix, if that is asked for
		last := len(v) - 1
		return CheckDigit(v[:last]) == v[last]
	case yymmd0:
		return date(v, 0).kind == 0
	}
	return false
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
		f := c.Set.check(part)
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

// A Set is a character set of the GS1 General Specifications, 7.11, as a bit of class.
type Set uint8

const (
	setN Set = 1 << iota // digits
	setX                 // set 82
	setY                 // set 39
	setZ                 // set 64
)

// Letter is the name of the set in format specifications.
func (s Set) Letter() byte {
	switch s {
	case setN:
		return 'N'
	case setX:
		return 'X'
	case setY:
		return 'Y'
	}
	return 'Z'
}

// In82 tells whether c is a character of set 82.
func In82(c byte) bool { return class[c]&setX != 0 }

var class = [256]Set{
	'!': setX, '"': setX, '#': setY, '%': setX, '&': setX, '\'': setX, '(': setX, ')': setX, '*': setX, '+': setX, ',': setX,
	'-': setX | setY | setZ, '.': setX, '/': setX | setY,
	'0': setN | setX | setY | setZ, '1': setN | setX | setY | setZ, '2': setN | setX | setY | setZ, '3': setN | setX | setY | setZ, '4': setN | setX | setY | setZ,
	'5': setN | setX | setY | setZ, '6': setN | setX | setY | setZ, '7': setN | setX | setY | setZ, '8': setN | setX | setY | setZ, '9': setN | setX | setY | setZ,
	':': setX, ';': setX, '<': setX, '=': setX, '>': setX, '?': setX, '_': setX | setZ,
	'A': setX | setY | setZ, 'B': setX | setY | setZ, 'C': setX | setY | setZ, 'D': setX | setY | setZ, 'E': setX | setY | setZ, 'F': setX | setY | setZ, 'G': setX | setY | setZ,
	'H': setX | setY | setZ, 'I': setX | setY | setZ, 'J': setX | setY | setZ, 'K': setX | setY | setZ, 'L': setX | setY | setZ, 'M': setX | setY | setZ, 'N': setX | setY | setZ,
	'O': setX | setY | setZ, 'P': setX | setY | setZ, 'Q': setX | setY | setZ, 'R': setX | setY | setZ, 'S': setX | setY | setZ, 'T': setX | setY | setZ, 'U': setX | setY | setZ,
	'V': setX | setY | setZ, 'W': setX | setY | setZ, 'X': setX | setY | setZ, 'Y': setX | setY | setZ, 'Z': setX | setY | setZ,
	'a': setX | setZ, 'b': setX | setZ, 'c': setX | setZ, 'd': setX | setZ, 'e': setX | setZ, 'f': setX | setZ, 'g': setX | setZ, 'h': setX | setZ, 'i': setX | setZ,
	'j': setX | setZ, 'k': setX | setZ, 'l': setX | setZ, 'm': setX | setZ, 'n': setX | setZ, 'o': setX | setZ, 'p': setX | setZ, 'q': setX | setZ, 'r': setX | setZ,
	's': setX | setZ, 't': setX | setZ, 'u': setX | setZ, 'v': setX | setZ, 'w': setX | setZ, 'x': setX | setZ, 'y': setX | setZ, 'z': setX | setZ,
}

// check checks that each byte of v belongs to the set.
func (s Set) check(v string) flaw {
	switch s {
	case setN:
		return allOf(v, s, "digits only")
	case setX:
		return allOf(v, s, "characters of set 82 only: letters, digits and !\"%&'()*+,-./_:;<=>?")
	case setY:
		return allOf(v, s, "characters of set 39 only: capitals, digits and #-/")
	default:
		return padded(v)
	}
}

// has tells whether each byte of v belongs to the set, without padding.
func (s Set) has(v string) bool {
	for i := range len(v) {
		if class[v[i]]&s == 0 {
			return false
		}
	}
	return true
}

func allOf(v string, s Set, want string) flaw {
	for i := range len(v) {
		if class[v[i]]&s == 0 {
			return flaw{BadCharacter, i, 1, want}
		}
	}
	return flaw{}
}

// padded checks file-safe base64, which may end in one or two "=". The reference engine asks then for a length that is a multiple
// of three, and so do we.
func padded(v string) flaw {
	n := len(v)
	for n > 0 && v[n-1] == '=' {
		n--
	}
	if pads := len(v) - n; pads > 2 || pads > 0 && len(v)%3 != 0 {
		return flaw{BadContent, n, pads, "no padding, or one or two \"=\" that fill the length to a multiple of three"}
	}
	return allOf(v[:n], setZ, "characters of set 64 only: letters, digits, - and _")
}
