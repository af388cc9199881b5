package scan

import (
	"time"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/serial"
)

// A Result is what a scan says. Fields that the scan doesn't have are zero.
type Result struct {
	Kind      Kind
	Symbology string      // AIM symbology identifier (ISO/IEC 15424): "]d2", or ""
	Text      string      // the data after the identifier, repaired
	Message   gs1.Message // the elements of GS1 data and of GS1 Digital Link URIs

	// Items has the fields of data of other agencies in their order: data identifiers, text element
	// identifiers, and the data structures of HIBC and ISBT 128.
	Items []Item

	// Product is a GTIN of 14 digits, an HIBC labeler and product code, a PPN, a PZN, an ISBT 128
	// product code or a part number.
	Product string

	Serial    string    // of the unit; for ISBT 128 the donation identification number
	Lot       string    // lot or batch
	Expiry    time.Time // day of expiry or best before, at midnight UTC; with a time of day if told
	Made      time.Time // day of production
	Quantity  string    // how many or how much, as decimal number
	Container string    // SSCC of 18 digits, or license plate number
	AddOn     string    // two or five digits beside an EAN/UPC symbol

	Known []serial.Match // the schemes of the Reader that a serial fits, best first

	Repairs []Repair // what the reader and the computer behind it had damaged
	Doubts  []Doubt  // why the result is not certain; none if it is
}

// An Item is a field of data that isn't GS1's.
type Item struct {
	ID    string // such as "S" or "25P" (ASC MH10.8.2), "SER" (MIL-STD-130), "=<" (ISBT 128)
	Value string
}

// A Repair is one thing that was repaired.
type Repair struct {
	What     string // what was done, such as "line end removed"
	Pos, Len int    // the bytes of the scan that it concerns; Len is 0 where something was missing
}

// A Doubt is one reason why a result is not certain.
type Doubt struct {
	What     string  // such as "(21)455777 fits as well"
	Pos, Len int     // the bytes of the scan that it concerns; Len is 0 if it is all of them
	Other    *Result // another reading of the scan, nil if the doubt is of another kind
}

// A Kind is the kind of data that a scan carries.
type Kind uint8

// The kinds. The zero Kind is that of a scan without reading.
const (
	GS1      Kind = iota + 1 // element strings with Application Identifiers
	Retail                   // the GTIN of an EAN/UPC or ITF-14 symbol
	Link                     // a GS1 Digital Link URI
	HIBC                     // Health Industry Bar Code (ANSI/HIBC 2.6)
	ISO15434                 // an envelope of ISO/IEC 15434 with data or text element identifiers
	ISBT128                  // data structures for blood, tissues and cells (ICCBBA ST-001)
	PZN                      // Pharmazentralnummer, of German medicines in Code 39
	Known                    // text that fits a scheme of the Reader
	URL                      // another URL
	Text                     // other text
)

var kindNames = [...]string{
	GS1: "GS1", Retail: "Retail", Link: "Link", HIBC: "HIBC", ISO15434: "ISO15434",
	ISBT128: "ISBT128", PZN: "PZN", Known: "Known", URL: "URL", Text: "Text",
}

// String returns the name of the constant, "" for other values.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// MarshalText returns the name of the constant. The error is always nil.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }
