// Package symbol encodes data as bar code symbols: exact module patterns, for Code 128, Data
// Matrix, QR and PDF417 always of the smallest size that the symbology can give the data, and an
// error with the reason where a symbology can't carry the data. The retail symbols EAN, UPC and
// ITF-14, and Code 39, Code 93, Codabar and Aztec, are boombuler's, with stricter checks of the
// data.
//
//	s, err := symbol.GS1DataMatrix(gs1.Message{{AI: "01", Value: "09506000134352"}})
//	if err != nil {
//		return err // an *Error
//	}
//	return s.WritePNG(file, 4) // dots a module
//
// Each symbology has a function, and [Encode] encodes by [Symbology]. Code 128, Data Matrix and QR
// also take [Segment] values: text, bytes, function characters and ECIs. Function characters are
// never magic characters in the data.
//
// Text is UTF-8 and must be valid. A symbology whose default character set is ISO/IEC 8859-1
// carries text as that where it fits. Other text follows ECI 26 (UTF-8), and is an error where the
// symbology has no ECI. Because readers of QR guess, [QR] writes ECI 3 before text of ISO/IEC
// 8859-1 too where that makes the symbol no larger, and has kanji mode. Bytes are carried as they
// are.
//
// A [Symbol] is an [image.Image] of one pixel per module, without quiet zone, and a boombuler
// barcode.Barcode, so that barcode.Scale takes it; WritePNG and WriteSVG add the quiet zone.
//
// The folder docs has pictures of every symbology and size. A program that makes many symbols keeps
// an [Encoder], which reuses its memory.
package symbol
