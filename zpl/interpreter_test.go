package zpl_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/zpl"
)

func page(t *testing.T, commands string) *zpl.Page {
	t.Helper()
	pages, err := zpl.Pages(strings.NewReader(commands))
	require.NoError(t, err)
	require.Len(t, pages, 1)
	return pages[0]
}

func TestPage(t *testing.T) {
	p := page(t, `^XA^CI28^PW400^LL240^LH5,6^POI^JZN^MMT^PR4,4^PQ3,0,1,Y
^FO10,20^A0R,30,25^FDPrüf_5E^FS
^FO1,2^FH\^A0N,30^FB200,2,3,C,4^FDa\5C&b\5C\5Cc^FS
^FT10,20^GB100,50,3,W,2^FS
^FO0,0^GFA,4,4,2,:B64:gAEB/w==:79D8^FS
^XZ`)
	require.Equal(t, 3, p.Quantity)
	require.Equal(t, zpl.Settings{Width: 400, Length: 240, HomeX: 5, HomeY: 6, Inverted: true,
		Mode: 'T', Tracking: 'Y', Media: 'T', Speed: "4,4", Charset: 28}, p.Settings.Public())
	require.Len(t, p.Fields, 4)
	f := p.Fields[0]
	require.Equal(t, []any{zpl.TextField, 15, 26, byte('R'), "Prüf_5E",
		zpl.Font{Name: '0', Height: 30, Width: 25}},
		[]any{f.Kind, f.X, f.Y, f.Orientation, f.Data, f.Font})
	f = p.Fields[1]
	require.Equal(t, "a\nb\\c", f.Data)
	require.Equal(t, zpl.TextBlock{Width: 200, Lines: 2, Leading: 3, Justify: 'C', Indent: 4},
		*f.Block)
	f = p.Fields[2]
	require.True(t, f.Baseline)
	require.Equal(t, zpl.BoxSpec{Width: 100, Height: 50, Thickness: 3, White: true, Rounding: 2},
		*f.Box)
	require.Equal(t, raster.Bitmap{Width: 16, Height: 2, Stride: 2,
		Bits: []byte{0x80, 0x01, 0x01, 0xFF}}, *p.Fields[3].Bitmap)
}

// The first four are the guide's own examples of ^BC.
func TestCode128Invocations(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		gs1      bool
		symbol   []int
	}{
		{in: "CODE128", want: "CODE128", symbol: []int{104, 35, 47, 36, 37, 17, 18, 24}},
		{in: ">:CODE128", want: "CODE128", symbol: []int{104, 35, 47, 36, 37, 17, 18, 24}},
		{in: ">;382436>6CODE128>752375152", want: "382436CODE128TEST",
			symbol: []int{105, 38, 24, 36, 100, 35, 47, 36, 37, 17, 18, 24, 101, 52, 37, 51, 52}},
		{in: ">;>80012345678901234567", want: "0012345678901234567"[:0] +
			"00123456789012345678"[:0], gs1: true},
		{in: ">;>80101234567890128>6L4>8>52142", want: "0101234567890128L4\x1d2142", gs1: true,
			symbol: []int{105, 102, 1, 1, 23, 45, 67, 89, 1, 28, 100, 44, 20, 102, 99, 21, 42}},
		{in: "a><b>0c>=d>1", want: "a^b>c~d\x7f"},
		{in: ">96465>6x", want: "\x00\x01x"},
		{in: ">:>6i>6>6ij", want: "éé" + "ê"},
	} {
		pages, err := zpl.Pages(strings.NewReader("^XA^FO0,0^BY3^BCN,50,N,N,N,N^FD" + tt.in +
			"^FS^XZ"))
		if tt.want == "" {
			require.ErrorIs(t, err, zpl.ErrData, "an odd digit in set C is dropped by printers")
			continue
		}
		require.NoError(t, err, tt.in)
		f := pages[0].Fields[0]
		require.Equal(t, zpl.Code128Field, f.Kind)
		require.Equal(t, tt.want, f.Data)
		require.Equal(t, tt.gs1, f.GS1)
		require.Equal(t, 3, f.Symbol.Module)
		require.Equal(t, 106, f.Symbol.Codewords[len(f.Symbol.Codewords)-1])
		if tt.symbol != nil {
			require.Equal(t, tt.symbol, f.Symbol.Codewords[:len(f.Symbol.Codewords)-2])
		}
	}
}

