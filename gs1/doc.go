// Package gs1 parses, validates and writes GS1 data: Application Identifiers (AIs) with their
// values, as barcodes and labels carry them (GS1 General Specifications).
//
//	m, err := gs1.Parse("]d20109521234543213172601311" + "0L42\x1d21A1")
//	fmt.Println(m)                          // (01)09521234543213(17)260131(10)L42(21)A1
//	fmt.Println(m.GTIN(), m.Serial())       // 09521234543213 A1
//	expiry, ok := m.Time("17", time.Now())  // 2026-01-31
//	data, err := m.ElementString()          // what a symbol encodes
//
// [Parse] accepts a [Message] in any of these forms:
//
//	(01)09521234543213(10)L42       bracketed text
//	^010952123454321310L42          raw data; "^" or the character GS (0x1D) is FNC1
//	]d2010952123454321310L42        a reader's output with symbology identifier
//	https://id.gs1.org/01/…/10/L42  a GS1 Digital Link URI (see also package digitallink)
//
// and only if it is valid: each value has the format, check digits and content of its AI, and each
// AI has the associated AIs it requires. Validity is that of GS1's reference engine, the GS1
// Barcode Syntax Engine; the options of a [Parser] relax it.
//
// # Overview
//
//   - Scans: [ParseScan] also returns the kind of symbol, and accepts EAN/UPC symbols and plain
//     text. Package label/scan reads damaged scans and data that isn't GS1's.
//   - Values: [Message.Value] returns the text of an AI; [ParseTime], [ParsePeriod],
//     [ParseQuantity] and [ParseCountries] return its meaning; [Lookup] describes the AI itself.
//   - Keys: [GTIN], [SSCC], [GLN] and the others are strings that their Parse functions have
//     checked. They can be JSON and database columns. [NewGTIN], [NewSSCC], [NewGLN] and [NewGSRN]
//     build them from a company prefix and a number; [CheckDigit] and [CheckPair] complete any key.
//     Package companyprefix returns the company prefix of a key.
//   - Building messages: [UDI], [LogisticUnit] and [VariableItem] build the usual ones from typed
//     values; others are a Message literal, [Message.Ordered] and [Message.Validate].
//   - Writing: [Message.ElementString] is what a symbol encodes, [Message.ScanData] what a reader
//     of it sends, [Message.HRI] and [Message.HRILines] the text below it, [Message.String] the
//     bracketed text. Package digitallink writes URIs.
//
// Errors about data are of type *[Error] and wrap a sentinel such as [ErrCheckDigit]. Functions
// that resolve years of two digits take the current time as an argument. The package reads no file,
// uses no network and has no start-up cost; all of it may be used by several goroutines at once.
package gs1
