package zpl_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/zpl"
)

// normal returns a page without its places in a stream.
func normal(p *zpl.Page) zpl.Page {
	q := *p
	q.Pos, q.Settings = 0, p.Settings.Public()
	q.Fields = append([]zpl.Field(nil), p.Fields...)
	for i := range q.Fields {
		q.Fields[i].Pos = 0
	}
	return q
}

// What is encoded is read back equal.
func TestEncodeRoundTrip(t *testing.T) {
	for seed := range uint64(300) {
		want := randomPage(rand.New(rand.NewPCG(seed, 0)))
		var b bytes.Buffer
		_, err := want.WriteTo(&b)
		require.NoError(t, err)
		require.Equal(t, normal(want), normal(page(t, b.String())), b.String())
	}
}

func randomPage(r *rand.Rand) *zpl.Page {
	p := &zpl.Page{Quantity: 1 + r.IntN(5), Settings: zpl.Settings{
		Width: 100 + r.IntN(900), Length: 100 + r.IntN(900), HomeX: r.IntN(5), HomeY: r.IntN(5),
		Inverted: r.IntN(2) == 0,
		Reprint:  r.IntN(2) == 0, Mode: 'T', Tracking: 'W', Media: 'D', Speed: "4",
		Darkness: r.IntN(31), Charset: 28,
	}}
	for range 1 + r.IntN(8) {
		f := zpl.Field{
			X: 5 + r.IntN(500), Y: 5 + r.IntN(500), Baseline: r.IntN(2) == 0,
			Reversed: r.IntN(3) == 0, Orientation: "NRIB"[r.IntN(4)],
			Kind: zpl.FieldKind(1 + r.IntN(6)),
		}
		data := make([]byte, 1+r.IntN(20))
		for i := range data {
			data[i] = byte(' ' + r.IntN(95))
		}
		f.Data = string(data)
		switch f.Kind {
		case zpl.TextField:
			f.Font = zpl.Font{Name: '0', Height: 10 + r.IntN(50), Width: 10 + r.IntN(50)}
			if r.IntN(2) == 0 {
				f.Block = &zpl.TextBlock{Width: 100, Lines: 2, Leading: -1,
					Justify: "LCRJ"[r.IntN(4)], Indent: r.IntN(9)}
				f.Data += "\nx"
			}
		case zpl.Code128Field:
			f.Symbol = &zpl.SymbolSpec{Module: 1 + r.IntN(9), Height: 1 + r.IntN(99),
				HRI: r.IntN(2) == 0}
			f.Symbol.Codewords, f.Data, f.GS1 = randomCode128(r)
		case zpl.DataMatrixField:
			f.Symbol = &zpl.SymbolSpec{Module: 1 + r.IntN(9), Rows: 2 * r.IntN(20),
				Cols: 2 * r.IntN(20), Rectangle: r.IntN(2) == 0}
			f.GS1 = r.IntN(2) == 0
			f.Data += "\x1d!"
		case zpl.QRField:
			f.Symbol = &zpl.SymbolSpec{Module: 1 + r.IntN(9), Level: "LMQH"[r.IntN(4)]}
		case zpl.BoxField:
			f.Data, f.Orientation = "", 'N'
			f.Box = &zpl.BoxSpec{Width: 20 + r.IntN(99), Height: 20 + r.IntN(99),
				Thickness: 1 + r.IntN(20), White: r.IntN(2) == 0, Rounding: r.IntN(9)}
		case zpl.GraphicField:
			f.Data, f.Orientation = "", 'N'
			f.Bitmap = randomBitmap(r)
		}
		p.Fields = append(p.Fields, f)
	}
	return p
}

func randomBitmap(r *rand.Rand) *raster.Bitmap {
	stride := 1 + r.IntN(1+r.IntN(300))
	b := raster.NewBitmap(8*stride, 1+r.IntN(20))
	value := byte(0)
	for i := range b.Bits {
		if r.IntN(8) == 0 {
			value = []byte{0, 0xFF, byte(r.Uint32())}[r.IntN(3)]
		}
		b.Bits[i] = value
	}
	return b
}

