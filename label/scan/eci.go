package scan

import (
	"strings"
	"unicode/utf8"
)

// undoECI undoes the ECI protocol from byte from on: backslashes are doubled, and a backslash and
// six digits announce a character set (AIM ITS/04-001). Text in ISO 8859-1 becomes UTF-8.
func (t *damaged) undoECI(from int) {
	var edits []edit
	latin := false
	for i := from; i < len(t.s); {
		rest := t.s[i:]
		switch {
		case rest[0] != '\\':
			r, n := utf8.DecodeRuneInString(rest)
			if r == utf8.RuneError && n == 1 && latin {
				edits = append(edits, edit{i, 1, string(rune(rest[0])), "ISO 8859-1 converted"})
			}
			i += n
		case strings.HasPrefix(rest, `\\`):
			edits = append(edits, edit{i, 2, `\`, "backslash of the ECI protocol undoubled"})
			i += 2
		case len(rest) >= 7 && leadingDigits(rest[1:7]) == 6:
			latin = rest[1:7] == "000003" || rest[1:7] == "000001"
			edits = append(edits, edit{i, 7, "", "ECI " + rest[1:7] + " removed"})
			i += 7
		default:
			t.note(malformedECI)
			return
		}
	}
	if edits != nil {
		t.rewrite(edits)
	}
}

const malformedECI = "malformed ECI protocol"

// hasMalformedECI reports whether undoECI gave up.
func (a *Result) hasMalformedECI() bool {
	for _, r := range a.Repairs {
		if r.What == malformedECI {
			return true
		}
	}
	return false
}
