package gs1syntax

// Splits finds the places in s, element strings without FNC1 in front, where separators were lost:
// putting GS there, and nowhere else, makes s valid. It returns the places if there is exactly one
// such set of them, nil otherwise. It takes from effort, about a nanosecond each, and gives up when
// it has used up a million or all.
func Splits(s string, opt Options, effort *int) []int {
	allowed := min(1<<20, *effort)
	w := splitter{s: s, opt: opt, budget: allowed}
	w.walk(0)
	*effort -= allowed - max(w.budget, 0)
	if w.solutions != 1 || w.budget <= 0 {
		return nil
	}
	return w.solution
}

type splitter struct {
	s         string
	opt       Options
	budget    int // effort that is left, about a nanosecond each
	cuts      []int
	solution  []int
	solutions int
}

// walk reads the element at pos in each possible way, and what follows.
func (w *splitter) walk(pos int) {
	if pos >= len(w.s) {
		w.check()
		return
	}
	row, _, n := leading(w.s[pos:], w.opt.PermitUnknownAIs)
	if n == 0 {
		return
	}
	r := &table[row]
	from := pos + n
	for end := from + int(r.Min); end <= min(from+int(r.Max), len(w.s)); end++ {
		if w.budget -= end - from; w.budget <= 0 || w.solutions > 1 || w.s[end-1] == gs {
			return
		}
		if f := r.check(w.s[from:end]); f.kind != 0 {
			continue
		}
		switch {
		case end == len(w.s):
			w.walk(end)
		case w.s[end] == gs:
			w.walk(end + 1)
			return
		case r.Predefined:
			w.walk(end)
		default:
			w.cuts = append(w.cuts, end)
			w.walk(end)
			w.cuts = w.cuts[:len(w.cuts)-1]
		}
	}
}

// check keeps the cuts if they make the whole valid.
func (w *splitter) check() {
	if w.budget -= 500 + 10*len(w.s); len(w.cuts) == 0 || w.budget <= 0 {
		return
	}
	if _, f := AppendElementString(nil, string(Cut(w.s, w.cuts)), true, w.opt); f == nil {
		w.solution = append([]int(nil), w.cuts...)
		w.solutions++
	}
}

// Cut puts GS into s at the given places, in ascending order.
func Cut(s string, places []int) []byte {
	b := make([]byte, 0, len(s)+len(places))
	from := 0
	for _, at := range places {
		b = append(append(b, s[from:at]...), gs)
		from = at
	}
	return append(b, s[from:]...)
}
