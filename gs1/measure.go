package gs1

import (
	"math"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Decimal is a number with a fixed number of decimal places, as AIs carry it: 12.50 is {1250, 2}.
type Decimal struct {
	Digits int64 // the number without its decimal point
	Places int   // digits after the decimal point
}

// ParseDecimal parses digits with at most one decimal point among them, such as "12.50", and with a
// minus sign in front if the number is negative.
func ParseDecimal(s string) (Decimal, error) {
	whole, fraction, point := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil || point && (strings.Trim(whole, "-") == "" || fraction == "") ||
		whole[0] == '+' {
		return Decimal{}, fail(fault{Kind: gs1syntax.BadForm, Input: s, Len: len(s),
			Want: "digits with at most one decimal point among them"})
	}
	return Decimal{n, len(fraction)}, nil
}

// String returns the number with all its decimal places.
func (d Decimal) String() string {
	s, sign := strconv.FormatUint(d.magnitude(), 10), ""
	if d.Digits < 0 {
		sign = "-"
	}
	if d.Places <= 0 {
		return sign + s
	}
	s = zeros(s, d.Places+1)
	return sign + s[:len(s)-d.Places] + "." + s[len(s)-d.Places:]
}

// magnitude returns the digits without sign.
func (d Decimal) magnitude() uint64 {
	if d.Digits < 0 {
		return -uint64(d.Digits)
	}
	return uint64(d.Digits)
}

// Float returns the nearest float64.
func (d Decimal) Float() float64 { return float64(d.Digits) / math.Pow10(d.Places) }

// A Quantity is a measure or an amount of money.
type Quantity struct {
	Decimal

	// Unit is the unit of a measure: kg, m, m², l, m³, lb, in, ft, yd, in², ft², yd², in³, ft³,
	// yd³, tr oz, oz, qt (US), gal (US), kg/m², °C or °F; "%" for a percentage; "" for money.
	Unit string

	// Currency is the currency of an amount, "" if the AI has none: then it is the local one.
	Currency Currency
}

// String returns the number with its unit or the alphabetic code of its currency: "1.250 kg",
// "9.99 EUR", "12.5 %".
func (q Quantity) String() string {
	return strings.TrimRight(q.Decimal.String()+" "+q.Unit+q.Currency.Alphabetic(), " ")
}

// ParseQuantity returns the quantity of a measure (310n to 369n), an amount (390n to 395n) or a
// temperature (4330 to 4333). The fourth digit of the AI of a measure or an amount is the number of
// decimal places (GS1 General Specifications, 3.6); temperatures are in hundredths of a degree. ok
// is false for other AIs and for values that are not valid, and for (8005), whose decimal places
// depend on the local currency.
func ParseQuantity(e Element) (q Quantity, ok bool) {
	row := gs1syntax.Lookup(e.AI)
	if row == nil || len(e.AI) != 4 || e.AI[0] != '3' && e.AI[:3] != "433" {
		return Quantity{}, false
	}
	if kind, _, _, _ := row.Check(e.Value); kind != 0 {
		return Quantity{}, false
	}
	value := e.Value
	q.Places = int(e.AI[3] - '0')
	switch e.AI[:3] {
	case "433":
		q.Places, q.Unit = 2, "°F"
		if e.AI == "4331" || e.AI == "4333" {
			q.Unit = "°C"
		}
		value = value[6:] + value[:6] // the minus sign is the last character
	case "391", "393":
		q.Currency, value = Currency(value[:3]), value[3:]
	case "390", "392", "395":
	case "394":
		q.Unit = "%"
	case "337":
		q.Unit = "kg/m²"
	case "361":
		q.Unit = "gal (US)"
	default:
		from, to := strings.IndexByte(row.Title, '(')+1, strings.LastIndexByte(row.Title, ')')
		q.Unit = row.Title[from:to]
	}
	q.Digits, _ = strconv.ParseInt(value, 10, 64) // at most 15 digits
	return q, true
}

// Element returns d as the value of the measure or amount whose first three digits are ai, such as
// "310" for the net weight in kilograms or "392" for a price: the decimal places become the fourth
// digit. "391" and "393" need a currency, the others none. Trailing zeros are dropped if d has more
// decimal places than the AI allows. A temperature has the whole AI, such as "4331".
func (d Decimal) Element(ai string, currency Currency) (Element, error) {
	if len(ai) == 4 && ai[:3] == "433" {
		return d.temperature(ai)
	}
	code := ai + strconv.Itoa(d.Places)
	for gs1syntax.Lookup(code) == nil && d.Places > 0 && d.Digits%10 == 0 {
		d = Decimal{d.Digits / 10, d.Places - 1}
		code = ai + strconv.Itoa(d.Places)
	}
	row := gs1syntax.Lookup(code)
	if row == nil || code[0] != '3' || len(code) != 4 {
		return Element{}, d.unfit(
			gs1syntax.UnknownAI,
			code,
			"the first three digits of a measure or an "+
				"amount, and no more decimal places than it allows",
		)
	}
	if d.Digits < 0 {
		return Element{}, d.unfit(gs1syntax.BadContent, code, "no negative number")
	}
	value := strconv.FormatInt(d.Digits, 10)
	if row.Min == row.Max {
		value = zeros(value, int(row.Min))
	}
	if value, err := parseKey[string](code, string(currency)+value); err == nil {
		return Element{AI: code, Value: value}, nil
	} else {
		return Element{}, err
	}
}

// temperature returns d in hundredths of a degree, followed by the minus sign if there is one.
func (d Decimal) temperature(ai string) (Element, error) {
	given := d
	for ; d.Places > 2 && d.Digits%10 == 0; d.Places-- {
		d.Digits /= 10
	}
	for ; d.Places < 2 && d.magnitude() < 1e6; d.Places++ {
		d.Digits *= 10
	}
	if gs1syntax.Lookup(ai) == nil || d.Places != 2 || d.magnitude() >= 1e6 {
		return Element{}, given.unfit(
			gs1syntax.BadContent,
			ai,
			"less than 10,000 degrees, in hundredths",
		)
	}
	value := zeros(strconv.FormatUint(d.magnitude(), 10), 6)
	if d.Digits < 0 {
		value += "-"
	}
	return Element{AI: ai, Value: value}, nil
}

// unfit returns the error that d can't be the value of an AI.
func (d Decimal) unfit(kind gs1syntax.Kind, ai, want string) error {
	s := d.String()
	return fail(fault{Kind: kind, AI: ai, Input: s, Len: len(s), Want: want})
}

// zeros returns s, padded with zeros in front to n digits.
func zeros(s string, n int) string { return strings.Repeat("0", max(0, n-len(s))) + s }
