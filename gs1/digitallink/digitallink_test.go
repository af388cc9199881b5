package digitallink_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

const gtin = "09521234543213"

func ExampleParseURI() {
	uri, err := digitallink.ParseURI(
		"https://example.com/products/01/09521234543213/10/L42?17=260131&linkType=gs1:pip",
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(uri.Stem)
	fmt.Println(uri.Message)
	fmt.Println(uri.Ignored)
	// Output:
	// https://example.com/products
	// (01)09521234543213(10)L42(17)260131
	// [linkType=gs1:pip]
}

func ExampleFormat() {
	uri, err := digitallink.Format(
		"",
		gs1.Message{
			{AI: "01", Value: "09521234543213"},
			{AI: "17", Value: "260131"},
			{AI: "10", Value: "L/42"},
		},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(uri)
	// Output: https://id.gs1.org/01/09521234543213/10/L%2F42?17=260131
}

func TestAccepted(t *testing.T) {
	for uri, want := range map[string]string{
		"https://a/01/" + gtin:                                        "(01)" + gtin,
		"http://a/01/" + gtin:                                         "(01)" + gtin,
		"HTTPS://A/01/" + gtin:                                        "(01)" + gtin,
		"HTTP://A/01/" + gtin:                                         "(01)" + gtin,
		"https://a:8080/01/" + gtin:                                   "(01)" + gtin,
		"https://[2001:db8::1]/01/" + gtin:                            "(01)" + gtin,
		"https://a/b/c/01/" + gtin:                                    "(01)" + gtin,
		"https://a/00/x/01/" + gtin:                                   "(01)" + gtin,
		"https://a/00/095212340000000013/01/" + gtin:                  "(01)" + gtin,
		"https://a/01/" + gtin + "/22/A/10/B/21/C":                    "(01)" + gtin + "(22)A(10)B(21)C",
		"https://a/01/" + gtin + "/22/A/21/C":                         "(01)" + gtin + "(22)A(21)C",
		"https://a/01/" + gtin + "/235/A":                             "(01)" + gtin + "(235)A",
		"https://a/01/" + gtin + "/235/A?10=B":                        "(01)" + gtin + "(235)A(10)B",
		"https://a/01/" + gtin + "?17=260131&3103=000123":             "(01)" + gtin + "(17)260131(3103)000123",
		"https://a/01/" + gtin + "?&&17=260131&&x&y=1&2&":             "(01)" + gtin + "(17)260131",
		"https://a/01/" + gtin + "?":                                  "(01)" + gtin,
		"https://a/01/" + gtin + "#17=991399":                         "(01)" + gtin,
		"https://a/01/" + gtin + "?17=260131#fragment?/":              "(01)" + gtin + "(17)260131",
		"https://a/01/" + gtin + "/10/A+B%2FC":                        "(01)" + gtin + "(10)A+B/C",
		"https://a/01/" + gtin + "/10/A%2":                            "(01)" + gtin + "(10)A%2",
		"https://a/01/" + gtin + "/10/%":                              "(01)" + gtin + "(10)%",
		"https://a/01/" + gtin + "/10/%4g":                            "(01)" + gtin + "(10)%4g",
		"https://a/01/" + gtin + "?240=A%28B":                         "(01)" + gtin + `(240)A\(B`,
		"https://a/8004/12345?01=" + gtin:                             "(8004)12345(01)" + gtin,
		"https://a/414/9521234543213/254/A":                           "(414)9521234543213(254)A",
		"https://a/415/9521234543213/8020/A":                          "(415)9521234543213(8020)A",
		"https://a/00/095212340000000013?02=" + gtin + "&37=1&10=LOT": "(00)095212340000000013(02)" + gtin + "(37)1(10)LOT",
	} {
		m, err := digitallink.Parse(uri)
		require.NoError(t, err, uri)
		require.Equal(t, want, m.String(), uri)
		again, err := gs1.Parse(uri)
		require.NoError(t, err)
		require.Equal(t, m, again)
	}
}

func TestRefused(t *testing.T) {
	for uri, kind := range map[string]error{
		"":                                         gs1.ErrDigitalLink,
		"ftp://a/01/" + gtin:                       gs1.ErrDigitalLink,
		"Https://a/01/" + gtin:                     gs1.ErrDigitalLink,
		"https://":                                 gs1.ErrDigitalLink,
		"https:///01/" + gtin:                      gs1.ErrDigitalLink,
		"https://a":                                gs1.ErrDigitalLink,
		"https://a/":                               gs1.ErrDigitalLink,
		"https://a/b":                              gs1.ErrDigitalLink,
		"https://01/" + gtin:                       gs1.ErrDigitalLink,
		"https://user@a/01/" + gtin:                gs1.ErrDigitalLink,
		"https://a_b/01/" + gtin:                   gs1.ErrDigitalLink,
		"https://a?/01/" + gtin:                    gs1.ErrDigitalLink,
		"https://a/gtin/" + gtin:                   gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "/":               gs1.ErrDigitalLink,
		"https://a/01/":                            gs1.ErrLength,
		"https://a/01/" + gtin + "/10/":            gs1.ErrLength,
		"https://a/01/" + gtin + "/foo/bar":        gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "/10/A/22/B":      gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "/10/A/235/B":     gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "/10/A/10/A":      gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "/17/260131":      gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "?10=A":           gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "?21=A":           gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "?235=A":          gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "?8200=A":         gs1.ErrDigitalLink,
		"https://a/01/" + gtin + "?999=A":          gs1.ErrUnknownAI,
		"https://a/01/" + gtin + "?1=A":            gs1.ErrUnknownAI,
		"https://a/01/" + gtin + "?99=":            gs1.ErrLength,
		"https://a/01/" + gtin + "?99=A&99=A":      gs1.ErrRepeatedAI,
		"https://a/01/" + gtin + "?01=" + gtin:     gs1.ErrRepeatedAI,
		"https://a/01/" + gtin + "?99=A;98=B;97 x": gs1.ErrCharacter,
		"https://a/01/" + gtin + "?99=A+B":         gs1.ErrCharacter,
		"https://a/01/" + gtin + "?99=A%00B":       gs1.ErrCharacter,
		"https://a/01/" + gtin + "/10/%00":         gs1.ErrCharacter,
		"https://a/01/" + gtin + "/10/A%20B":       gs1.ErrCharacter,
		"https://a/01/" + gtin + "/10/A%5EB":       gs1.ErrCharacter,
		"https://a/01/9521234543213":               gs1.ErrLength,
		"https://a/8004/12345?01=9521234543213":    gs1.ErrLength,
		"https://a/01/" + gtin + "#<":              gs1.ErrCharacter,
		"https://a/01/" + gtin + "?37=1":           gs1.ErrExcludedAI,
		"https://a/00/095212340000000013?10=LOT":   gs1.ErrMissingAI,
	} {
		m, err := digitallink.Parse(uri)
		require.ErrorIs(t, err, kind, "%s: %v", uri, err)
		require.Empty(t, m)
		_, err = digitallink.ParseURI(uri)
		require.Error(t, err)
	}
}

// The semicolon is an ordinary character of a value.
func TestSemicolon(t *testing.T) {
	m, err := digitallink.Parse("https://a/01/" + gtin + "?99=A;98=B")
	require.NoError(t, err)
	require.Equal(t, gs1.Message{{AI: "01", Value: gtin}, {AI: "99", Value: "A;98=B"}}, m)
}

func TestFormat(t *testing.T) {
	for _, c := range []struct{ base, message, want string }{
		{"", "(01)" + gtin, "https://id.gs1.org/01/" + gtin},
		{"https://example.com", "(01)" + gtin, "https://example.com/01/" + gtin},
		{"https://example.com/a/", "(01)" + gtin, "https://example.com/a/01/" + gtin},
		{"", "(21)C(10)B(01)" + gtin + "(22)A", "https://id.gs1.org/01/" + gtin + "/22/A/10/B/21/C"},
		{"", "(01)" + gtin + "(240)A(17)260131(241)B(11)250131", "https://id.gs1.org/01/" + gtin + "?17=260131&11=250131&240=A&241=B"},
		{"", "(01)" + gtin + "(235)X", "https://id.gs1.org/01/" + gtin + "/235/X"},
		{"", "(01)" + gtin + "(240)a/%&=?", "https://id.gs1.org/01/" + gtin + "?240=a%2F%25%26%3D%3F"},
		{"", "(8004)12345(01)" + gtin, "https://id.gs1.org/8004/12345?01=" + gtin},
		{"", "(01)" + gtin + "(8004)12345", "https://id.gs1.org/01/" + gtin + "?8004=12345"},
		{"", "(01)" + gtin + "(99)A(99)A", "https://id.gs1.org/01/" + gtin + "?99=A"},
		{"", "(10)L(02)" + gtin + "(37)1(00)095212340000000013", "https://id.gs1.org/00/095212340000000013?02=" + gtin + "&10=L&37=1"},
	} {
		m, err := gs1.ParseBracketed(c.message)
		require.NoError(t, err, c.message)
		uri, err := digitallink.Format(c.base, m)
		require.NoError(t, err, c.message)
		require.Equal(t, c.want, uri)
		_, err = digitallink.Parse(uri)
		require.NoError(t, err)
	}
	for _, c := range []struct{ base, message string }{
		{"", "(90)A"},
		{"", "(01)" + gtin + "(10)A(235)X"}, // 235 and 10 don't mix, and 235 is no attribute
		{"", "(01)" + gtin + "(235)X(10)A"},
		{"", "(01)" + gtin + "(8200)A"},
		{"example.com", "(01)" + gtin},
		{"https://", "(01)" + gtin},
		{"https://a/?x", "(01)" + gtin},
		{"https://a b", "(01)" + gtin},
	} {
		m, err := gs1.ParseBracketed(c.message)
		require.NoError(t, err, c.message)
		uri, err := digitallink.Format(c.base, m)
		require.Error(t, err, uri)
		require.Empty(t, uri)
	}
	_, err := digitallink.Format("", gs1.Message{{AI: "01", Value: "1"}})
	require.ErrorIs(t, err, gs1.ErrLength)
}

// What the path holds is the path's again, even where Format would choose otherwise.
func TestFormatURI(t *testing.T) {
	for _, s := range []string{"https://a/b/01/" + gtin + "/235/X?10=A", "https://a/01/" + gtin + "/22/X?99=A", "https://a/414/9521234543213"} {
		u, err := digitallink.ParseURI(s)
		require.NoError(t, err)
		uri, err := digitallink.FormatURI(u.Stem, u)
		require.NoError(t, err)
		require.Equal(t, s, uri)
		uri, err = digitallink.FormatURI("", u)
		require.NoError(t, err)
		require.Equal(t, "https://id.gs1.org"+strings.TrimPrefix(s, u.Stem), uri)
	}
	u, err := digitallink.ParseURI("https://a/01/" + gtin + "/235/X?10=A")
	require.NoError(t, err)
	_, err = digitallink.Format(u.Stem, u.Message)
	require.ErrorIs(t, err, gs1.ErrDigitalLink)
	u.Message[1] = gs1.Element{AI: "99", Value: "B"} // which can't stand in a path
	uri, err := digitallink.FormatURI(u.Stem, u)
	require.NoError(t, err)
	require.Equal(t, "https://a/01/"+gtin+"/10/A?99=B", uri)
}

// The reference engine reads no more than 8191 bytes.
func TestLongURI(t *testing.T) {
	s := "https://a/" + strings.Repeat("x", 8191-len("https://a//01/"+gtin)) + "/01/" + gtin
	_, err := digitallink.Parse(s)
	require.NoError(t, err)
	_, err = digitallink.Parse(s + "#")
	require.ErrorIs(t, err, gs1.ErrLength)
}

// FuzzParse checks that what Parse accepts is valid and, where it can be written at all, reads back
// as the same elements.
func FuzzParse(f *testing.F) {
	f.Add("https://a/01/" + gtin + "/22/A/10/B/21/C?17=260131&x=y#z")
	f.Add("https://a/01/" + gtin + "/235/A?10=B")
	f.Add("HTTP://a/00/095212340000000013?02=" + gtin + "&37=1&10=L%2fOT+")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := digitallink.ParseURI(s)
		if err != nil {
			require.Empty(t, u)
			return
		}
		require.NoError(t, u.Message.Validate())
		uri, err := digitallink.FormatURI(u.Stem, u)
		require.NoError(t, err, "%s %s", s, u.Message)
		again, err := digitallink.ParseURI(uri)
		require.NoError(t, err)
		require.Equal(t, strings.TrimSuffix(u.Stem, "/"), again.Stem)
		require.ElementsMatch(t, u.Message, again.Message)
		canonical, err := digitallink.FormatURI(u.Stem, again)
		require.NoError(t, err)
		require.Equal(t, uri, canonical)
	})
}

