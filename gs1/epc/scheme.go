package epc

import "strings"

// How a scheme lays out what follows header and filter value.
const (
	classic   = iota // partition, company prefix, reference, serial
	plus             // data toggle, filter value, elements as table F has them, +AIDC data
	general          // GID-96
	defense          // USDOD-96
	aerospace        // ADI-var
)

// How a classic scheme encodes what follows the company prefix and a reference of fixed length.
const (
	noTail      = iota // zeros up to the end
	integerTail        // an integer of tail bits
	asciiTail          // characters of 7 bits, then zeros
	markedTail         // an integer of tail bits: the digit 1 and then the digits of the serial
	partTail           // reference: integer without leading zeros; serial: integer
	sixBitTail         // reference: characters of 6 bits and a terminator; serial: integer
	assetTail          // reference: integer
	assetText          // reference: characters of 7 bits, then zeros
)

// A scheme is one way of writing EPCs into tags (TDS 2.3, table 14-1).
type scheme struct {
	name   string // as in tag URIs
	header byte
	kind   kind
	layout uint8
	date   bool   // DSGTIN: a date precedes the key
	host   bool   // "++": a hostname follows the EPC
	size   uint8  // bits of a classic scheme; 0 if that varies
	key    uint8  // bits of company prefix and reference
	tail   uint8  // bits of the serial
	coding uint8  // how the tail is encoded
	filter uint8  // bits of the filter value
	longer string // the scheme that takes what this one can't
	short  bool   // takeShort reads it
}

