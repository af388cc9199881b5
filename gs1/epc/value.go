package epc

import (
	"strings"

	"github.com/gonameplate/nameplate/internal/bitfield"
)

// The encodings of text that 14.5.6 chooses from, by their indicators (TDS 2.3, table E).
const (
	asInteger = iota
	asUpperHex
	asLowerHex
	asBase64
	asASCII
	asCode40
)

const (
	base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	code40Alphabet = " ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789"
	lowerHex       = "0123456789abcdef"
)

// What encodings a character allows, as bits of allows, and its values in them.
var (
	allows      [256]uint8
	base64Value [256]uint8
	code40Value [256]uint8
)

func init() {
	add := func(encoding int, chars string, values *[256]uint8) {
		for i := range len(chars) {
			allows[chars[i]] |= 1 << encoding
			if values != nil {
				values[chars[i]] = uint8(i)
			}
		}
	}
	add(asInteger, "0123456789", nil)
	add(asUpperHex, upperHex, nil)
	add(asLowerHex, lowerHex, nil)
	add(asBase64, base64Alphabet, &base64Value)
	add(asCode40, code40Alphabet[1:], nil)
	for i := range len(code40Alphabet) {
		code40Value[code40Alphabet[i]] = uint8(i)
	}
	for c := range alphabet {
		if alphabet[c]&(set82|set39) != 0 {
			allows[c] |= 1 << asASCII
		}
	}
}

// textBits returns how many bits n characters take in an encoding.
func textBits(encoding, n int) int {
	switch encoding {
	case asInteger:
		return bitfield.BitsOf(n)
	case asUpperHex, asLowerHex:
		return 4 * n
	case asBase64:
		return 6 * n
	case asASCII:
		return 7 * n
	}
	return (n + 2) / 3 * 16
}

// bestEncoding returns the encoding that takes the fewest bits, of equal ones that of the lower
// indicator. s is in set 82.
func bestEncoding(s []byte) int {
	possible := uint8(0xFF)
	for i := range len(s) {
		possible &= allows[s[i]]
	}
	best := asASCII
	switch {
	case possible&(1<<asInteger) != 0:
		return asInteger
	case possible&(1<<asUpperHex) != 0:
		return asUpperHex
	case possible&(1<<asLowerHex) != 0:
		return asLowerHex
	case possible&(1<<asBase64) != 0:
		best = asBase64
	}
	if possible&(1<<asCode40) != 0 && textBits(asCode40, len(s)) < textBits(best, len(s)) {
		return asCode40
	}
	return best
}

// putAlphanumeric writes s, which is in set 82, with its encoding indicator and a length
// indicator of size bits (TDS 2.3, 14.5.6).
func (w *writer) putAlphanumeric(s string, size int) { w.putAlphanumericBytes([]byte(s), size) }

// putAlphanumericBytes is putAlphanumeric.
func (w *writer) putAlphanumericBytes(s []byte, size int) {
	encoding := bestEncoding(s)
	w.Put(uint64(encoding)<<size|uint64(len(s)), 3+size)
	switch encoding {
	case asInteger:
		w.PutNumber(s)
	case asUpperHex, asLowerHex:
		for i := range len(s) {
			w.Put(uint64(hexValue[s[i]]), 4)
		}
	case asBase64:
		for i := range len(s) {
			w.Put(uint64(base64Value[s[i]]), 6)
		}
	case asCode40:
		w.putCode40(s)
	default:
		for i := range len(s) {
			w.Put(uint64(s[i]), 7)
		}
	}
}

// putCode40 writes three characters in 16 bits, the last ones filled with spaces (TDS 2.3,
// 14.5.6.5).
func (w *writer) putCode40(s []byte) {
	for i := 0; i < len(s); i += 3 {
		var c [3]uint64
		for j := range min(3, len(s)-i) {
			c[j] = uint64(code40Value[s[i+j]])
		}
		w.Put(1600*c[0]+40*c[1]+c[2]+1, 16)
	}
}

