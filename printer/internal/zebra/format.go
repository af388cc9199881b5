package zebra

import "bytes"

const (
	// Settings are in force while labels are printed: after an error, a printer whose ^JZ is at its
	// default Y prints the interrupted label again.
	Settings = "^JZN"

	// Prologue makes the settings. It also ends a format that a killed program has left unfinished.
	Prologue = "^XA" + Settings + "^XZ"
)

// PrintsOnce reports whether commands are one format ^XA … ^XZ that asks for no copies: a label
// that counts twice would make up for one that isn't printed. Printers take commands in small
// letters too.
func PrintsOnce(format []byte) bool {
	format = bytes.TrimSpace(format)
	if !bytes.HasPrefix(format, []byte("^XA")) || !bytes.HasSuffix(format, []byte("^XZ")) {
		return false
	}
	ends := 0
	for {
		at := bytes.IndexByte(format, '^')
		if at < 0 || at+3 > len(format) {
			return ends == 1
		}
		name, params := [2]byte{format[at+1] &^ 0x20, format[at+2] &^ 0x20}, format[at+3:]
		format = params
		switch name {
		case [2]byte{'X', 'Z'}:
			ends++
		case [2]byte{'P', 'Q'}:
			digits := len(params) - len(bytes.TrimLeft(params, "0123456789"))
			if n := string(bytes.TrimLeft(params[:digits], "0")); n != "1" && digits > 0 {
				return false
			}
		}
	}
}
