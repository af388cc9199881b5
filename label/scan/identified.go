package scan

import (
	"strings"
)

// identified returns the readings of data with a symbology identifier, which may have lost its
// case.
func (r Reader) identified(t *damaged) []Result {
	if len(t.s) < 3 {
		return nil
	}
	code, modifier := t.s[1], t.s[2]
	what, flipped := carrierOf(code, modifier), carrierOf(otherCaseByte(code), modifier)
	if what == plainText && flipped.gs1() { // symbols that are rarely seen, such as Code One
		if found := r.flipped(t, flipped); found != nil && found[0].holdsKey() {
			return found
		}
	}
	if what != unassigned {
		if found := r.carried(t, what); found != nil {
			return found
		}
	}
	if what != plainText && flipped.gs1() {
		return r.flipped(t, flipped)
	}
	return nil
}

// carried returns the readings of data whose identifier is intact.
func (r Reader) carried(t *damaged, what carrier) []Result {
	if what.eci() {
		t = t.clone()
		t.undoECI(3)
	}
	var found []Result
	switch what {
	case elementString, eciElements:
		found = r.elements(t, 3)
	case ean13, ean8, addOn2, addOn5, ean13AddOn, itf:
		found = r.retail(t, what)
	case isbt:
		found = r.isbt128(t, 3)
	case application, eciIndustry:
		found = []Result{{Kind: Text, Symbology: t.s[:3], Text: t.s[3:], Repairs: t.repairs}}
	default:
		found = r.content(t)
	}
	return found
}

// content returns the readings of plain text with an identifier.
func (r Reader) content(t *damaged) []Result {
	for _, read := range [...]func(*damaged, int) []Result{
		r.envelope, r.link, r.hibc, r.isbt128, r.pzn, r.withoutFNC1,
	} {
		if found := read(t, 3); found != nil {
			return found
		}
	}
	return nil
}

// withoutFNC1 reads GS1 data in a symbol that says by its identifier that it carries plain text.
// The data must have a key with check digit.
func (r Reader) withoutFNC1(t *damaged, from int) []Result {
	c := t.clone()
	if !strings.HasPrefix(c.s[from:], "(") && !strings.HasPrefix(c.s[from:], "^") {
		c.repairs = append(c.repairs, Repair{
			"FNC1 in front is missing: the printer must encode it", c.at[from], 0})
	}
	var found []Result
	for _, a := range r.elements(c, from) {
		if a.Kind == GS1 && a.holdsKey() {
			found = append(found, a)
		}
	}
	return found
}

// holdsKey reports whether GS1 data have a key, without which much can be taken for them.
func (a *Result) holdsKey() bool {
	for _, e := range a.Message {
		switch e.AI {
		case "00", "01", "02", "402", "410", "411", "412", "413", "414", "415", "416", "417", "253",
			"255", "8003", "8006", "8013", "8014", "8017", "8018":
			return true
		}
	}
	return false
}

const identifierCase = "case of the symbology identifier restored"

// flipped reads data whose identifier has the wrong case. Either caps lock was on, or an input
// field changes the case: letters of both cases prove caps lock.
func (r Reader) flipped(t *damaged, what carrier) []Result {
	c := t.clone()
	c.replace(1, 1, string(otherCaseByte(t.s[1])), identifierCase)
	body := t.s[3:]
	upper := strings.ToUpper(body) != body // has small letters
	lower := strings.ToLower(body) != body // has capitals
	asSmall := t.s[1] < 'a'                // the identifier's letter was small and is a capital now
	if upper || lower {
		swapped := c.clone()
		swapped.swapCase(3)
		switch {
		case asSmall && upper, !asSmall && lower:
			return r.carried(swapped, what)
		default:
			return r.eitherCase(c, swapped, what)
		}
	}
	return r.carried(c, what)
}

// eitherCase returns the readings of data whose letters may have the other case.
func (r Reader) eitherCase(c, swapped *damaged, what carrier) []Result {
	found := r.carried(c, what)
	for i := range found {
		found[i].Doubts = append(found[i].Doubts, Doubt{
			What: "the case of the letters may have been changed", Pos: c.at[3], Len: len(c.s) - 3})
	}
	other := r.carried(swapped, what)
	if found == nil {
		found, other = other, nil
		for i := range found {
			found[i].doubt("the case of the letters may have been changed")
		}
	}
	return append(found, other...)
}

// swapCase reverses the case of the letters from byte from on.
func (t *damaged) swapCase(from int) {
	b := []byte(t.s)
	for i := from; i < len(b); i++ {
		b[i] = otherCaseByte(b[i])
	}
	t.repairs = append(t.repairs, Repair{"caps lock undone", t.at[from],
		t.at[len(t.s)] - t.at[from]})
	t.s = string(b)
}
