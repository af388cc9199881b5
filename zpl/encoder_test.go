package zpl_test

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/zpl"
)

// normal is a page without what only tells where it stood in its stream.
func normal(p *zpl.Page) zpl.Page {
	q := *p
	q.Offset, q.Settings = 0, p.Settings.Public()
	q.Fields = append([]zpl.Field(nil), p.Fields...)
	for i := range q.Fields {
		q.Fields[i].Offset = 0
	}
	return q
}

// What is encoded is read back equal.
func TestEncodeRoundTrip(t *testing.T) {
	for seed := range uint64(300) {
		want := randomPage(rand.New(rand.NewPCG(seed, 0)))
		var b bytes.Buffer
		require.NoError(t, zpl.NewEncoder(&b).Encode(want))
		require.Equal(t, normal(want), normal(page(t, b.String())), b.String())
	}
}

func randomPage(r *rand.Rand) *zpl.Page {
	p := &zpl.Page{Quantity: 1 + r.IntN(5), Settings: zpl.Settings{
		Width: 100 + r.IntN(900), Length: 100 + r.IntN(900), HomeX: r.IntN(5), HomeY: r.IntN(5), Inverted: r.IntN(2) == 0,
		Reprint: r.IntN(2) == 0, Mode: 'T', Tracking: 'W', Media: 'D', Speed: "4", Darkness: r.IntN(31), Charset: 28,
	}}
	for range 1 + r.IntN(8) {
		f := zpl.Field{
			X: 5 + r.IntN(500), Y: 5 + r.IntN(500), Baseline: r.IntN(2) == 0, Reversed: r.IntN(3) == 0, Orientation: "NRIB"[r.IntN(4)],
			Kind: zpl.Kind(1 + r.IntN(6)),
		}
		data := make([]byte, 1+r.IntN(20))
		for i := range data {
			data[i] = byte(' ' + r.IntN(95))
		}
		f.Data = string(data)
		switch f.Kind {
		case zpl.Text:
			f.Font = zpl.Font{Name: '0', Height: 10 + r.IntN(50), Width: 10 + r.IntN(50)}
			if r.IntN(2) == 0 {
				f.Block = &zpl.TextBlock{Width: 100, Lines: 2, Leading: -1, Justify: "LCRJ"[r.IntN(4)], Indent: r.IntN(9)}
				f.Data += "\nx"
			}
		case zpl.Code128:
			f.Symbol = &zpl.SymbolSpec{Module: 1 + r.IntN(9), Height: 1 + r.IntN(99), HRI: r.IntN(2) == 0}
			f.Symbol.Codewords, f.Data, f.GS1 = randomCode128(r)
		case zpl.DataMatrix:
			f.Symbol = &zpl.SymbolSpec{Module: 1 + r.IntN(9), Rows: 2 * r.IntN(20), Cols: 2 * r.IntN(20), Rectangle: r.IntN(2) == 0}
			f.GS1 = r.IntN(2) == 0
			f.Data += "\x1d!"
		case zpl.QR:
			f.Symbol = &zpl.SymbolSpec{Module: 1 + r.IntN(9), Level: "LMQH"[r.IntN(4)]}
		case zpl.Box:
			f.Data, f.Orientation = "", 'N'
			f.Box = &zpl.BoxSpec{Width: 20 + r.IntN(99), Height: 20 + r.IntN(99), Thickness: 1 + r.IntN(20), White: r.IntN(2) == 0, Rounding: r.IntN(9)}
		case zpl.Graphic:
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

func TestEncodeRefuses(t *testing.T) {
	for _, f := range []zpl.Field{
		{Kind: zpl.Text, X: -1, Font: zpl.Font{Name: '0', Height: 9, Width: 9}},
		{Kind: zpl.Text, Data: "\x00", Font: zpl.Font{Name: '0', Height: 9, Width: 9}},
		{Kind: zpl.Code128, Symbol: &zpl.SymbolSpec{Module: 1, Height: 1, Codewords: []int{104, 98, 65, 0, 106}}},
		{Kind: zpl.DataMatrix, GS1: true, Data: "é", Symbol: &zpl.SymbolSpec{Module: 1}},
		{},
		{Kind: zpl.Text, Font: zpl.Font{Name: '^', Height: 9, Width: 9}},
		{Kind: zpl.Text, Orientation: '~', Font: zpl.Font{Name: '0', Height: 9, Width: 9}},
		{Kind: zpl.Code128, Data: "1"}, {Kind: zpl.DataMatrix, Data: "1"}, {Kind: zpl.QR, Data: "1"}, {Kind: zpl.Box}, {Kind: zpl.Graphic},
		{Kind: zpl.QR, Data: "1", Symbol: &zpl.SymbolSpec{Module: 1, Level: '^'}},
		{Kind: zpl.Graphic, Bitmap: &raster.Bitmap{Width: 8, Height: 2, Stride: 1, Bits: []byte{1}}},
	} {
		var b bytes.Buffer
		require.Error(t, zpl.NewEncoder(&b).Encode(&zpl.Page{Fields: []zpl.Field{f}}))
		require.Zero(t, b.Len(), "nothing half-written")
		_, err := (&zpl.Page{Settings: zpl.Settings{Width: 9, Length: 9}, Fields: []zpl.Field{f}}).Draw()
		_ = err // no panic
	}
	for _, s := range []zpl.Settings{{Speed: "4^XZ"}, {Mode: '^'}} {
		require.Error(t, zpl.NewEncoder(&bytes.Buffer{}).Encode(&zpl.Page{Settings: s}))
		require.Error(t, zpl.Render(&bytes.Buffer{}, &label.Label{Width: 9, Height: 9}, label.Device{DotsPerMM: 8}, zpl.WithSettings(s)))
	}
}
