package number

import (
	"math"
	"math/bits"
	"strings"
)

// A Format writes numbers from 0 on as texts of one length.
type Format struct {
	Places []*Alphabet // of each character
	Count  uint64      // the number of texts, at most 2^64 − 1
	words  *wordFilter // nil: all texts are used
}

// NewFormat returns the format whose characters are of these alphabets.
func NewFormat(places ...*Alphabet) Format {
	f := Format{Places: places, Count: 1}
	for _, a := range places {
		f.Count = MulSaturating(f.Count, a.size)
	}
	return f
}

// Filtered reports whether texts with a word in them are left out.
func (f *Format) Filtered() bool { return f.words != nil }

// maxCounts bounds the states times places of a filter, so that no list of words takes long.
const maxCounts = 1 << 20

// LeaveOut takes the texts that contain one of the words out of some formats. It reports false,
// and does nothing, if there are too many words for so many places.
func LeaveOut(words []string, formats []Format) bool {
	a := newAutomaton(words)
	places := 0
	for _, f := range formats {
		places += len(f.Places) + 1
	}
	if places*len(a.next) > maxCounts {
		return false
	}
	for i := range formats {
		f := &formats[i]
		f.words = newWordFilter(a, f.Places)
		f.Count = f.words.count[0][0]
	}
	return true
}

// Put writes the text of number v into dst, whose length is that of the format.
func (f *Format) Put(dst []byte, v uint64) {
	if f.words != nil {
		f.words.put(dst, f.Places, v)
		return
	}
	for j := len(dst) - 1; j >= 0; j-- {
		a := f.Places[j]
		q := a.quotient(v)
		dst[j] = a.Chars[v-q*a.size]
		v = q
	}
}

// Parse returns the number of a text of the format's length, the position of the first wrong
// character (len(text) if there is none), and whether the text has a number below 2^64.
func (f *Format) Parse(text string) (v uint64, good int, ok bool) {
	if f.Count < math.MaxUint64 && f.words == nil { // no number overflows
		for j := range len(text) {
			a := f.Places[j]
			c := a.value[text[j]]
			if c == outside {
				return 0, j, false
			}
			v = v*a.size + uint64(c)
		}
		return v, len(text), true
	}
	var over uint64
	for j := range len(text) {
		a := f.Places[j]
		c := a.value[text[j]]
		if c == outside {
			return 0, j, false
		}
		hi, lo := bits.Mul64(v, a.size)
		sum, carry := bits.Add64(lo, uint64(c), 0)
		v, over = sum, over|hi|carry
	}
	if f.words != nil { // a small number among the texts that are left may be a large one among all
		v, ok = f.words.number(f.Places, text)
		return v, len(text), ok
	}
	return v, len(text), over == 0
}

// Disjoint reports whether two formats share no text.
func (f *Format) Disjoint(other *Format) bool {
	if len(f.Places) != len(other.Places) {
		return true
	}
	for i, a := range f.Places {
		if !strings.ContainsAny(a.Chars, other.Places[i].Chars) {
			return true
		}
	}
	return false
}
