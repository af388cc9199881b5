package symbol

import (
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/internal/errtext"
)

const (
	envelopeHead = "[)>\x1e"
	envelopeTail = "\x1e\x04"
)

// Envelope returns text in the envelope of ISO/IEC 15434 for a format, such as "05" for GS1
// Application Identifiers, "06" for ASC MH10 data identifiers and "12" for text element
// identifiers, with GS between the fields. Unique item identifiers (UII) of MIL-STD-130 are such
// texts in a Data Matrix. In construct 1 the serial number is unique within the enterprise, in
// construct 2 within the part number; text element identifiers have a blank before the value, and
// "DD" is an older format for them:
//
//	text, err := symbol.Envelope("06", "17V0CVA5", "S786950")           // construct 1
//	text, err := symbol.Envelope("06", "17V0CVA5", "1P4327", "S786950") // construct 2
//	text, err := symbol.Envelope("12", "MFR 0CVA5", "SER 786950")
//	mark, err := symbol.DataMatrix(text)
//
// A Data Matrix takes one codeword for the envelope of formats 05 and 06. Envelope fails when
// format is not two digits or DD, there is no field, or a field is empty or has a control
// character. It doesn't know which fields a standard requires.
func Envelope(format string, fields ...string) (string, error) {
	if format != "DD" &&
		(len(format) != 2 || !unit(format[0]).isDigit() || !unit(format[1]).isDigit()) {
		return "", fmt.Errorf("symbol: envelope: format %s, want two digits or DD: %w",
			errtext.Quote(format), ErrCharacter)
	}
	if len(fields) == 0 {
		return "", fmt.Errorf("symbol: envelope: no field: %w", ErrEmpty)
	}
	for i, field := range fields {
		if field == "" {
			return "", fmt.Errorf("symbol: envelope: field %d is empty: %w", i, ErrEmpty)
		}
		if at := strings.IndexFunc(field, func(c rune) bool { return c < ' ' }); at >= 0 {
			return "", fmt.Errorf("symbol: envelope: field %d %s: control character at byte %d: %w",
				i, errtext.Quote(field), at+1, ErrCharacter)
		}
	}
	return envelopeHead + format + "\x1d" + strings.Join(fields, "\x1d") + envelopeTail, nil
}
