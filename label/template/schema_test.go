package template_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
)

// A schema is the part of JSON Schema (draft 7) that schema.json uses.
type schema struct {
	Schema               string `json:"$schema"`
	Ref                  string `json:"$ref"`
	Title, Description   string
	Type                 string
	Const                any
	Enum                 []any
	Pattern              string
	Properties           map[string]*schema
	AdditionalProperties json.RawMessage
	Required             []string
	Items                *schema
	OneOf                []*schema
	Definitions          map[string]*schema
	Minimum, Maximum     *float64
	ExclusiveMinimum     *float64
	MinItems, MaxItems   *int
}

func loadSchema(t *testing.T) *schema {
	t.Helper()
	f, err := os.Open("schema.json")
	require.NoError(t, err)
	defer f.Close()
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	s := new(schema)
	require.NoError(t, dec.Decode(s))
	return s
}

// validate returns what is wrong with a value, or "".
func (s *schema) validate(root *schema, v any) string {
	if s.Ref != "" {
		return root.Definitions[strings.TrimPrefix(s.Ref, "#/definitions/")].validate(root, v)
	}
	if s.OneOf != nil {
		var wrong []string
		for _, one := range s.OneOf {
			if fault := one.validate(root, v); fault != "" {
				wrong = append(wrong, fault)
			}
		}
		if len(wrong) != len(s.OneOf)-1 {
			return fmt.Sprintf("%d of %d fit: %q", len(s.OneOf)-len(wrong), len(s.OneOf), wrong)
		}
		return ""
	}
	if s.Const != nil && s.Const != v {
		return fmt.Sprintf("%v is not %v", v, s.Const)
	}
	if s.Enum != nil && !slices.Contains(s.Enum, v) {
		return fmt.Sprintf("%v is none of %v", v, s.Enum)
	}
	switch v := v.(type) {
	case string:
		if s.Type != "string" || !regexp.MustCompile(s.Pattern).MatchString(v) {
			return fmt.Sprintf("%q is no %s %s", v, s.Type, s.Pattern)
		}
	case bool:
		if s.Type != "boolean" {
			return fmt.Sprintf("%v is no %s", v, s.Type)
		}
	case float64:
		return s.validateNumber(v)
	case []any:
		if s.Type != "array" || s.MinItems != nil && len(v) < *s.MinItems || s.MaxItems != nil &&
			len(v) > *s.MaxItems {
			return "a list that is none"
		}
		for i, item := range v {
			if fault := s.Items.validate(root, item); fault != "" {
				return fmt.Sprintf("%d: %s", i, fault)
			}
		}
	case map[string]any:
		return s.validateObject(root, v)
	}
	return ""
}

func (s *schema) validateNumber(v float64) string {
	switch {
	case s.Type != "number" && (s.Type != "integer" || v != math.Trunc(v)):
		return fmt.Sprintf("%v is no %s", v, s.Type)
	case s.Minimum != nil && v < *s.Minimum, s.Maximum != nil && v > *s.Maximum,
		s.ExclusiveMinimum != nil && v <= *s.ExclusiveMinimum:
		return fmt.Sprintf("%v is out of range", v)
	}
	return ""
}

func (s *schema) validateObject(root *schema, v map[string]any) string {
	if s.Type != "object" {
		return "an object that is none"
	}
	for _, key := range s.Required {
		if _, ok := v[key]; !ok {
			return key + " is missing"
		}
	}
	for key, value := range v {
		property := s.Properties[key]
		if property == nil {
			if string(s.AdditionalProperties) == "false" {
				return key + " is unknown"
			}
			property = new(schema)
			if json.Unmarshal(s.AdditionalProperties, property) != nil {
				return key + " has a schema that is none"
			}
		}
		if fault := property.validate(root, value); fault != "" {
			return key + ": " + fault
		}
	}
	return ""
}

func validate(t *testing.T, s *schema, text string) string {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v), text)
	return s.validate(s, v)
}

// Complete elements of every type, of which the parser has read every key.
var complete = map[string]string{
	"text":   `{"type": "text", "width": 9, "size": 2, "content": "a", "x": 1`,
	"symbol": `{"type": "symbol", "symbology": "code128", "x-dimension": 1, "bar-height": 1, "content": "a"`,
	"box":    `{"type": "box", "width": 9, "height": 2, "filled": true`,
	"line":   `{"type": "line", "width": 9, "thickness": 2`,
	"tag":    `{"type": "tag", "scheme": "sgtin+", "content": "(01)09506000134352(21)1"`,
	"path":   `{"type": "path", "width": 9, "height": 9, "view": [1, 1], "d": "M0 0H1V1Z"`,
}

