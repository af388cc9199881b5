package scan

// A carrier is what a symbology identifier promises of the data after it.
type carrier uint8

const (
	unassigned carrier = iota
	plainText
	elementString
	ean13       // EAN-13, UPC-A and UPC-E: 13 digits, and what some readers make of them
	addOn2      // two digits of an add-on
	addOn5      // five digits
	ean13AddOn  // 13 digits and an add-on
	ean8        // eight digits
	itf         // Interleaved 2 of 5
	code39      // Code 39
	isbt        // ISBT 128, concatenated
	application // FNC1 in second position: an application indicator
	eciText     // text in ECI protocol
	eciElements // an element string in ECI protocol
	eciIndustry // FNC1 in second position, in ECI protocol
)

// gs1 reports whether the data are GS1's by their identifier.
func (c carrier) gs1() bool {
	switch c {
	case elementString, eciElements, ean13, ean13AddOn, ean8:
		return true
	}
	return false
}

// eci reports whether the data are in ECI protocol, which doubles backslashes.
func (c carrier) eci() bool { return c == eciText || c == eciElements || c == eciIndustry }

// modifiers has the carriers of each code character by its modifier, from '0' on (ISO/IEC 15424;
// for 'd' 4 to 6 ISO/IEC 16022, for 'd' 7 and 8 ISO/IEC 21471, for Q ISO/IEC 18004, for z ISO/IEC
// 24778). A code character that isn't here carries plain text.
func modifiers(code byte) []carrier {
	switch code {
	case 'A':
		return []carrier{code39, code39, code39, code39, code39, code39, code39, code39}
	case 'C':
		return []carrier{plainText, elementString, application, unassigned, isbt}
	case 'E':
		return []carrier{ean13, addOn2, addOn5, ean13AddOn, ean8}
	case 'I':
		return []carrier{itf, itf, unassigned, itf}
	case 'L':
		return []carrier{plainText, eciText, plainText, elementString, application, plainText}
	case 'Q':
		return []carrier{plainText, plainText, eciText, elementString, eciElements, application,
			eciIndustry}
	case 'U':
		return []carrier{plainText, plainText, eciText, eciText}
	case 'J':
		return []carrier{plainText, elementString, application, eciText, eciElements, eciIndustry}
	case 'd':
		return []carrier{plainText, plainText, elementString, application, eciText, eciElements,
			eciIndustry, plainText, elementString}
	case 'e':
		return []carrier{elementString, elementString, elementString, elementString}
	case 'z':
		return []carrier{plainText, elementString, application, eciText, eciElements, eciIndustry}
	case 'B', 'D', 'F', 'G', 'H', 'K', 'M', 'N', 'O', 'P', 'R', 'S', 'T', 'V', 'X', 'Y', 'Z', 'c',
		'h', 'o', 'p', 's', 'v':
		return allPlain[:]
	}
	return nil
}

var allPlain = [36]carrier{
	plainText, plainText, plainText, plainText, plainText, plainText, plainText, plainText,
	plainText, plainText,
}

// carrierOf returns the carrier of a code character and its modifier.
func carrierOf(code, modifier byte) carrier {
	list := modifiers(code)
	i := int(modifier) - '0'
	if modifier >= 'A' && modifier <= 'Z' {
		i = int(modifier) - 'A' + 10
	}
	if i < 0 || i >= len(list) {
		return unassigned
	}
	return list[i]
}

func otherCaseByte(c byte) byte {
	if isLetter(c) {
		return c ^ 0x20
	}
	return c
}