// takeAlphanumeric reads what putAlphanumeric writes, in any of the encodings, up to most
// characters.
func (r *reader) takeAlphanumeric(dst []byte, size, most int) (int, *fault) {
	if r.Left() < 3+size {
		return 0, shortValue
	}
	encoding := int(r.Take(3))
	n := int(r.Take(size))
	switch {
	case encoding > asCode40:
		return 0, &fault{ErrRange, "encoding indicator", itoa(encoding), "0 to 5"}
	case n > most:
		return 0, &fault{ErrLength, "length indicator", itoa(n), "at most " + itoa(most)}
	case r.Left() < textBits(encoding, n):
		return 0, shortValue
	}
	switch encoding {
	case asInteger:
		if !r.TakeNumber(dst, n) {
			return 0, &fault{ErrRange, "integer", "", "a number of " + itoa(n) + " digits"}
		}
	case asUpperHex:
		for i := range n {
			dst[i] = upperHex[r.Take(4)]
		}
	case asLowerHex:
		for i := range n {
			dst[i] = lowerHex[r.Take(4)]
		}
	case asBase64:
		for i := range n {
			dst[i] = base64Alphabet[r.Take(6)]
		}
	case asCode40:
		return n, r.takeCode40(dst, n)
	default:
		for i := range n {
			c := byte(r.Take(7))
			if alphabet[c]&(set82|set39) == 0 {
				return 0, &fault{ErrCharacter, "", string(rune(c)),
					"a character of GS1 set 82 or 39"}
			}
			dst[i] = c
		}
	}
	return n, nil
}

func (r *reader) takeCode40(dst []byte, n int) *fault {
	for i := 0; i < n; i += 3 {
		v := int(r.Take(16)) - 1
		if v < 0 || v >= 64000 {
			return &fault{ErrRange, "URN Code 40", itoa(v + 1), "1 to 64000"}
		}
		for j, c := range [3]int{v / 1600, v / 40 % 40, v % 40} {
			if (c == 0) != (i+j >= n) {
				return &fault{ErrCharacter, "URN Code 40", "",
					"spaces after the last character only"}
			}
			if c != 0 {
				dst[i+j] = code40Alphabet[c]
			}
		}
	}
	return nil
}

// shortValue is the fault of a value that ends too soon.
var shortValue = &fault{ErrLength, "", "", "more bits"}

// maxValue is the longest value of an AI, with room for what is written beyond its end.
const maxValue = 96

// putValue writes the value of an AI. The error has no scheme yet.
func (w *writer) putValue(f *format, value string) *Error {
	second := f.parts[1].how != 0
	rest := value
	if second {
		n := int(f.parts[0].n)
		if len(value) < n {
			return &Error{Err: ErrLength, Input: value, Pos: -1, Detail: "at least " + itoa(n) +
				" characters"}
		}
		value, rest = value[:n], value[n:]
	}
	if err := w.putComponent(f.parts[0], value, false); err != nil || !second {
		return err
	}
	return w.putComponent(f.parts[1], rest, f.optional)
}

// putComponent writes a component of a value.
func (w *writer) putComponent(c component, s string, optional bool) *Error {
	if err := checkComponent(c, s, optional); err != nil {
		return err
	}
	switch c.how {
	case fixedInteger:
		w.PutNumber([]byte(s))
	case fixedDigits:
		w.putDigits(s)
	case delimited:
		w.putDelimited([]byte(s), int(c.size))
	case text:
		w.putAlphanumeric(s, int(c.size))
	case oneBit:
		w.Put(uint64(s[0]-'0'), 1)
	case date:
		w.putDate(s)
	case dateMinute:
		w.putDate(s)
		w.putClock(s[6:])
	case dateRange:
		w.Put(uint64(len(s)/12), 1)
		for ; s != ""; s = s[6:] {
			w.putDate(s)
		}
	case dateTime:
		w.Put(uint64((len(s)/2-4)&3), 2)
		w.putDate(s)
		w.putClock(s[6:])
	case country:
		w.Put(uint64(base64Value[s[0]]), 6)
		w.Put(uint64(base64Value[s[1]]), 6)
	case integer:
		w.Put(uint64(len(s)), int(c.size))
		w.PutNumber([]byte(s))
	case minusSign:
		w.Put(uint64(len(s)), 1)
	case sequence:
		w.putDigits(s[:1] + s[2:])
	}
	return nil
}

// putDelimited writes the digits with which s begins, a delimiter, and what follows them.
func (w *writer) putDelimited(s []byte, size int) {
	n := notIn(s, digit)
	if n < 0 {
		w.putBCD(s)
		w.Put(0xF, 4)
		return
	}
	w.putBCD(s[:n])
	w.Put(0xE, 4)
	w.putAlphanumericBytes(s[n:], size)
}