// known returns the keys that the parser knows where a template has a key that it does not know.
func known(t *testing.T, text string) []string {
	t.Helper()
	_, err := parse(text)
	var e *template.ParseError
	require.ErrorAs(t, err, &e, text)
	require.ErrorIs(t, err, template.ErrKey, text)
	keys, ok := strings.CutPrefix(e.Hint, "known are ")
	require.True(t, ok, "%s: %s", text, err)
	list := strings.Split(keys, ", ")
	slices.Sort(list)
	return list
}

func keys(s *schema) []string { return slices.Sorted(maps.Keys(s.Properties)) }

func TestSchemaHasTheParsersKeys(t *testing.T) {
	s := loadSchema(t)
	const begin, unknown = `{"width": 9, "height": 9, `, `, "unknown key of a long name": 1}`
	require.Equal(t, known(t, begin+`"elements": []`+unknown), keys(s))
	require.Equal(t, known(t, begin+`"elements": [], "fields": [{"name": "a"`+unknown+`]}`),
		keys(s.Definitions["field"]))
	hri := strings.TrimSuffix(complete["symbol"], "}") + `, "hri": {"place": "below", "size": 1`
	require.Equal(t, known(t, begin+`"elements": [`+hri+unknown+`}]}`), keys(s.Definitions["hri"]))
	types := map[string]bool{}
	for _, ref := range s.Properties["elements"].Items.OneOf {
		types[strings.TrimPrefix(ref.Ref, "#/definitions/")] = true
	}
	for kind, element := range complete {
		require.True(t, types[kind])
		delete(types, kind)
		require.Equal(t, known(t, begin+`"elements": [`+element+unknown+`]}`),
			keys(s.Definitions[kind]), kind)
		require.Empty(t, validate(t, s, begin+`"elements": [`+element+`}]}`))
		_, err := parse(begin + `"elements": [` + element + `}]}`)
		require.NoError(t, err)
	}
	require.Equal(t, map[string]bool{"image": true}, types)
	_, err := parse(begin + `"elements": [{"type": "frame"}]}`)
	require.ErrorContains(t, err, "known are text, symbol, box, line, path, image, tag")
	dir := os.DirFS("testdata")
	_, err = template.ParseFS(dir, "unknown.json")
	var e *template.ParseError
	require.ErrorAs(t, err, &e)
	list := strings.Split(strings.TrimPrefix(e.Hint, "known are "), ", ")
	slices.Sort(list)
	require.Equal(t, list, keys(s.Definitions["image"]))
}

func TestSchemaHasTheParsersNames(t *testing.T) {
	s := loadSchema(t)
	enum := func(d, key string) (names []string) {
		for _, v := range s.Definitions[d].Properties[key].Enum {
			names = append(names, v.(string))
		}
		return names
	}
	var symbologies, applications []string
	for _, x := range symbol.Symbologies() {
		symbologies = append(symbologies, x.String())
	}
	for _, a := range label.Applications() {
		applications = append(applications, a.String())
	}
	require.Equal(t, symbologies, enum("symbol", "symbology"))
	require.Equal(t, font.Faces(), enum("text", "face"))
	require.Equal(t, font.Faces(), enum("hri", "face"))
	var names []string
	for _, v := range s.Properties["application"].Enum {
		names = append(names, v.(string))
	}
	require.Equal(t, applications, names)
	for i, want := range enum("field", "kind") {
		require.Equal(t, want, template.FieldKind(i).String())
	}
	for _, c := range []struct{ definition, key, template string }{
		{"text", "align", complete["text"] + `, "align": "%s"}`},
		{"text", "valign", complete["text"] + `, "valign": "%s"}`},
		{"symbol", "align", complete["symbol"] + `, "align": "%s"}`},
		{"hri", "place", complete["symbol"] + `, "hri": {"size": 1, "place": "%s"}}`},
	} {
		for _, name := range enum(c.definition, c.key) {
			_, err := parse(`{"width": 9, "height": 9, "elements": [` + fmt.Sprintf(c.template,
				name) + `]}`)
			require.NoError(t, err)
		}
		_, err := parse(`{"width": 9, "height": 9, "elements": [` + fmt.Sprintf(c.template,
			"nowhere at all") + `]}`)
		require.ErrorContains(t, err, "known are "+strings.Join(enum(c.definition, c.key), ", "))
	}
}

