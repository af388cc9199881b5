// Package symbol encodes data as Code 128, Data Matrix, QR and PDF417 symbols: exact module patterns, always of the smallest
// size that the symbology can give the data, and an error that says why where it can't carry them. The retail symbols EAN, UPC
// and ITF-14, and Code 39, Code 93, Codabar and Aztec, are boombuler's, behind the same checks.
//
// Each of the first three has a call for text, one for raw bytes, one for a GS1 message, and one for [Segment] values.
//
//	symbol.Code128("LOT-4711")
//	symbol.DataMatrixSegments([]symbol.Segment{symbol.Bytes(signature)})
//	symbol.GS1DataMatrix(gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "21", Value: "ABC123"}})
//
// Text is UTF-8 and must be valid. A symbology whose default character set is ISO/IEC 8859-1 carries text as that where it
// fits; other text is announced by ECI 26 (UTF-8), or refused where the symbology has no ECI. As readers of QR guess, [QR] announces
// ISO/IEC 8859-1 too where that makes the symbol no larger, and has kanji mode. Bytes are carried as they are.
// Function characters are no magic characters in the data: they are [Segment] values.
//
// A [Symbol] is an [image.Image] of one pixel per module, without quiet zone, and a boombuler barcode.Barcode, so that
// barcode.Scale takes it; WritePNG and WriteSVG add the quiet zone.
//
// The folder docs has pictures of every symbology and size.
//
// Who prints by the thousand keeps an [Encoder]: it gives each symbol from the same memory.
package symbol
