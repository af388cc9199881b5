package template_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/internal/labeltest"
	"github.com/gonameplate/nameplate/label/template"
)

func TestExecuteFillsTheTemplate(t *testing.T) {
	l, err := labeltest.Template(t, "udi.json").Execute(labeltest.UDI())
	require.NoError(t, err)
	require.Equal(t, "(01)09506000134352(11)261120(17)291119(10)L2611-042(21)K7Q2M9XW4T0C",
		labeltest.Symbol(t, l, "udi").Message.String())
	require.Equal(t, "2026-11-20", labeltest.Text(t, l, "made").Content)
	require.Equal(t, 2, len(labeltest.Text(t, l, "product").Runs), "the product's name wraps")
}

func TestExecuteComputesAnSSCC(t *testing.T) {
	l, err := labeltest.Template(t, "logistic.json").Execute(labeltest.Logistic())
	require.NoError(t, err)
	require.Equal(t, "(00)395060000000012347", labeltest.Symbol(t, l, "sscc").Message.String())
	require.Equal(t, "395060000000012347", labeltest.Text(t, l, "sscc").Content)
	require.Equal(t, "(02)19506000134359(37)48", labeltest.Symbol(t, l, "content").Message.String())
}

func TestExecuteNamesTheField(t *testing.T) {
	for _, c := range []struct {
		why   string
		data  template.Data
		field string
		says  string
	}{
		{"wrong check digit", labeltest.With(labeltest.UDI(), "gtin", "09506000134353"), "gtin",
			"check digit"},
		{"lot of 21 characters", labeltest.With(labeltest.UDI(), "lot", "123456789012345678901"),
			"lot", "at most 20"},
		{"31 February", labeltest.With(labeltest.UDI(), "expires", "2027-02-31"), "expires",
			"01 to 28"},
		{"29 February", labeltest.With(labeltest.UDI(), "expires", "2100-02-29"), "expires",
			"01 to 28"},
		{"month 13", labeltest.With(labeltest.UDI(), "made", "2027-13-01"), "made", "no month 13"},
		{"other date form", labeltest.With(labeltest.UDI(), "made", "27/01/2027"), "made",
			"YYYY-MM-DD"},
		{"character outside set 82", labeltest.With(labeltest.UDI(), "serial", "A B"), "serial",
			"(21)"},
		{"empty", labeltest.With(labeltest.UDI(), "lot", ""), "lot", "empty"},
		{"control character", labeltest.With(labeltest.UDI(), "product", "a\tb"), "product",
			"U+0009"},
		{"not UTF-8", labeltest.With(labeltest.UDI(), "product", "a\xffb"), "product", "UTF-8"},
		{"unknown", labeltest.With(labeltest.UDI(), "lto", "L42"), "lto", `did you mean "lot"?`},
		{"letters in a number", labeltest.With(labeltest.UDI(), "gtin", "0950600013435X"), "gtin",
			"digits only"},
	} {
		_, err := labeltest.Template(t, "udi.json").Execute(c.data)
		var wrong *template.DataError
		require.ErrorAs(t, err, &wrong, c.why)
		require.Equal(t, c.field, wrong.Field, c.why)
		require.Contains(t, err.Error(), c.says, c.why)
	}
	missing := labeltest.With(labeltest.UDI())
	delete(missing, "lot")
	_, err := labeltest.Template(t, "udi.json").Execute(missing)
	require.EqualError(t, err, `template: field "lot": no value; the template needs one`)
}

func TestExecuteRefusesWhatDoesNotFit(t *testing.T) {
	_, err := labeltest.Template(t, "udi.json").Execute(labeltest.With(labeltest.UDI(), "ref",
		strings.Repeat("W", 20)))
	var fit *label.FitError
	require.ErrorAs(t, err, &fit)
	require.Contains(t, err.Error(), "(ref)")

	_, err = labeltest.Template(t, "udi.json").Execute(labeltest.With(labeltest.UDI(), "product",
		"Infusion 😀"))
	var glyph *label.GlyphError
	require.ErrorAs(t, err, &glyph)
	require.Equal(t, '😀', glyph.Rune)
}
