package zpl_test

import (
	"bytes"
	"cmp"
	"fmt"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/zpl"
)

func unitTemplate(t testing.TB) *template.Template {
	t.Helper()
	tpl, err := template.ParseFS(os.DirFS("testdata"), "unit.json")
	require.NoError(t, err)
	return tpl
}

func unit(i int) template.Data {
	return template.Data{
		"name": "Infusion set ø 0.9 mm, “sterile”", "gtin": "09506000134352", "lot": "L42^~\\_",
		"made":   "2026-11-22",
		"serial": fmt.Sprintf("A7F92-%06d", i),
		"note":   "Do not use if the package is damaged: see www.example.com\nMade in Malta",
	}
}

// lot is free of characters that AI 10 rejects.
func valid(i int) template.Data {
	d := unit(i)
	d["lot"] = "L42_>8/" + fmt.Sprint(i%7)
	return d
}

var devices = []label.Device{{DotsPerMM: 8}, {DotsPerMM: 11.81}, {DotsPerMM: 12}, {DotsPerMM: 24}}

var optionSets = map[string]zpl.Options{
	"resident":        {},
	"graphic symbols": {GraphicSymbols: true},
	"graphic text":    {GraphicText: true},
	"all graphic":     {GraphicSymbols: true, GraphicText: true},
	"settings": {Settings: zpl.Settings{
		Mode: 'C', Speed: "4", Darkness: 15, HomeX: 3, Inverted: true,
	}},
}

// A rendered label is one format that the interpreter takes without complaint, prints once, and
// does not depend on what was before it.
func TestRender(t *testing.T) {
	l, err := unitTemplate(t).Execute(valid(1))
	require.NoError(t, err)
	for _, d := range devices {
		for name, options := range optionSets {
			var b bytes.Buffer
			require.NoError(t, options.Write(&b, l, d))
			p := page(t, b.String())
			require.Equal(t, 1, p.Quantity)
			require.Equal(t, []int{d.Dots(100), d.Dots(42)}, []int{p.Width, p.Length})
			require.False(t, p.Reprint)
			require.Equal(t, 28, p.Charset)
			after := page(t, "^XA^LH50,50^POI^BY7^CFB,50^FWR^JZY^CI27^PW9^LL9^XZ"+b.String())
			want := normal(p)
			if name == "settings" {
				require.Equal(t, byte('C'), after.Mode)
			}
			require.Equal(t, want, normal(after), "%s %v: another host's settings come through",
				name, d)
		}
	}
}

// What is on the label comes back from the fields: texts in order, symbols with their content.
func TestRenderContent(t *testing.T) {
	d := valid(7)
	l, err := unitTemplate(t).Execute(d)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, zpl.Write(&b, l, label.Device{DotsPerMM: 8}))
	var texts []string
	symbols := map[zpl.FieldKind][]string{}
	for _, f := range page(t, b.String()).Fields {
		switch f.Kind {
		case zpl.TextField:
			texts = append(texts, f.Data)
		case zpl.Code128Field, zpl.DataMatrixField:
			symbols[f.Kind] = append(symbols[f.Kind], fmt.Sprintf("%v %s", f.GS1, f.Data))
		}
	}
	require.Equal(t, []string{"true 0109506000134352112611" + "2210" + d["lot"] + "\x1d21" +
		d["serial"]}, symbols[zpl.DataMatrixField])
	require.Equal(t, []string{"true 010950600013435221" + d["serial"], "false " + d["serial"]},
		symbols[zpl.Code128Field])
	all := strings.Join(texts, "|")
	for _, want := range []string{"Infusion set ø 0.9", "LOT|" + d["lot"] + "|made 2026-11-22",
		"Made in Malta", "(01)09506000134352"} {
		require.Contains(t, all, want)
	}
}

