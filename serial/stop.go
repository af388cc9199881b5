package serial

import "strings"

// A language numbers the texts of an image that have none of some words in them, in the order in which the image numbers all. So
// words are left out without a gap in the index, and a serial still leads back.
type language struct {
	*automaton
	count [][]uint64 // how many texts complete position and state, saturating
}

// An automaton finds words: that of A. V. Aho and M. J. Corasick (1975).
type automaton struct {
	next [][256]uint16 // state and character to state; 0 is the start
	dead uint16        // the state after a word
}

// Bounds of a list of words, so that no pattern takes long to compile.
const (
	maxWords  = 1000    // characters
	maxCounts = 1 << 20 // states times places
)

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

// complete turns the tree of words into an automaton: where a word can't go on, its longest tail that is some word's beginning does.
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

// newLanguage counts the texts of an image that the automaton lets pass.
func newLanguage(a *automaton, im *image) *language {
	l := &language{automaton: a, count: make([][]uint64, len(im.at)+1)}
	for j := len(im.at); j >= 0; j-- {
		l.count[j] = make([]uint64, l.dead+1) // none from the dead state
		for state := range l.next {
			if j == len(im.at) {
				l.count[j][state] = 1
				continue
			}
			for i := range len(im.at[j].chars) {
				to := l.next[state][im.at[j].chars[i]]
				l.count[j][state] = addSaturating(l.count[j][state], l.count[j+1][to])
			}
		}
	}
	return l
}

// put writes text number v.
func (l *language) put(dst []byte, im *image, v uint64) {
	state := uint16(0)
	for j := range dst {
		chars := im.at[j].chars
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

// number returns the number of a text whose characters fit the image; ok is false if a word is in it, or if it is 2^64 − 1 or more.
func (l *language) number(im *image, text string) (v uint64, ok bool) {
	state := uint16(0)
	for j := range len(text) {
		chars := im.at[j].chars
		for i := range strings.IndexByte(chars, text[j]) {
			v = addSaturating(v, l.count[j+1][l.next[state][chars[i]]])
		}
		if state = l.next[state][text[j]]; state == l.dead {
			return 0, false
		}
	}
	return v, v != ^uint64(0)
}
