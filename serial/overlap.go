package serial

import "strings"

// Overlap returns a text that may be a serial of both schemes, and whether there is one. Two
// schemes of one product must have none, or two units could get the same serial. Overlap compares
// lengths and the characters of each place, not checks, impossible dates or ranges: if it finds
// no text there is none, but either scheme may still reject a text that it finds.
func (s *Scheme) Overlap(other *Scheme) (text string, found bool) {
	o := overlap{a: s.places(), b: other.places()}
	o.seen = make([]bool, (len(o.a)+1)*(len(o.b)+1))
	found = o.walk(0, 0)
	return string(o.text), found
}

// A place is one character of a scheme. The part may end before it.
type place struct {
	chars string
	skip  int // the place after the part if the part may end here; 0: it can't
}

func (s *Scheme) places() (out []place) {
	for i := range s.pattern.Parts {
		p := &s.pattern.Parts[i]
		end := len(out) + p.Max
		for j := range p.Max {
			at := place{chars: p.CharsAt(j, s.pattern.Indexes)}
			if j >= p.Min {
				at.skip = end
			}
			out = append(out, at)
		}
	}
	return out
}

// An overlap searches the pairs of places that both schemes can reach by the same text.
type overlap struct {
	a, b []place
	seen []bool
	text []byte
}

func (o *overlap) walk(i, j int) bool {
	if at := i*(len(o.b)+1) + j; o.seen[at] {
		return false
	} else {
		o.seen[at] = true
	}
	if i == len(o.a) && j == len(o.b) {
		return true
	}
	if i < len(o.a) && o.a[i].skip > 0 && o.walk(o.a[i].skip, j) {
		return true
	}
	if j < len(o.b) && o.b[j].skip > 0 && o.walk(i, o.b[j].skip) {
		return true
	}
	if i == len(o.a) || j == len(o.b) {
		return false
	}
	k := strings.IndexAny(o.a[i].chars, o.b[j].chars)
	if k < 0 {
		return false
	}
	o.text = append(o.text, o.a[i].chars[k])
	if o.walk(i+1, j+1) {
		return true
	}
	o.text = o.text[:len(o.text)-1]
	return false
}
