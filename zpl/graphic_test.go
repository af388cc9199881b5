package zpl_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/zpl"
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

// Rows of all widths are written in printable characters and read back equal: runs of 420 digits
// and more, from 1,680 dots on, need several repeat counts.
func TestLongRuns(t *testing.T) {
	for _, stride := range []int{1, 9, 10, 11, 105, 199, 200, 201, 209, 210, 211, 220, 400, 410,
		419, 420, 611, 1630} {
		for _, tail := range []byte{0x00, 0x11, 0xFF} {
			bits := bytes.Repeat([]byte{0x11}, stride)
			bits[stride-1] = tail
			if tail == 0xFF {
				bits = bytes.Repeat([]byte{0xFF}, stride)
				bits[0] = 0xF0
			}
			for _, first := range []byte{bits[0], 0x12} {
				bits[0] = first
				want := &raster.Bitmap{Width: 8 * stride, Height: 1, Stride: stride, Bits: bits}
				p := zpl.Page{Fields: []zpl.Field{{Kind: zpl.GraphicField, Orientation: 'N',
					Bitmap: want}}}
				out, err := p.Append(nil)
				require.NoError(t, err)
				for _, b := range out {
					ok := b == '\n' || ' ' <= b && b <= 'z' && (b != '{')
					require.True(t, ok || b == '~', "byte %q in a row of %d bytes", b, stride)
				}
				require.Equal(t, *want, *page(t, string(out)).Fields[0].Bitmap, "%d bytes", stride)
			}
		}
	}
}

// Counts are written as the guide has them: G to Y are 1 to 19, g to z 20 to 400.
func TestRepeatCounts(t *testing.T) {
	for n, want := range map[int]string{
		2: "H1", 3: "I1", 19: "Y1", 20: "g1", 21: "gG1", 39: "gY1", 40: "h1", 399: "yY1", 400: "z1",
		401: "zG1",
		419: "zY1", 420: "zg1", 800: "zz1", 801: "zzG1", 1: "1",
	} {
		stride := n/2 + 1 // the last digits are 2 or 22
		bits := bytes.Repeat([]byte{0x11}, stride)
		end := "22,"
		if n%2 == 0 {
			bits[stride-1] = 0x20
			end = "2,"
		} else {
			bits[stride-1] = 0x12
			end = "2"
		}
		b := &raster.Bitmap{Width: 8 * stride, Height: 1, Stride: stride, Bits: bits}
		out, err := (&zpl.Page{Fields: []zpl.Field{{Kind: zpl.GraphicField,
			Bitmap: b}}}).Append(nil)
		require.NoError(t, err)
		require.Contains(t, string(out), fmt.Sprintf(",%d,%s%s^FS", stride, want, end), n)
	}
}

func TestGraphicsAreChecked(t *testing.T) {
	for graphic, want := range map[string]error{
		"A,2,2,1,FF00": nil, "A,2,2,1,F": zpl.ErrData, "A,2,2,1,FF001": zpl.ErrData,
		"A,2,2":     zpl.ErrParameter,
		"A,2,2,1,:": zpl.ErrData, "A,2,2,1,FG": zpl.ErrData, "A,2,2,1,G,": zpl.ErrData,
		"A,2,2,1,#":      zpl.ErrData,
		"A,3,3,2,FFFFFF": zpl.ErrParameter, "A,0,0,1,": zpl.ErrParameter,
		"D,2,2,1,FF00":       zpl.ErrParameter,
		"A,2,2,1,fF\r\n 0 0": nil, "A,2,2,1,GFF0H0": zpl.ErrData,
		"A,2,2,1,:B64:/wA=:A0B5": zpl.ErrData,
		"A,2,2,1,:B64:/wA=":      zpl.ErrData, "A,2,2,1,:B65:/wA=:0000": zpl.ErrData,
		"A,2,2,1,:X64:/wA=:0000":      zpl.ErrData,
		"A,4194304,4194304,4194304,,": nil, "A,4194305,4194305,4194305,,": zpl.ErrParameter,
		"A,4,4,1,FF:::": nil, "A,4,4,1,F::": zpl.ErrData, "A,4,4,1,FF::::": zpl.ErrData,
	} {
		_, err := zpl.Pages(strings.NewReader("^XA^FO0,0^GF" + graphic + "^FS^XZ"))
		if want == nil {
			require.NoError(t, err, graphic)
		} else {
			require.ErrorIs(t, err, want, graphic)
		}
	}
}
