package scan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTyped is the length in bytes of the longest scan in which a wrong keyboard layout is undone.
const maxTyped = 1 << 10

// typesBracket reports whether the layout of the Reader has the closing bracket where the US one
// has it.
func (r Reader) typesBracket() bool {
	return slices.ContainsFunc(layouts[:], func(l layout) bool {
		c, _ := key(us.alone, l.alone, ']')
		return l.tag == r.Keyboard && c == ']'
	})
}

// typed reads a scan as typed with the layout of the Reader.
func (r Reader) typed(t *damaged) []Result {
	at := slices.IndexFunc(layouts[:], func(l layout) bool { return l.tag == r.Keyboard })
	if at < 0 || len(t.s) > maxTyped {
		return nil
	}
	l := &layouts[at]
	for _, m := range [...]mistake{
		{typed: l, meant: &us}, {typed: l, meant: &us, dead: true}, {typed: l, meant: &us,
			caps: true},
		{typed: l, meant: &us, shiftLock: true},
	} {
		c := t.clone()
		if changed, ok := c.retype(m); !changed || !ok {
			if ok { // all characters are on the same keys
				return nil
			}
			continue
		}
		c.repairs[len(c.repairs)-1].What += l.name
		if found := r.structured(c); found != nil {
			return found
		}
	}
	return nil
}

// retyped tries the ways in which a keyboard can be mistaken. Those of the first list in which any
// gives a reading are the readings.
func (r Reader) retyped(t *damaged) (found []Result) {
	if len(t.s) > maxTyped {
		return nil
	}
	for _, tier := range mistakes() {
		if !showsCase(t.s) { // of the identifier, whose letter another key typed
			for _, m := range tier {
				if m.caps = !m.caps; !m.shiftLock {
					tier = append(tier, m)
				}
			}
		}
		for _, m := range tier {
			if !m.begins(t.s) {
				continue
			}
			c := t.clone()
			if changed, ok := c.retype(m); !changed || !ok {
				continue
			}
			for _, a := range r.structured(c) {
				if a.isRecognized() && (m.caps || m.shiftLock || !a.caseRestored()) {
					found = merge(found, a, len(t.repairs), m.layout())
				}
			}
		}
		if found != nil {
			if len(found) == 1 && !showsCase(t.s) && hasLetters(found[0].Message) {
				found[0].doubt("caps lock may have been on")
			}
			return found
		}
	}
	return nil
}

// showsCase reports whether the second character, that of an identifier, is a letter.
func showsCase(s string) bool {
	_, n := utf8.DecodeRuneInString(s)
	c, _ := utf8.DecodeRuneInString(s[n:])
	return unicode.IsLetter(c) || unicode.IsDigit(c)
}

// caseRestored reports whether the case of the identifier was changed, which caps lock explains
// better.
func (a *Result) caseRestored() bool {
	return slices.ContainsFunc(a.Repairs, func(r Repair) bool { return r.What == identifierCase })
}

// merge adds a reading to those that differ, at most maxReadings, and the name of a layout to the
// repair at index mark.
func merge(found []Result, a Result, mark int, name string) []Result {
	at := slices.IndexFunc(found, func(b Result) bool { return b.sameContent(&a) })
	if at >= 0 {
		found[at].Repairs[mark].What += " or " + name
		return found
	}
	if len(found) == maxReadings {
		return found
	}
	a.Repairs = slices.Clone(a.Repairs)
	a.Repairs[mark].What += name
	return append(found, a)
}

// isRecognized reports whether a reading has an identifier, a key or check characters, so that it
// is hardly due to chance.
func (a *Result) isRecognized() bool {
	switch a.Kind {
	case GS1:
		return a.Symbology != "" || a.holdsKey()
	case Retail:
		return a.Symbology != ""
	case Link, HIBC, ISO15434:
		return true
	case ISBT128:
		return a.Symbology != ""
	}
	return false
}

// begins reports whether what was meant by the first characters begins data whose form shows what
// they are.
func (m mistake) begins(typed string) bool {
	var b strings.Builder
	for _, c := range typed {
		for _, r := range m.keys(c) {
			meant, ok := m.undo(r)
			if !ok {
				return false
			}
			b.WriteRune(meant)
		}
		if b.Len() >= 3 {
			break
		}
	}
	s := b.String()
	if len(s) < 3 {
		return false
	}
	switch {
	case s[0] == ']':
		return isLetter(s[1]) && s[2] >= '0' && s[2] <= '9'
	case isLetter(s[0]):
		return s[1] >= '0' && s[1] <= '9' || strings.EqualFold(s[:3], "htt")
	}
	return s[0] >= '0' && s[0] <= '9' || strings.IndexByte("(^[+=&-\x1d", s[0]) >= 0
}

// retype undoes a mistake. ok is false if a character is on no key.
func (t *damaged) retype(m mistake) (changed, ok bool) {
	var b strings.Builder
	at := make([]int, 0, len(t.at))
	undone := map[rune]rune{}
	for i, typed := range t.s {
		for _, r := range m.keys(typed) {
			meant, known := undone[r]
			if !known {
				if meant, ok = m.undo(r); !ok || r == utf8.RuneError {
					return false, false
				}
				undone[r] = meant
			}
			n, _ := b.WriteRune(meant)
			for range n {
				at = append(at, t.at[i])
			}
		}
	}
	if b.String() == t.s {
		return false, true
	}
	what := "keyboard layout undone: "
	if m.caps || m.shiftLock {
		what = "caps lock and keyboard layout undone: "
	}
	t.repairs = append(t.repairs, Repair{what, t.at[0], t.at[len(t.s)-1] + 1 - t.at[0]})
	t.s, t.at = b.String(), append(at, t.at[len(t.s)])
	return true, true
}
