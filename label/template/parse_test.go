package template_test

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
	"github.com/gonameplate/nameplate/label/template"
)

// source is the template of a label of 50 × 30 mm with some fields and the given elements, of
// which the first stands in line 5.
func source(elements string) string {
	return `{"width": 50, "height": 30,
 "fields": [{"name": "lot", "max": 20}, {"name": "gtin", "kind": "number", "max": 14}, {"name": "made", "kind": "date"},
  {"name": "note", "optional": true}],
 "elements": [
` + elements + `
 ]}`
}

func parse(s string) (*template.Template, error) { return template.Parse(strings.NewReader(s)) }

func TestParseSaysWhereAndWhat(t *testing.T) {
	const text = `"x": 1, "y": 1, "width": 20, "size": 2`
	const code = `"type": "symbol", "x": 1, "y": 1, "x-dimension": 0.5`
	for _, c := range []struct{ why, template, want string }{
		{"unknown field",
			source(`  {"type": "text", "name": "batch", ` + text + `, "content": "LOT {lto}"}`),
			`line 5, column 94: element 1 (batch): unknown field "lto"; did you mean "lot"?`},
		{"unknown field behind an escape",
			source(`  {"type": "text", ` + text + `, "content": "\u00e9\n{lto}"}`),
			`line 5, column 81: element 1: unknown field "lto"; did you mean "lot"?`},
		{"unknown key",
			source(`  {"type": "text", ` + text + `, "content": "a", "colour": 1}`),
			`line 5, column 76: element 1: unknown key "colour"; known are name, type, comment, ` +
				`x, y, width, height, rotate, face, size, min-size, line-height, align, valign, ` +
				`wrap, white, content`},
		{"misspelt key",
			source(`  {"type": "text", ` + text + `, "content": "a", "algin": "left"}`),
			`line 5, column 76: element 1: unknown key "algin"; did you mean "align"?`},
		{"unknown element type",
			source(`  {"type": "barcode"}`),
			`line 5, column 12: element 1: unknown element type "barcode"; known are text, ` +
				`symbol, box, line, path, image, tag`},
		{"missing element type",
			source(`  {"name": "a"}`),
			`line 5, column 3: element 1 (a): key "type" is missing here`},
		{"length is text",
			source(`  {"type": "text", "x": "1 mm"}`),
			`line 5, column 25: element 1: "x" is "1 mm", want a number`},
		{"length is negative",
			source(`  {"type": "text", "x": 1, "y": 1, "width": -2}`),
			`line 5, column 45: element 1: "width" is -2, want 0 to 10000`},
		{"length is zero",
			source(`  {"type": "text", "x": 1, "y": 1, "width": 0}`),
			`line 5, column 45: element 1: "width" is 0, want a length above 0 mm`},
		{"second element",
			source(`  {"type": "text", ` +
				text +
				`, "content": "a"},` +
				"\n" +
				`  {"type": "texd"}`),
			`line 6, column 12: element 2: unknown element type "texd"; did you mean "text"?`},
		{"key twice",
			source(`  {"type": "text", "x": 1, "x": 2}`),
			`line 5, column 28: key "x" is here twice; remove one`},
		{"rotation",
			source(`  {"type": "text", ` + text + `, "rotate": 45, "content": "a"}`),
			`line 5, column 70: element 1: "rotate" is 45, want 0, 90, 180 or 270 degrees`},
		{"face",
			source(`  {"type": "text", ` + text + `, "face": "blod", "content": "a"}`),
			`line 5, column 68: element 1: unknown face "blod"; did you mean "bold"?`},
		{"brace open",
			source(`  {"type": "text", ` + text + `, "content": "a{lot"}`),
			`line 5, column 73: element 1: "{" without "}"; close the expression, or write {{ ` +
				`for a brace`},
		{"brace closed",
			source(`  {"type": "text", ` + text + `, "content": "a}"}`),
			`line 5, column 73: element 1: "}" without "{"; write }} for a brace`},
		{"format of a text",
			source(`  {"type": "text", ` + text + `, "content": "{lot:000}"}`),
			`line 5, column 73: element 1: field "lot" is a text and takes no format; declare ` +
				`its kind as date or number`},
		{"format of a date",
			source(`  {"type": "text", ` + text + `, "content": "{made:yyyy}"}`),
			`line 5, column 73: element 1: format "yyyy" of date "made", want YYYY, YY, MM, DD ` +
				`and - . / : or space`},
		{"format of a number",
			source(`  {"type": "text", ` + text + `, "content": "{gtin:5d}"}`),
			`line 5, column 73: element 1: format "5d" of number "gtin", want a zero for each ` +
				`digit, such as {gtin:000}`},
		{"format missing",
			source(`  {"type": "text", ` + text + `, "content": "{made:}"}`),
			`line 5, column 73: element 1: no format behind "made:"; write {made} or a format`},
		{"check digit over text",
			source(`  {"type": "text", ` + text + `, "content": "{lot}{check}"}`),
			`line 5, column 78: element 1: {check} must follow digits only, but field "lot" may ` +
				`be something else; declare the fields before it as numbers that are not optional`},
		{"check digit over nothing",
			source(`  {"type": "text", ` + text + `, "content": "{check}"}`),
			`line 5, column 73: element 1: {check} has no digits before it`},
		{"constant text too wide",
			source(`  {"type": "text", ` +
				text +
				`, "content": "` +
				strings.Repeat("W", 30) +
				`"}`),
			`line 5, column 3: element 1: text "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW" is 78.36 mm wide ` +
				`at a cap height of 2.00 mm, want at most 20.00 mm; shorten it, widen the frame or ` +
				`allow a smaller size`},
		{"GS1 content without AI",
			source(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "{gtin}"}`),
			`line 5, column 101: element 1: "{" stands where a GS1 message has an AI in ` +
				`parentheses; begin with one, such as (01)`},
		{"GS1 AI unknown",
			source(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(09){gtin}"}`),
			`line 5, column 102: element 1: unknown AI (09); see the GS1 General Specifications, ` +
				`section 3`},
		{"GS1 AI not digits",
			source(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(ab){gtin}"}`),
			`line 5, column 102: element 1: "ab" is not an AI, want two to four digits`},
		{"GS1 AI open",
			source(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(01{gtin}"}`),
			`line 5, column 101: element 1: "(" without ")"; write an AI as (10), and a ` +
				`parenthesis in a value as \(`},
		{"GS1 AI without value",
			source(`  {` + code + `, "symbology": "gs1-datamatrix", "content": "(01)(10){lot}"}`),
			`line 5, column 101: element 1: AI (01) has no value; write one or an {expression} ` +
				`behind it`},
		{"symbology unknown",
			source(`  {` + code + `, "symbology": "gs1128", "content": "(01){gtin}"}`),
			`line 5, column 71: element 1: unknown symbology "gs1128"; did you mean "gs1-128"?`},
		{"bars without height",
			source(`  {` + code + `, "symbology": "gs1-128", "content": "(01){gtin}"}`),
			`line 5, column 3: element 1: key "bar-height" is missing here`},
		{"HRI without size",
			source(`  {` +
				code +
				`, "symbology": "gs1-datamatrix", "hri": {"place": "below"}, "content": "(01){gtin}"}`),
			`line 5, column 96: element 1: key "size" is missing here`},
		{"box of no kind",
			source(`  {"type": "box", "x": 1, "y": 1, "width": 1, "height": 1}`),
			`line 5, column 3: element 1: a box needs either a "thickness" or "filled": true`},
		{"slanted line",
			source(`  {"type": "line", "x": 1, "y": 1, "width": 1, "height": 1, "thickness": 0.2}`),
			`line 5, column 3: element 1: a line needs either a "width" or a "height"; draw ` +
				`slanted ones as paths`},
		{"path with an arc",
			source(`  {"type": "path", "x": 1, "y": 1, "width": 1, "height": 1, "d": "M0 0 A1 1 0 0 0 1 1"}`),
			`line 5, column 72: element 1: unknown path command "A"; use M L H V C Q Z, and ` +
				`curves in place of arcs`},
		{"path with a missing number",
			source(`  {"type": "path", "x": 1, "y": 1, "width": 1, "height": 1, "d": "M0 0 L1"}`),
			`line 5, column 74: element 1: the path's "L" lacks a number; write one such as 1.5`},
		{"path of nothing",
			source(`  {"type": "path", "x": 1, "y": 1, "width": 1, "height": 1, "d": "M0 0"}`),
			`line 5, column 67: element 1: the path encloses nothing; begin with M and draw lines`},
		{"picture without a folder",
			source(`  {"type": "image", "x": 1, "y": 1, "width": 1, "height": 1, "file": "logo.png"}`),
			`line 5, column 70: element 1: picture "logo.png": the template has no folder; read ` +
				`it with ParseFS`},
		{"duplicate field",
			`{"width": 5, "height": 5, "fields": [{"name": "a"}, {"name": "a"}], "elements": []}`,
			`line 1, column 62: field "a" is declared twice; remove one`},
		{"field of an unknown kind",
			`{"width": 5, "height": 5, "fields": [{"name": "a", "kind": "int"}], "elements": []}`,
			`line 1, column 60: unknown kind "int"; known are text, date, number`},
		{"field called check",
			`{"width": 5, "height": 5, "fields": [{"name": "check"}], "elements": []}`,
			`line 1, column 47: "check" is the expression for a check digit and cannot be the ` +
				`name of a field; choose another name`},
		{"field without a name",
			`{"width": 5, "height": 5, "fields": [{"kind": "date"}], "elements": []}`,
			`line 1, column 38: key "name" is missing here`},
		{"field with a space",
			`{"width": 5, "height": 5, "fields": [{"name": "a b"}], "elements": []}`,
			`line 1, column 47: "a b" cannot be the name of a field; use letters, digits, _ . ` +
				`and -, a letter first`},
		{"length limit of half a character",
			`{"width": 5, "height": 5, "fields": [{"name": "a", "max": 1.5}], "elements": []}`,
			`line 1, column 59: "max" is 1.5, want a whole number`},
		{"value that names a later one",
			`{"width": 5, "height": 5, "values": {"a": "{b}", "b": "1"}, "elements": []}`,
			`line 1, column 45: unknown field "b"; declare it in "fields"`},
		{"no width",
			`{"height": 5, "elements": []}`,
			`line 1, column 1: key "width" is missing here`},
		{"no elements",
			`{"width": 5, "height": 5}`,
			`line 1, column 1: key "elements" is missing here`},
		{"application",
			`{"width": 5, "height": 5, "application": "logistics", "elements": []}`,
			`line 1, column 42: unknown application "logistics"; known are any, ` +
				`general-distribution, logistic-units, regulated-healthcare, retail-pharmacy`},
		{"not an object",
			`[]`,
			`line 1, column 1: the template is a list, want an object in braces`},
		{"empty",
			``,
			`line 1, column 1: the template ends too early; close its brackets and braces`},
		{"cut off",
			`{"width": 5,` + "\n" + `"height"`,
			`line 2, column 9: the template ends too early; close its brackets and braces`},
		{"not JSON",
			`{"width": 5,` + "\n" + ` height: 5}`,
			`line 2, column 2: not JSON: invalid character 'h' looking for beginning of object ` +
				`key string`},
		{"something behind",
			`{"width": 5, "height": 5, "elements": []} x`,
			`line 1, column 43: something follows the end of the template; remove it`},
		{"not UTF-8",
			"{\"width\": 5,\n\"\xff\": 5}",
			`line 2, column 2: not UTF-8; save it as UTF-8`},
		{"too deep",
			strings.Repeat(`{"a":`, 30),
			`line 1, column 81: nested more than 16 deep`},
		{"too many elements",
			`{"elements": [` + strings.Repeat("1,", 3000) + `1]}`,
			`line 1, column 4015: more than 2000 members`},
		{"too long",
			`{"width": 5` + strings.Repeat(" ", 1<<20) + `}`,
			`line 1, column 1048578: more than 1048576 bytes`},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := parse(c.template)
			var wrong *template.ParseError
			require.ErrorAs(t, err, &wrong)
			require.EqualError(t, err, "template: "+c.want)
			require.Positive(t, wrong.Line)
			require.Positive(t, wrong.Column)
		})
	}
}

