package gs1_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func ExampleParseQuantity() {
	weight, _ := gs1.ParseQuantity(gs1.Element{AI: "3103", Value: "001250"})
	fmt.Println(weight, weight.Unit)
	price, _ := gs1.ParseQuantity(gs1.Element{AI: "3932", Value: "978999"})
	fmt.Println(price, price.Currency)
	// Output:
	// 1.250 kg
	// 9.99 978
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
		require.Equal(t, []string{c.number, c.unit, c.currency}, []string{q.String(), q.Unit, q.Currency})
		back, err := q.Decimal.Element(c.ai[:3], c.currency)
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
		d            gs1.Decimal
		ai, currency string
	}{{gs1.Decimal{1, 6}, "310", ""}, {gs1.Decimal{1234567, 0}, "310", ""}, {gs1.Decimal{1, 0}, "10", ""}, {gs1.Decimal{1, 0}, "800", ""}, {gs1.Decimal{1, 0}, "391", "000"}, {gs1.Decimal{1, -1}, "310", ""}} {
		_, err := c.d.Element(c.ai, c.currency)
		require.Error(t, err, c)
	}
	for _, bad := range []string{"", ".", "1.", ".1", "1.2.3", "-1", "+1", "1e3", "1_0", "18446744073709551616"} {
		_, err := gs1.ParseDecimal(bad)
		require.Error(t, err, bad)
	}
	require.InDelta(t, 12.5, gs1.Decimal{1250, 2}.Float(), 0)
}
