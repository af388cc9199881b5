package gs1syntax

import "strconv"

// Check returns what is wrong with value as the value of a's AI.
func (a *AI) Check(value string) (kind Kind, pos, n int, want string) {
	f := a.check(value)
	return f.kind, f.pos, f.n, f.want
}

// plain reports at little cost whether v is right. It knows the rules that most labels need; if it
// reports false, check decides.
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
			return flaw{
				BadLength,
				pos,
				len(part),
				"a part of " + strconv.Itoa(int(c.Min)) + " characters",
			}
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

// In82 reports whether c is a character of set 82.
func In82(c byte) bool { return class[c]&setX != 0 }

// What the characters of a class are in.
const (
	digit   = setN | setX | setY | setZ
	capital = setX | setY | setZ
	small   = setX | setZ
)

var class = [256]Set{
	'!': setX, '"': setX, '#': setY, '%': setX, '&': setX, '\'': setX, '(': setX, ')': setX,
	'*': setX, '+': setX, ',': setX, '-': capital, '.': setX, '/': setX | setY, '0': digit,
	'1': digit, '2': digit, '3': digit, '4': digit, '5': digit, '6': digit, '7': digit, '8': digit,
	'9': digit, ':': setX, ';': setX, '<': setX, '=': setX, '>': setX, '?': setX, '_': small,
	'A': capital, 'B': capital, 'C': capital, 'D': capital, 'E': capital, 'F': capital,
	'G': capital, 'H': capital, 'I': capital, 'J': capital, 'K': capital, 'L': capital,
	'M': capital, 'N': capital, 'O': capital, 'P': capital, 'Q': capital, 'R': capital,
	'S': capital, 'T': capital, 'U': capital, 'V': capital, 'W': capital, 'X': capital,
	'Y': capital, 'Z': capital, 'a': small, 'b': small, 'c': small, 'd': small, 'e': small,
	'f': small, 'g': small, 'h': small, 'i': small, 'j': small, 'k': small, 'l': small, 'm': small,
	'n': small, 'o': small, 'p': small, 'q': small, 'r': small, 's': small, 't': small, 'u': small,
	'v': small, 'w': small, 'x': small, 'y': small, 'z': small,
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

// has reports whether each byte of v belongs to the set, without padding.
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

// padded checks file-safe base64, which may end in one or two "=". The reference engine asks then
// for a length that is a multiple of three, and so do we.
func padded(v string) flaw {
	n := len(v)
	for n > 0 && v[n-1] == '=' {
		n--
	}
	if pads := len(v) - n; pads > 2 || pads > 0 && len(v)%3 != 0 {
		return flaw{
			BadContent,
			n,
			pads,
			"no padding, or one or two \"=\" that fill the length to a multiple of three",
		}
	}
	return allOf(v[:n], setZ, "characters of set 64 only: letters, digits, - and _")
}