// randomCode128 walks through the code sets, and keeps beside the symbol characters what they mean.
func randomCode128(r *rand.Rand) (codewords []int, text string, gs1 bool) {
	set := r.IntN(3)
	codewords = []int{103 + set}
	var b strings.Builder
	indicated := false // FNC1 stands second, and a scanner sends none for it
	if gs1 = r.IntN(2) == 0; gs1 {
		codewords = append(codewords, 102)
	}
	for n := 1 + r.IntN(20); n > 0; n-- {
		v := r.IntN(96)
		switch {
		case r.IntN(6) == 0:
			v = r.IntN(3)
			if v != set {
				codewords = append(codewords, []int{101, 100, 99}[v])
				set = v
			}
			continue
		case r.IntN(10) == 0 && b.Len() > 0:
			codewords = append(codewords, 102)
			if second := secondPosition.MatchString(b.String()); gs1 || indicated || !second {
				b.WriteByte(0x1D)
			} else {
				indicated = true
			}
			continue
		case set == 2:
			v = r.IntN(100)
			b.WriteByte('0' + byte(v/10))
			b.WriteByte('0' + byte(v%10))
		case set == 0 && v >= 64:
			b.WriteByte(byte(v - 64))
		default:
			b.WriteByte(byte(v + 32))
		}
		codewords = append(codewords, v)
	}
	if b.Len() == 0 {
		return randomCode128(r)
	}
	sum := codewords[0]
	for i, v := range codewords[1:] {
		sum += (i + 1) * v
	}
	return append(codewords, sum%103, 106), b.String(), gs1
}

// secondPosition is what stands before an FNC1 in second position.
var secondPosition = regexp.MustCompile(`^([A-Za-z]|[0-9][0-9])$`)

