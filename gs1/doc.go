// Package gs1 reads, checks and writes GS1 data: Application Identifiers (AIs) with their values, as barcodes and labels carry them
// (GS1 General Specifications).
//
// A [Message] is what one unit says about itself. [Parse] reads it in any form that is in use:
//
//	(01)09521234543213(10)L42      bracketed text, as people write it
//	^010952123454321310L42         raw data; "^" or the character GS (0x1D) is FNC1
//	]d2010952123454321310L42       a reader's output with symbology identifier
//	https://id.gs1.org/01/…/10/L42 a GS1 Digital Link URI (package digitallink knows more about these)
//
// and accepts only what is valid in full: each value has the format, check digits and content that its AI asks for, and each AI the
// company that it requires. What is valid is decided as GS1's own reference engine does; a [Parser] has options that permit more.
//
// # Which function for what
//
//   - Scans: [ParseScan] also tells the kind of symbol, and reads EAN/UPC symbols and plain text. [RepairScan] mends what readers and
//     keyboards damage, and says what it mended.
//   - Values: [Message.Value] gives the text of an AI; [ParseTime], [ParsePeriod], [ParseQuantity] and [ParseCountries] say what it
//     means; [Lookup] describes the AI itself.
//   - Keys: [GTIN], [SSCC], [GLN] and the others are strings that their Parse functions have checked; [NewGTIN], [NewSSCC], [NewGLN] and
//     [NewGSRN] make them of a company prefix and a number, [WithCheckDigit] and [WithCheckPair] complete any key. Package
//     companyprefix tells which company a key belongs to.
//   - Making messages: [UDI], [LogisticUnit] and [VariableItem] make the usual ones of typed values, in the order that needs the fewest
//     separators; others are a Message literal, [Message.Ordered] and [Message.Validate].
//   - Writing: [Message.ElementString] is what a symbol encodes, [Message.ScanData] what a reader of it sends, [Message.HRI] and
//     [Message.HRILines] what people read below it, [Message.String] the bracketed text; package digitallink writes URIs.
//
// Errors are of type *[Error]; they name the AI, the place in the input and what was expected there, and [errors.Is] tells their [Kind].
// Where a year has two digits, the caller says what time it is. Nothing in this package needs the network, a file or a start-up, and
// all of it may be used by many goroutines at once.
package gs1
