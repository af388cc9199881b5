// Package zpl speaks ZPL II, the language of most thermal label printers.
//
//	err := zpl.Write(w, l, label.Device{DotsPerMM: 8}) // one label
//
//	f, err := zpl.Compile(t, label.Device{DotsPerMM: 8}) // labels of a template, fast
//	job, err = f.Append(job, data)                       // for each unit
//
// Writing. [Write] writes one label as a self-contained format (^XA … ^XZ); [Compile] prepares a
// template so that [Format.Append] formats, validates and escapes only what differs from label to
// label; [Page.Append] writes single fields. [Escape] makes a value safe for one kind of field: a
// value that the field cannot carry unchanged is an error, and no value can become a command.
//
// Reading. [Reader] splits a byte stream into commands in bounded memory; [Interpreter] turns
// commands into the pages that a printer would print, with each field's data decoded, and rejects
// whatever it does not know. A [Page] can be drawn.
//
// Facts are from Zebra's "ZPL II, ZBI 2, Set-Get-Do, Mirror, WML Programming Guide" (P1099958),
// called "the guide" here. Lengths are in dots unless something else is said.
package zpl