// The bars of the ZPL are those that the label model draws, dot for dot, and so is everything sent
// as a picture.
func TestDrawEqualsRaster(t *testing.T) {
	l, err := unitTemplate(t).Execute(valid(3))
	require.NoError(t, err)
	for i, d := range append(devices, devices...) {
		want, err := raster.Draw(l, d)
		require.NoError(t, err)
		options := zpl.Options{GraphicText: true, GraphicSymbols: i >= len(devices)}
		var b bytes.Buffer
		require.NoError(t, options.Write(&b, l, d))
		got, err := page(t, b.String()).Draw()
		require.NoError(t, err)
		keep(t, fmt.Sprintf("graphic-%v.png", d.DotsPerMM), got)
		keep(t, fmt.Sprintf("raster-%v.png", d.DotsPerMM), want)
		require.Equal(t, want.Width, got.Width)
		different := 0
		for y := range want.Height {
			for x := range want.Width {
				if want.Ink(x, y) != got.Ink(x, y) {
					different++
				}
			}
		}
		require.Zero(t, different,
			"dots of the ZPL's picture differ from the label's at %v dots/mm", d.DotsPerMM)
	}
}

// keep writes a picture to the test's artifacts, where a person can look at it (go test
// -artifacts).
func keep(t testing.TB, name string, b *raster.Bitmap) string {
	path := filepath.Join(t.ArtifactDir(), name)
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(f, b))
	require.NoError(t, f.Close())
	return path
}

// Judges read the symbols of what the ZPL says: each alone, and Data Matrix from the whole page
// too.
func TestJudgesReadThePage(t *testing.T) {
	d := valid(5)
	l, err := unitTemplate(t).Execute(d)
	require.NoError(t, err)
	for name, options := range optionSets {
		var b bytes.Buffer
		require.NoError(t, options.Write(&b, l, label.Device{DotsPerMM: 12}))
		p := page(t, b.String())
		picture, err := p.Draw()
		require.NoError(t, err)
		path := keep(t, strings.ReplaceAll(name, " ", "-")+".png", picture)
		t.Run("dmtxread", func(t *testing.T) {
			out, err := exec.Command(ci.Program(t, "dmtxread"), "-N1", "-G29", path).Output()
			require.NoError(t, err, name)
			require.Equal(t, "010950600013435211261122"+"10"+d["lot"]+"\x1d21"+d["serial"],
				strings.TrimPrefix(string(out), "\x1d"), name)
		})
		for _, f := range p.Fields {
			if name != "resident" {
				break // its symbols have been judged
			}
			if f.Kind == zpl.Code128Field || f.Kind == zpl.DataMatrixField {
				judgeSymbol(t, f)
			}
		}
	}
}

