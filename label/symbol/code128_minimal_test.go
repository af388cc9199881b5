package symbol

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// A code128Reader is what a reader of Code 128 knows between two symbol characters, written from
// the standard's words and not from the encoder's tables. Searching all that can be written to it
// is slow and obviously right.
type code128Reader struct {
	at            int  // units read
	set           byte // 'A', 'B' or 'C'
	upper         bool // FNC4 FNC4 is in force
	shift, single bool // SHIFT, or one FNC4, stands for the next character
}

// read returns the reader after a symbol character, and whether its output is that of units.
func (r code128Reader) read(value int, units []unit) (code128Reader, bool) {
	set := r.set
	if r.shift {
		set = 'A' + 'B' - r.set
	}
	function := func(u unit) (code128Reader, bool) {
		if r.shift || r.single || r.at >= len(units) || units[r.at] != u {
			return r, false
		}
		r.at++
		return r, true
	}
	change := func(to byte) (code128Reader, bool) {
		if r.shift || r.single {
			return r, false
		}
		r.set = to
		return r, true
	}
	switch {
	case value == 102:
		return function(unitFNC1)
	case set == 'C' && value == 100:
		return change('B')
	case set == 'C' && value == 101:
		return change('A')
	case set == 'C':
		if value > 99 || r.at+2 > len(units) || units[r.at] != unit('0'+value/10) ||
			units[r.at+1] != unit('0'+value%10) {
			return r, false
		}
		r.at += 2
		return r, true
	case value == 96:
		return function(unitFNC3)
	case value == 97:
		return function(unitFNC2)
	case value == 98:
		if r.shift {
			return r, false
		}
		r.shift = true
		return r, true
	case value == 99:
		return change('C')
	case value == 100 && set == 'A':
		return change('B')
	case value == 101 && set == 'B':
		return change('A')
	case value > 99: // FNC4
		if r.shift {
			return r, false
		}
		if r.single {
			r.upper = !r.upper
		}
		r.single = !r.single
		return r, true
	}
	character := value + 32
	if set == 'A' && value >= 64 {
		character = value - 64
	}
	if r.upper != r.single {
		character += 128
	}
	if r.at >= len(units) || units[r.at] != unit(character) {
		return r, false
	}
	return code128Reader{at: r.at + 1, set: r.set, upper: r.upper}, true
}

// shortestCode128 searches, breadth first, for the fewest symbol characters from the start
// character to the last of data.
func shortestCode128(units []unit) int {
	front := []code128Reader{{set: 'A'}, {set: 'B'}, {set: 'C'}}
	seen := map[code128Reader]bool{}
	for length := 1; ; length++ {
		var next []code128Reader
		for _, r := range front {
			if r.at == len(units) && !r.shift && !r.single {
				return length
			}
			for value := range 103 {
				if to, ok := r.read(value, units); ok && !seen[to] {
					seen[to] = true
					next = append(next, to)
				}
			}
		}
		front = next
	}
}

func requireShortestCode128(t *testing.T, e *Encoder, units []unit) {
	t.Helper()
	words := e.code128.shortest(units, nil)
	if len(words) != shortestCode128(units) {
		t.Fatalf("%v takes %v, which is %d symbol characters; the least is %d", units, words,
			len(words), shortestCode128(units))
	}
	r := code128Reader{set: "BCA"[(words[0]+2)%3]}
	switch words[0] {
	case 103:
		r.set = 'A'
	case 104:
		r.set = 'B'
	case 105:
		r.set = 'C'
	}
	for _, w := range words[1:] {
		var ok bool
		if r, ok = r.read(int(w), units); !ok {
			t.Fatalf("%v is written as %v", units, words)
		}
	}
	require.Equal(t, len(units), r.at)
}

// everyString calls f with each string of length 1 to most over an alphabet.
func everyString(alphabet []unit, most int, f func([]unit)) {
	var grow func(units []unit)
	grow = func(units []unit) {
		if len(units) > 0 {
			f(units)
		}
		if len(units) < most {
			for _, u := range alphabet {
				grow(append(units[:len(units):len(units)], u))
			}
		}
	}
	grow(nil)
}

// randomUnits returns runs of the same or like units, which make encoders change and change back.
func randomUnits(r *rand.Rand, alphabet []unit, most int) []unit {
	var units []unit
	for n := 1 + r.IntN(most); len(units) < n; {
		u := alphabet[r.IntN(len(alphabet))]
		for range 1 + r.IntN(6) {
			units = append(units, u)
		}
	}
	return units
}

func TestCode128IsMinimal(t *testing.T) {
	t.Parallel()
	alphabet := []unit{'1', 'A', 'a', 0x01, 'A' + 0x80, 0xFF, 0x81, unitFNC1, unitFNC2}
	most, random := searchDepth()
	e := new(Encoder)
	everyString(alphabet, most, func(units []unit) { requireShortestCode128(t, e, units) })
	r := rand.New(rand.NewPCG(1, 28))
	for range random {
		requireShortestCode128(t, e, randomUnits(r, alphabet, 40))
	}
}

// searchDepth returns the length up to which every string is searched, which takes most of a minute
// in CI, and the number of random strings.
func searchDepth() (most, random int) {
	switch {
	case ci.Running():
		return 5, 20000
	case testing.Short():
		return 3, 300
	}
	return 4, 1000
}
