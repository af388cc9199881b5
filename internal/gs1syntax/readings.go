package gs1syntax

import (
	"strings"
	"sync"
)

// Readings calls yield with each way to read s, an element string without the leading FNC1, as a
// valid message: as it is, and with GS inserted at places where separators may have been lost,
// until yield returns false. A message is only valid during the call; places are byte offsets in
// s, in ascending order, none for s as it is. Readings takes from effort, about a nanosecond
// each, and reports false if it gave up before it had tried all ways.
func Readings(
	s string, opt Options, effort *int, yield func(m []Element, places []int) bool,
) (complete bool) {
	r := searches.Get().(*readings)
	defer r.free()
	r.s, r.opt, r.effort, r.yield = s, opt, *effort, yield
	r.walk(0)
	*effort = r.effort
	return r.effort > 0
}

// HasOther reports whether s has a reading besides that as it is, or so many ways that some of them
// are untried after the effort.
func HasOther(s string, opt Options, effort int) bool {
	r := searches.Get().(*readings)
	defer r.free()
	r.s, r.opt, r.effort = s, opt, effort
	r.walk(0)
	return r.other || r.effort <= 0
}

// A readings is the state of a search.
type readings struct {
	s       string
	opt     Options
	effort  int
	yield   func(m []Element, places []int) bool // nil if only other is asked for
	other   bool
	stopped bool

	// the elements so far, with their rows, and the places of inserted separators
	message []Element
	slots   []slot
	places  []int
}

// searches has what searches need, so that they allocate nothing.
var searches = sync.Pool{New: func() any { return new(readings) }}

func (r *readings) free() {
	clear(r.message[:cap(r.message)])
	*r = readings{message: r.message[:0], slots: r.slots[:0], places: r.places[:0]}
	searches.Put(r)
}

// walk reads the element at pos in each way, and what follows.
func (r *readings) walk(pos int) {
	if pos >= len(r.s) {
		r.finish()
		return
	}
	row, id, n := leading(r.s[pos:], r.opt.PermitUnknownAIs)
	if n == 0 || len(r.message) >= MaxElements {
		return
	}
	a := &table[row]
	from := pos + n
	for end := from + int(a.Min); end <= min(from+int(a.Max), len(r.s)); end++ {
		r.effort -= 16
		if r.effort <= 0 || r.stopped || r.s[end-1] == gs {
			return
		}
		atEnd, separated := end == len(r.s), end < len(r.s) && r.s[end] == gs
		if !atEnd && !separated && !beginsAI(r.s[end:]) {
			continue
		}
		value := r.s[from:end]
		r.effort -= len(value)
		if !a.plain(value) && a.check(value).kind != 0 {
			continue
		}
		r.message = append(r.message, Element{r.s[pos:from], value})
		r.slots = append(r.slots, slot{0, id, row})
		switch {
		case atEnd:
			r.walk(end)
		case separated:
			r.walk(end + 1)
		case a.Predefined:
			r.walk(end)
		default:
			r.places = append(r.places, end)
			r.walk(end)
			r.places = r.places[:len(r.places)-1]
		}
		r.message = r.message[:len(r.message)-1]
		r.slots = r.slots[:len(r.slots)-1]
		if separated {
			return
		}
	}
}

// beginsAI reports whether s begins with the two digits of an AI.
func beginsAI(s string) bool {
	if len(s) < 2 {
		return false
	}
	a, b := s[0]-'0', s[1]-'0'
	return a <= 9 && b <= 9 && prefixes[int(a)*10+int(b)].digits != 0
}

// finish yields the message if its associations are right.
func (r *readings) finish() {
	r.effort -= 500 + 100*len(r.slots)
	all := roll{quiet: true}
	for _, s := range r.slots {
		all.enter(s)
	}
	if i, _ := all.associations(r.message, r.opt); i >= 0 || len(r.slots) == 0 {
		return
	}
	if r.yield == nil {
		r.other = r.other || len(r.places) > 0
		r.stopped = r.other
		return
	}
	r.stopped = !r.yield(r.message, r.places)
}

// Inspect looks at the values of a valid message that have no predefined length: mayHold reports
// whether one of them may hold another element behind at least one character, and marked whether
// one has a character that begins an FNC1 written as text.
func Inspect(msg []Element) (mayHold, marked bool) {
	for i := range msg {
		row, _, ok := lookup(msg[i].AI, true)
		if ok && table[row].Predefined {
			continue
		}
		v := msg[i].Value
		for j := range len(v) {
			switch c := v[j]; {
			case c-'0' <= 9:
				if !mayHold && j > 0 && j+2 < len(v) && beginsAI(v[j:]) {
					mayHold = holds(msg, i, j)
				}
			case c == '<' || c == '%' || c == '_' || c == '&' || c == '(':
				marked = true
			}
		}
	}
	return mayHold, marked
}

// holds reports whether the i-th value may have another element from byte j on: an AI that is long
// enough, and that the message doesn't have with another value.
func holds(msg []Element, i, j int) bool {
	v := msg[i].Value
	row, _, n := leading(v[j:], true)
	if n == 0 || len(v)-j-n < int(table[row].Min) {
		return false
	}
	ai, rest := v[j:j+n], v[j+n:]
	for k := range msg {
		value := msg[k].Value
		if k == i {
			value = v[:j]
		}
		if msg[k].AI == ai && !strings.HasPrefix(rest, value) {
			return false
		}
	}
	return true
}