func TestParseFSNamesTheFile(t *testing.T) {
	_, err := template.ParseFS(fstest.MapFS{"labels/a.json": {Data: []byte(`{}`)}}, "labels/a.json")
	require.EqualError(t, err, `template: labels/a.json:1:1: key "width" is missing here`)
	_, err = template.ParseFS(fstest.MapFS{}, "b.json")
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
	folder := fstest.MapFS{"labels/a.json": {Data: []byte(source(element))},
		"labels/logo.png": {Data: logo.Bytes()}}
	read, err := template.ParseFS(folder, "labels/a.json")
	require.NoError(t, err)
	ink := onlyElement(t, read).(*label.Image).Ink
	require.Equal(t, []uint8{1, 1, 0}, []uint8{ink.ColorIndexAt(0, 0), ink.ColorIndexAt(1, 0),
		ink.ColorIndexAt(2, 0)})

	folder["labels/logo.png"] = &fstest.MapFile{Data: []byte("GIF89a")}
	_, err = template.ParseFS(folder, "labels/a.json")
	require.ErrorContains(t, err, `labels/a.json:5:70: element 1: picture "logo.png"`)
	delete(folder, "labels/logo.png")
	_, err = template.ParseFS(folder, "labels/a.json")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "put it beside the template")
}

// onlyElement returns the element of a template that has one.
func onlyElement(t *testing.T, tpl *template.Template) label.Element {
	t.Helper()
	var all []label.Element
	for e := range tpl.Program().Elements() {
		all = append(all, e)
	}
	require.Len(t, all, 1)
	return all[0]
}