// putDigits writes digits of 4 bits.
func (w *writer) putDigits(s string) {
	for i := range len(s) {
		w.Put(uint64(s[i]-'0'), 4)
	}
}

// putDate writes the date with which s begins: 7 bits of year, 4 of month, 5 of day.
func (w *writer) putDate(s string) {
	w.Put(uint64(pair(s)), 7)
	w.Put(uint64(pair(s[2:])), 4)
	w.Put(uint64(pair(s[4:])), 5)
}

// putClock writes hours, minutes and seconds, as far as s has them.
func (w *writer) putClock(s string) {
	for size := 5; s != ""; size, s = 6, s[2:] {
		w.Put(uint64(pair(s)), size)
	}
}

// pair returns the value of the two digits with which s begins.
func pair[S string | []byte](s S) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// checkComponent checks that s has the format of a component.
func checkComponent(c component, s string, optional bool) *Error {
	set := c.set
	if set == 0 {
		set = digit
		switch c.how {
		case delimited, text, country, minusSign, sequence:
			set = set82
		}
	}
	if i := notIn(s, set); i >= 0 {
		return &Error{Err: ErrCharacter, Input: s, Pos: i, Detail: alphabetName(set)}
	}
	low, high := lengthsOf(c)
	if optional {
		low = 0
	}
	if len(s) < low || len(s) > high {
		return &Error{Err: ErrLength, Input: s, Pos: -1, Detail: itoa(low) + " to " + itoa(high) +
			" characters"}
	}
	ok := true
	switch c.how {
	case oneBit:
		ok = s == "0" || s == "1"
	case date, dateMinute:
		ok = isDate(s) && isClock(s[6:])
	case dateRange:
		ok = len(s) == 6 && isDate(s) || len(s) == 12 && isDate(s) && isDate(s[6:])
	case dateTime:
		ok = len(s)%2 == 0 && isDate(s) && isClock(s[6:])
	case country:
		ok = isLetter(s[0]) && isLetter(s[1])
	case minusSign:
		ok = strings.Trim(s, "-") == ""
	case sequence:
		ok = isDigit(s[0]) && s[1] == '/' && isDigit(s[2])
	case delimited:
		ok = notIn(s[:min(4, len(s))], digit) < 0
	}
	if !ok {
		return &Error{Err: ErrRange, Input: s, Pos: -1, Detail: wantOf(c)}
	}
	return nil
}

// lengthsOf returns how many characters a component can have.
func lengthsOf(c component) (low, high int) {
	switch c.how {
	case fixedInteger, fixedDigits, oneBit, date, dateMinute, country, sequence:
		return int(c.n), int(c.n)
	case dateRange, dateTime:
		return 6, 12
	case delimited:
		return 4, int(c.n)
	}
	return 1, int(c.n)
}

// wantOf describes what a component must be, beyond characters and length.
func wantOf(c component) string {
	switch c.how {
	case oneBit:
		return "0 or 1"
	case date:
		return "a date YYMMDD"
	case dateMinute:
		return "YYMMDDhhmm"
	case dateRange:
		return "a date YYMMDD or two"
	case dateTime:
		return "YYMMDD with hh, mm and ss as far as known"
	case country:
		return "two capital letters"
	case minusSign:
		return "- or nothing"
	case sequence:
		return "two digits and a slash between them"
	}
	return "four digits in front"
}

func isDigit(c byte) bool  { return c-'0' <= 9 }
func isLetter(c byte) bool { return c-'A' < 26 }

// isDate reports whether s begins with a date YYMMDD, whose day may be 00.
func isDate[S string | []byte](s S) bool {
	month, day := pair(s[2:]), pair(s[4:])
	days := [...]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if month < 1 || month > 12 {
		return false
	}
	leap := month == 2 && pair(s)%4 == 0 && day == 29
	return day <= days[month] || leap
}

// isClock reports whether s is hhmmss, or the beginning of it, or 2400.
func isClock[S string | []byte](s S) bool {
	if string(s) == "2400" {
		return true
	}
	for limit := 24; len(s) > 0; limit, s = 60, s[2:] {
		if pair(s) >= limit {
			return false
		}
	}
	return true
}

// takeValue reads the value of an AI into dst, which has maxValue bytes.
func (r *reader) takeValue(f *format, dst []byte) (int, *fault) {
	n, wrong := r.takeComponent(f.parts[0], dst, false)
	if wrong != nil || f.parts[1].how == 0 {
		return n, wrong
	}
	m, wrong := r.takeComponent(f.parts[1], dst[n:], f.optional)
	return n + m, wrong
}

