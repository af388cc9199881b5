package label_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
)

// template is a label of 50 × 30 mm with some fields and the given elements, of which the first stands in line 5.
func template(elements string) string {
	return `{"width": 50, "height": 30,
 "fields": [{"name": "lot", "max": 20}, {"name": "gtin", "kind": "number", "max": 14}, {"name": "made", "kind": "date"},
  {"name": "note", "optional": true}],
 "elements": [
` + elements + `
 ]}`
}

func parse(s string) (*label.Template, error) { return label.Parse(strings.NewReader(s)) }

func TestParseSaysWhereAndWhat(t *testing.T) {
	const text = `"x": 1, "y": 1, "width": 20, "size": 2`
	const code = `"type": "symbol", "x": 1, "y": 1, "x-dimension": 0.5`
	for _, c := range []struct{ why, template, says string }{
		{"unknown field", template(`  {"type": "text", "name": "batch", ` + text + `, "content": "LOT {lto}"}`),
			`template:5:94: element 1 (batch): unknown field "lto": did you mean "lot"?`},
		{"unknown field behind an escape", template(`  {"type": "text", ` + text + `, "content": "\u00e9\n{lto}"}`),
			`template:5:81: element 1: unknown field "lto"`},
		{"unknown key", template(`  {"type": "text", ` + text + `, "content": "a", "colour": 1}`),
			`template:5:76: element 1: unknown key "colour": known are name, type,`},
		{"misspelt key", template(`  {"type": "text", ` + text + `, "content": "a", "algin": "left"}`),
			`unknown key "algin": did you mean "align"?`},
		{"unknown element type", template(`  {"type": "barcode"}`), `template:5:12: element 1: unknown element type "barcode"`},
		{"missing element type", template(`  {"name": "a"}`), `template:5:3: element 1 (a): key "type" is missing here`},
		{"length is text", template(`  {"type": "text", "x": "1 mm"}`), `template:5:25: element 1: "x" must be a number`},
		{"length is negative", template(`  {"type": "text", "x": 1, "y": 1, "width": -2}`), `template:5:45: element 1: "width" is -2: it must be 0 to 10000`},
		{"length is zero", template(`  {"type": "text", "x": 1, "y": 1, "width": 0}`), `"width" must be a length above 0 mm`},
		{"second element", template(`  {"type": "text", ` + text + `, "content": "a"},` + "\n" + `  {"type": "texd"}`), `template:6:12: element 2: unknown element type "texd": did you mean "text"?`},
		{"key twice", template(`  {"type": "text", "x": 1, "x": 2}`), `template:5:28: key "x" stands here twice`},
		{"rotation", template(`  {"type": "text", ` + text + `, "rotate": 45, "content": "a"}`), `must be 0, 90, 180 or 270 degrees`},
		{"face", template(`  {"type": "text", ` + text + `, "face": "blod", "content": "a"}`), `unknown face "blod": did you mean "bold"?`},
		{"brace open", template(`  {"type": "text", ` + text + `, "content": "a{lot"}`), `"{" without "}"`},
		{"brace closed", template(`  {"type": "text", ` + text + `, "content": "a}"}`), `"}" without "{": write }} for a brace`},
		{"format of a text", template(`  {"type": "text", ` + text + `, "content": "{lot:000}"}`), `field "lot" is a text and takes no format`},
		{"format of a date", template(`  {"type": "text", ` + text + `, "content": "{made:yyyy}"}`), `format "yyyy" of date "made": it is made of YYYY`},
		{"format of a number", template(`  {"type": "text", ` + text + `, "content": "{gtin:5d}"}`), `write as many zeros`},
		{"format missing", template(`  {"type": "text", ` + text + `, "content": "{made:}"}`), `no format behind "made:"`},
		{"check digit over text", template(`  {"type": "text", ` + text + `, "content": "{lot}{check}"}`), `{check} follows digits only, and field "lot" may be something else`},
		{"check digit over nothing", template(`  {"type": "text", ` + text + `, "content": "{check}"}`), `{check} has no digits before it`},
		{"constant text too wide", template(`  {"type": "text", ` + text + `, "content": "` + strings.Repeat("W", 30) + `"}`), `mm wide at 2.00 mm cap height and its frame 20.00 mm`},
		{"GS1 content without AI", template(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "{gtin}"}`), `begins with an AI in parentheses`},
		{"GS1 AI unknown", template(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(09){gtin}"}`), `unknown AI (09)`},
		{"GS1 AI not digits", template(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(ab){gtin}"}`), `"ab" is not an AI`},
		{"GS1 AI open", template(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(01{gtin}"}`), `"(" without ")"`},
		{"GS1 AI without value", template(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(01)(10){lot}"}`), `AI (01) has no value`},
		{"symbology unknown", template(`  {` + code + `, "symbology": "gs1128", "content": "(01){gtin}"}`), `unknown symbology "gs1128": did you mean "gs1-128"?`},
		{"bars without height", template(`  {` + code + `, "symbology": "gs1-128", "content": "(01){gtin}"}`), `key "bar-height" is missing here`},
		{"HRI without size", template(`  {` + code + `, "symbology": "gs1-datamatrix", "hri": {"place": "below"}, "content": "(01){gtin}"}`), `key "size" is missing here`},
		{"box of no kind", template(`  {"type": "box", "x": 1, "y": 1, "width": 1, "height": 1}`), `either a "thickness" or "filled": true`},
		{"slanted line", template(`  {"type": "line", "x": 1, "y": 1, "width": 1, "height": 1, "thickness": 0.2}`), `slanted ones are paths`},
		{"path with an arc", template(`  {"type": "path", "x": 1, "y": 1, "width": 1, "height": 1, "d": "M0 0 A1 1 0 0 0 1 1"}`), `template:5:72: element 1: unknown path command "A": use M L H V C Q Z, and curves in place of arcs`},
		{"path with a missing number", template(`  {"type": "path", "x": 1, "y": 1, "width": 1, "height": 1, "d": "M0 0 L1"}`), `wants a number here`},
		{"path of nothing", template(`  {"type": "path", "x": 1, "y": 1, "width": 1, "height": 1, "d": "M0 0"}`), `encloses nothing`},
		{"picture without a folder", template(`  {"type": "image", "x": 1, "y": 1, "width": 1, "height": 1, "file": "logo.png"}`), `read with ParseFS`},
		{"duplicate field", `{"width": 5, "height": 5, "fields": [{"name": "a"}, {"name": "a"}], "elements": []}`, `template:1:62: field "a" is declared twice`},
		{"field of an unknown kind", `{"width": 5, "height": 5, "fields": [{"name": "a", "kind": "int"}], "elements": []}`, `unknown kind "int"`},
		{"field called check", `{"width": 5, "height": 5, "fields": [{"name": "check"}], "elements": []}`, `"check" is the expression for a check digit`},
		{"field without a name", `{"width": 5, "height": 5, "fields": [{"kind": "date"}], "elements": []}`, `key "name" is missing`},
		{"field with a space", `{"width": 5, "height": 5, "fields": [{"name": "a b"}], "elements": []}`, `cannot name a field`},
		{"length limit of half a character", `{"width": 5, "height": 5, "fields": [{"name": "a", "max": 1.5}], "elements": []}`, `must be a whole number`},
		{"value that names a later one", `{"width": 5, "height": 5, "values": {"a": "{b}", "b": "1"}, "elements": []}`, `template:1:45: unknown field "b"`},
		{"no width", `{"height": 5, "elements": []}`, `key "width" is missing here`},
		{"no elements", `{"width": 5, "height": 5}`, `key "elements" is missing here`},
		{"application", `{"width": 5, "height": 5, "application": "logistics", "elements": []}`, `unknown application "logistics"`},
		{"not an object", `[]`, `template:1:1: a template must be an object`},
		{"empty", ``, `template:1:1: the template ends in the middle`},
		{"cut off", `{"width": 5,` + "\n" + `"height"`, `template:2:9: the template ends in the middle`},
		{"not JSON", `{"width": 5,` + "\n" + ` height: 5}`, `template:2:2: not JSON`},
		{"something behind", `{"width": 5, "height": 5, "elements": []} x`, `template:1:43: something follows`},
		{"not UTF-8", "{\"width\": 5,\n\"\xff\": 5}", `template:2:2: not UTF-8`},
		{"too deep", strings.Repeat(`{"a":`, 30), `nested deeper`},
		{"too many elements", `{"elements": [` + strings.Repeat("1,", 3000) + `1]}`, `more than 2000 members`},
		{"too long", `{"width": 5` + strings.Repeat(" ", 1<<20) + `}`, `at most 1048576 bytes`},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := parse(c.template)
			var wrong *label.ParseError
			require.ErrorAs(t, err, &wrong)
			require.Contains(t, err.Error(), c.says)
			require.Positive(t, wrong.Line)
			require.Positive(t, wrong.Column)
		})
	}
}

func TestParseFSNamesTheFile(t *testing.T) {
	_, err := label.ParseFS(fstest.MapFS{"labels/a.json": {Data: []byte(`{}`)}}, "labels/a.json")
	require.EqualError(t, err, `labels/a.json:1:1: key "width" is missing here`)
	_, err = label.ParseFS(fstest.MapFS{}, "b.json")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "b.json")
}

func TestParseFSReadsPictures(t *testing.T) {
	picture := image.NewNRGBA(image.Rect(0, 0, 3, 1))
	picture.Set(0, 0, color.Black)
	picture.Set(1, 0, color.Gray{Y: 0xa0})
	picture.Set(2, 0, color.NRGBA{A: 0x10}) // nearly transparent black is light
	var logo bytes.Buffer
	require.NoError(t, png.Encode(&logo, picture))
	const element = `  {"type": "image", "x": 1, "y": 1, "width": 3, "height": 1, "file": "logo.png", "threshold": 0.8}`
	folder := fstest.MapFS{"labels/a.json": {Data: []byte(template(element))}, "labels/logo.png": {Data: logo.Bytes()}}
	read, err := label.ParseFS(folder, "labels/a.json")
	require.NoError(t, err)
	ink := read.Entries()[0].Element.(*label.Image).Ink
	require.Equal(t, []uint8{1, 1, 0}, []uint8{ink.ColorIndexAt(0, 0), ink.ColorIndexAt(1, 0), ink.ColorIndexAt(2, 0)})

	folder["labels/logo.png"] = &fstest.MapFile{Data: []byte("GIF89a")}
	_, err = label.ParseFS(folder, "labels/a.json")
	require.ErrorContains(t, err, `labels/a.json:5:70: element 1: picture "logo.png"`)
	delete(folder, "labels/logo.png")
	_, err = label.ParseFS(folder, "labels/a.json")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "put it beside the template")
}

func TestHashIdentifiesTheTemplate(t *testing.T) {
	a, err := parse(template(""))
	require.NoError(t, err)
	b, err := parse(template(" "))
	require.NoError(t, err)
	again, err := parse(template(""))
	require.NoError(t, err)
	require.Len(t, a.Hash(), 64)
	require.NotEqual(t, a.Hash(), b.Hash())
	require.Equal(t, a.Hash(), again.Hash())
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestParseReportsAReaderThatFails(t *testing.T) {
	_, err := label.Parse(brokenReader{})
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

func FuzzParse(f *testing.F) {
	f.Add(template(`{"type": "text", "x": 1, "y": 1, "width": 20, "size": 2, "wrap": true, "content": "LOT {lot} {{ {made:DD.MM.YY}"}`))
	f.Add(template(`{"type": "symbol", "x": 1, "y": 1, "x-dimension": 0.5, "symbology": "gs1-datamatrix", "hri": {"place": "beside", "size": 1}, "content": "(01){gtin}(11){made:YYMMDD}(10){lot}\\(a"}`))
	f.Add(template(`{"type": "path", "x": 1, "y": 1, "width": 9, "height": 9, "view": [24, 24], "d": "M1 2h3v4l5-6C1,2 3,4 5,6q7 8 9 10z"}, {"type": "line", "x": 1, "y": 2, "width": 3, "thickness": 0.1}`))
	f.Add(`{"width": 100, "height": 150, "application": "logistic-units", "fields": [{"name": "n", "kind": "number"}], "values": {"s": "{n:00}{check}"}, "elements": [{"type": "box", "x": 0, "y": 0, "width": 9, "height": 9, "filled": true}]}`)
	f.Fuzz(func(t *testing.T, source string) {
		read, err := parse(source)
		if err != nil {
			if message := err.Error(); message == "" || strings.Contains(message, "%!") {
				t.Fatalf("message %q", message)
			}
			return
		}
		data := label.Data{}
		for _, field := range read.Fields() {
			data[field.Name] = map[label.Kind]string{label.KindText: "L42", label.KindNumber: "7", label.KindDate: "2027-02-28"}[field.Kind]
		}
		l, err := read.Execute(data)
		if err != nil {
			return
		}
		for _, finding := range l.Preflight(label.Device{DotsPerMM: 8}) {
			_ = finding.String()
		}
		if again, err := parse(source); err != nil || again.Hash() != read.Hash() {
			t.Fatalf("read again: %v", err)
		}
	})
}
