package syntax

import (
	"slices"
	"strings"
)

// AppendLink appends the GS1 Digital Link URI of msg to dst: the first primary key of the message and its qualifiers in the path of
// base, the other elements in the query, those of predefined length first. An empty base is that of the canonical form.
func AppendLink(dst []byte, base string, msg []Element, opt Options) ([]byte, *Fault) {
	if base == "" {
		base = canonicalStem
	}
	if f := checkBase(base); f != nil {
		return dst, f
	}
	if f := Validate(msg, opt); f != nil {
		return dst, f
	}
	key, order := primaryKey(msg)
	if key < 0 {
		return dst, &Fault{Kind: BadURI, Input: Text(msg), Want: "a primary key of GS1 Digital Link URIs, such as (01) or (00)"}
	}
	begin := len(dst)
	dst = appendPair(append(dst, strings.TrimSuffix(base, "/")...), '/', '/', msg[key])
	for _, id := range order {
		if i := position(msg, id); i >= 0 {
			dst = appendPair(dst, '/', '/', msg[i])
		}
	}
	separator := byte('?')
	for _, predefined := range [...]bool{true, false} {
		for i, e := range msg {
			row, id, _ := lookup(e.AI, opt.PermitUnknownAIs)
			if table[row].Predefined != predefined || e.AI == msg[key].AI || slices.Contains(order, id) || position(msg[:i], id) >= 0 {
				continue
			}
			if !mayBeAttribute(&table[row], opt) {
				f := inMessage(msg, i, flaw{kind: BadURI, n: len(e.Value), want: "an AI that may stand in a query"})
				return dst[:begin], f
			}
			dst = appendPair(dst, separator, '=', e)
			separator = '&'
		}
	}
	return dst, nil
}

// checkBase checks that base is a scheme, a domain name and perhaps a path to which pairs can be added.
func checkBase(base string) *Fault {
	p := parser{input: base}
	n, ok := afterScheme(base)
	if !ok {
		return p.fault(BadURI, "", 0, min(8, len(base)), "http:// or https://")
	}
	path := len(base)
	if i := strings.IndexByte(base[n:], '/'); i >= 0 {
		path = n + i
	}
	if path == n {
		return p.fault(BadURI, "", n, 0, "a domain name")
	}
	for i := n; i < len(base); i++ {
		c := base[i]
		if i < path && !in(authorityLow, authorityHi, c) || !in(allowedLow, allowedHigh, c) || c == '?' || c == '#' {
			return p.fault(BadURI, "", i, 1, "a domain name and a path, without query and fragment")
		}
	}
	return nil
}

// primaryKey returns the first primary key of msg, or -1, and the sequence of its qualifiers that has most of them in msg; of two that
// have as many, the one whose qualifier comes first: a URI with the qualifier of one in its path may have one of the other in its query.
func primaryKey(msg []Element) (key int, order []ID) {
	for i, e := range msg {
		row := Lookup(e.AI)
		if row == nil || !row.Key {
			continue
		}
		most, earliest := 0, len(msg)
		for _, alternative := range row.Qualifiers {
			n, first := 0, len(msg)
			for _, id := range alternative {
				if at := position(msg, id); at >= 0 {
					n++
					first = min(first, at)
				}
			}
			if n > most || n == most && first < earliest {
				most, earliest, order = n, first, alternative
			}
		}
		return i, order
	}
	return -1, nil
}

// position returns the first element of msg with the AI of that ID, or -1.
func position(msg []Element, id ID) int {
	for i, e := range msg {
		if other, _ := idOf(e.AI); other == id {
			return i
		}
	}
	return -1
}

// mayBeAttribute tells whether an AI may stand in a query.
func mayBeAttribute(row *AI, opt Options) bool {
	return row.Attribute || row.Code == "" && opt.PermitUnknownAttributes
}

// appendPair appends an AI and its value, percent-encoded but for unreserved characters (RFC 3986, 2.3).
func appendPair(dst []byte, before, between byte, e Element) []byte {
	const hex = "0123456789ABCDEF"
	dst = append(dst, before)
	dst = append(dst, e.AI...)
	dst = append(dst, between)
	for i := range len(e.Value) {
		if c := e.Value[i]; in(plainLow, plainHigh, c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
	}
	return dst
}
