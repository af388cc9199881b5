// Package labeltest has what the tests of label and of its canvases share: the templates udi.json
// and logistic.json, of which examples/line has copies, with data for them.
package labeltest

import (
	"embed"
	"maps"
	"testing"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
)

// UDI is the data of a single-use medical device, for udi.json.
func UDI() template.Data {
	return template.Data{
		"maker": "Aldermoor Medical GmbH", "address": "Industriestr. 7, 1230 Wien, Austria",
		"product": "Infusion set with filter, 150 cm", "ref": "NP-4711-150",
		"gtin": "09506000134352",
		"lot":  "L2611-042", "made": "2026-11-20", "expires": "2029-11-19",
		"serial": "K7Q2M9XW4T0C",
	}
}

// Logistic is the data of a carton, for logistic.json.
func Logistic() template.Data {
	return template.Data{
		"from": "Aldermoor Medical GmbH\nIndustriestr. 7\n1230 Wien\nAustria",
		"to": "St. Columba Hospital Supplies\nCentral warehouse, gate 4\n" +
			"12 Harbour Road\nCork, Ireland",
		"product": "Infusion set with filter, 150 cm", "gtin": "19506000134359", "count": "48",
		"lot":     "L2611-042",
		"expires": "2029-11-19", "extension": "3", "prefix": "9506000", "serial": "000001234",
	}
}

// With returns data with other values for some fields, given as names and values in turn.
func With(d template.Data, pairs ...string) template.Data {
	changed := maps.Clone(d)
	for i := 0; i < len(pairs); i += 2 {
		changed[pairs[i]] = pairs[i+1]
	}
	return changed
}

//go:embed udi.json logistic.json
var files embed.FS

// Template reads udi.json or logistic.json.
func Template(t testing.TB, name string) *template.Template {
	t.Helper()
	tpl, err := template.ParseFS(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// Label fills udi.json or logistic.json.
func Label(t testing.TB, name string, d template.Data) *label.Label {
	t.Helper()
	l, err := Template(t, name).Execute(d)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Symbol is the symbol of a name on a label.
func Symbol(t testing.TB, l *label.Label, name string) *label.Symbol {
	t.Helper()
	return element[*label.Symbol](t, l, func(s *label.Symbol) bool { return s.Name == name })
}

// Text is the text of a name on a label.
func Text(t testing.TB, l *label.Label, name string) *label.Text {
	t.Helper()
	return element[*label.Text](t, l, func(x *label.Text) bool { return x.Name == name })
}

func element[E label.Element](t testing.TB, l *label.Label, is func(E) bool) (found E) {
	t.Helper()
	for _, e := range l.Elements {
		if x, ok := e.(E); ok && is(x) {
			return x
		}
	}
	t.Fatalf("no such %T on the label", found)
	return found
}