// Check character of the worked example in ISO/IEC 15417:2007, annex A: "AIM1234" sums to 87.
func TestCode128CheckCharacter(t *testing.T) {
	f := page(t, "^XA^FO0,0^BCN,50^FD>:AIM>51234^FS^XZ").Fields[0]
	require.Equal(t, []int{104, 33, 41, 45, 99, 12, 34, 87, 106}, f.Symbol.Codewords)
}

func TestDataMatrixEscapes(t *testing.T) {
	f := page(t,
		`^XA^FO0,0^BXN,4,200,0,0,6,_^FH\^FD_10109506000134352_110L__\5E_]x^FS^XZ`).Fields[0]
	require.Equal(t, zpl.DataMatrixField, f.Kind)
	require.True(t, f.GS1)
	require.Equal(t, "0109506000134352\x1d10L_^\x1dx", f.Data)
	f = page(t, `^XA^FO0,0^BXR,4,200,20,20^FDplain^FS^XZ`).Fields[0]
	require.False(t, f.GS1)
	require.Equal(t, zpl.SymbolSpec{Module: 4, Rows: 20, Cols: 20}, *f.Symbol)
	require.Equal(t, byte('R'), f.Orientation)
}

func TestQR(t *testing.T) {
	f := page(t, `^XA^FO0,0^BQN,2,5^FDLA,https://id.example.com/01/09506000134352^FS^XZ`).Fields[0]
	require.Equal(t, "https://id.example.com/01/09506000134352", f.Data)
	require.Equal(t, byte('L'), f.Symbol.Level)
}

func TestSettingsPersist(t *testing.T) {
	pages, err := zpl.Pages(strings.NewReader("^XA^PW300^JZN^BY4^XZ^XA^FO0,0^BCN,9^FDa^FS^XZ^XA^FO0,0^FDb^FS^PQ2^XZ"))
	require.NoError(t, err)
	require.Len(t, pages, 2, "a format with settings alone prints nothing")
	require.Equal(t, 300, pages[1].Width)
	require.False(t, pages[1].Reprint)
	require.Equal(t, 4, pages[0].Fields[0].Symbol.Module)
	require.Equal(t, 1, pages[0].Quantity)
	require.Equal(t, 2, pages[1].Quantity)
}

