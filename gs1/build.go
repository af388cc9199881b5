package gs1

import (
	"slices"
	"strconv"
	"time"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A UDI is the content of a medical device's label: the device identifier, and the production
// identifiers that are not empty (GS1 General Specifications, 2.1.13, "Regulated healthcare trade
// items").
type UDI struct {
	GTIN   GTIN
	Made   time.Time // production date (11)
	Expiry time.Time // expiration date (17)
	Lot    string    // (10)
	Serial string    // (21)

	// More has further elements, such as national healthcare reimbursement numbers (710) to (717).
	// A date of (17) must have a day: day 00 is not allowed for regulated healthcare items since
	// 1 January 2025 (GSCN 21-040).
	More []Element

	// Order has the AIs in the order that an agency asks for; AIs that it lacks follow. By default
	// a date is between lot and serial, which both have a variable length: where a reader loses
	// the FNC1 after the lot, the date shows where the lot ends.
	Order []string
}

// defaultOrder separates the two AIs of variable length by a date.
var defaultOrder = []string{"01", "11", "10", "17", "21"}

// Message returns the valid message of u; now resolves the century of the dates. The error is an
// *[Error]; for a (17) with day 00 it wraps [ErrContent] and its Hint is the last day of the month.
func (u UDI) Message(now time.Time) (Message, error) {
	var b builder
	b.add(u.GTIN.Element())
	b.date("11", u.Made, now)
	b.text("10", u.Lot)
	b.date("17", u.Expiry, now)
	b.text("21", u.Serial)
	for _, e := range u.More {
		b.withDay(e, now)
		b.add(e)
	}
	order := u.Order
	if order == nil {
		order = defaultOrder
		if u.Expiry.IsZero() { // the production date takes its place
			order = []string{"01", "10", "11", "21"}
		}
	}
	return b.message(order)
}

// A LogisticUnit is the content of the label of a pallet or a case: the SSCC, and what the unit
// contains if that is trade items of one kind (GS1 General Specifications, 2.2, "Logistic units").
type LogisticUnit struct {
	SSCC       SSCC
	Content    GTIN // GTIN of the items in the unit (02), "" if mixed
	Count      int  // how many of them (37), at least 1
	Expiry     time.Time
	BestBefore time.Time
	Lot        string
}

// Message returns the valid message of u; now resolves the century of the dates.
func (u LogisticUnit) Message(now time.Time) (Message, error) {
	var b builder
	b.add(u.SSCC.Element())
	if u.Content != "" {
		b.add(Element{AI: "02", Value: string(u.Content)})
		b.date("15", u.BestBefore, now)
		b.date("17", u.Expiry, now)
		count := strconv.Itoa(u.Count)
		if u.Count < 1 {
			b.err = fail(fault{Kind: gs1syntax.BadContent, AI: "37", Input: count, Len: len(count),
				Want: "a count from 1 on"})
		}
		b.text("37", count)
	}
	b.text("10", u.Lot)
	return b.message(nil)
}

// A VariableItem is the content of the label of a trade item of variable measure: its GTIN, with
// indicator 9 unless the item is made for the point of sale, its net weight, and a price if there
// is one (GS1 General Specifications, "Variable measure trade items").
type VariableItem struct {
	GTIN       GTIN
	Kilograms  Decimal // net weight (310n)
	Price      Decimal // price (392n), or (393n) with a currency; none if zero
	Currency   Currency
	BestBefore time.Time
	Lot        string
}

// Message returns the valid message of v; now resolves the century of the date.
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
	return b.message(nil)
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

// withDay rejects an expiration date with day 00.
func (b *builder) withDay(e Element, now time.Time) {
	if e.AI != "17" || len(e.Value) != 6 || e.Value[4:] != "00" || b.err != nil {
		return
	}
	hint := ""
	if last, err := ParseDate(e.Value, now); err == nil {
		hint = "use the last day of the month: " + e.Value[:4] + strconv.Itoa(last.Day())
	}
	b.err = fail(fault{Kind: gs1syntax.BadContent, AI: e.AI, Input: e.Value, Pos: 4, Len: 2,
		Want: "a day, which regulated healthcare items need", Hint: hint})
}

func (b *builder) decimal(ai string, d Decimal, currency Currency) {
	if b.err != nil {
		return
	}
	e, err := d.Element(ai, currency)
	b.err = err
	b.add(e)
}

// message returns the elements, validated: those of order first, the others as Ordered has them.
func (b *builder) message(order []string) (Message, error) {
	if b.err != nil {
		return nil, b.err
	}
	m := b.m.Ordered()
	slices.SortStableFunc(m, func(x, y Element) int {
		return place(order, x.AI) - place(order, y.AI)
	})
	if err := m.Validate(); err != nil {
		return nil, err
	}
	return m, nil
}

// place returns the index of ai in order, or what is greater than all of them.
func place(order []string, ai string) int {
	if i := slices.Index(order, ai); i >= 0 {
		return i
	}
	return len(order)
}
