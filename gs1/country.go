package gs1

import (
	"sort"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Country is a country by its numeric code of ISO 3166-1, three digits as most AIs write it: "528" is the Netherlands.
type Country string

// MultipleCountries is ISO code 999 in AIs (7030) to (7039): the approval number after it is not
// specific to one country.
const MultipleCountries Country = "999"

// ParseCountry returns the country of a numeric code such as "528" or an alpha-2 code such as "NL". It must be in force.
func ParseCountry(code string) (Country, error) {
	numeric, err := parseCode(countries[:], code, "a country of ISO 3166-1 as three digits or two capitals, such as 528 or NL")
	return Country(numeric), err
}

// Alpha2 returns the code of two capitals, such as "NL", or "" if there is none.
func (c Country) Alpha2() string { return find(countries[:], string(c)).letters }

// Name returns the English short name, such as "Netherlands", or "" if there is none.
func (c Country) Name() string { return find(countries[:], string(c)).name }

// A coded is what a standard gives codes of digits and of letters. Tables of them are in the order of the digits.
type coded struct{ numeric, letters, name string }

// find returns the row of a numeric code, or an empty one.
func find(table []coded, numeric string) coded {
	i := sort.Search(len(table), func(i int) bool { return table[i].numeric >= numeric })
	if i < len(table) && table[i].numeric == numeric {
		return table[i]
	}
	return coded{}
}

// parseCode returns the numeric code of one of digits or of letters.
func parseCode(table []coded, code, want string) (numeric string, err error) {
	for i := range table {
		if c := &table[i]; c.numeric == code || c.letters == code {
			return c.numeric, nil
		}
	}
	return "", fail(fault{Kind: gs1syntax.BadContent, Input: code, Len: len(code), Want: want})
}

// ParseCountries returns the countries that an element names, and what stands after them: (421) one and its postal code, (422), (424)
// and (426) one, (423) and (425) up to five, (4307) and (4317) one, (7030) to (7039) one, or [MultipleCountries], and the approval number of the
// processor. ok is false for other AIs and for values that are not valid.
func ParseCountries(e Element) (list []Country, rest string, ok bool) {
	row := gs1syntax.Lookup(e.AI)
	if row == nil {
		return nil, "", false
	}
	if kind, _, _, _ := row.Check(e.Value); kind != 0 {
		return nil, "", false
	}
	switch e.AI {
	case "4307", "4317":
		c, err := ParseCountry(e.Value)
		return []Country{c}, "", err == nil
	case "421", "7030", "7031", "7032", "7033", "7034", "7035", "7036", "7037", "7038", "7039":
		return []Country{Country(e.Value[:3])}, e.Value[3:], true
	case "422", "423", "424", "425", "426":
		for v := e.Value; v != ""; v = v[3:] {
			list = append(list, Country(v[:3]))
		}
		return list, "", true
	}
	return nil, "", false
}
