package epc

// The alphabets of components, as bits of alphabet.
const (
	digit        = 1 << iota // 0–9
	set82                    // GS1 AI encodable character set 82 (GS1 General Specifications, 7.11)
	set39                    // GS1 AI encodable character set 39: # - / 0–9 A–Z
	partSet                  // - / 0–9 A–Z: part and serial numbers of ADI
	cageSet                  // 0–9 A–Z without I and O: CAGE codes and DoDAACs
	plain                    // needs no escape in an EPC URI (TDS 2.3, annex A)
	alphanumeric             // 0–9 A–Z
	hostSet                  // letters, digits, hyphen, dot, colon: a hostname with a port
)

// alphabet holds the alphabets to which each character belongs.
var alphabet = func() (a [256]uint8) {
	add := func(mask uint8, chars string) {
		for i := range len(chars) {
			a[chars[i]] |= mask
		}
	}
	const (
		digits = "0123456789"
		upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		lower  = "abcdefghijklmnopqrstuvwxyz"
	)
	add(digit, digits)
	add(set82, digits+upper+lower+"!\"%&'()*+,-./:;<=>?_")
	add(set39, digits+upper+"#-/")
	add(partSet, digits+upper+"-/")
	add(cageSet, digits+"ABCDEFGHJKLMNPQRSTUVWXYZ")
	add(alphanumeric, digits+upper)
	add(plain, digits+upper+lower+"!'()*+,-.:;=_")
	add(hostSet, digits+upper+lower+"-.:")
	return a
}()

// notIn returns the position of the first character of s that isn't in the alphabet, or -1.
func notIn[S string | []byte](s S, set uint8) int {
	for i := range len(s) {
		if alphabet[s[i]]&set == 0 {
			return i
		}
	}
	return -1
}

// appendEscaped appends s as a component of an EPC URI.
func appendEscaped(dst, s []byte) []byte {
	for _, c := range s {
		if alphabet[c]&plain != 0 {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return dst
}

// unhex returns the byte that two hexadecimal digits make.
func unhex(high, low byte) (c byte, ok bool) {
	h, l := hexValue[high], hexValue[low]
	return h<<4 | l&15, h < 16 && l < 16
}

// hexValue holds the values of hexadecimal digits, and 0xFF for other characters.
var hexValue = func() (v [256]byte) {
	for i := range v {
		v[i] = 0xFF
	}
	for i := range 16 {
		v["0123456789ABCDEF"[i]] = byte(i)
		v["0123456789abcdef"[i]] = byte(i)
	}
	return v
}()
