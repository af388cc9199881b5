package scan

import (
	"slices"
	"strconv"
	"strings"
)

// A damaged is a scan under repair. at[i] is where byte i of s was in the scan.
type damaged struct {
	s       string
	at      []int
	repairs []Repair
	effort  *int // what is left of searchEffort
}

// searchEffort is how long the readings of a scan with lost separators are searched for, in
// some nanoseconds.
const searchEffort = 1 << 18

func newDamaged(s string) *damaged {
	effort := searchEffort
	t := &damaged{s: s, at: make([]int, len(s)+1), effort: &effort}
	for i := range t.at {
		t.at[i] = i
	}
	return t
}

func (t *damaged) clone() *damaged {
	c := *t
	c.at, c.repairs = slices.Clone(t.at), slices.Clip(t.repairs)
	return &c
}

// replace puts with in place of n bytes at i, and notes why.
func (t *damaged) replace(i, n int, with, what string) {
	t.rewrite([]edit{{i, n, with, what}})
}

// An edit puts with in place of n bytes at pos.
type edit struct {
	pos, n int
	with   string
	what   string // for the repair
}

// rewrite makes edits, in ascending order, in one go.
func (t *damaged) rewrite(edits []edit) {
	var b strings.Builder
	at := make([]int, 0, len(t.at)+len(edits))
	done := 0
	for _, e := range edits {
		b.WriteString(t.s[done:e.pos])
		at = append(at, t.at[done:e.pos]...)
		b.WriteString(e.with)
		from, to := t.at[e.pos], t.at[e.pos+e.n]
		for range len(e.with) {
			at = append(at, from)
		}
		done = e.pos + e.n
		t.repairs = append(t.repairs, Repair{e.what, from, to - from})
	}
	b.WriteString(t.s[done:])
	t.s, t.at = b.String(), append(at, t.at[done:]...)
}

// note adds a repair that changes nothing.
func (t *damaged) note(what string) { t.repairs = append(t.repairs, Repair{what, t.at[0], 0}) }

// around is what readers put before and after the data.
const around = "\r\n\t \x00\x02\x03\ufeff"

// trim removes what readers put around the data.
func (t *damaged) trim() {
	if n := len(t.s) - len(strings.TrimLeft(t.s, around)); n > 0 {
		t.replace(0, n, "", "characters before the data removed")
	}
	if kept := len(strings.TrimRight(t.s, around)); kept < len(t.s) {
		what := "characters after the data removed"
		if strings.Trim(t.s[kept:], "\r\n") == "" {
			what = "line end removed"
		}
		t.replace(kept, len(t.s)-kept, "", what)
	}
}

// maxEdits is how many edits of one kind are made: more would not make a message.
const maxEdits = 64

// replaceAll replaces each old from byte from on, at most maxEdits of them, and reports whether
// there was one.
func (t *damaged) replaceAll(from int, old, with, what string) bool {
	var edits []edit
	for len(edits) < maxEdits {
		i := strings.Index(t.s[from:], old)
		if i < 0 {
			break
		}
		edits = append(edits, edit{from + i, len(old), with, what})
		from += i + len(old)
	}
	if edits != nil {
		t.rewrite(edits)
	}
	return edits != nil
}

// visible returns s with characters that can't be seen as escapes.
func visible(s string) string {
	if q := strconv.Quote(s); q != `"`+s+`"` && s[0] != '\\' && s != `"` {
		return q
	}
	return s
}
