package epc

import "encoding/binary"

// A kind is what an EPC identifies: the word after "urn:epc:id:".
type kind uint8

const (
	noKind kind = iota
	sgtin
	sscc
	sgln
	grai
	giai
	gsrn
	gsrnp
	gdti
	cpi
	sgcn
	itip
	upui
	lgtin
	pgln
	gsin
	ginc
	gid
	usdod
	adi
	bic
	imovn
	numKinds
)

// How the serial of a kind is present.
const (
	noSerial    = iota
	needsSerial // an EPC has one
	maySerial   // "0" in a URI where there is none
)

// A form describes the components of a kind (TDS 2.3, clauses 6 and 7).
type form struct {
	name string // in URIs
	ai   string // of the key, or "" if the kind has no GS1 element string
	// serialAI is the AI of the serial, or "" if the serial follows the key in one value.
	serialAI string
	// size is the number of digits of the key without check digit, or 0 if that varies.
	size uint8
	// check is where the check digit goes in the key's value, or 0 if there is none.
	check uint8
	// first is where the company prefix begins in the key.
	first uint8
	// end is where the reference ends in the key.
	end uint8
	// lead reports that the digit before the company prefix (indicator, extension) begins the
	// reference in a URI.
	lead bool
	// longest is the length that a key of variable size can have.
	longest uint8
	// set is the alphabet of the reference in a key of variable size.
	set uint8
	// serial is how the serial is present; it has at most serialMax characters of serialSet.
	serial    uint8
	serialMax uint8
	serialSet uint8
	// reference and number are the names of the reference and of the serial in errors.
	reference, number string
}

var forms = [numKinds]form{
	sgtin: {name: "sgtin", ai: "01", serialAI: "21", size: 13, check: 13, first: 1, end: 13,
		lead: true, serial: needsSerial, serialMax: 20, serialSet: set82,
		reference: "indicator and item reference", number: "serial"},
	sscc: {name: "sscc", ai: "00", size: 17, check: 17, first: 1, end: 17, lead: true,
		reference: "extension digit and serial reference"},
	sgln: {name: "sgln", ai: "414", serialAI: "254", size: 12, check: 12, end: 12,
		serial: maySerial, serialMax: 20, serialSet: set82,
		reference: "location reference", number: "extension"},
	grai: {name: "grai", ai: "8003", size: 13, check: 13, first: 1, end: 13,
		serial: needsSerial, serialMax: 16, serialSet: set82,
		reference: "asset type", number: "serial"},
	giai: {name: "giai", ai: "8004", longest: 30, set: set82, reference: "asset reference"},
	gsrn: {name: "gsrn", ai: "8018", size: 17, check: 17, end: 17, reference: "service reference"},
	gsrnp: {name: "gsrnp", ai: "8017", size: 17, check: 17, end: 17,
		reference: "service reference"},
	gdti: {name: "gdti", ai: "253", size: 12, check: 12, end: 12,
		serial: needsSerial, serialMax: 17, serialSet: set82,
		reference: "document type", number: "serial"},
	cpi: {name: "cpi", ai: "8010", serialAI: "8011", longest: 30, set: set39,
		serial: needsSerial, serialMax: 12, serialSet: digit,
		reference: "component/part reference", number: "serial"},
	sgcn: {name: "sgcn", ai: "255", size: 12, check: 12, end: 12,
		serial: needsSerial, serialMax: 12, serialSet: digit,
		reference: "coupon reference", number: "serial"},
	itip: {name: "itip", ai: "8006", serialAI: "21", size: 17, check: 13, first: 1, end: 13,
		lead: true, serial: needsSerial, serialMax: 20, serialSet: set82,
		reference: "indicator and item reference", number: "serial"},
	upui: {name: "upui", ai: "01", serialAI: "235", size: 13, check: 13, first: 1, end: 13,
		lead: true, serial: needsSerial, serialMax: 28, serialSet: set82,
		reference: "indicator and item reference", number: "third-party serial"},
	lgtin: {name: "lgtin", ai: "01", serialAI: "10", size: 13, check: 13, first: 1, end: 13,
		lead: true, serial: needsSerial, serialMax: 20, serialSet: set82,
		reference: "indicator and item reference", number: "lot"},
	pgln:  {name: "pgln", ai: "417", size: 12, check: 12, end: 12, reference: "party reference"},
	gsin:  {name: "gsin", ai: "402", size: 16, check: 16, end: 16, reference: "shipper reference"},
	ginc:  {name: "ginc", ai: "401", longest: 30, set: set82, reference: "consignment reference"},
	gid:   {name: "gid", number: "serial"},
	usdod: {name: "usdod", number: "serial"},
	adi:   {name: "adi", number: "serial"},
	bic:   {name: "bic"},
	imovn: {name: "imovn"},
}

// kindNamed returns the kind of a name.
func kindNamed(name string) kind {
	for k := range forms {
		if k > 0 && forms[k].name == name {
			return kind(k)
		}
	}
	return noKind
}

// checkDigit returns the GS1 check digit of the key, which is of a kind that has one (GS1 General
// Specifications, 7.9.1). The weights alternate, beginning with 3 on the right.
func (e *EPC) checkDigit() byte {
	const (
		pairs = 0x00FF00FF00FF00FF
		ones  = 0x0001000100010001
		zeros = 0x3030303030303030
	)
	var even, odd uint64 // sums of the digits at even and odd places
	n := int(forms[e.kind].check)
	for i := 0; i < n; i += 8 {
		x := binary.LittleEndian.Uint64(e.text[i:]) ^ zeros
		if left := n - i; left < 8 {
			x &= 1<<(8*left) - 1
		}
		even += x & pairs * ones >> 48
		odd += x >> 8 & pairs * ones >> 48
	}
	if n%2 != 0 {
		even, odd = odd, even
	}
	return '0' + byte((1000-even-3*odd)%10)
}
