package gs1

// A Currency is a currency by its numeric code of ISO 4217, three digits as AIs (391n) and (393n) write it: "978" is the euro.
type Currency string

// ParseCurrency returns the currency of a numeric code such as "978" or an alphabetic code such as "EUR".
func ParseCurrency(code string) (Currency, error) {
	numeric, err := parseCode(currencies[:], code, "a currency of ISO 4217 as three digits or three capitals, such as 978 or EUR")
	return Currency(numeric), err
}

// Alphabetic returns the code of three capitals, such as "EUR", or "" if there is none.
func (c Currency) Alphabetic() string { return find(currencies[:], string(c)).letters }

// Name returns the English name, such as "Euro", or "" if there is none.
func (c Currency) Name() string { return find(currencies[:], string(c)).name }
