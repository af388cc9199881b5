package scan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/gs1"
)

// unidentified returns the readings of data that came without symbology identifier and whose form
// shows what they are.
func (r Reader) unidentified(t *damaged) []Result {
	for _, read := range [...]func(*damaged, int) []Result{r.envelope, r.link, r.hibc, r.pzn} {
		if found := read(t, 0); found != nil {
			return found
		}
	}
	if ai, before, _, ok := nextAI(t.s); ok && before != "" && isTitle(before, ai) {
		return r.bracketed(t, 0) // copied with data titles
	}
	found := append(r.number(t), r.isbt128(t, 0)...)
	marked := strings.IndexAny(t.s, "(^"+gs) == 0
	c := t
	if !marked {
		c = t.clone()
		c.note("symbology identifier missing")
	}
	for _, a := range r.elements(c, 0) {
		if marked || a.holdsKey() {
			found = append(found, a)
		}
	}
	return found
}

// plain returns the reading of a scan as text. Text that may be damaged data of another kind has a
// doubt.
func (r Reader) plain(t *damaged) []Result {
	a := Result{Kind: Text, Text: t.s, Repairs: t.repairs}
	if strings.HasPrefix(t.s, "]") {
		if len(t.s) < 3 || carrierOf(t.s[1], t.s[2]).gs1() || !isLetter(t.s[1]) {
			return nil
		}
		a.Symbology, a.Text = t.s[:3], t.s[3:]
		if carrierOf(t.s[1], t.s[2]) == unassigned {
			a.doubt("there is no symbology identifier " + a.Symbology)
		}
		if carrierOf(t.s[1], t.s[2]).eci() {
			c := t.clone()
			c.undoECI(3)
			a.Text, a.Repairs = c.s[3:], c.repairs
			if a.hasMalformedECI() {
				a.doubt(malformedECI)
			}
		}
	} else if !isPrintable(t.s) {
		return nil
	}
	if what := suspicious(a.Text, a.Symbology != ""); what != "" {
		a.doubt(what)
	}
	found := []Result{a}
	if a.Symbology == "" && len(a.Doubts) == 0 {
		found = append(found, r.elements(t, 0)...) // without key
	}
	return found
}

// isPrintable reports whether s is UTF-8 without control characters.
func isPrintable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	return strings.IndexFunc(s, func(c rune) bool { return unicode.IsControl(c) && c != '\t' }) < 0
}

// suspicious returns why text may be damaged data of another kind, or "".
func suspicious(s string, identified bool) string {
	switch {
	case s == "":
		return ""
	case identified && strings.IndexByte(s, gs[0]) >= 0:
		return "the text has separators of GS1 data"
	case strings.HasPrefix(s, "[)>"):
		return "the text begins as an envelope of ISO/IEC 15434"
	case s[0] == '+' && len(s) > 5 && isLetter(s[1]) && s == strings.ToUpper(s):
		return "the text begins as HIBC data, but its check character is wrong"
	case strings.HasPrefix(s, "(") && len(s) > 6 && strings.IndexByte(s[:6], ')') > 2:
		return "the text begins as GS1 data in brackets"
	}
	digits := leadingDigits(s)
	if !identified && digits == len(s) {
		switch digits {
		case 8, 12, 13, 14:
			return "the number has the length of a GTIN, but its check digit is wrong"
		}
	}
	if _, ok := gs1.Lookup(s[:min(2, len(s))]); ok && digits >= 16 {
		return "the text begins as GS1 data"
	}
	if !identified && strings.IndexFunc(s,
		func(c rune) bool { return c > unicode.MaxASCII }) >= 0 &&
		countDigits(s) >= 8 {
		return "the text may have been typed with another keyboard layout"
	}
	if !identified && countDigits(s) >= 14 {
		return "the text may be damaged GS1 data"
	}
	if !identified && len(s) >= 14 && strings.ContainsAny(s, `&"'(§!)_+^`) {
		return "the text may have been typed with another keyboard layout"
	}
	return ""
}

func leadingDigits(s string) (n int) {
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// blame returns why a scan has no reading.
func (r Reader) blame(text string, t *damaged) error {
	if strings.HasPrefix(t.s, "]") && len(t.s) >= 3 {
		if carrierOf(t.s[1], t.s[2]).gs1() {
			if _, err := r.Parser.ParseScan(t.s); err != nil {
				return &Error{Err: err, Input: text, Pos: -1}
			}
		}
		return &Error{Err: ErrDamaged, Input: text, Pos: -1, Hint: "scan it again"}
	}
	if _, err := r.Parser.Parse(t.s); err != nil && strings.IndexAny(t.s, "(^\x1d0123456789") == 0 {
		return &Error{Err: err, Input: text, Pos: -1}
	}
	return &Error{Err: ErrDamaged, Input: text, Pos: -1, Hint: "scan it again"}
}
