package number

import "strings"

// A wordFilter numbers the texts of a format that contain none of some words, in the order in
// which the format numbers all. So words are left out without a gap in the numbers, and a text
// still leads back to its number.
type wordFilter struct {
	*automaton
	count [][]uint64 // the texts that complete position and state, saturating
}

// An automaton finds words: A. V. Aho and M. J. Corasick, Efficient string matching (1975).
type automaton struct {
	next [][256]uint16 // state and character to state; 0 is the start
	dead uint16        // the state after a word
}

func newAutomaton(words []string) *automaton {
	l := &automaton{next: make([][256]uint16, 1)}
	ends := map[uint16]bool{}
	for _, w := range words {
		state := uint16(0)
		for i := range len(w) {
			to := l.next[state][w[i]]
			if to == 0 {
				to = uint16(len(l.next))
				l.next = append(l.next, [256]uint16{})
				l.next[state][w[i]] = to
			}
			state = to
		}
		ends[state] = true
	}
	l.complete(ends)
	l.dead = uint16(len(l.next))
	for state := range l.next {
		for c, to := range l.next[state] {
			if ends[to] {
				l.next[state][c] = l.dead
			}
		}
	}
	return l
}

// complete turns the tree of words into an automaton: where a word can't go on, its longest tail
// that another word begins with does.
func (l *automaton) complete(ends map[uint16]bool) {
	tail := make([]uint16, len(l.next))
	var queue []uint16
	for _, to := range l.next[0] {
		if to != 0 {
			queue = append(queue, to)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		state := queue[0]
		if ends[tail[state]] {
			ends[state] = true
		}
		for c, to := range l.next[state] {
			if to == 0 {
				l.next[state][c] = l.next[tail[state]][c]
				continue
			}
			tail[to] = l.next[tail[state]][c]
			queue = append(queue, to)
		}
	}
}

// newWordFilter counts the texts that the automaton lets pass.
func newWordFilter(a *automaton, places []*Alphabet) *wordFilter {
	l := &wordFilter{automaton: a, count: make([][]uint64, len(places)+1)}
	for j := len(places); j >= 0; j-- {
		l.count[j] = make([]uint64, l.dead+1) // none from the dead state
		for state := range l.next {
			if j == len(places) {
				l.count[j][state] = 1
				continue
			}
			for i := range len(places[j].Chars) {
				to := l.next[state][places[j].Chars[i]]
				l.count[j][state] = AddSaturating(l.count[j][state], l.count[j+1][to])
			}
		}
	}
	return l
}

// put writes the text of number v.
func (l *wordFilter) put(dst []byte, places []*Alphabet, v uint64) {
	state := uint16(0)
	for j := range dst {
		chars := places[j].Chars
		for i := range len(chars) {
			to := l.next[state][chars[i]]
			if n := l.count[j+1][to]; v >= n {
				v -= n
				continue
			}
			dst[j], state = chars[i], to
			break
		}
	}
}

// number returns the number of a text whose characters fit the format; ok is false if the text
// contains a word, or if its number is 2^64 − 1 or more.
func (l *wordFilter) number(places []*Alphabet, text string) (v uint64, ok bool) {
	state := uint16(0)
	for j := range len(text) {
		chars := places[j].Chars
		for i := range strings.IndexByte(chars, text[j]) {
			v = AddSaturating(v, l.count[j+1][l.next[state][chars[i]]])
		}
		if state = l.next[state][text[j]]; state == l.dead {
			return 0, false
		}
	}
	return v, v != ^uint64(0)
}