const benchmarked = "https://id.gs1.org/01/09521234543213/10/L42AB/21/A1234567?17=260131"

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := digitallink.Parse(benchmarked); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendParse(b *testing.B) {
	b.ReportAllocs()
	var m gs1.Message
	for b.Loop() {
		var err error
		if m, err = digitallink.AppendParse(m[:0], benchmarked); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAppendParse(t *testing.T) {
	kept := gs1.Message{{AI: "90", Value: "A"}}
	m, err := digitallink.AppendParse(kept, "https://a/01/"+gtin)
	require.NoError(t, err)
	require.Equal(t, gs1.Message{{AI: "90", Value: "A"}, {AI: "01", Value: gtin}}, m)
	m, err = digitallink.AppendParse(kept, "https://a/01/1")
	require.Error(t, err)
	require.Equal(t, kept, m)
	require.Zero(
		t,
		testing.AllocsPerRun(100, func() { m, _ = digitallink.AppendParse(m[:0], benchmarked) }),
	)
	require.LessOrEqual(
		t,
		testing.AllocsPerRun(100, func() { digitallink.Parse(benchmarked) }),
		1.0,
	)
}

func TestAppendFormat(t *testing.T) {
	dst := []byte("see ")
	b, err := digitallink.AppendFormat(dst, "https://a", gs1.Message{{AI: "01", Value: gtin}})
	require.NoError(t, err)
	require.Equal(t, "see https://a/01/"+gtin, string(b))
	for _, m := range []gs1.Message{{{AI: "90", Value: "A"}}, {{AI: "01", Value: "1"}}, {{AI: "01", Value: gtin}, {AI: "8200", Value: "A"}}} {
		b, err = digitallink.AppendFormat(dst, "https://a", m)
		require.Error(t, err)
		require.Equal(t, "see ", string(b))
	}
}

func BenchmarkAppendFormat(b *testing.B) {
	m := gs1.Message{
		{AI: "01", Value: gtin},
		{AI: "17", Value: "260131"},
		{AI: "10", Value: "L42AB"},
		{AI: "21", Value: "A1234567"},
	}
	b.ReportAllocs()
	var dst []byte
	for b.Loop() {
		var err error
		if dst, err = digitallink.AppendFormat(dst[:0], "", m); err != nil {
			b.Fatal(err)
		}
	}
}
