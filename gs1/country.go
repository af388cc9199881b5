package gs1

import (
	"github.com/gonameplate/nameplate/gs1/internal/iso"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Country is a country by its numeric code of ISO 3166-1, three digits as in most AIs: "528" is
// the Netherlands.
type Country string

// MultipleCountries is ISO code 999 in AIs (7030) to (7039): the approval number after it is not
// specific to one country.
const MultipleCountries Country = "999"

// ParseCountry returns the country of a numeric code such as "528" or an alpha-2 code such as "NL".
// The code must be in force; another is an error that wraps [ErrContent].
func ParseCountry(code string) (Country, error) {
	row, ok := iso.Parse(iso.Countries[:], code)
	if !ok {
		return "", fail(fault{Kind: gs1syntax.BadContent, Input: code, Len: len(code),
			Want: "a country of ISO 3166-1 as three digits or two capitals, such as 528 or NL"})
	}
	return Country(row.Numeric), nil
}

// Alpha2 returns the code of two capitals, such as "NL", or "" if there is none.
func (c Country) Alpha2() string { return iso.Find(iso.Countries[:], string(c)).Letters }

// Name returns the English short name, such as "Netherlands", or "" if there is none.
func (c Country) Name() string { return iso.Find(iso.Countries[:], string(c)).Name }

// ParseCountries returns the countries of an element, and the rest of its value: (421) has one and
// a postal code, (422), (424) and (426) one, (423) and (425) up to five, (4307) and (4317) one,
// (7030) to (7039) one, or [MultipleCountries], and the approval number of the processor. ok is
// false for other AIs and for values that are not valid.
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
