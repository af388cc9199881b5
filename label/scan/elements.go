package scan

import (
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// maxReadings is how many readings of one scan are compared.
const maxReadings = 8

// elements reads the data from byte from on as an element string, and repairs its separators.
func (r Reader) elements(t *damaged, from int) []Result {
	if strings.HasPrefix(t.s[from:], "(") {
		return r.bracketed(t, from)
	}
	if strings.HasPrefix(t.s[from:], "^") && !strings.HasPrefix(t.s[from:], "^]") {
		t = t.clone()
		t.replaceAll(from, "^", gs, "FNC1 written as ^")
		t.fewerFNC1s(from)
	}
	if found := r.replaced(t, from); found != nil {
		return found
	}
	if found := r.separated(t, from); found != nil {
		return found
	}
	c := t.clone()
	if c.fewerFNC1s(from) {
		return r.separated(c, from)
	}
	return nil
}

// replaced reads data in which FNC1 is written as text, or as a character that values can't have.
// Where both are possible, as with ~1, the reading with fewer lost separators is likelier.
func (r Reader) replaced(t *damaged, from int) (found []Result) {
	for _, step := range [...]func(*damaged, int) bool{(*damaged).separators,
		(*damaged).foreign} {
		c := t.clone()
		if !step(c, from) {
			continue
		}
		c.fewerFNC1s(from)
		more := r.separated(c, from)
		if len(found) == 0 || len(more) > 0 && r.better(&more[0], &found[0]) {
			found, more = more, found
		}
		if len(more) > 0 && !r.better(&found[0], &more[0]) {
			found = append(found, more...)
		}
	}
	return found
}

// better reports whether a has more of what is expected than b, or as much and fewer lost
// separators.
func (r Reader) better(a, b *Result) bool {
	lost := func(c *Result) (n int) {
		for _, repair := range c.Repairs {
			if repair.What == lostFNC1 {
				n++
			}
		}
		return n
	}
	if c := r.compare(a.Message, b.Message); c != 0 {
		return c < 0
	}
	return lost(a) < lost(b)
}

const lostFNC1 = "lost FNC1 put back"

// A way is a reading of an element string with separators at some places.
type way struct {
	message gs1.Message
	places  []int
}

// separated returns the readings of an element string in which separators may be lost, the
// likeliest first.
func (r Reader) separated(t *damaged, from int) []Result {
	s := strings.TrimSuffix(t.s[from:], gs)
	if strings.IndexByte(s, '|') >= 0 {
		return r.composite(t, from)
	}
	var ways []way
	complete := gs1syntax.Readings(s, gs1syntax.Options(r.Parser), t.effort,
		func(m []gs1syntax.Element, places []int) bool {
			ways = r.insert(ways, way{gs1syntax.Elements[gs1.Element](m), places})
			return true
		})
	if len(ways) == 0 {
		return nil
	}
	certain := complete && (len(ways) == 1 || r.Expect != nil && r.lacks(ways[0].message) == 0 &&
		r.compare(ways[0].message, ways[1].message) < 0)
	if certain {
		ways = ways[:1]
	}
	found := make([]Result, len(ways))
	for i, w := range ways {
		found[i] = r.result(t, from, w)
	}
	if !complete && !certain {
		found[0].doubt("the data have more readings than were tried")
	}
	if !r.hasExpected(found[0].Message) {
		found[0].doubt(r.missing(found[0].Message) + " was expected and isn't there")
	}
	return found
}

// insert adds a way to those sorted by likelihood, of which it keeps maxReadings: first those with
// all expected AIs, then those with the fewest other AIs if AIs are expected, then those with the
// fewest lost separators.
func (r Reader) insert(ways []way, w way) []way {
	at, _ := slices.BinarySearchFunc(ways, w, func(a, b way) int {
		if c := r.compare(a.message, b.message); c != 0 {
			return c
		}
		if c := len(a.places) - len(b.places); c != 0 {
			return c
		}
		return -1 // after those that are alike
	})
	if at == maxReadings {
		return ways
	}
	w = way{slices.Clone(w.message), slices.Clone(w.places)}
	ways = slices.Insert(ways, at, w)
	return ways[:min(len(ways), maxReadings)]
}

// compare returns a negative number if a has more of what is expected than b, or as much and less
// that isn't.
func (r Reader) compare(a, b gs1.Message) int {
	if r.Expect == nil {
		return 0
	}
	if lacks := r.lacks(a) - r.lacks(b); lacks != 0 {
		return lacks
	}
	return r.extra(a) - r.extra(b)
}

// lacks returns how many of the expected AIs m lacks.
func (r *Reader) lacks(m gs1.Message) (n int) {
	for _, pattern := range r.Expect {
		if !slices.ContainsFunc(m, func(e gs1.Element) bool { return matches(pattern, e.AI) }) {
			n++
		}
	}
	return n
}

// missing returns the first of the expected AIs that m lacks.
func (r *Reader) missing(m gs1.Message) string {
	for _, pattern := range r.Expect {
		if !slices.ContainsFunc(m, func(e gs1.Element) bool { return matches(pattern, e.AI) }) {
			return "(" + pattern + ")"
		}
	}
	return ""
}

// extra returns how many elements of m are not expected.
func (r Reader) extra(m gs1.Message) (n int) {
	for _, e := range m {
		if !slices.ContainsFunc(r.Expect, func(p string) bool { return matches(p, e.AI) }) {
			n++
		}
	}
	return n
}

// result returns one way as a result.
func (r Reader) result(t *damaged, from int, w way) Result {
	c := t
	if len(w.places) > 0 {
		c = t.clone()
		edits := make([]edit, len(w.places))
		for i, place := range w.places {
			edits[i] = edit{from + place, 0, gs, lostFNC1}
		}
		c.rewrite(edits)
	}
	a := Result{Kind: GS1, Symbology: c.s[:from], Text: c.s[from:], Message: w.message,
		Repairs: c.repairs}
	r.fill(&a)
	return a
}

// composite reads data whose linear and composite component "|" divides.
func (r Reader) composite(t *damaged, from int) []Result {
	m, err := r.Parser.ParseElementString(gs + t.s[from:])
	if err != nil {
		if m, err = r.Parser.Parse(t.s[from:]); err != nil {
			return nil
		}
	}
	return []Result{r.result(t, from, way{message: m})}
}

// doubt adds a doubt about the whole of a result.
func (a *Result) doubt(what string) { a.Doubts = append(a.Doubts, Doubt{What: what}) }
