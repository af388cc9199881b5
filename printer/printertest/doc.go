// Package printertest has a virtual label printer for tests, in the way of net/http/httptest: it
// listens on a real port, understands ZPL II through package zpl, prints at a printer's speed
// from a printer's buffer, answers the queries that printers answer, and fails the way they do
// when asked to.
//
//	srv := printertest.NewServer(printertest.Config{LabelsPerSecond: 200})
//	defer srv.Close()
//	srv.At(7, (*printertest.Server).Reprint) // the operator presses "reprint" after the 7th label
//	p, err := printer.Dial(ctx, srv.URL)
//	…
//	for _, page := range srv.Printed() { … }
//
// What it does where printers differ, or where nobody has measured them, is in [Config]. It
// rejects what it doesn't know: the format prints nothing, and [Server.Errors] has the reason.
//
// A printer that must outlive the program under test, or serve a program in another language, is
// the command github.com/gonameplate/nameplate/printer/printertest/virtualprinter.
package printertest