func TestHashIdentifiesTheTemplate(t *testing.T) {
	a, err := parse(source(""))
	require.NoError(t, err)
	b, err := parse(source(" "))
	require.NoError(t, err)
	again, err := parse(source(""))
	require.NoError(t, err)
	require.Len(t, a.Hash(), 64)
	require.NotEqual(t, a.Hash(), b.Hash())
	require.Equal(t, a.Hash(), again.Hash())
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestParseReportsAReaderThatFails(t *testing.T) {
	_, err := template.Parse(brokenReader{})
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

func FuzzParse(f *testing.F) {
	f.Add(source(`{"type": "text", "x": 1, "y": 1, "width": 20, "size": 2, "wrap": true, "content": "LOT {lot} {{ {made:DD.MM.YY}"}`))
	f.Add(source(`{"type": "symbol", "x": 1, "y": 1, "x-dimension": 0.5, "symbology": "gs1-datamatrix", "hri": {"place": "beside", "size": 1}, "content": "(01){gtin}(11){made:YYMMDD}(10){lot}\\(a"}`))
	f.Add(source(`{"type": "path", "x": 1, "y": 1, "width": 9, "height": 9, "view": [24, 24], "d": "M1 2h3v4l5-6C1,2 3,4 5,6q7 8 9 10z"}, {"type": "line", "x": 1, "y": 2, "width": 3, "thickness": 0.1}`))
	f.Add(`{"width": 100, "height": 150, "application": "logistic-units", "fields": [{"name": "n", "kind": "number"}], "values": {"s": "{n:00}{check}"}, "elements": [{"type": "box", "x": 0, "y": 0, "width": 9, "height": 9, "filled": true}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		read, err := parse(text)
		if err != nil {
			if message := err.Error(); message == "" || strings.Contains(message, "%!") {
				t.Fatalf("message %q", message)
			}
			return
		}
		data := template.Data{}
		for _, field := range read.Fields() {
			data[field.Name] = map[template.FieldKind]string{template.KindText: "L42",
				template.KindNumber: "7", template.KindDate: "2027-02-28"}[field.Kind]
		}
		l, err := read.Execute(data)
		if err != nil {
			return
		}
		for _, finding := range l.Preflight(label.Device{DotsPerMM: 8}) {
			_ = finding.String()
		}
		if again, err := parse(text); err != nil || again.Hash() != read.Hash() {
			t.Fatalf("read again: %v", err)
		}
	})
}