func TestAppendRejects(t *testing.T) {
	font := zpl.Font{Name: '0', Height: 9, Width: 9}
	for want, f := range map[string]zpl.Field{
		"a text at -1,0, want 0 to 32000 dots":    {Kind: zpl.TextField, X: -1, Font: font},
		"a text at 0,32001, want 0 to 32000 dots": {Kind: zpl.TextField, Y: 32001, Font: font},
		"kind 0": {},
		"kind 8": {Kind: 8}, "no Tag": {Kind: zpl.TagField},
		"font '^', want one of ABCDEFGHPQRSTUV0": {Kind: zpl.TextField, Font: zpl.Font{Name: '^'}},
		"a font of height 0, want at least 1":    {Kind: zpl.TextField, Font: zpl.Font{Name: '0'}},
		"orientation '~', want one of NRIB": {Kind: zpl.TextField, Orientation: '~',
			Font: font},
		"justification '^', want one of LCRJ": {Kind: zpl.TextField, Font: font,
			Block: &zpl.TextBlock{Justify: '^'}},
		"a block of 0 lines, want at least 1": {Kind: zpl.TextField, Font: font,
			Block: &zpl.TextBlock{Justify: 'L'}},
		"no Symbol": {Kind: zpl.Code128Field, Data: "1"},
		"a module of 0, want at least 1": {Kind: zpl.DataMatrixField,
			Symbol: &zpl.SymbolSpec{}},
		"codeword 107, want 0 to 106": {Kind: zpl.Code128Field,
			Symbol: &zpl.SymbolSpec{Module: 1, Codewords: []int{107}}},
		"codeword -1, want 0 to 106": {Kind: zpl.Code128Field,
			Symbol: &zpl.SymbolSpec{Module: 1, Codewords: []int{-1}}},
		"error correction level '^', want one of LMQH": {
			Kind: zpl.QRField, Data: "1", Symbol: &zpl.SymbolSpec{Module: 1, Level: '^'},
		},
		"no Box":                                {Kind: zpl.BoxField},
		"a box of thickness 0, want at least 1": {Kind: zpl.BoxField, Box: &zpl.BoxSpec{}},
		"no Bitmap":                             {Kind: zpl.GraphicField},
		"a bitmap of 0 × 1 dots, want at least 1 × 1": {Kind: zpl.GraphicField,
			Bitmap: &raster.Bitmap{Height: 1}},
		"a bitmap of 1 × 0 dots, want at least 1 × 1": {Kind: zpl.GraphicField,
			Bitmap: &raster.Bitmap{Width: 1}},
		"a stride of 1 bytes for 9 dots, want 2": {Kind: zpl.GraphicField,
			Bitmap: &raster.Bitmap{Width: 9, Height: 1, Stride: 1}},
		"a bitmap of 1 bytes, want 2": {
			Kind: zpl.GraphicField, Bitmap: &raster.Bitmap{Width: 8, Height: 2, Stride: 1,
				Bits: []byte{1}},
		},
	} {
		var b bytes.Buffer
		_, err := (&zpl.Page{Fields: []zpl.Field{f}}).WriteTo(&b)
		var e *zpl.Error
		require.ErrorAs(t, err, &e, want)
		require.ErrorIs(t, err, zpl.ErrField)
		require.Equal(t, want, e.Detail)
		require.EqualError(t, err, fmt.Sprintf("zpl: field 1 (%s): invalid field: %s", f.Kind,
			want))
		require.EqualValues(t, -1, e.Pos)
		require.Zero(t, b.Len(), "nothing half-written")
		_, err = (&zpl.Page{Settings: zpl.Settings{Width: 9, Length: 9},
			Fields: []zpl.Field{f}}).Draw()
		if f.X == 0 && f.Y == 0 {
			require.ErrorIs(t, err, zpl.ErrField)
		}
	}
	for _, f := range []zpl.Field{
		{Kind: zpl.TextField, Data: "\x00", Font: font},
		{Kind: zpl.Code128Field, Symbol: &zpl.SymbolSpec{Module: 1, Height: 1,
			Codewords: []int{104, 98, 65, 0, 106}}},
		{Kind: zpl.DataMatrixField, GS1: true, Data: "é", Symbol: &zpl.SymbolSpec{Module: 1}},
	} {
		var e *zpl.EscapeError
		out, err := (&zpl.Page{Fields: []zpl.Field{f}}).Append([]byte("before"))
		require.ErrorAs(t, err, &e)
		require.Equal(t, "before", string(out))
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for want, s := range map[string]zpl.Settings{
		`speed "4^XZ", want up to three, such as 4,4,4`:      {Speed: "4^XZ"},
		`speed "4,4,4,4,4", want up to three, such as 4,4,4`: {Speed: "4,4,4,4,4"},
		`mode '^', want a capital letter`:                    {Mode: '^'},
		`tracking '@', want a capital letter`:                {Tracking: '@'},
		`media '[', want a capital letter`:                   {Media: '['},
	} {
		_, err := (&zpl.Page{Settings: s}).Append(nil)
		require.EqualError(t, err, "zpl: invalid settings: "+want)
		l := &label.Label{Width: 9, Height: 9}
		err = zpl.Options{Settings: s}.Write(io.Discard, l, label.Device{DotsPerMM: 8})
		require.ErrorIs(t, err, zpl.ErrSettings)
	}
	for _, s := range []zpl.Settings{{Mode: 'A', Tracking: 'Z', Speed: "10,10,10"}, {}} {
		_, err := (&zpl.Page{Settings: s}).Append(nil)
		require.NoError(t, err)
	}
}

func TestWriteRejectsDevicesAndSizes(t *testing.T) {
	l := &label.Label{Width: 10, Height: 10}
	for _, d := range []label.Device{{}, {DotsPerMM: -8}} {
		require.ErrorIs(t, zpl.Write(io.Discard, l, d), zpl.ErrDevice)
	}
	err := zpl.Write(io.Discard, l, label.Device{})
	require.EqualError(t, err, "zpl: invalid device: 0 dots/mm, "+
		"want the print head's resolution, such as 8; ask the printer")
	d := label.Device{DotsPerMM: 8}
	for _, side := range []float64{0, 0.06, 4000.07, -1} {
		for _, l := range []label.Label{{Width: side, Height: 10}, {Width: 10, Height: side}} {
			require.ErrorIs(t, zpl.Write(io.Discard, &l, d), zpl.ErrSize, "%v mm", side)
		}
	}
	for _, side := range []float64{0.07, 4000} {
		require.NoError(t, zpl.Write(io.Discard, &label.Label{Width: side, Height: 10}, d))
		require.NoError(t, zpl.Write(io.Discard, &label.Label{Width: 10, Height: side}, d))
	}
}
