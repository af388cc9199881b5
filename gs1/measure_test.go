package gs1_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func ExampleParseQuantity() {
	weight, _ := gs1.ParseQuantity(gs1.Element{AI: "3103", Value: "001250"})
	fmt.Println(weight, weight.Unit == "kg", weight.Decimal)
	price, _ := gs1.ParseQuantity(gs1.Element{AI: "3932", Value: "978999"})
	fmt.Println(price, price.Currency, price.Currency.Name())
	coldest, _ := gs1.ParseQuantity(gs1.Element{AI: "4333", Value: "001850-"})
	fmt.Println(coldest)
	// Output:
	// 1.250 kg true 1.250
	// 9.99 EUR 978 Euro
	// -18.50 °C
}

func TestQuantities(t *testing.T) {
	for _, c := range []struct{ ai, value, number, unit, currency string }{
		{"3100", "000012", "12", "kg", ""},
		{"3105", "000012", "0.00012", "kg", ""},
		{"3165", "123456", "1.23456", "m³", ""},
		{"3342", "000012", "0.12", "m²", ""},
		{"3371", "000012", "1.2", "kg/m²", ""},
		{"3601", "000012", "1.2", "qt (US)", ""},
		{"3631", "000012", "1.2", "gal (US)", ""},
		{"3902", "1", "0.01", "", ""},
		{"3912", "978123456789012345", "1234567890123.45", "", "978"},
		{"3923", "1000", "1.000", "", ""},
		{"3941", "0125", "12.5", "%", ""},
		{"3952", "000150", "1.50", "", ""},
	} {
		e := gs1.Element{AI: c.ai, Value: c.value}
		q, ok := gs1.ParseQuantity(e)
		require.True(t, ok, c)
		require.Equal(
			t,
			[]string{c.number, c.unit, c.currency},
			[]string{q.Decimal.String(), q.Unit, string(q.Currency)},
		)
		back, err := q.Decimal.Element(c.ai[:3], gs1.Currency(c.currency))
		require.NoError(t, err, c)
		require.Equal(t, e, back)
		d, err := gs1.ParseDecimal(c.number)
		require.NoError(t, err)
		require.Equal(t, q.Decimal, d)
	}
	for _, e := range []gs1.Element{{"3106", "000001"}, {"30", "1"}, {"37", "1"}, {"310", "1"}, {"3100", "1"}, {"3912", "000123"}, {"10", "1"}} {
		_, ok := gs1.ParseQuantity(e)
		require.False(t, ok, e)
	}
	d, err := gs1.Decimal{1250000000, 9}.Element("310", "")
	require.NoError(t, err)
	require.Equal(t, gs1.Element{"3105", "125000"}, d)
	for _, c := range []struct {
		d        gs1.Decimal
		ai       string
		currency gs1.Currency
	}{{gs1.Decimal{1, 6}, "310", ""}, {gs1.Decimal{1234567, 0}, "310", ""}, {gs1.Decimal{1, 0}, "10", ""}, {gs1.Decimal{1, 0}, "800", ""}, {gs1.Decimal{1, 0}, "391", "000"}, {gs1.Decimal{1, -1}, "310", ""}, {gs1.Decimal{-1, 0}, "310", ""}} {
		_, err := c.d.Element(c.ai, c.currency)
		require.Error(t, err, c)
	}
	for _, bad := range []string{"", ".", "1.", ".1", "1.2.3", "--1", "-", "-.5", "1.-5", "+1", "1.+5", "1e3", "1_0", "9223372036854775808"} {
		_, err := gs1.ParseDecimal(bad)
		require.Error(t, err, bad)
	}
	require.InDelta(t, 12.5, gs1.Decimal{1250, 2}.Float(), 0)
}

// units are those of measures by the first three digits of the AI (GS1 General Specifications,
// 3.6).
var units = map[string]string{
	"310": "kg", "311": "m", "312": "m", "313": "m", "314": "m²", "315": "l", "316": "m³",
	"320": "lb", "321": "in", "322": "ft", "323": "yd", "324": "in", "325": "ft", "326": "yd", "327": "in", "328": "ft", "329": "yd",
	"330": "kg", "331": "m", "332": "m", "333": "m", "334": "m²", "335": "l", "336": "m³", "337": "kg/m²",
	"340": "lb", "341": "in", "342": "ft", "343": "yd", "344": "in", "345": "ft", "346": "yd", "347": "in", "348": "ft", "349": "yd",
	"350": "in²", "351": "ft²", "352": "yd²", "353": "in²", "354": "ft²", "355": "yd²", "356": "tr oz", "357": "oz",
	"360": "qt (US)", "361": "gal (US)", "362": "qt (US)", "363": "gal (US)",
	"364": "in³", "365": "ft³", "366": "yd³", "367": "in³", "368": "ft³", "369": "yd³",
	"390": "", "391": "", "392": "", "393": "", "394": "%", "395": "",
}

// TestEveryQuantity takes each measure and each amount with each number of decimal places there and
// back.
func TestEveryQuantity(t *testing.T) {
	n := 0
	for first, unit := range units {
		for places := range 10 {
			code := fmt.Sprint(first, places)
			ai, ok := gs1.Lookup(code)
			if !ok {
				continue
			}
			n++
			e := gs1.Element{AI: code, Value: "001250"[6-min(ai.Max, 6):]}
			var currency gs1.Currency
			if first == "391" || first == "393" {
				currency = "978"
			}
			if ai.Min != ai.Max {
				e.Value = string(currency) + "1250"
			}
			q, ok := gs1.ParseQuantity(e)
			require.True(t, ok, e)
			require.Equal(t, gs1.Quantity{gs1.Decimal{1250, places}, unit, currency}, q)
			require.InDelta(t, 1250/math.Pow10(places), q.Float(), 1e-12)
			back, err := q.Element(first, currency)
			require.NoError(t, err)
			require.Equal(t, e, back)
		}
	}
	require.Equal(t, 53*6+10+10+10+10+4+6, n)
}

func TestTemperatures(t *testing.T) {
	for text, want := range map[string]gs1.Element{
		"-18.50 °C":   {"4333", "001850-"},
		"25.00 °C":    {"4331", "002500"},
		"-9999.99 °F": {"4332", "999999-"},
		"0.00 °F":     {"4330", "000000"},
		"-0.01 °C":    {"4331", "000001-"},
		"104.00 °F":   {"4330", "010400"},
	} {
		q, ok := gs1.ParseQuantity(want)
		require.True(t, ok)
		require.Equal(t, text, q.String())
		e, err := q.Element(want.AI, "")
		require.NoError(t, err)
		require.Equal(t, want, e)
	}
	for text, value := range map[string]string{"-18.5": "001850-", "25": "002500", "2.000": "000200"} {
		d, err := gs1.ParseDecimal(text)
		require.NoError(t, err)
		e, err := d.Element("4331", "")
		require.NoError(t, err)
		require.Equal(t, value, e.Value)
	}
	for _, d := range []gs1.Decimal{
		{1, 3}, {10000, 0}, {1000000, 2}, {math.MinInt64, 0}, {math.MaxInt64, 0},
		{math.MinInt64, 2},
	} {
		_, err := d.Element("4331", "")
		require.ErrorIs(t, err, gs1.ErrContent)
	}
	_, err := gs1.Decimal{1, 0}.Element("4339", "")
	require.Error(t, err)
	_, ok := gs1.ParseQuantity(gs1.Element{AI: "8005", Value: "000123"})
	require.False(t, ok)
}
