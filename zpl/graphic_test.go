package zpl_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// picture draws the field's bitmap, a row a line.
func picture(t *testing.T, graphic string) string {
	t.Helper()
	b := page(t, "^XA^FO0,0"+graphic+"^FS^XZ").Fields[0].Bitmap
	var s strings.Builder
	for y := range b.Height {
		fmt.Fprintf(&s, "%X\n", b.Bits[y*b.Stride:(y+1)*b.Stride])
	}
	return s.String()
}

// Compressed data as drivers in the field send it, CRC included.
func TestZ64FromDrivers(t *testing.T) {
	require.Len(t, strings.Split(picture(t,
		"^GFA,41,288,72,:Z64:eJzj4KAKYJChDmCwoQ5gEKAOYAAAavEfEQ==:24EF"), "\n"), 288/72+1)
	require.Contains(t, picture(t,
		"^GFA,00256,00256,00004,:Z64:eJxjYKAnOADEDxgYGD8AMZBmBvKZgULsQMxEV4fAAQBLYQRC:3CC2"), "\n")
}

func TestRunLengths(t *testing.T) {
	require.Equal(t, "FF00\nFF00\nFFFF\n0000\n", picture(t, "^GFA,8,8,2,HF,:!,"))
	require.Equal(t, strings.Repeat("A", 40)+"\n"+strings.Repeat("A", 21)+strings.Repeat("0",
		19)+"\n", picture(t, "^GFA,40,40,20,hAgGA,"), "counts add up")
}
