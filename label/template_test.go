package label_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
)

// The orders of examples/line, as a template sees them.
var (
	udiData = label.Data{
		"maker": "Aldermoor Medical GmbH", "address": "Industriestr. 7, 1230 Wien, Austria",
		"product": "Infusion set with filter, 150 cm", "ref": "NP-4711-150", "gtin": "09506000134352",
		"lot": "L2611-042", "made": "2026-11-20", "expires": "2029-11-19", "serial": "K7Q2M9XW4T0C",
	}
	logisticData = label.Data{
		"from":    "Aldermoor Medical GmbH\nIndustriestr. 7\n1230 Wien\nAustria",
		"to":      "St. Columba Hospital Supplies\nCentral warehouse, gate 4\n12 Harbour Road\nCork, Ireland",
		"product": "Infusion set with filter, 150 cm", "gtin": "19506000134359", "count": "48", "lot": "L2611-042",
		"expires": "2029-11-19", "extension": "3", "prefix": "9506000", "serial": "000001234",
	}
)

// example reads a template of examples/line.
func example(t testing.TB, name string) *label.Template {
	t.Helper()
	template, err := label.ParseFS(os.DirFS("../examples/line"), name)
	require.NoError(t, err)
	return template
}

// with returns data with other values for some fields.
func with(d label.Data, pairs ...string) label.Data {
	changed := label.Data{}
	for name, value := range d {
		changed[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		changed[pairs[i]] = pairs[i+1]
	}
	return changed
}

func symbolOf(t testing.TB, l *label.Label, name string) *label.Symbol {
	t.Helper()
	for _, e := range l.Elements {
		if s, ok := e.(*label.Symbol); ok && s.Name == name {
			return s
		}
	}
	t.Fatalf("no symbol %q", name)
	return nil
}

func textOf(t testing.TB, l *label.Label, name string) *label.Text {
	t.Helper()
	for _, e := range l.Elements {
		if s, ok := e.(*label.Text); ok && s.Name == name {
			return s
		}
	}
	t.Fatalf("no text %q", name)
	return nil
}

func TestExecuteFillsTheTemplate(t *testing.T) {
	l, err := example(t, "udi.json").Execute(udiData)
	require.NoError(t, err)
	require.Equal(t, "(01)09506000134352(11)261120(17)291119(10)L2611-042(21)K7Q2M9XW4T0C", symbolOf(t, l, "udi").Message.String())
	require.Equal(t, "2026-11-20", textOf(t, l, "made").Content)
	require.Equal(t, 2, len(textOf(t, l, "product").Runs), "the product's name wraps")
}

func TestExecuteComputesAnSSCC(t *testing.T) {
	l, err := example(t, "logistic.json").Execute(logisticData)
	require.NoError(t, err)
	require.Equal(t, "(00)395060000000012347", symbolOf(t, l, "sscc").Message.String())
	require.Equal(t, "395060000000012347", textOf(t, l, "sscc").Content)
	require.Equal(t, "(02)19506000134359(37)48", symbolOf(t, l, "content").Message.String())
}

func TestExecuteNamesTheField(t *testing.T) {
	for _, c := range []struct {
		why   string
		data  label.Data
		field string
		says  string
	}{
		{"wrong check digit", with(udiData, "gtin", "09506000134353"), "gtin", "check digit"},
		{"lot of 21 characters", with(udiData, "lot", "123456789012345678901"), "lot", "at most 20"},
		{"31 February", with(udiData, "expires", "2027-02-31"), "expires", "01 to 28"},
		{"29 February", with(udiData, "expires", "2100-02-29"), "expires", "01 to 28"},
		{"month 13", with(udiData, "made", "2027-13-01"), "made", "no month 13"},
		{"other date form", with(udiData, "made", "27/01/2027"), "made", "YYYY-MM-DD"},
		{"character outside set 82", with(udiData, "serial", "A B"), "serial", "(21)"},
		{"empty", with(udiData, "lot", ""), "lot", "empty"},
		{"control character", with(udiData, "product", "a\tb"), "product", "U+0009"},
		{"not UTF-8", with(udiData, "product", "a\xffb"), "product", "UTF-8"},
		{"unknown", with(udiData, "lto", "L42"), "lto", `did you mean "lot"?`},
		{"letters in a number", with(udiData, "gtin", "0950600013435X"), "gtin", "digits only"},
	} {
		_, err := example(t, "udi.json").Execute(c.data)
		var wrong *label.DataError
		require.ErrorAs(t, err, &wrong, c.why)
		require.Equal(t, c.field, wrong.Field, c.why)
		require.Contains(t, err.Error(), c.says, c.why)
	}
	missing := with(udiData)
	delete(missing, "lot")
	_, err := example(t, "udi.json").Execute(missing)
	require.EqualError(t, err, `field "lot": is missing: the template needs it`)
}

func TestExecuteRefusesWhatDoesNotFit(t *testing.T) {
	_, err := example(t, "udi.json").Execute(with(udiData, "ref", strings.Repeat("W", 20)))
	var fit *label.FitError
	require.ErrorAs(t, err, &fit)
	require.Contains(t, err.Error(), "(ref)")

	_, err = example(t, "udi.json").Execute(with(udiData, "product", "Infusion 😀"))
	var glyph *label.GlyphError
	require.ErrorAs(t, err, &glyph)
	require.Equal(t, '😀', glyph.Rune)
}
