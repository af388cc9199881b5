package gs1

import (
	"math"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/gs1/internal/syntax"
)

// A Decimal is a number with a fixed number of decimal places, exactly as AIs carry it: 12.50 is {1250, 2}.
type Decimal struct {
	Digits uint64 // the number without its decimal point
	Places int    // digits after the decimal point
}

// ParseDecimal reads digits with at most one decimal point, such as "12.50".
func ParseDecimal(s string) (Decimal, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseUint(whole+fraction, 10, 64)
	if err != nil || whole == "" || s[len(s)-1] == '.' || whole[0] == '+' {
		return Decimal{}, &Error{Kind: ErrForm, Input: s, Len: len(s), Want: "digits with at most one decimal point among them"}
	}
	return Decimal{n, len(fraction)}, nil
}

// String writes the number with all its decimal places.
func (d Decimal) String() string {
	s := strconv.FormatUint(d.Digits, 10)
	if d.Places <= 0 {
		return s
	}
	if len(s) <= d.Places {
		s = strings.Repeat("0", d.Places+1-len(s)) + s
	}
	return s[:len(s)-d.Places] + "." + s[len(s)-d.Places:]
}

// Float returns the nearest float64.
func (d Decimal) Float() float64 { return float64(d.Digits) / math.Pow10(d.Places) }

// A Quantity is a measure or an amount of money.
type Quantity struct {
	Decimal

	// Unit of a measure, as the data title has it: kg, m, m², l, m³, lb, in, ft, yd, in², ft², yd², in³, ft³, yd³, tr oz, oz,
	// qt (US), gal., gal (US) or kg/m²; "%" for a percentage; "" for money.
	Unit string

	// Currency of an amount: the numeric code of ISO 4217, or "" if the AI doesn't tell (then it is that of the place).
	Currency string
}

// ParseQuantity returns what a measure (31nn to 36nn) or an amount (390n to 395n) says; the fourth digit of the AI is the number of
// decimal places (GS1 General Specifications, 3.6). ok is false for other AIs and for values that are not valid.
func ParseQuantity(e Element) (q Quantity, ok bool) {
	row := syntax.Lookup(e.AI)
	if row == nil || len(e.AI) != 4 || e.AI[0] != '3' {
		return Quantity{}, false
	}
	if kind, _, _, _ := row.Check(e.Value); kind != 0 {
		return Quantity{}, false
	}
	value := e.Value
	switch e.AI[:3] {
	case "391", "393":
		q.Currency, value = value[:3], value[3:]
	case "390", "392", "395":
	case "394":
		q.Unit = "%"
	default:
		q.Unit = unit(row.Title)
	}
	q.Digits, _ = strconv.ParseUint(value, 10, 64) // at most 15 digits
	q.Places = int(e.AI[3] - '0')
	return q, true
}

// unit finds the unit in a data title: "NET WEIGHT (kg)", "VOLUME (gal (US)), log", "KG PER m²".
func unit(title string) string {
	from, to := strings.IndexByte(title, '('), strings.LastIndexByte(title, ')')
	if from < 0 || to < from {
		return "kg/m²"
	}
	return title[from+1 : to]
}

// Element returns d as the value of the measure or amount whose first three digits are ai, such as "310" for the net weight in
// kilograms or "392" for a price: the decimal places become the fourth digit. A currency, for "391" and "393", is the numeric code of
// ISO 4217. Zeros at the end are dropped if d has more decimal places than the AI allows.
func (d Decimal) Element(ai, currency string) (Element, error) {
	code := ai + strconv.Itoa(d.Places)
	for syntax.Lookup(code) == nil && d.Places > 0 && d.Digits%10 == 0 {
		d = Decimal{d.Digits / 10, d.Places - 1}
		code = ai + strconv.Itoa(d.Places)
	}
	row := syntax.Lookup(code)
	if row == nil || code[0] != '3' || len(code) != 4 {
		return Element{}, &Error{Kind: ErrUnknownAI, AI: code, Input: d.String(), Len: len(d.String()),
			Want: "the first three digits of a measure or an amount, and no more decimal places than it allows"}
	}
	value := currency + strconv.FormatUint(d.Digits, 10)
	if row.Min == row.Max {
		value = zeros(value, int(row.Min))
	}
	value, err := parseKey[string](code, value)
	if err != nil {
		return Element{}, err
	}
	return Element{AI: code, Value: value}, nil
}

// zeros puts zeros in front of s until it has n digits.
func zeros(s string, n int) string { return strings.Repeat("0", max(0, n-len(s))) + s }