// The schema accepts every template of the examples, and rejects what the parser rejects for its
// shape.
func TestSchemaAgreesWithTheParser(t *testing.T) {
	s := loadSchema(t)
	found := 0
	for _, pattern := range []string{"../../examples/*/*.json", "../../zpl/testdata/*.json",
		"../internal/labeltest/*.json"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			if !strings.Contains(string(text), `"elements"`) {
				continue
			}
			found++
			require.Empty(t, validate(t, s, string(text)), file)
			_, err = template.ParseFS(os.DirFS(filepath.Dir(file)), filepath.Base(file))
			require.NoError(t, err)
		}
	}
	require.GreaterOrEqual(t, found, 4)
	for _, bad := range []string{
		`[]`, `{"height": 5, "elements": []}`, `{"width": 5, "elements": []}`,
		`{"width": 5, "height": 5}`,
		`{"width": 0, "height": 5, "elements": []}`,
		`{"width": 10001, "height": 5, "elements": []}`,
		`{"width": "5", "height": 5, "elements": []}`, `{"width": 5, "height": 5, "elements": {}}`,
		`{"width": 5, "height": 5, "elements": [{"type": "none"}]}`,
		`{"width": 5, "height": 5, "elements": [], "a": 1}`,
		`{"width": 5, "height": 5, "elements": [], "fields": [{"name": "a b"}]}`,
		`{"width": 5, "height": 5, "elements": [], "fields": [{"name": "a", "max": 0}]}`,
		`{"width": 5, "height": 5, "elements": [], "fields": [{"name": "a", "max": 1.5}]}`,
		`{"width": 5, "height": 5, "elements": [], "fields": [{"name": "a", "optional": 1}]}`,
		`{"width": 5, "height": 5, "elements": [], "values": {"a": 1}}`,
		`{"width": 5, "height": 5, "elements": [` + complete["text"] + `, "rotate": 45}]}`,
		`{"width": 5, "height": 5, "elements": [` + complete["text"] + `, "line-height": 11}]}`,
		`{"width": 5, "height": 5, "elements": [` + strings.Replace(complete["path"], "[1, 1]",
			"[1]", 1) + `}]}`,
		`{"width": 5, "height": 5, "elements": [` + strings.Replace(complete["path"], "[1, 1]",
			"[1, 0]", 1) + `}]}`,
	} {
		require.NotEmpty(t, validate(t, s, bad), bad)
		_, err := parse(bad)
		require.Error(t, err, bad)
	}
}

const manual = `{"width": 100, "height": 50, "fields": [{"name": "lot"}, {"name": "made", "kind": "date"},
	{"name": "count", "kind": "number"}, {"name": "code", "kind": "number"},
	{"name": "note", "optional": true}], "elements": [%s]}`

// Samples of TEMPLATE.md are templates, elements, and expressions with what they write.
func TestManual(t *testing.T) {
	text, err := os.ReadFile("TEMPLATE.md")
	require.NoError(t, err)
	s := loadSchema(t)
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.Len(t, blocks, 8)
	for _, b := range blocks {
		source := b[1]
		if !strings.Contains(source, `"elements"`) {
			source = fmt.Sprintf(manual, source)
		}
		require.Empty(t, validate(t, s, source), source)
		_, err := parse(source)
		require.NoError(t, err, source)
	}
	data := template.Data{"lot": "L42", "made": "2027-02-03", "count": "7", "code": "376104250021"}
	rows := regexp.MustCompile("(?m)^\\| `(.*[{(].*)` \\| `(.*)` \\|$").FindAllStringSubmatch(string(text), -1)
	require.Len(t, rows, 11)
	for _, row := range rows {
		content, err := json.Marshal(row[1])
		require.NoError(t, err)
		element := `{"type": "text", "width": 90, "size": 2, "content": ` + string(content) + `}`
		if row[1][0] == '(' {
			element = `{"type": "symbol", "symbology": "gs1-datamatrix", "x-dimension": 1, "content": ` + string(content) + `}`
		}
		tpl, err := parse(fmt.Sprintf(manual, element))
		require.NoError(t, err, row[1])
		f := tpl.Program().Filler()
		require.NoError(t, f.Fill(data))
		e, err := f.Element(0)
		if x, ok := e.(*label.Symbol); ok {
			require.Equal(t, row[2], x.Message.String())
			continue
		}
		require.NoError(t, err)
		require.Equal(t, row[2], e.(*label.Text).Content)
	}
	for _, x := range symbol.Symbologies() {
		require.Contains(t, string(text), "`"+x.String()+"`", "TEMPLATE.md lists every symbology")
	}
	for d, definition := range s.Definitions {
		for key := range definition.Properties {
			require.Contains(t, string(text), key, "%s of %s is in TEMPLATE.md", key, d)
		}
	}
}
