package gs1

import "sort"

// A Currency is a currency by its numeric code of ISO 4217, three digits as AIs (391n) and (393n) write it: "978" is the euro.
type Currency string

// ParseCurrency returns the currency of a numeric code such as "978" or an alphabetic code such as "EUR".
func ParseCurrency(code string) (Currency, error) {
	for i := range currencies {
		if c := &currencies[i]; c.numeric == code || c.alphabetic == code {
			return Currency(c.numeric), nil
		}
	}
	return "", &Error{Kind: ErrContent, Input: code, Len: len(code), Want: "a currency of ISO 4217 as three digits or three capitals, such as 978 or EUR"}
}

// Alphabetic returns the code of three capitals, such as "EUR", or "" if there is none.
func (c Currency) Alphabetic() string {
	if i := currencyRow(string(c)); i >= 0 {
		return currencies[i].alphabetic
	}
	return ""
}

// Name returns the English name, such as "Euro", or "" if there is none.
func (c Currency) Name() string {
	if i := currencyRow(string(c)); i >= 0 {
		return currencies[i].name
	}
	return ""
}

func currencyRow(numeric string) int {
	i := sort.Search(len(currencies), func(i int) bool { return currencies[i].numeric >= numeric })
	if i < len(currencies) && currencies[i].numeric == numeric {
		return i
	}
	return -1
}
