package template

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// line is a scope of fields of every kind, with values for them.
func line(t testing.TB) (*scope, []value) {
	t.Helper()
	s := &scope{fields: []Field{
		{Name: "lot"}, {Name: "made", Kind: KindDate}, {Name: "count", Kind: KindNumber},
		{Name: "ext", Kind: KindNumber},
		{Name: "note", Optional: true},
	}}
	v, err := (&Template{fields: s.fields}).bind(nil,
		Data{"lot": "L(42)", "made": "2027-02-03", "count": "7", "ext": "3950600012345678"})
	require.NoError(t, err)
	return s, v
}

func TestTextExpressions(t *testing.T) {
	s, v := line(t)
	for source, want := range map[string]string{
		"":                         "",
		"LOT {lot}":                "LOT L(42)",
		"{{lot}} {lot}":            "{lot} L(42)",
		"{made}":                   "2027-02-03",
		"{made:YYYY-MM-DD}":        "2027-02-03",
		"{made:YYMMDD}":            "270203",
		"{made:DD.MM.YYYY}":        "03.02.2027",
		"{made:MM/YY}":             "02/27",
		"{count}/{count:000}":      "7/007",
		"{note}":                   "",
		"(01)\\(":                  "(01)\\(", // nothing special in a text
		"{ext}{count}{check}":      "395060001234567870",
		"629104150021{check}":      "6291041500213",      // GS1's worked example of a GTIN-13
		"37610425002123456{check}": "376104250021234569", // and of an SSCC
	} {
		parts, err := s.compileText(source)
		require.Nil(t, err, source)
		require.Equal(t, want, string(appendParts(nil, parts, v)), source)
	}
}

func TestDerivedValuesAreChecked(t *testing.T) {
	s, v := line(t)
	parts, err := s.compileText("376104250021{count:00000}{check}")
	require.Nil(t, err)
	s.values = append(s.values, named{"sscc", parts})
	parts, err = s.compileText("SSCC {sscc}")
	require.Nil(t, err)
	require.Equal(t, "SSCC 376104250021000072", string(appendParts(nil, parts, v)),
		"the check digit is of the value alone")
	require.Equal(t, 5, s.fields[2].Max, "a padded number has no more digits than its format")
}

func TestMessageExpressions(t *testing.T) {
	s, v := line(t)
	for source, want := range map[string]string{
		"(11){made:YYMMDD}(10){lot}": `(11)270203(10)L\(42)`, // values are never read as brackets
		"(10)A\\(B\\)\\\\{count}":    `(10)A\(B)\7`,
		"(37){count}(10){note}":      "(37)7", // an optional value that is empty leaves its AI out
		"(00){ext}{count}{check}":    "(00)395060001234567870",
		"(91)}}{{":                   "(91)}{",
	} {
		parts, err := s.compileMessage(source)
		require.Nil(t, err, source)
		require.Equal(t, want, (&content{message: parts}).appendMessage(nil, v).String(), source)
	}
}

// Values that name values twice each would make a content of any size from a short template.
func TestValuesDoNotExplode(t *testing.T) {
	for _, double := range []string{"{%s}{%[1]s}", "{%s}{%[1]s}{check}"} {
		s, _ := line(t)
		s.values = []named{{"v0", []part{{kind: literal, text: "1"}}}}
		for i := range 64 {
			parts, err := s.compileText(fmt.Sprintf(double, fmt.Sprintf("v%d", i)))
			if err != nil {
				require.Contains(t, err.detail, "1000 parts")
				s = nil
				break
			}
			s.values = append(s.values, named{fmt.Sprintf("v%d", i+1), parts})
		}
		require.Nil(t, s, "%s ends in an error", double)
	}
}

func FuzzExpression(f *testing.F) {
	for _, source := range []string{"LOT {lot}", "{{}}", "{made:YYMMDD}",
		"(01){ext}{check}(10)\\({lot}", "{count:000}", "(11){made:"} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		s, v := line(t)
		if parts, err := s.compileText(source); err == nil {
			appendParts(nil, parts, v)
		} else if err.at < 0 || err.at > len(source) {
			t.Fatalf("a mistake at %d of %q", err.at, source)
		}
		message, err := s.compileMessage(source)
		if err != nil {
			if err.at < 0 || err.at > len(source) {
				t.Fatalf("a mistake at %d of %q", err.at, source)
			}
			return
		}
		for _, e := range (&content{message: message}).appendMessage(nil, v) {
			if e.AI == "" || e.Value == "" {
				t.Fatalf("%q makes the element %q", source, e)
			}
		}
	})
}