// judgeSymbol has a field's symbol read from a page that has nothing else.
func judgeSymbol(t *testing.T, f zpl.Field) {
	m := f.Symbol.Module
	f.X, f.Y, f.Orientation = 10*m, 10*m, 'N'
	page := zpl.Page{Settings: zpl.Settings{Width: 2000,
		Length: 20*m + cmp.Or(f.Symbol.Height, 400)}, Fields: []zpl.Field{f}}
	picture, err := page.Draw()
	require.NoError(t, err)
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	require.NoError(t, err)
	reader := oned.NewCode128Reader()
	lead := ""
	if f.Kind == zpl.DataMatrixField {
		reader = datamatrix.NewDataMatrixReader()
		lead = "\x1d" // for FNC1 in first position
	}
	result, err := reader.Decode(bits,
		map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	require.NoError(t, err, "%v", f.Kind)
	require.Equal(t, lead+f.Data, result.GetText())

	t.Run("ZXingReader", func(t *testing.T) {
		program := ci.Program(t, "ZXingReader")
		path := keep(t, f.Kind.String()+".png", picture)
		out, err := exec.Command(program, "-bytes", "-ispure", path).Output()
		require.NoError(t, err)
		require.Equal(t, f.Data, string(out))
		report, err := exec.Command(program, "-ispure", path).Output()
		require.NoError(t, err)
		identifier := map[zpl.FieldKind][2]string{zpl.Code128Field: {"]C0", "]C1"},
			zpl.DataMatrixField: {"]d1", "]d2"}}[f.Kind]
		gs1 := 0
		if f.GS1 {
			gs1 = 1
		}
		require.Contains(t, string(report), identifier[gs1])
	})
}

// No serial number makes a symbol that ^BC can't express: pictures are for what is not ASCII.
func TestSerialsAreNative(t *testing.T) {
	f, err := zpl.Compile(unitTemplate(t), devices[0])
	require.NoError(t, err)
	for i := range 2000 {
		out, err := f.Append(nil, valid(i*491))
		require.NoError(t, err)
		require.Equal(t, 2, bytes.Count(out, []byte("^BC")), "%s", out)
		require.Equal(t, 1, bytes.Count(out, []byte("^BX")), "%s", out)
	}
}

// Append writes what Render writes of the executed template, for random data, good and bad.
func TestAppendEqualsRender(t *testing.T) {
	n := 150
	if testing.Short() {
		n = 60
	}
	pallet, err := template.ParseFS(os.DirFS("testdata"), "pallet.json")
	require.NoError(t, err)
	for _, d := range devices[:2] {
		for name, options := range optionSets {
			n := n
			if strings.Contains(name, "graphic") { // drawing takes its time
				n /= 8
			}
			appendEqualsRender(t, unitTemplate(t), d, options, n, randomData)
			appendEqualsRender(t, pallet, d, options, n, randomPallet)
		}
	}
}

func appendEqualsRender(t *testing.T, tpl *template.Template, d label.Device, options zpl.Options,
	n int, random func(*rand.Rand) template.Data) {
	f, err := options.Compile(tpl, d)
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(4, 2))
	refused := 0
	for range n {
		data := random(r)
		got, err := f.Append([]byte("before"), data)
		l, executed := tpl.Execute(data)
		var want bytes.Buffer
		want.WriteString("before")
		if executed == nil {
			executed = options.Write(&want, l, d)
		}
		if executed != nil {
			refused++
			require.Error(t, err, "%v", data)
			require.Equal(t, executed.Error(), err.Error())
		} else {
			require.NoError(t, err, "%v", data)
		}
		require.Equal(t, want.String(), string(got), "%v", data)
	}
	require.Less(t, refused, n*3/4, "too few good labels to mean anything")
}

func TestAppendConcurrently(t *testing.T) {
	f, err := zpl.Compile(unitTemplate(t), devices[0])
	require.NoError(t, err)
	var want [50][]byte
	for i := range want {
		want[i], err = f.Append(nil, valid(i))
		require.NoError(t, err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range want {
				if got, err := f.Append(nil, valid(i)); err != nil || !bytes.Equal(got, want[i]) {
					t.Errorf("label %d differs: %v", i, err)
				}
			}
		})
	}
	group.Wait()
}

func randomPallet(r *rand.Rand) template.Data {
	d := template.Data{"gtin": "09506000134352", "sscc": "395060000000001235",
		"serial": fmt.Sprint("A", r.Uint32())}
	switch r.IntN(8) {
	case 0:
		d["serial"] = string(rune(' ' + r.IntN(1000)))
	case 1:
		d["sscc"] = "395060000000001236"
	}
	return d
}

func randomData(r *rand.Rand) template.Data {
	pick := func(alphabet string, n int) string {
		b := make([]byte, r.IntN(n)+1)
		for i := range b {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(b)
	}
	const set82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
	d := valid(r.IntN(1e6))
	d["serial"], d["lot"] = pick(set82, 12), pick(set82, 8)
	d["name"] = pick(set82+" ^~\\ ", 30)
	d["note"] = pick("ab ^~\\_>", 40) + "\n" + pick("ab ^~\\_>", 40)
	switch r.IntN(10) {
	case 0:
		d["serial"] = pick("^~\\{}@", 5)
	case 1:
		d["gtin"] = "09506000134353"
	case 2:
		delete(d, "note")
	case 3:
		d["name"] = strings.Repeat("W", 40)
	}
	return d
}

func TestCompileHash(t *testing.T) {
	tpl := unitTemplate(t)
	seen := map[string]string{}
	for _, d := range devices {
		for name, options := range optionSets {
			f, err := options.Compile(tpl, d)
			require.NoError(t, err)
			what := fmt.Sprint(name, d)
			require.Empty(t, seen[f.Hash()], what)
			seen[f.Hash()] = what
			again, err := options.Compile(tpl, d)
			require.NoError(t, err)
			require.Equal(t, f.Hash(), again.Hash())
		}
	}
}
