// Package deps holds the requirements until the packages that own them land.
package deps

import (
	_ "github.com/boombuler/barcode"
	_ "github.com/go-pdf/fpdf"
	_ "github.com/makiuchi-d/gozxing"
	_ "github.com/schollz/progressbar/v3"
	_ "github.com/stretchr/testify/require"
	_ "go.bug.st/serial"
	_ "golang.org/x/image/font/gofont/goregular"
	_ "golang.org/x/image/font/opentype"
	_ "golang.org/x/term"
	_ "modernc.org/sqlite"
)
