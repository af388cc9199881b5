package gs1

import (
	"github.com/gonameplate/nameplate/gs1/internal/iso"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Currency is a currency by its numeric code of ISO 4217, three digits as in AIs (391n) and
// (393n): "978" is the euro.
type Currency string

// ParseCurrency returns the currency of a numeric code such as "978" or an alphabetic code such as
// "EUR". The code must be in force; another is an error that wraps [ErrContent].
func ParseCurrency(code string) (Currency, error) {
	row, ok := iso.Parse(iso.Currencies[:], code)
	if !ok {
		return "", fail(fault{Kind: gs1syntax.BadContent, Input: code, Len: len(code),
			Want: "a currency of ISO 4217 as three digits or three capitals, such as 978 or EUR"})
	}
	return Currency(row.Numeric), nil
}

// Alphabetic returns the code of three capitals, such as "EUR", or "" if there is none.
func (c Currency) Alphabetic() string { return iso.Find(iso.Currencies[:], string(c)).Letters }

// Name returns the English name, such as "Euro", or "" if there is none.
func (c Currency) Name() string { return iso.Find(iso.Currencies[:], string(c)).Name }
