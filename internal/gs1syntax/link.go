package gs1syntax

import (
	"slices"
	"strings"
)

// AppendLink appends the GS1 Digital Link URI of msg to dst: the first primary key of the message
// and its qualifiers in the path of base, the other elements in the query, those of predefined
// length first. An empty base is that of the canonical form. The first inPath elements make the
// path instead if they can.
func AppendLink(dst []byte, base string, msg []Element, inPath int, opt Options) ([]byte, *Fault) {
	if base == "" {
		base = canonicalStem
	}
	if f := checkBase(base); f != nil {
		return dst, f
	}
	if f := Validate(msg, opt); f != nil {
		return dst, f
	}
	var room [8]Element
	path := msg[:min(inPath, len(msg))]
	if !isPath(path) {
		path = choosePath(room[:0], msg)
	}
	if len(path) == 0 {
		return dst, &Fault{
			Kind:  BadURI,
			Input: Text(msg),
			Want:  "a primary key of GS1 Digital Link URIs, such as (01) or (00)",
		}
	}
	begin := len(dst)
	dst = append(dst, strings.TrimSuffix(base, "/")...)
	for _, e := range path {
		dst = appendPair(dst, '/', '/', e)
	}
	separator := byte('?')
	for _, predefined := range [...]bool{true, false} {
		for i, e := range msg {
			row, _, _ := lookup(e.AI, opt.PermitUnknownAIs)
			if table[row].Predefined != predefined || has(path, e.AI) || has(msg[:i], e.AI) {
				continue
			}
			if !mayBeAttribute(&table[row], opt) {
				f := inMessage(
					msg,
					i,
					flaw{kind: BadURI, n: len(e.Value), want: "an AI that the query may carry"},
				)
				return dst[:begin], f
			}
			dst = appendPair(dst, separator, '=', e)
			separator = '&'
		}
	}
	return dst, nil
}

// checkBase checks that base is a scheme, a domain name and perhaps a path to which pairs can be
// added.
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
		if i < path && uriClass[c]&inHost == 0 || uriClass[c] == 0 || c == '?' || c == '#' {
			return p.fault(BadURI, "", i, 1, "a domain name and a path, without query and fragment")
		}
	}
	return nil
}

// choosePath appends to path the first primary key of msg and its qualifiers. Of sequences that
// don't mix it takes the one that has most of its members in msg; of two that have as many, the
// first.
func choosePath(path, msg []Element) []Element {
	i := slices.IndexFunc(msg, isKey)
	if i < 0 {
		return path
	}
	var order []ID
	most := 0
	for _, alternative := range Lookup(msg[i].AI).Qualifiers {
		var room [4]Element
		if n := len(inOrder(room[:0], msg, alternative)); n > most {
			most, order = n, alternative
		}
	}
	return inOrder(append(path, msg[i]), msg, order)
}

func isKey(e Element) bool {
	row := Lookup(e.AI)
	return row != nil && row.Key
}

// inOrder appends the elements of msg whose AIs are in order to found, in that order.
func inOrder(found, msg []Element, order []ID) []Element {
	for _, id := range order {
		for _, e := range msg {
			if other, _ := idOf(e.AI); other == id {
				found = append(found, e)
				break
			}
		}
	}
	return found
}

// isPath reports whether msg is a primary key and qualifiers of it in their order.
func isPath(msg []Element) bool {
	if len(msg) == 0 || !isKey(msg[0]) {
		return false
	}
	var room [4]Element
	return len(msg) == 1 ||
		slices.ContainsFunc(Lookup(msg[0].AI).Qualifiers, func(order []ID) bool {
			return slices.Equal(msg[1:], inOrder(room[:0], msg[1:], order))
		})
}

// has reports whether msg has an element with that AI.
func has(msg []Element, ai string) bool {
	return slices.ContainsFunc(msg, func(e Element) bool { return e.AI == ai })
}

// mayBeAttribute reports whether a query may carry an AI.
func mayBeAttribute(row *AI, opt Options) bool {
	return row.Attribute || row.Code == "" && opt.PermitUnknownAttributes
}

// appendPair appends an AI and its value, percent-encoded but for unreserved characters (RFC 3986,
// 2.3).
func appendPair(dst []byte, before, between byte, e Element) []byte {
	const hex = "0123456789ABCDEF"
	dst = append(dst, before)
	dst = append(dst, e.AI...)
	dst = append(dst, between)
	for i := range len(e.Value) {
		if c := e.Value[i]; uriClass[c]&plain != 0 {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
	}
	return dst
}