// takeComponent reads a component of a value.
func (r *reader) takeComponent(c component, dst []byte, optional bool) (n int, wrong *fault) {
	if r.Left() < int(c.size) {
		return 0, shortValue
	}
	switch c.how {
	case fixedInteger:
		if n = int(c.n); !r.TakeNumber(dst, n) {
			return 0, &fault{ErrRange, "integer", "", "a number of " + itoa(n) + " digits"}
		}
	case fixedDigits:
		n = int(c.n)
		if wrong = r.takeDigits(dst, n); wrong != nil {
			return 0, wrong
		}
	case delimited:
		n, wrong = r.takeDelimited(dst, c)
	case text:
		n, wrong = r.takeAlphanumeric(dst, int(c.size), int(c.n))
	case oneBit:
		dst[0], n = '0'+byte(r.Take(1)), 1
	case date:
		n, wrong = r.takeDates(dst, 1, 0)
	case dateMinute:
		n, wrong = r.takeDates(dst, 1, 2)
	case dateRange:
		if r.Left() < 1 {
			return 0, shortValue
		}
		n, wrong = r.takeDates(dst, 1+int(r.Take(1)), 0)
	case dateTime:
		if r.Left() < 2 {
			return 0, shortValue
		}
		n, wrong = r.takeDates(dst, 1, int(r.Take(2)+1)&3)
	case country:
		dst[0], dst[1], n = base64Alphabet[r.Take(6)], base64Alphabet[r.Take(6)], 2
	case integer:
		if n = int(r.Take(int(c.size))); r.Left() < bitfield.BitsOf(n) {
			return 0, shortValue
		}
		if n > int(c.n) || !r.TakeNumber(dst, n) {
			return 0, &fault{ErrRange, "integer", "",
				"a number of as many digits as its length indicator"}
		}
	case minusSign:
		dst[0], n = '-', int(r.Take(1))
	case sequence:
		wrong = r.takeDigits(dst, 2)
		dst[1], dst[2], n = '/', dst[1], 3
	}
	if wrong != nil {
		return 0, wrong
	}
	if err := checkComponent(c, string(dst[:n]), optional); err != nil {
		return 0, &fault{err.Err, "", err.Input, err.Detail}
	}
	return n, nil
}

// takeDigits reads n digits of 4 bits.
func (r *reader) takeDigits(dst []byte, n int) *fault {
	for i := range n {
		d := byte(r.Take(4))
		if d > 9 {
			return &fault{ErrCharacter, "", upperHex[d : d+1], "digits"}
		}
		dst[i] = '0' + d
	}
	return nil
}

// takeDelimited reads digits of 4 bits up to a terminator, and what may follow it.
func (r *reader) takeDelimited(dst []byte, c component) (int, *fault) {
	for n := 0; ; n++ {
		if r.Left() < 4 {
			return 0, shortValue
		}
		d := byte(r.Take(4))
		switch {
		case d == 0xF:
			return n, nil
		case d == 0xE:
			m, wrong := r.takeAlphanumeric(dst[n:], int(c.size), int(c.n)-n)
			if wrong == nil && m == 0 {
				wrong = &fault{ErrLength, "", "", "a character after the digits"}
			}
			return n + m, wrong
		case d > 9:
			return 0, &fault{ErrCharacter, "", upperHex[d : d+1], "digits, E or F"}
		case n == int(c.n):
			return 0, &fault{ErrLength, "", "", "at most " + itoa(c.n) + " characters"}
		}
		dst[n] = '0' + d
	}
}

// takeDates reads a number of dates and then a number of pairs of hours, minutes and seconds.
func (r *reader) takeDates(dst []byte, dates, pairs int) (n int, wrong *fault) {
	need := 16 * dates
	if pairs > 0 {
		need += 6*pairs - 1
	}
	if r.Left() < need {
		return 0, shortValue
	}
	for range dates {
		for _, size := range [...]int{7, 4, 5} {
			v := r.Take(size)
			if v > 99 {
				return 0, &fault{ErrRange, "year", utoa(v), "at most 99"}
			}
			bitfield.PutDigits(dst[n:n+2], v)
			n += 2
		}
	}
	for i := range pairs {
		size := 6
		if i == 0 {
			size = 5
		}
		bitfield.PutDigits(dst[n:n+2], r.Take(size))
		n += 2
	}
	return n, nil
}
