package scan

import (
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

const gs = "\x1d"

// typedFNC1 are the ways in which FNC1 is written as text, the longer before those they begin with.
var typedFNC1 = [...]string{
	"{GS}", "<GS>", "[GS]", "(GS)", "{gs}", "<gs>", "[gs]", "<Gs>", "{FNC1}", "<FNC1>", "[FNC1]",
	"(FNC1)", "<fnc1>", "{F8}", "<F8>", "[F8]", "{1D}", "<1D>", "[1D]", "{0x1D}", "<0x1D>",
	"<0x1d>",
	"[0x1D]", "{0x1d}", "{^]}", "<^]>", "^]", "\x1b[19~", // which a terminal sends for F8
	`\u001d`, `\u001D`, `\x1d`, `\x1D`, `\035`, `\0029`, `\029`, `\GS`, `\F`, "~d029", "~029", "~1",
	"_x001D_", "_x001d_", "_x1D_", "_x1d_", "&#29;", "&#x1D;", "&#x1d;", "&#x001D;",
	"%1D", "%1d", "\u241d",
	"<U+001D>", "U+001D",
}

// holdsTyped reports whether a value has an FNC1 that is written as text. Percent escapes of AIs
// that allow them are none.
func holdsTyped(m gs1.Message) bool {
	for _, e := range m {
		for _, typed := range typedFNC1 {
			if i := strings.Index(e.Value, typed); i > 0 && !(typed[0] == '%' && escapes(e.AI)) {
				return true
			}
		}
	}
	return false
}

// escapes reports whether values of ai have percent escapes: addresses (4300) to (4320).
func escapes(ai string) bool { return strings.HasPrefix(ai, "43") }

// separators puts FNC1 where it is written as text.
func (t *damaged) separators(from int) bool {
	found := false
	for _, typed := range typedFNC1 {
		found = t.replaceAll(from, typed, gs, "FNC1 written as "+visible(typed)) || found
	}
	return found
}

// fewerFNC1s removes FNC1 in front of data, at the end, and all but one of several in a row.
func (t *damaged) fewerFNC1s(from int) bool {
	var edits []edit
	for i := from; i < len(t.s) && len(edits) < maxEdits; i++ {
		if t.s[i] == gs[0] && (i == from || t.s[i-1] == gs[0]) {
			edits = append(edits, edit{i, 1, "", "FNC1 too many removed"})
		}
	}
	if edits != nil {
		t.rewrite(edits)
	}
	return edits != nil
}

// foreign puts FNC1 in place of a character that values can't have, if there is only one such
// character and it isn't a letter.
func (t *damaged) foreign(from int) bool {
	found := ""
	for _, r := range t.s[from:] {
		if r < utf8.RuneSelf && gs1syntax.In82(byte(r)) || r == '\x1d' {
			continue
		}
		if found != "" && found != string(r) || r == utf8.RuneError {
			return false
		}
		found = string(r)
	}
	return found != "" && t.replaceAll(from, found, gs, "FNC1 written as "+visible(found))
}
