package syntax

import "strconv"

// company checks the elements of a message against each other: what each requires and excludes, and repetitions. It returns the
// element at fault and its flaw.
func company(msg []Element, slots []slot, opt Options) (at int, f flaw) {
	for i := range slots {
		row := &table[slots[i].row]
		for _, l := range row.Ex {
			if j := first(slots, l, slots[i].id); j >= 0 {
				return i, flaw{kind: Excluded, want: "a message without (" + msg[j].AI + ")"}
			}
		}
		if !opt.SkipAssociations && len(row.Req) > 0 {
			if clause, ok := satisfied(slots, row.Req); !ok {
				return i, flaw{kind: Missing, want: spell(clause)}
			}
		}
		for j := range i {
			if slots[j].id == slots[i].id && msg[j].AI == msg[i].AI && msg[j].Value != msg[i].Value {
				return i, flaw{kind: Repeated, want: strconv.Quote(msg[j].Value) + ", as before"}
			}
		}
		if slots[i].id == 8030 {
			if j := unserialised(msg); j >= 0 {
				return j, flaw{kind: Missing, want: "a serial component, which (8030) requires"}
			}
		}
	}
	return 0, flaw{}
}

// first returns the first element other than self that l names, or -1.
func first(slots []slot, l Link, self ID) int {
	for j := range slots {
		if id := slots[j].id; id >= l.Lo && id <= l.Hi && id != self {
			return j
		}
	}
	return -1
}

// satisfied tells whether each clause of links has a group whose members are all there, and returns the first clause that has none.
func satisfied(slots []slot, links []Link) (clause []Link, ok bool) {
	for len(links) > 0 {
		n, met, group := 0, false, true
		for {
			l := links[n]
			n++
			if !met {
				group = group && first(slots, l, noID) >= 0
				if l.Then != and {
					met, group = group, true
				}
			}
			if l.Then == end {
				break
			}
		}
		if !met {
			return links[:n], false
		}
		links = links[n:]
	}
	return nil, true
}

// noID is the ID of no AI.
const noID ID = 1<<16 - 1

// spell writes a clause as the operator reads it: "(01) and (21), or (02)".
func spell(clause []Link) string {
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

// pattern writes the range of a link as the dictionary does: an AI, or its leading digits and "n" for any digit.
func pattern(l Link) string {
	code := strconv.Itoa(10000 + int(l.Lo))[1:]
	n := int(prefixes[l.Lo/100].digits)
	any := ""
	for size := (l.Hi - l.Lo + 1) / widen[n]; size > 1; size /= 10 {
		any += "n"
	}
	return code[:n-len(any)] + any
}

// unserialised returns the element whose key may lack a serial component but must not beside a digital signature (8030), or -1
// (GS1 General Specifications, 3.9.13).
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
