package symbol

import (
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/ean"
	"github.com/boombuler/barcode/twooffive"
	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// EAN13 encodes a GTIN-13 as an EAN-13 symbol (ISO/IEC 15420). Of 12 digits it adds the check
// digit, of 13 it checks it. It fails with an [*Error] on anything else.
func EAN13(digits string) (*Symbol, error) {
	return retail(SymbologyEAN13, digits, 13,
		func(full string) (barcode.Barcode, error) { return ean.Encode(full) })
}

// EAN8 encodes a GTIN-8 as an EAN-8 symbol, from 7 digits or 8 with the check digit.
func EAN8(digits string) (*Symbol, error) {
	return retail(SymbologyEAN8, digits, 8,
		func(full string) (barcode.Barcode, error) { return ean.Encode(full) })
}

// UPCA encodes a GTIN-12 as a UPC-A symbol, from 11 digits or 12 with the check digit. Readers send
// a GTIN-13 that begins with 0.
func UPCA(digits string) (*Symbol, error) {
	return retail(SymbologyUPCA, digits, 12,
		func(full string) (barcode.Barcode, error) { return ean.Encode("0" + full) })
}

// ITF14 encodes a GTIN-14 as an ITF-14 symbol (ISO/IEC 16390), from 13 digits or 14 with the check
// digit. The bearer bars, which keep a slanted scan from reading a part of the symbol, are no
// modules: see [Traits].
func ITF14(digits string) (*Symbol, error) {
	return retail(SymbologyITF14, digits, 14,
		func(full string) (barcode.Barcode, error) { return twooffive.Encode(full, true) })
}

// UPCE encodes a GTIN-12 with four or five suppressed zeros as a UPC-E symbol: number system 0 or
// 1, six digits, and optionally the check digit.
func UPCE(digits string) (*Symbol, error) {
	if err := onlyDigits(SymbologyUPCE, digits); err != nil {
		return nil, err
	}
	if len(digits) != 7 && len(digits) != 8 {
		return nil, fault(SymbologyUPCE, ErrLength,
			"%s, want the number system, six digits, and the check digit or not",
			errtext.Quote(digits))
	}
	if digits[0] > '1' {
		return nil, faultAt(SymbologyUPCE, ErrCharacter, digits, 0, "number system %c, want 0 or 1",
			digits[0])
	}
	wide, err := checkdigit.GS1Mod10.Complete(expandUPCE(digits[:7]))
	if err != nil {
		return nil, &Error{Err: err, Symbology: SymbologyUPCE, Pos: -1}
	}
	check := wide[11]
	if len(digits) == 8 && digits[7] != check {
		return nil, faultAt(SymbologyUPCE, ErrCheckDigit, digits, 7, "%c, want %c", digits[7],
			check)
	}
	s := &Symbol{symbology: SymbologyUPCE, modifier: '0',
		content: []byte(digits[:7] + string(check))}
	s.size(1, 3+6*7+6)
	out := bitWriter{dst: s.bits}
	out.write(0b101, 3)
	for i, even := range []byte(upceParity[check-'0']) {
		pattern := upcOdd[digits[1+i]-'0']
		if (even == 'e') == (digits[0] == '0') {
			pattern = upcEven(pattern)
		}
		out.write(pattern, 7)
	}
	out.write(0b010101, 6)
	out.flush()
	return s, nil
}

// upceParity contains, by the check digit, which digits are of even parity in number system 0; in 1
// it is the others (ISO/IEC 15420).
var upceParity = [10]string{"eeeooo", "eeoeoo", "eeooeo", "eeoooe", "eoeeoo", "eooeeo", "eoooee",
	"eoeoeo", "eoeooe", "eooeoe"}

// upcOdd are the modules of the digits in odd parity (ISO/IEC 15420, number set A).
var upcOdd = [10]uint64{0b0001101, 0b0011001, 0b0010011, 0b0111101, 0b0100011, 0b0110001, 0b0101111,
	0b0111011, 0b0110111, 0b0001011}

// upcEven returns a digit in even parity: its modules in odd parity inverted, from right to left.
func upcEven(odd uint64) (even uint64) {
	for i := range 7 {
		even = even<<1 | ^odd>>i&1
	}
	return even
}

// expandUPCE returns the 11 digits that a number system and six digits abbreviate.
func expandUPCE(short string) string {
	digits, last := short[:6], short[6]
	switch last {
	case '0', '1', '2':
		return digits[:3] + string(last) + "0000" + digits[3:]
	case '3':
		return digits[:4] + "00000" + digits[4:]
	case '4':
		return digits[:5] + "00000" + digits[5:]
	}
	return digits + "0000" + string(last)
}

func retail(symbology Symbology, digits string, length int,
	encode func(string) (barcode.Barcode, error)) (*Symbol, error) {
	if err := onlyDigits(symbology, digits); err != nil {
		return nil, err
	}
	full, err := withCheckDigit(symbology, digits, length)
	if err != nil {
		return nil, err
	}
	return fromBoombuler(symbology, full, func() (barcode.Barcode, error) { return encode(full) })
}

func onlyDigits(symbology Symbology, text string) error {
	return onlyOf(symbology, text, "0123456789")
}

// onlyOf checks that text is not empty and has only characters of an alphabet.
func onlyOf(symbology Symbology, text, alphabet string) error {
	if text == "" {
		return fault(symbology, ErrEmpty, "").with("give at least one character")
	}
	for i, c := range text {
		if !strings.ContainsRune(alphabet, c) {
			return lacks(symbology, text, i)
		}
	}
	return nil
}

func withCheckDigit(symbology Symbology, digits string, length int) (string, error) {
	switch len(digits) {
	case length - 1:
		return checkdigit.GS1Mod10.Complete(digits)
	case length:
		check, err := checkdigit.GS1Mod10.Compute(digits[:length-1])
		if err != nil {
			return "", &Error{Err: err, Symbology: symbology, Pos: -1}
		}
		if check != digits[length-1:] {
			return "", faultAt(symbology, ErrCheckDigit, digits, length-1, "%s, want %s",
				digits[length-1:], check)
		}
		return digits, nil
	}
	return "", fault(symbology, ErrLength, "%d digits in %s, want %d, or %d with the check digit",
		len(digits), errtext.Quote(digits), length-1, length)
}
