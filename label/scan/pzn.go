package scan

import (
	"strings"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// FormatPZN returns the text of the Code 39 symbol of a Pharmazentralnummer: a hyphen and the eight
// digits. A number of seven digits gets its check digit; one of eight must have the right one.
func FormatPZN(pzn string) (string, error) {
	if len(pzn) == 7 && leadingDigits(pzn) == 7 {
		complete, err := checkdigit.PZN.Complete(pzn)
		if err == nil {
			pzn = complete
		}
	}
	if len(pzn) != 8 || !checkdigit.PZN.Valid(pzn) {
		return "", &Error{Err: ErrCheck, Input: pzn, Pos: -1,
			Detail: "want a PZN of seven digits and a check digit"}
	}
	return "-" + pzn, nil
}

// pzn reads a Pharmazentralnummer from byte from on, as Code 39 carries it.
func (r Reader) pzn(t *damaged, from int) []Result {
	number, ok := strings.CutPrefix(t.s[from:], "-")
	if !ok || len(number) != 8 || !checkdigit.PZN.Valid(number) {
		return nil
	}
	return []Result{{Kind: PZN, Symbology: t.s[:from], Text: t.s[from:], Product: number,
		Items: []Item{{"PZN", number}}, Repairs: t.repairs}}
}
