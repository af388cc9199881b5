// Package nameplate has no code: it is the front page of a library that gives every physical unit
// an identity and puts it on the unit. It makes and checks serial numbers, writes and reads GS1
// data, lays out labels, prints them on thermal printers with an account of every single one, and
// keeps a ledger of what happened to each unit. It is pure Go, and each package works without the
// others.
//
// The GS1 DataMatrix of one unit, with a serial whose last character catches typing errors, and an
// error for anything that a scanner would stumble over:
//
//	number, err := serial.MustCompile("{index:8 crockford}{check}").Format(serial.Fields{}, 4711)
//	message, err := gs1.Parse("(01)09506000134352(17)291120(10)L2647A(21)" + number)
//	code, err := symbol.GS1DataMatrix(message)
//	err = code.WritePNG(os.Stdout, 8)
//
// A production order, from its units in a ledger to labels on paper, each of them accounted for:
//
//	result, err := line.Start(ctx, line.Line{
//		Ledger: l, Printers: []*printer.Printer{p}, Template: t, Keys: keys,
//	}, order)
//
// # Packages
//
// An import never points up; take the floor that you need.
//
// Serial numbers, with the standard library alone:
//
//   - [github.com/gonameplate/nameplate/serial]: schemes that make a serial from a number, and the
//     number from a serial
//   - [github.com/gonameplate/nameplate/serial/checkdigit]: check characters, from Luhn to ISO 7064
//   - [github.com/gonameplate/nameplate/serial/scramble]: serials that nobody can guess (NIST FF1)
//   - [github.com/gonameplate/nameplate/serial/seal]: proof of origin without a database
//   - [github.com/gonameplate/nameplate/serial/ledger]: the durable record of units and of what
//     happened to them, in a file by [github.com/gonameplate/nameplate/serial/ledger/sqlite]
//
// GS1 data, with the standard library alone:
//
//   - [github.com/gonameplate/nameplate/gs1]: Application Identifiers, element strings, keys, dates
//     and measures; strict
//   - [github.com/gonameplate/nameplate/gs1/digitallink]: Digital Link URIs
//   - [github.com/gonameplate/nameplate/gs1/companyprefix]: the company prefix of a key
//
// Labels:
//
//   - [github.com/gonameplate/nameplate/label]: labels in millimetres, their layout and preflight
//   - [github.com/gonameplate/nameplate/label/template]: templates in JSON that data fill
//   - [github.com/gonameplate/nameplate/label/symbol]: bar codes, from Code 128 to QR
//   - [github.com/gonameplate/nameplate/label/raster] and
//     [github.com/gonameplate/nameplate/label/pdf]: labels as dots and as PDF
//   - [github.com/gonameplate/nameplate/label/font]: the fonts that all of them share
//   - [github.com/gonameplate/nameplate/zpl]: the ZPL II language, written and read
//
// Printing:
//
//   - [github.com/gonameplate/nameplate/printer]: print runs that account for every label
//   - [github.com/gonameplate/nameplate/printer/line]: production orders, from the ledger to paper
//   - [github.com/gonameplate/nameplate/printer/port]: byte streams to printers and scanners
//   - [github.com/gonameplate/nameplate/printer/printertest]: a virtual printer for tests
//
// The programs in the folder examples are there to copy from.
package nameplate
