package gs1_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

var today = time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)

func ExampleUDI() {
	udi := gs1.UDI{
		GTIN:   "09521234543213",
		Expiry: time.Date(2028, time.January, 31, 0, 0, 0, 0, time.UTC),
		Lot:    "L42",
		Serial: "A1234567",
	}
	message, err := udi.Message(time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC))
	fmt.Println(message, err)
	// Output: (01)09521234543213(10)L42(17)280131(21)A1234567 <nil>
}

func ExampleLogisticUnit() {
	sscc, _ := gs1.NewSSCC(0, "9521234", 1)
	pallet := gs1.LogisticUnit{SSCC: sscc, Content: "09521234543213", Count: 48, Lot: "L42"}
	message, err := pallet.Message(time.Now())
	fmt.Println(message, err)
	// Output: (00)095212340000000013(02)09521234543213(37)48(10)L42 <nil>
}

func ExampleVariableItem() {
	euro, _ := gs1.ParseCurrency("EUR")
	cheese := gs1.VariableItem{
		GTIN:      "99521234543216",
		Kilograms: gs1.Decimal{Digits: 352, Places: 3},
		Price:     gs1.Decimal{Digits: 999, Places: 2},
		Currency:  euro,
		Lot:       "L42",
	}
	message, err := cheese.Message(time.Now())
	fmt.Println(message, err)
	// Output: (01)99521234543216(3103)000352(3932)978999(10)L42 <nil>
}

func TestBuilders(t *testing.T) {
	for want, b := range map[string]interface {
		Message(time.Time) (gs1.Message, error)
	}{
		"(01)09521234543213(11)260601(10)L(17)260601(21)S": gs1.UDI{
			GTIN: "09521234543213", Made: today, Expiry: today, Lot: "L", Serial: "S"},
		"(01)09521234543213(10)L(11)260601(21)S": gs1.UDI{
			GTIN: "09521234543213", Made: today, Lot: "L", Serial: "S"},
		"(01)09521234543213(10)L(21)S": gs1.UDI{GTIN: "09521234543213", Lot: "L", Serial: "S"},
		"(01)09521234543213":           gs1.UDI{GTIN: "09521234543213"},
		"(01)09521234543213(10)L(17)260601(21)S(7003)2606011200(714)1234": gs1.UDI{
			GTIN: "09521234543213", Expiry: today, Lot: "L", Serial: "S",
			More: []gs1.Element{{"7003", "2606011200"}, {"714", "1234"}}},
		"(01)09521234543213(21)S(17)260601(10)L(714)1234": gs1.UDI{
			GTIN: "09521234543213", Expiry: today, Lot: "L", Serial: "S",
			More: []gs1.Element{{"714", "1234"}}, Order: []string{"01", "21", "17", "10"}},
		"(00)095212340000000013(02)09521234543213(15)260601(17)260601(37)12(10)L": gs1.LogisticUnit{
			"095212340000000013", "09521234543213", 12, today, today, "L"},
		"(00)095212340000000013": gs1.LogisticUnit{SSCC: "095212340000000013"},
		"(01)99521234543216(15)260601(3103)001250(3922)999(10)L": gs1.VariableItem{
			"99521234543216", gs1.Decimal{1250, 3}, gs1.Decimal{999, 2}, "", today, "L"},
		"(01)99521234543216(3103)001250(3932)978999": gs1.VariableItem{GTIN: "99521234543216",
			Kilograms: gs1.Decimal{1250, 3}, Price: gs1.Decimal{999, 2}, Currency: "978"},
	} {
		m, err := b.Message(today)
		require.NoError(t, err, want)
		require.Equal(t, want, m.String())
	}
	far := today.AddDate(60, 0, 0)
	for kind, b := range map[error]interface {
		Message(time.Time) (gs1.Message, error)
	}{
		gs1.ErrContent:    gs1.UDI{GTIN: "09521234543213", Expiry: far},
		gs1.ErrLength:     gs1.UDI{GTIN: "09521234543213", Lot: "123456789012345678901"},
		gs1.ErrCheckDigit: gs1.UDI{GTIN: "09521234543210"},
		gs1.ErrMissingAI:  gs1.LogisticUnit{SSCC: "095212340000000013", Lot: "L"},
		gs1.ErrUnknownAI:  gs1.VariableItem{GTIN: "99521234543216", Kilograms: gs1.Decimal{1, 7}},
	} {
		m, err := b.Message(today)
		require.ErrorIs(t, err, kind)
		require.Nil(t, m)
	}
}

// A UDI has no month as expiration date (GSCN 21-040).
func TestUDINeedsADay(t *testing.T) {
	udi := gs1.UDI{GTIN: "09521234543213", More: []gs1.Element{{"17", "280200"}}}
	_, err := udi.Message(today)
	require.ErrorIs(t, err, gs1.ErrContent)
	var e *gs1.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "use the last day of the month: 280229", e.Hint)
	require.Equal(t, []any{"17", 4, 2}, []any{e.AI, e.Pos, e.Len})
	udi.More[0].Value = "281300"
	_, err = udi.Message(today)
	require.ErrorIs(t, err, gs1.ErrContent)
	udi.More[0].Value = "280229"
	m, err := udi.Message(today)
	require.NoError(t, err)
	require.Equal(t, "(01)09521234543213(17)280229", m.String())
}

func TestContentNeedsACount(t *testing.T) {
	_, err := gs1.LogisticUnit{SSCC: "095212340000000013", Content: "09521234543213"}.Message(today)
	require.ErrorIs(t, err, gs1.ErrContent)
}

// TestOrdered has one AI of each group, and in the first message two.
func TestOrdered(t *testing.T) {
	for want, m := range map[string]gs1.Message{
		"(01)09521234543213(17)260131(11)250131(21)S(10)L": {
			{"21", "S"}, {"10", "L"}, {"17", "260131"}, {"01", "09521234543213"}, {"11", "250131"}},
		"(01)09521234543213(11)250131(8004)9521A(21)S": {
			{"21", "S"}, {"8004", "9521A"}, {"11", "250131"}, {"01", "09521234543213"}},
		"(11)250131(8004)9521A(21)S": {{"8004", "9521A"}, {"21", "S"}, {"11", "250131"}},
		"(8004)9521A(05)X(10)L":      {{"05", "X"}, {"10", "L"}, {"8004", "9521A"}},
	} {
		given := m[0]
		require.Equal(t, want, m.Ordered().String())
		require.Equal(t, given, m[0])
	}
}
