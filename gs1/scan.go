package gs1

import "github.com/gonameplate/nameplate/internal/gs1syntax"

// A Scan is the output of a barcode reader that sends symbology identifiers.
type Scan struct {
	// Symbology is the symbology identifier (ISO/IEC 15424): "]C1" GS1-128, "]e0" GS1 DataBar and
	// composite symbols, "]d2" GS1 DataMatrix, "]Q3" GS1 QR Code, "]J1" GS1 DotCode, "]E0" EAN-13,
	// UPC-A and UPC-E, "]E4" EAN-8; and for text other than element strings "]d1" Data Matrix,
	// "]Q1" QR Code, "]J0" DotCode.
	Symbology string

	Text string // the data after the identifier, as the reader sent it

	// Message has the elements. It is empty for EAN/UPC symbols without composite component, and
	// for text other than a GS1 Digital Link URI.
	Message Message

	GTIN GTIN // the GTIN of an EAN/UPC symbol, "" for others
}

// Carrier returns the kind of symbol that Symbology identifies, such as "GS1 DataMatrix", or "" if
// it is not one of those that [ParseScan] accepts.
func (s Scan) Carrier() string {
	switch s.Symbology {
	case "]C1":
		return "GS1-128"
	case "]e0":
		return "GS1 DataBar or composite symbol"
	case "]d2":
		return "GS1 DataMatrix"
	case "]Q3":
		return "GS1 QR Code"
	case "]J1":
		return "GS1 DotCode"
	case "]E0":
		return "EAN-13, UPC-A or UPC-E"
	case "]E4":
		return "EAN-8"
	case "]d1":
		return "Data Matrix"
	case "]Q1":
		return "QR Code"
	case "]J0":
		return "DotCode"
	}
	return ""
}

// ParseScan parses the output of a barcode reader: a symbology identifier and the data of the
// symbol, in which FNC1 is the character GS (0x1D). Nothing may follow the data: configure the
// reader to add no CR LF.
//
// Element strings are validated as by [Parse]. Text from "]Q1", "]d1" and "]J0" that begins with
// http:// or https:// must be a valid GS1 Digital Link URI; other text is accepted unchanged. The
// composite component of an EAN/UPC symbol ("|]e0") becomes the message, and the symbol's own
// number is the GTIN beside it. Other identifiers are rejected with [ErrSymbology]; package
// label/scan accepts them.
func ParseScan(s string) (Scan, error) { return Parser{}.ParseScan(s) }

// ScanData returns what a reader sends for a symbol of m, which [ParseScan] parses: the symbology
// identifier, one of "]C1", "]e0", "]d2", "]Q3" and "]J1", and the element string without the
// leading FNC1. As in [Message.ElementString], only the structure is checked.
func (m Message) ScanData(symbology string) (string, error) {
	if !gs1syntax.CarriesElements(symbology) {
		return "", fail(fault{Kind: gs1syntax.BadSymbology, Input: symbology, Len: len(symbology),
			Want: "an identifier of element strings: ]C1, ]e0, ]d2, ]Q3 or ]J1"})
	}
	data, err := m.ElementString()
	if err != nil {
		return "", err
	}
	return symbology + data[1:], nil
}

// ParseScan is [ParseScan] with the parser's options.
func (p Parser) ParseScan(s string) (Scan, error) {
	var room []gs1syntax.Element
	if len(s) > 3 && gs1syntax.CarriesElements(s[:3]) {
		room = gs1syntax.Room(s)
	}
	m, scan, f := gs1syntax.AppendScan(room, s, gs1syntax.Options(p))
	if f != nil {
		return Scan{}, failure(f)
	}
	r := Scan{Symbology: scan.Symbology, Text: scan.Text, Message: outer(m)}
	if scan.Primary != "" {
		r.GTIN = GTIN(zeros(scan.Primary, 14))
	}
	return r, nil
}
