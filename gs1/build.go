package gs1

import (
	"strconv"
	"time"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A UDI is what the label of a medical device says by AIs: the device identifier, and the production identifiers that are not empty
// (GS1 General Specifications, section 2, "Regulated healthcare trade items").
type UDI struct {
	GTIN   GTIN
	Made   time.Time // production date (11)
	Expiry time.Time // expiration date (17)
	Lot    string    // (10)
	Serial string    // (21)
}

// Message returns the valid message of u; now settles which years two digits can mean.
func (u UDI) Message(now time.Time) (Message, error) {
	var b builder
	b.add(u.GTIN.Element())
	b.date("11", u.Made, now)
	b.date("17", u.Expiry, now)
	b.text("10", u.Lot)
	b.text("21", u.Serial)
	return b.message()
}

// A LogisticUnit is what the label of a pallet or a case says by AIs: the SSCC, and what is in it if that is trade items of one kind
// (GS1 General Specifications, section 2, "Logistic units").
type LogisticUnit struct {
	SSCC       SSCC
	Content    GTIN // GTIN of the items in the unit (02), "" if mixed
	Count      int  // how many of them (37), at least 1
	Expiry     time.Time
	BestBefore time.Time
	Lot        string
}

// Message returns the valid message of u; now settles which years two digits can mean.
func (u LogisticUnit) Message(now time.Time) (Message, error) {
	var b builder
	b.add(u.SSCC.Element())
	if u.Content != "" {
		b.add(Element{AI: "02", Value: string(u.Content)})
		b.date("15", u.BestBefore, now)
		b.date("17", u.Expiry, now)
		count := strconv.Itoa(u.Count)
		if u.Count < 1 {
			b.err = fail(fault{Kind: gs1syntax.BadContent, AI: "37", Input: count, Len: len(count), Want: "a count from 1 on"})
		}
		b.text("37", count)
	}
	b.text("10", u.Lot)
	return b.message()
}

// A VariableItem is what a trade item of variable measure says by AIs: its GTIN, with indicator 9 unless the item is made for the point
// of sale, its net weight, and a price if there is one (GS1 General Specifications, "Variable measure trade items").
type VariableItem struct {
	GTIN       GTIN
	Kilograms  Decimal // net weight (310n)
	Price      Decimal // price (392n), or (393n) with a currency; the zero Decimal is none
	Currency   Currency
	BestBefore time.Time
	Lot        string
}

// Message returns the valid message of v; now settles which years two digits can mean.
func (v VariableItem) Message(now time.Time) (Message, error) {
	var b builder
	b.add(v.GTIN.Element())
	b.date("15", v.BestBefore, now)
	b.decimal("310", v.Kilograms, "")
	switch {
	case v.Price == (Decimal{}):
	case v.Currency == "":
		b.decimal("392", v.Price, "")
	default:
		b.decimal("393", v.Price, v.Currency)
	}
	b.text("10", v.Lot)
	return b.message()
}

// A builder collects elements and the first error.
type builder struct {
	m   Message
	err error
}

func (b *builder) add(e Element) { b.m = append(b.m, e) }

// text adds an element unless its value is empty.
func (b *builder) text(ai, value string) {
	if value != "" {
		b.add(Element{AI: ai, Value: value})
	}
}

// date adds a date unless it is zero.
func (b *builder) date(ai string, t, now time.Time) {
	if t.IsZero() || b.err != nil {
		return
	}
	value, err := FormatDate(t, now)
	if err != nil {
		e := *err.(*Error)
		e.AI, b.err = ai, &e
		return
	}
	b.add(Element{AI: ai, Value: value})
}

func (b *builder) decimal(ai string, d Decimal, currency Currency) {
	if b.err != nil {
		return
	}
	e, err := d.Element(ai, currency)
	b.err = err
	b.add(e)
}

func (b *builder) message() (Message, error) {
	if b.err != nil {
		return nil, b.err
	}
	m := b.m.Ordered()
	if err := m.Validate(); err != nil {
		return nil, err
	}
	return m, nil
}