// schemes are all 46 schemes of TDS 2.3. The headers of the "++" schemes are those of GS1's TDT 2.3
// artefacts of 2026-09-15.
var schemes = [...]scheme{
	{name: "gdti-96", header: 0x2C, kind: gdti, size: 96, key: 41, tail: 41, coding: integerTail,
		filter: 3, longer: "gdti-174 or gdti+"},
	{name: "gsrn-96", header: 0x2D, kind: gsrn, size: 96, key: 58, filter: 3, longer: "gsrn+"},
	{name: "gsrnp-96", header: 0x2E, kind: gsrnp, size: 96, key: 58, filter: 3, longer: "gsrnp+"},
	{name: "usdod-96", header: 0x2F, kind: usdod, layout: defense, size: 96, filter: 4},
	{name: "sgtin-96", header: 0x30, kind: sgtin, size: 96, key: 44, tail: 38, coding: integerTail,
		filter: 3, longer: "sgtin-198 or sgtin+"},
	{name: "sscc-96", header: 0x31, kind: sscc, size: 96, key: 58, filter: 3, longer: "sscc+"},
	{name: "sgln-96", header: 0x32, kind: sgln, size: 96, key: 41, tail: 41, coding: integerTail,
		filter: 3, longer: "sgln-195 or sgln+"},
	{name: "grai-96", header: 0x33, kind: grai, size: 96, key: 44, tail: 38, coding: integerTail,
		filter: 3, longer: "grai-170 or grai+"},
	{name: "giai-96", header: 0x34, kind: giai, size: 96, key: 82, coding: assetTail, filter: 3,
		longer: "giai-202 or giai+"},
	{name: "gid-96", header: 0x35, kind: gid, layout: general, size: 96},
	{name: "sgtin-198", header: 0x36, kind: sgtin, size: 198, key: 44, tail: 140, coding: asciiTail,
		filter: 3, longer: "sgtin+"},
	{name: "grai-170", header: 0x37, kind: grai, size: 170, key: 44, tail: 112, coding: asciiTail,
		filter: 3, longer: "grai+"},
	{name: "giai-202", header: 0x38, kind: giai, size: 202, key: 188, coding: assetText, filter: 3,
		longer: "giai+"},
	{name: "sgln-195", header: 0x39, kind: sgln, size: 195, key: 41, tail: 140, coding: asciiTail,
		filter: 3, longer: "sgln+"},
	{name: "gdti-113", header: 0x3A, kind: gdti, size: 113, key: 41, tail: 58, coding: integerTail,
		filter: 3, longer: "gdti-174 or gdti+"},
	{name: "adi-var", header: 0x3B, kind: adi, layout: aerospace, filter: 6},
	{name: "cpi-96", header: 0x3C, kind: cpi, size: 96, key: 51, tail: 31, coding: partTail,
		filter: 3,
		longer: "cpi-var or cpi+"},
	{name: "cpi-var", header: 0x3D, kind: cpi, tail: 40, coding: sixBitTail, filter: 3,
		longer: "cpi+"},
	{name: "gdti-174", header: 0x3E, kind: gdti, size: 174, key: 41, tail: 119, coding: asciiTail,
		filter: 3, longer: "gdti+"},
	{name: "sgcn-96", header: 0x3F, kind: sgcn, size: 96, key: 41, tail: 41, coding: markedTail,
		filter: 3, longer: "sgcn+"},
	{name: "itip-110", header: 0x40, kind: itip, size: 110, key: 44, tail: 38, coding: integerTail,
		filter: 3, longer: "itip-212 or itip+"},
	{name: "itip-212", header: 0x41, kind: itip, size: 212, key: 44, tail: 140, coding: asciiTail,
		filter: 3, longer: "itip+"},

	{name: "cpi+", header: 0xF0, kind: cpi, layout: plus, filter: 3},
	{name: "grai+", header: 0xF1, kind: grai, layout: plus, filter: 3},
	{name: "sgln+", header: 0xF2, kind: sgln, layout: plus, filter: 3},
	{name: "itip+", header: 0xF3, kind: itip, layout: plus, filter: 3},
	{name: "gsrn+", header: 0xF4, kind: gsrn, layout: plus, filter: 3},
	{name: "gsrnp+", header: 0xF5, kind: gsrnp, layout: plus, filter: 3},
	{name: "gdti+", header: 0xF6, kind: gdti, layout: plus, filter: 3},
	{name: "sgtin+", header: 0xF7, kind: sgtin, layout: plus, filter: 3},
	{name: "sgcn+", header: 0xF8, kind: sgcn, layout: plus, filter: 3},
	{name: "sscc+", header: 0xF9, kind: sscc, layout: plus, filter: 3},
	{name: "giai+", header: 0xFA, kind: giai, layout: plus, filter: 3},
	{name: "dsgtin+", header: 0xFB, kind: sgtin, layout: plus, date: true, filter: 3},

	{name: "cpi++", header: 0xE6, kind: cpi, layout: plus, host: true, filter: 3},
	{name: "gsrn++", header: 0xE7, kind: gsrn, layout: plus, host: true, filter: 3},
	{name: "gsrnp++", header: 0xE8, kind: gsrnp, layout: plus, host: true, filter: 3},
	{name: "sgln++", header: 0xE9, kind: sgln, layout: plus, host: true, filter: 3},
	{name: "gdti++", header: 0xEA, kind: gdti, layout: plus, host: true, filter: 3},
	{name: "grai++", header: 0xEB, kind: grai, layout: plus, host: true, filter: 3},
	{name: "sgcn++", header: 0xEC, kind: sgcn, layout: plus, host: true, filter: 3},
	{name: "itip++", header: 0xED, kind: itip, layout: plus, host: true, filter: 3},
	{name: "giai++", header: 0xEE, kind: giai, layout: plus, host: true, filter: 3},
	{name: "sscc++", header: 0xEF, kind: sscc, layout: plus, host: true, filter: 3},
	{name: "dsgtin++", header: 0xFC, kind: sgtin, layout: plus, date: true, host: true, filter: 3},
	{name: "sgtin++", header: 0xFD, kind: sgtin, layout: plus, host: true, filter: 3},
}

// byHeader holds the scheme of each header, or nil.
var byHeader = func() (table [256]*scheme) {
	for i := range schemes {
		s := &schemes[i]
		s.short = s.layout == classic && s.size == 96 && forms[s.kind].size > 0 &&
			s.coding <= integerTail
		table[s.header] = s
	}
	return table
}()

// Schemes returns the names of all schemes, as [Options] and tag URIs have them, in the order of
// their headers but for the "++" schemes, which come last.
func Schemes() []string {
	names := make([]string, len(schemes))
	for i := range schemes {
		names[i] = schemes[i].name
	}
	return names
}

// schemeNamed returns the scheme of a name in lower or upper case, or nil.
func schemeNamed(name string) *scheme {
	if name == "sgtin-96" { // the scheme of nearly all tags
		return &schemes[4]
	}
	for i := range schemes {
		if len(schemes[i].name) == len(name) && strings.EqualFold(schemes[i].name, name) {
			return &schemes[i]
		}
	}
	return nil
}

// prefixBits is the number of bits of a company prefix, by the partition value: that of 12 digits
// is 0, that of 6 digits is 6 (TDS 2.3, 14.3.3).
var prefixBits = [...]uint8{40, 37, 34, 30, 27, 24, 20}
