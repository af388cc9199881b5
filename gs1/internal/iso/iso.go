// Package iso has the codes of countries (ISO 3166-1) and currencies (ISO 4217).
package iso

import "sort"

// A Code is one country or currency. Tables of codes are sorted by Numeric.
type Code struct {
	Numeric string // three digits
	Letters string // alpha-2 code of a country, alphabetic code of a currency
	Name    string // English short name
}

// Find returns the row of a numeric code, the zero Code if there is none.
func Find(table []Code, numeric string) Code {
	i := sort.Search(len(table), func(i int) bool { return table[i].Numeric >= numeric })
	if i < len(table) && table[i].Numeric == numeric {
		return table[i]
	}
	return Code{}
}

// Parse returns the row of a numeric code or of letters.
func Parse(table []Code, code string) (Code, bool) {
	for _, c := range table {
		if c.Numeric == code || c.Letters == code {
			return c, true
		}
	}
	return Code{}, false
}
