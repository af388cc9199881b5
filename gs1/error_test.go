package gs1_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func TestErrorText(t *testing.T) {
	for input, want := range map[string]string{
		"": "gs1: malformed message: want a message",
		"(10)L42": `gs1: (10) BATCH/LOT at byte 5 of "(10)L42": required AI missing: ` +
			`found "L42", want (01) or (02) or (03) or (8006) or (8026) in the message`,
		"(01)09521234543210": `gs1: (01) GTIN at byte 18 of "(01)09521234543210": ` +
			`wrong check digit or characters: found "0", want check digit 3`,
		"(8112)2": `gs1: (8112) at byte 7 of "(8112)2": impossible value: found "2", ` +
			`want coupon format: 0 or 1`,
		"(90)": `gs1: (90) INTERNAL at byte 5 of "(90)": wrong length: want 1 to 30 characters`,
	} {
		_, err := gs1.Parse(input)
		require.EqualError(t, err, want)
	}
	long := "(90)" + strings.Repeat("A", 1<<20)
	_, err := gs1.Parse(long)
	require.Less(t, len(err.Error()), 500)
	var e *gs1.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, long, e.Input)
}

// TestErrorPlace has the offending characters of values with escapes as they are in the input.
func TestErrorPlace(t *testing.T) {
	gtin := "https://a/01/09521234543213"
	for _, c := range []struct{ input, found string }{
		{`(90)\(A\(B#C`, "#"},
		{`(8010)1234\(`, `\(`},
		{`(90)\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(\(A\(`, `A\(`},
		{`(10)\(\(`, `\(\(`},
		{gtin + "/10/A%20B", "%20"},
		{gtin + "/10/%41%42%5E%43", "%5E"},
		{gtin + "?99=%41+B", "+"},
		{gtin + "?99=%41%C3%A4", "%C3"},
		{gtin + "?17=2%36%31%33%30%31", "%31%33"},
		{gtin + "?99=%", "%"},
		{gtin + "/10/%41%00", "%00"},
		{gtin + "?21=%31%32", "%31%32"},
		{gtin + "?17=26013%31&17=26013%31", "26013%31"},
		{"https://a/01/%3009521234543210", "0"},
	} {
		if c.found == "%" { // not an escape, and allowed
			_, err := gs1.Parse(c.input)
			require.NoError(t, err)
			continue
		}
		_, err := gs1.Parse(c.input)
		var e *gs1.Error
		require.ErrorAs(t, err, &e, c.input)
		require.Equal(t, c.found, e.Found(), "%v", err)
	}
	_, err := gs1.Parser{PermitZeroSuppressedGTINs: true}.Parse("https://a/01/%39521234543210/10/A")
	var e *gs1.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "0", e.Found())
	require.Equal(t, strings.Index(e.Input, "0/10"), e.Pos)
}

// TestLineEnds has a hint for each form that ends with a line end, and none where a line end is
// followed by something.
func TestLineEnds(t *testing.T) {
	for _, s := range []string{
		"(01)09521234543213", "(90)A", "(01)09521234543213(17)260131", "^0109521234543213", "^90A",
		"https://id.gs1.org/01/09521234543213", "https://id.gs1.org/01/09521234543213?99=A",
		"]d20109521234543213", "]C190A", "]E09521234543213", "]Q1https://id.gs1.org/01/09521234543213",
	} {
		for _, end := range []string{"\r", "\n", "\r\n"} {
			_, err := gs1.Parse(s + end)
			require.ErrorContains(t, err, "; remove the line end after the data", s)
			_, err = gs1.Parse(s + end + "A")
			require.NotContains(t, err.Error(), "line end", s)
		}
	}
}
