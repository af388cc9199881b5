package scan

import (
	"strings"

	"github.com/gonameplate/nameplate/gs1"
)

// link reads a URI of http or https from byte from on.
func (r Reader) link(t *damaged, from int) []Result {
	uri := t.s[from:]
	n := strings.Index(uri, "://")
	if n != 4 && n != 5 || !strings.EqualFold(uri[:n], "https"[:n]) {
		return nil
	}
	c := t.clone()
	scheme := uri[:n]
	upper := scheme == strings.ToUpper(scheme)
	if !upper && scheme != strings.ToLower(scheme) {
		c.replace(from, n, strings.ToLower(scheme), "case of the scheme restored")
	}
	a := Result{Kind: Link, Symbology: c.s[:from], Text: c.s[from:], Repairs: c.repairs}
	m, err := r.Parser.Parse(c.s[from:])
	if err != nil {
		a.Kind = URL
		if looksLikeLink(uri) {
			a.doubt("this would be a GS1 Digital Link but for an error: " + err.Error())
		}
		return []Result{a}
	}
	a.Message = m
	r.fill(&a)
	if upper && hasLetters(m) {
		a.doubt("the letters may have been made capitals")
	}
	if !r.hasExpected(m) {
		a.doubt(r.missing(m) + " was expected and isn't there")
	}
	return []Result{a}
}

// looksLikeLink reports whether a path has an AI of a primary key and digits.
func looksLikeLink(uri string) bool {
	parts := strings.Split(uri, "/")
	for i := 3; i+1 < len(parts); i++ {
		ai, ok := gs1.Lookup(parts[i])
		if ok && ai.Key && len(parts[i+1]) >= 6 && parts[i+1][0] >= '0' && parts[i+1][0] <= '9' {
			return true
		}
	}
	return false
}

// hasLetters reports whether a value has a letter.
func hasLetters(m gs1.Message) bool {
	for _, e := range m {
		if strings.ToLower(e.Value) != strings.ToUpper(e.Value) {
			return true
		}
	}
	return false
}
