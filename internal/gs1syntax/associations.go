package gs1syntax

import "strconv"

// A roll has of each element of a message what its associations are checked by.
type roll struct {
	n       int      // how many elements
	few     [12]slot // the first of them
	more    []slot
	present prefixSet // the first two digits of the AIs
	again   bool      // two AIs have the same
	quiet   bool      // flaws don't need words
}

type slot struct {
	at  uint32 // where the value begins in the input
	id  ID
	row index
}

func (r *roll) enter(s slot) {
	if r.n < len(r.few) {
		r.few[r.n] = s
	} else {
		r.more = append(r.more, s)
	}
	r.n++
	r.again = r.again || r.present.has(s.id)
	r.present.add(s.id)
}

// slot returns the i-th slot.
func (r *roll) slot(i int) *slot {
	if i < len(r.few) {
		return &r.few[i]
	}
	return &r.more[i-len(r.few)]
}

// A prefixSet has a bit for the first two digits of each AI of a message. The range of a Link lies
// within one prefix, so that a look decides most.
type prefixSet [2]uint64

func (s *prefixSet) add(id ID)      { s[id/6400&1] |= 1 << (id / 100 & 63) }
func (s *prefixSet) has(id ID) bool { return s[id/6400&1]>>(id/100&63)&1 != 0 }

// associations checks the elements of a message against each other: the AIs that each requires and
// excludes, and repetitions. It returns the element at fault, or -1, and its flaw.
func (r *roll) associations(msg []Element, opt Options) (at int, f flaw) {
	for i := range r.n {
		s := r.slot(i)
		row := &table[s.row]
		for _, l := range row.Ex {
			if !r.present.has(l.Lo) {
				continue
			}
			if j := r.find(l, s.id); j >= 0 {
				return i, r.flaw(Excluded,
					func() string { return "a message without (" + msg[j].AI + ")" })
			}
		}
		if len(row.Req) > 0 && !opt.SkipAssociations {
			if clause := r.unsatisfied(row.Req); clause != nil {
				return i, r.flaw(Missing, func() string { return words(clause) })
			}
		}
		for j := 0; r.again && j < i; j++ {
			if r.slot(j).id == s.id && msg[j].AI == msg[i].AI && msg[j].Value != msg[i].Value {
				return i, r.flaw(Repeated,
					func() string { return strconv.Quote(msg[j].Value) + ", as before" })
			}
		}
	}
	if r.present.has(8030) && r.find(Link{Lo: 8030, Hi: 8030}, noID) >= 0 {
		if j := unserialised(msg); j >= 0 {
			return j, flaw{kind: Missing, want: "a serial component, which (8030) requires"}
		}
	}
	return -1, flaw{}
}

// flaw returns a flaw of a kind, with words if they are needed.
func (r *roll) flaw(kind Kind, want func() string) flaw {
	if r.quiet {
		return flaw{kind: kind}
	}
	return flaw{kind: kind, want: want()}
}

// find returns the first element other than self that l names, or -1.
func (r *roll) find(l Link, self ID) int {
	for j := range r.n {
		if id := r.slot(j).id; id >= l.Lo && id <= l.Hi && id != self {
			return j
		}
	}
	return -1
}

// unsatisfied returns the first clause of links that has no group whose members are all there, or
// nil.
func (r *roll) unsatisfied(links []Link) (clause []Link) {
	begin, met, group := 0, false, true
	for i, l := range links {
		if !met {
			group = group && r.present.has(l.Lo) && r.find(l, noID) >= 0
			if l.Then != and {
				met, group = group, true
			}
		}
		if l.Then == end {
			if !met {
				return links[begin : i+1]
			}
			begin, met = i+1, false
		}
	}
	return nil
}

// noID is the ID of no AI.
const noID ID = 1<<16 - 1

// words returns a clause for people: "(01) and (21), or (02)".
func words(clause []Link) string {
	text := ""
	for _, l := range clause {
		text += "(" + pattern(l) + ")"
		switch l.Then {
		case or:
			text += " or "
		case and:
			text += " with "
		}
	}
	return text + " in the message"
}

// pattern writes the range of a link as the dictionary does: an AI, or its leading digits and "n"
// for any digit.
func pattern(l Link) string {
	code := strconv.Itoa(10000 + int(l.Lo))[1:]
	n := int(prefixes[l.Lo/100].digits)
	any := ""
	for size := (l.Hi - l.Lo + 1) / widen[n]; size > 1; size /= 10 {
		any += "n"
	}
	return code[:n-len(any)] + any
}

// unserialised returns the element whose key may lack a serial component but must not beside a
// digital signature (8030), or -1 (GS1 General Specifications, under AI (8030)).
func unserialised(msg []Element) int {
	for i, e := range msg {
		switch e.AI {
		case "253", "255", "8003":
			if row := Lookup(e.AI); len(e.Value) == int(row.Min) {
				return i
			}
		}
	}
	return -1
}
