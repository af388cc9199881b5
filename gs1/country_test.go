package gs1_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
)

func ExampleParseCountries() {
	list, _, ok := gs1.ParseCountries(gs1.Element{AI: "423", Value: "528276"})
	for _, c := range list {
		fmt.Println(c, c.Alpha2(), c.Name())
	}
	country, postalCode, _ := gs1.ParseCountries(gs1.Element{AI: "421", Value: "5281012AB"})
	fmt.Println(country[0].Alpha2(), postalCode, ok)
	// Output:
	// 528 NL Netherlands
	// 276 DE Germany
	// NL 1012AB true
}

func ExampleParseCurrency() {
	euro, err := gs1.ParseCurrency("EUR")
	if err != nil {
		fmt.Println(err)
		return
	}
	price, err := gs1.Decimal{Digits: 999, Places: 2}.Element("393", euro)
	fmt.Println(price, err)
	// Output: {3932 978999} <nil>
}

func TestCountriesOfElements(t *testing.T) {
	for _, c := range []struct{ ai, value, codes, rest string }{
		{"421", "276D-10115", "DE", "D-10115"},
		{"422", "840", "US", ""},
		{"423", "004008010012016", "AF AL AQ DZ AS", ""},
		{"424", "528", "NL", ""},
		{"425", "528826", "NL GB", ""},
		{"426", "756", "CH", ""},
		{"4307", "TR", "TR", ""},
		{"4317", "NO", "NO", ""},
		{"7030", "999A1", "", "A1"},
		{"7039", "056B42", "BE", "B42"},
	} {
		list, rest, ok := gs1.ParseCountries(gs1.Element{AI: c.ai, Value: c.value})
		require.True(t, ok, c)
		var codes []string
		for _, country := range list {
			codes = append(codes, country.Alpha2())
			if country != gs1.MultipleCountries {
				require.NotEmpty(t, country.Name())
			}
		}
		require.Equal(t, c.codes, strings.Join(codes, " "))
		require.Equal(t, c.rest, rest)
	}
	for _, e := range []gs1.Element{{"422", "999"}, {"422", "52"}, {"423", "52882"}, {"423", ""}, {"4307", "XX"}, {"4307", "nl"}, {"427", "CA"}, {"10", "528"}, {"x", "528"}, {"7030", "998A"}, {"421", "528"}} {
		list, _, ok := gs1.ParseCountries(e)
		require.False(t, ok, e)
		require.Empty(t, list)
	}
	for _, bad := range []string{"", "nl", "999", "000", "XX", "NLD", "5280", "1", "\xff\xff"} {
		_, err := gs1.ParseCountry(bad)
		require.ErrorIs(t, err, gs1.ErrContent, bad)
	}
	require.Empty(t, gs1.Country("").Name())
	require.Empty(t, gs1.Currency("").Alphabetic())
	require.Empty(t, gs1.Currency("123").Name())
}

// TestCodeLists compares countries and currencies with the lists of the reference engine.
func TestCodeLists(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(referenceData, "code-lists.json"))
	require.NoError(t, err)
	var lists map[string][]string
	require.NoError(t, json.Unmarshal(data, &lists))
	var alpha2, names []string
	for _, code := range lists["iso3166"] {
		c, err := gs1.ParseCountry(code)
		require.NoError(t, err, code)
		alpha2, names = append(alpha2, c.Alpha2()), append(names, c.Name())
		again, err := gs1.ParseCountry(c.Alpha2())
		require.NoError(t, err)
		require.Equal(t, c, again)
	}
	require.ElementsMatch(t, lists["iso3166alpha2"], alpha2)
	slices.Sort(names)
	require.Equal(t, names, slices.Compact(slices.Clone(names)))
	for n := range 1000 {
		code := fmt.Sprintf("%03d", n)
		_, err := gs1.ParseCountry(code)
		require.Equal(t, slices.Contains(lists["iso3166"], code), err == nil, code)
		c, err := gs1.ParseCurrency(code)
		require.Equal(t, slices.Contains(lists["iso4217"], code), err == nil, code)
		if err == nil {
			again, err := gs1.ParseCurrency(c.Alphabetic())
			require.NoError(t, err)
			require.Equal(t, c, again)
			require.NotEmpty(t, c.Name())
		}
	}
}

// TestIsoCodes compares the codes and names with Debian's package iso-codes, which is some years
// older: it lacks two currencies and has another for the number 532.
func TestIsoCodes(t *testing.T) {
	read := func(standard string, v any) {
		data, err := os.ReadFile("/usr/share/iso-codes/json/iso_" + standard + ".json")
		if err != nil {
			ci.Skip(t, "Debian's iso-codes is not installed")
		}
		require.NoError(t, json.Unmarshal(data, v))
	}
	var countries struct {
		List []struct {
			Numeric string
			Alpha2  string `json:"alpha_2"`
			Name    string
			Flag    string
		} `json:"3166-1"`
	}
	read("3166-1", &countries)
	require.Greater(t, len(countries.List), 240)
	for _, want := range countries.List {
		c, err := gs1.ParseCountry(want.Numeric)
		require.NoError(t, err, want)
		require.Equal(t, want.Alpha2, c.Alpha2())
		words := func(s string) []string { // in whichever order
			w := strings.FieldsFunc(
				strings.ToLower(s),
				func(r rune) bool { return r == ' ' || r == ',' || r == '(' || r == ')' },
			)
			slices.Sort(w)
			return w
		}
		switch c {
		case "092",
			"336",
			"850": // they call it Virgin Islands, British; Holy See (Vatican City State); Virgin Islands, U.S.
			continue
		}
		if c == "180" {
			want.Name = strings.Replace(want.Name, "The ", "", 1)
		}
		require.Equal(t, words(want.Name), words(c.Name()))
	}
	var currencies struct {
		List []struct {
			Numeric string
			Alpha3  string `json:"alpha_3"`
			Name    string
		} `json:"4217"`
	}
	read("4217", &currencies)
	compared := 0
	for _, want := range currencies.List {
		if c, err := gs1.ParseCurrency(want.Numeric); err == nil && c != "532" {
			compared++
			require.Equal(t, []string{want.Alpha3, want.Name}, []string{c.Alphabetic(), c.Name()})
		}
	}
	require.Greater(t, compared, 170)
}