// Each is rejected; the error names the command and its place.
func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		in, command string
		offset      int64
		kind        error
	}{
		{"^XA^ZZ1^XZ", "^ZZ", 3, zpl.ErrUnsupported},
		{"^FO1,2", "^FO", 0, zpl.ErrSyntax},
		{"^XA^FOx,2^FS^XZ", "^FO", 3, zpl.ErrParameter},
		{"^XA^FO1,2^FO3,4^FS^XZ", "^FO", 9, zpl.ErrSyntax},
		{"^XA^FO1,2,0,9^FS^XZ", "^FO", 3, zpl.ErrParameter},
		{"^XA^FO1,2^FDa^FDb^FS^XZ", "^FD", 13, zpl.ErrSyntax},
		{"^XA^FO1,2^FDa^XZ", "^XZ", 13, zpl.ErrSyntax},
		{"^XA^FH^FD_5^FS^XZ", "^FD", 6, zpl.ErrData},
		{"^XA^FH^FD_XX^FS^XZ", "^FD", 6, zpl.ErrData},
		{"^XA^FDtwo\r\nlines^FS^XZ", "^FD", 3, zpl.ErrData},
		{"^XA^FDü^FS^XZ", "^FD", 3, zpl.ErrData},
		{"^XA^CI28^FD\xff^FS^XZ", "^FD", 8, zpl.ErrData},
		{"^XA^CI28^FH^FD_00^FS^XZ", "^FD", 11, zpl.ErrData},
		{"^XA^BCN,10,N,N,N,D^FD(01)1^FS^XZ", "^BC", 3, zpl.ErrUnsupported},
		{"^XA^BCN,10^FD>;12A^FS^XZ", "^FD", 10, zpl.ErrData},
		{"^XA^BCN,10^FD>;123^FS^XZ", "^FD", 10, zpl.ErrData},
		{"^XA^BCN,10^FD^FS^XZ", "^FD", 10, zpl.ErrData},
		{"^XA^BXN,4,200^FDa_1^FS^XZ", "^FD", 13, zpl.ErrData},
		{"^XA^BXN,4,200,,,,_^FD_d065^FS^XZ", "^FD", 18, zpl.ErrUnsupported},
		{"^XA^BXN,4,140^FDa^FS^XZ", "^BX", 3, zpl.ErrUnsupported},
		{"^XA^FO0,0^GFA,2,2,1,F^FS^XZ", "^GF", 9, zpl.ErrData},
		{"^XA^FO0,0^GFA,2,2,3,FFFF^FS^XZ", "^GF", 9, zpl.ErrParameter},
		{"^XA^FO0,0^GFA,4,4,2,:B64:gAEB/w==:79D9^FS^XZ", "^GF", 9, zpl.ErrData},
		{"^XA^FO0,0^GFA,1,4000000,1,zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzF^FS^XZ",
			"^GF", 9, zpl.ErrData},
		{"^XA^FD" + strings.Repeat("x", 3073) + "^FS^XZ", "^FD", 3, zpl.ErrTooLong},
		{"^XA^A0N,9^FDa^FS^XZ", "^A", 3, zpl.ErrParameter},
		{"^XA^A@N,20,20,E:X.TTF^FDa^FS^XZ", "^A", 3, zpl.ErrUnsupported},
		{"^XA^DFR:X.ZPL^FS^XZ", "^DF", 3, zpl.ErrUnsupported},
		{"! U1 frobnicate \"a\"\r\n", "! U1", 0, zpl.ErrUnsupported},
		{"! U1 getvar a\r\n", "! U1", 0, zpl.ErrSyntax},
		{"~HS", "~HS", 0, zpl.ErrUnsupported},
	} {
		_, err := zpl.Pages(strings.NewReader(tt.in))
		var e *zpl.Error
		require.ErrorAs(t, err, &e, tt.in)
		require.ErrorIs(t, err, tt.kind, tt.in)
		require.Equal(t, tt.command, e.Command, tt.in)
		require.Equal(t, tt.offset, e.Pos, tt.in)
	}
}

// A printer would have printed the first and the third.
func TestSpoiltFormatPrintsNothing(t *testing.T) {
	var c calls
	r := zpl.NewReader(strings.NewReader("^XA^FO0,0^FD1^FS^XZ^XA^FO0,0^FD2^FS^ZZ^XZ~HS^XA^FO0,0^FD3^FS^XZ! U1 setvar \"k\" \"v\"\r\n~JA"))
	in := zpl.NewInterpreter(&c)
	refused := 0
	for {
		cmd, err := r.Next()
		if err != nil {
			break
		}
		if in.Do(cmd) != nil {
			refused++
		}
	}
	require.Equal(t, 1, refused)
	require.Equal(t, "print 1, ~HS, print 3, setvar k v, ~JA", strings.Join(c, ", "))
}

type calls []string

func (c *calls) Print(p *zpl.Page) error { *c = append(*c, "print "+p.Fields[0].Data); return nil }
func (c *calls) Control(cmd zpl.Command) error {
	*c = append(*c, cmd.String())
	return nil
}
func (c *calls) Variable(v zpl.Variable) error {
	*c = append(*c, v.Op+" "+v.Key+" "+v.Value)
	return nil
}
