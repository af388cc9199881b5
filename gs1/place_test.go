package gs1_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

// TestFaultPlaces has the byte and the length of what is wrong, for rules of values and of forms.
func TestFaultPlaces(t *testing.T) {
	const person, item = "(8018)095212345432101239", "(01)09521234543213"
	const link = "https://a/01/09521234543213"
	for _, c := range []struct {
		input string
		pos   int // after the beginning that is right
		found string
	}{
		{person + "(7258)13(7259)X", len(person) + 6, "13"},
		{person + "(7258)0/3(7259)X", len(person) + 6, "0"},
		{person + "(7258)3/2(7259)X", len(person) + 6, "3/2"},
		{item + "(7003)2601012560", len(item) + 12, "25"},
		{item + "(7003)2601012360", len(item) + 14, "60"},
		{item + "(8008)26010124", len(item) + 12, "24"},
		{"(415)9521234543213(8020)A(8007)DE911-00000000123456789", 31 + 5, "-"},
		{"(415)9521234543213(8020)A(8007)DE92100000000123456789", 31 + 2, "92"},
		{"(415)9521234543213(8020)A(8007)XX91100000000123456789", 31, "XX"},
		{"(8110)01234561234561111012332601014260102", 35, "260102"},
		{"(8110)7123456123456111101230", 6, "7"},
		{"(00)095212340000000013(4300)A%20B%2", 33, "%2"},
		{"(8006)095212345432130003", 20, "00"},
		{"(8006)095212345432130300", 22, "00"},
		{"^0109521234543213" + "99999", 0, ""},
		{"^9521", 0, ""},
		{"^0501", 1, "0501"},
		{"^05A1", 1, "05"},
		{"^0A01", 1, "0"},
		{"ttps://a/01/09521234543213", 0, "t"},
		{"httpx://a/01/09521234543213", 0, "httpx://"},
		{link + "?17=", len(link) + 4, ""},
		{link + "/10/", len(link) + 4, ""},
		{link + "/10/A%00%00", len(link) + 5, "%00"},
		{link + "?=1", len(link) + 1, "="},
		{"https://a/", 9, "/"},
		{"https:///01/09521234543213", 8, ""},
	} {
		_, err := gs1.Parse(c.input)
		if c.found == "" && c.pos == 0 {
			continue
		}
		var e *gs1.Error
		require.ErrorAs(t, err, &e, c.input)
		if c.pos != e.Pos || c.found != e.Found() {
			t.Errorf("%d %q: %v", e.Pos, e.Found(), err)
		}
		require.Equal(t, c.input, e.Input)
	}
	_, err := digitallink.Format("ftp://host/", gs1.Message{{AI: "01", Value: "09521234543213"}})
	var e *gs1.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, []any{0, "ftp://ho"}, []any{e.Pos, e.Found()})
	_, err = gs1.ParseUPCE("11234565")
	require.ErrorAs(t, err, &e)
	require.Equal(t, []any{0, "1"}, []any{e.Pos, e.Found()})
	_, err = gs1.ParseShortUPCE("1234560")
	require.ErrorAs(t, err, &e)
	require.Equal(t, []any{6, "0"}, []any{e.Pos, e.Found()})
	_, err = gs1.ParseShortUPCE("0123406")
	require.ErrorContains(t, err, `"123406" with number system, or "012340" with check digit`)
}
