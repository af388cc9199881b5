package gs1syntax

import (
	"strconv"
	"strings"
)

// A Scan is what a reader's output has beside the message.
type Scan struct {
	Symbology string // the symbology identifier, such as "]C1"
	Text      string // what follows it
	Primary   string // the digits of an EAN/UPC symbol
}

// What a symbology identifier promises (GS1 General Specifications, "Symbology identifiers";
// ISO/IEC 15424).
const (
	carriesNothing = iota
	carriesElements
	carriesGTIN13
	carriesGTIN8
	carriesText
)

// CarriesElements reports whether the data after a symbology identifier is an element string.
func CarriesElements(identifier string) bool { return carries(identifier) == carriesElements }

func carries(identifier string) int {
	switch identifier {
	case "]C1", "]e0", "]d2", "]Q3", "]J1":
		return carriesElements
	case "]E0":
		return carriesGTIN13
	case "]E4":
		return carriesGTIN8
	case "]d1", "]Q1", "]J0":
		return carriesText
	}
	return carriesNothing
}

// AppendScan parses s, a reader's output with symbology identifier, and appends its elements to
// dst.
func AppendScan(dst []Element, s string, opt Options) ([]Element, Scan, *Fault) {
	p := parser{input: s, opt: opt, msg: dst, base: len(dst)}
	if len(s) < 3 || s[0] != ']' {
		return dst, Scan{}, p.fault(
			BadSymbology,
			"",
			0,
			min(3, len(s)),
			"a symbology identifier, such as ]C1 or ]d2",
		)
	}
	scan := Scan{Symbology: s[:3], Text: s[3:]}
	if len(scan.Text) >= maxInput {
		return dst, Scan{}, p.fault(
			BadLength,
			"",
			2+maxInput,
			len(s)-2-maxInput,
			"at most 8190 bytes",
		)
	}
	var f *Fault
	switch carries(scan.Symbology) {
	case carriesElements:
		f = p.elements(3, len(s), gs, gs)
	case carriesGTIN13:
		f = p.primary(&scan, 13)
	case carriesGTIN8:
		f = p.primary(&scan, 8)
	case carriesText:
		if _, ok := afterScheme(scan.Text); ok {
			f = p.uri(3, &URI{})
		}
	default:
		f = p.fault(
			BadSymbology,
			"",
			0,
			3,
			"an identifier of GS1 data: ]C1, ]e0, ]d2, ]Q3, ]J1, ]E0 or ]E4; "+
				"or of text: ]d1, ]Q1, ]J0",
		)
	}
	if f != nil {
		return dst, Scan{}, f
	}
	m, f := p.finish()
	return m, scan, f
}

// primary parses the n digits of an EAN/UPC symbol, and the composite component that may follow as
// a message of its own.
func (p *parser) primary(scan *Scan, n int) *Fault {
	const composite = "|]e0"
	digits, rest := scan.Text, ""
	if len(digits) > n {
		digits, rest = digits[:n], digits[n:]
	}
	f := allOf(digits, setN, "digits only")
	switch {
	case len(digits) < n:
		f = flaw{BadLength, 0, len(digits), strconv.Itoa(n) + " digits"}
	case rest != "" && !strings.HasPrefix(rest, composite):
		f = flaw{BadLength, n, len(rest), strconv.Itoa(n) + " digits"}
	case f.kind == 0:
		f = checkDigit(digits)
	}
	if f.kind != 0 {
		return f.at(p.input, "", 3)
	}
	scan.Primary = digits
	if rest == "" {
		return nil
	}
	return p.elements(3+n+len(composite), len(p.input), gs, gs)
}
