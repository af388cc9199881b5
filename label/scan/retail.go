package scan

import (
	"strings"

	"github.com/gonameplate/nameplate/gs1"
)

// retail returns the readings of the digits of an EAN/UPC or Interleaved 2 of 5 symbol.
func (r Reader) retail(t *damaged, what carrier) []Result {
	digits := t.s[3:]
	composite := ""
	if i := strings.Index(digits, "|]e0"); i >= 0 {
		digits, composite = digits[:i], digits[i+4:]
	}
	c := t.clone()
	digits = strings.Join(strings.FieldsFunc(digits, isBlank), "") // an add-on may follow a blank
	if strings.Trim(digits, "0123456789") != "" {
		return nil
	}
	a := Result{Kind: Retail, Symbology: c.s[:3], Text: c.s[3:], Repairs: c.repairs}
	n := len(digits)
	switch what {
	case addOn2, addOn5:
		if n != 2 && n != 5 {
			return nil
		}
		a.AddOn = digits
		return []Result{a}
	case itf:
		return a.itf(digits)
	case ean8:
		if gtin, err := gs1.ParseGTIN(digits); err == nil && n == 8 {
			return r.retailed(a, gtin, "", composite)
		}
		return nil
	}
	if n == 8 {
		return a.eightDigits(digits)
	}
	for _, long := range [...]int{13, 12} {
		if n != long && n != long+2 && n != long+5 {
			continue
		}
		if gtin, err := gs1.ParseGTIN(digits[:long]); err == nil {
			return r.retailed(a, gtin, digits[long:], composite)
		}
	}
	return nil
}

func isBlank(c rune) bool { return c == ' ' || c == '+' || c == '-' }

// retailed returns the readings of a GTIN with its add-on and composite component.
func (r Reader) retailed(a Result, gtin gs1.GTIN, addOn, composite string) []Result {
	a.Product, a.AddOn = string(gtin), addOn
	if composite == "" {
		return []Result{a}
	}
	t := newDamaged(composite)
	var found []Result
	for _, c := range r.elements(t, 0) {
		b := a
		b.Message = c.Message
		r.fill(&b)
		b.Product = a.Product
		found = append(found, b)
	}
	return found
}

// itf reads the digits of Interleaved 2 of 5, which are a GTIN if there are 14 with a right check
// digit.
func (a Result) itf(digits string) []Result {
	if gtin, err := gs1.ParseGTIN(digits); err == nil && len(digits) == 14 {
		a.Product = string(gtin)
		return []Result{a}
	}
	if len(digits) == 14 {
		a.doubt("14 digits, but no GTIN: the check digit is wrong")
	}
	a.Kind = Text
	return []Result{a}
}

// eightDigits reads a GTIN-8, or the 8 digits of a UPC-E symbol. Digits that are both have two
// readings.
func (a Result) eightDigits(digits string) (found []Result) {
	if gtin, err := gs1.ParseGTIN(digits); err == nil {
		a.Product = string(gtin)
		found = append(found, a)
	}
	if gtin, err := gs1.ParseUPCE(digits); err == nil {
		a.Product = string(gtin)
		found = append(found, a)
	}
	return found
}

// number returns the readings of digits that came without symbology identifier as those of an
// EAN/UPC or ITF-14 symbol.
func (r Reader) number(t *damaged) []Result {
	digits := t.s
	if strings.Trim(digits, "0123456789") != "" {
		return nil
	}
	a := Result{Kind: Retail, Text: t.s, Repairs: t.repairs}
	switch n := len(digits); n {
	case 8:
		return a.eightDigits(digits)
	case 12, 13, 14:
		if gtin, err := gs1.ParseGTIN(digits); err == nil {
			a.Product = string(gtin)
			return []Result{a}
		}
	case 15, 18: // periodicals (977) and books (978, 979) with their add-on
		gtin, err := gs1.ParseGTIN(digits[:13])
		if prefix := digits[:3]; err == nil &&
			(prefix == "977" && n == 15 || (prefix == "978" || prefix == "979") && n == 18) {
			a.Product, a.AddOn = string(gtin), digits[13:]
			return []Result{a}
		}
	}
	return nil
}
