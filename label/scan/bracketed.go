package scan

import (
	"strings"

	"github.com/gonameplate/nameplate/gs1"
)

// bracketed reads text with brackets around the AIs from byte from on, as it is written or as it is
// copied from below a symbol: with blanks, one AI a line, or with data titles.
func (r Reader) bracketed(t *damaged, from int) []Result {
	text := t.s[from:]
	m, err := r.Parser.ParseBracketed(text)
	c := t.clone()
	if err != nil {
		if m = r.copied(text); m == nil {
			return nil
		}
		c.repairs = append(c.repairs, Repair{"blanks and titles between the elements removed",
			t.at[from], t.at[len(t.s)] - t.at[from]})
	}
	data, err := r.Parser.AppendElementString(nil, m)
	if err != nil || holdsTyped(m) {
		return nil
	}
	if from > 0 {
		c.replace(from, len(c.s)-from, string(data[1:]), "brackets around the AIs removed")
	}
	a := Result{Kind: GS1, Symbology: c.s[:from], Text: c.s[from:], Message: m, Repairs: c.repairs}
	r.fill(&a)
	if !r.hasExpected(m) {
		a.doubt(r.missing(m) + " was expected and isn't there")
	}
	return []Result{a}
}

// copied returns the valid message of the text below a symbol, or nil.
func (r Reader) copied(text string) gs1.Message {
	var m gs1.Message
	for text != "" {
		ai, before, after, ok := nextAI(text)
		if !ok {
			before, after = text, ""
		}
		if len(m) > 0 {
			m[len(m)-1].Value += before
		} else if !isTitle(before, ai) {
			return nil
		}
		if !ok {
			break
		}
		if len(m) > 0 {
			m[len(m)-1].Value = withoutTitle(m[len(m)-1].Value, ai)
		}
		m = append(m, gs1.Element{AI: ai})
		text = after
		if len(m) > 64 {
			return nil
		}
	}
	for i := range m {
		m[i].Value = strings.TrimSpace(m[i].Value)
		if ai, _ := gs1.Lookup(m[i].AI); strings.Trim(ai.Format, "N.[] 0123456789") == "" {
			m[i].Value = strings.Join(strings.Fields(m[i].Value), "")
		}
	}
	if r.Parser.Validate(m) != nil {
		return nil
	}
	return m
}

// nextAI returns the first AI in brackets, and the text before and after it.
func nextAI(text string) (ai, before, after string, ok bool) {
	for i := 0; i < len(text); i++ {
		if text[i] != '(' {
			continue
		}
		n := strings.IndexByte(text[i:min(len(text), i+6)], ')')
		if n < 3 {
			continue
		}
		if _, known := gs1.Lookup(text[i+1 : i+n]); known {
			return text[i+1 : i+n], text[:i], text[i+n+1:], true
		}
	}
	return "", "", "", false
}

// isTitle reports whether text is the data title of ai, or blank.
func isTitle(text, ai string) bool {
	text = strings.Trim(text, " \t\r\n:")
	known, _ := gs1.Lookup(ai)
	return text == "" || ai != "" && strings.EqualFold(text, known.Title)
}

// withoutTitle returns a value without the data title of the next AI that follows it on a line of
// its own.
func withoutTitle(value, next string) string {
	i := strings.LastIndexAny(value, "\r\n")
	if i >= 0 && isTitle(value[i:], next) {
		return value[:i]
	}
	return value
}
