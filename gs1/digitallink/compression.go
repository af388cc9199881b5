package digitallink

import (
	"slices"
	"sync"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// The encodings of text, by their indicators (GS1 Digital Link: URI syntax, release 1.1, 3.7).
const (
	numeric = iota
	lowerHex
	upperHex
	base64Text
	asciiText
)

const (
	alphabet64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	hexDigits  = "0123456789ABCDEF"
	maxDigits  = 90 // of a number
)

// value64 returns the value of a character of the base 64 alphabet, and 0xFF for other characters.
func value64(c byte) byte {
	switch {
	case c-'A' < 26:
		return c - 'A'
	case c-'a' < 26:
		return c - 'a' + 26
	case c-'0' < 10:
		return c - '0' + 52
	case c == '-':
		return 62
	case c == '_':
		return 63
	}
	return 0xFF
}

func is64(s string) bool {
	for i := range len(s) {
		if value64(s[i]) == 0xFF {
			return false
		}
	}
	return true
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return true
}

func hexValue(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// encodingOf returns the encoding that takes the fewest bits.
func encodingOf(s string) int {
	possible := [...]bool{numeric: len(s) <= maxDigits, lowerHex: true, upperHex: true,
		base64Text: true}
	for i := range len(s) {
		c := s[i]
		isDigit := c-'0' <= 9
		possible[numeric] = possible[numeric] && isDigit
		possible[lowerHex] = possible[lowerHex] && (isDigit || c-'a' < 6)
		possible[upperHex] = possible[upperHex] && (isDigit || c-'A' < 6)
		possible[base64Text] = possible[base64Text] && value64(c) != 0xFF
	}
	if s == "" {
		return asciiText
	}
	for _, encoding := range [...]int{numeric, upperHex, lowerHex, base64Text} {
		if possible[encoding] {
			return encoding
		}
	}
	return asciiText
}

// A part is a component of a value: so many digits or characters, or up to so many.
type part struct {
	numeric, fixed bool
	most           int
}

// partsOf appends the parts of which the value of ai is made: its components, of which adjacent
// ones of characters, and adjacent ones of digits with the same kind of length, count as one.
func partsOf(ai string, parts []part) []part {
	row := gs1syntax.Lookup(ai)
	if row == nil {
		return nil
	}
	for _, c := range row.Parts {
		p := part{c.Set.Letter() == 'N', c.Min == c.Max && !c.Optional, int(c.Max)}
		if n := len(parts); n > 0 && parts[n-1].numeric == p.numeric &&
			(parts[n-1].fixed == p.fixed || !p.numeric) {
			parts[n-1].most += p.most
			parts[n-1].fixed = parts[n-1].fixed && p.fixed
			continue
		}
		parts = append(parts, p)
	}
	return parts
}

// lengthBits returns the number of bits of a length indicator for up to most characters.
func lengthBits(most int) int {
	n := 1
	for ; 1<<n <= most; n++ {
	}
	return n
}

// Tables that are computed when they are first used, as whoever imports the package does no work
// at start-up.
var (
	compute       sync.Once
	digitsOfAI    [100]int // how many digits the AIs have that begin with the same two
	optimisations []optimisation
	byMember      map[string][]*optimisation
)

// computeTables computes the tables once.
func computeTables() {
	compute.Do(func() {
		gs1syntax.Codes(func(code string, _ *gs1syntax.AI) bool {
			digitsOfAI[int(code[0]-'0')*10+int(code[1]-'0')] = len(code)
			return true
		})
		optimisations = allOptimisations()
		byMember = membersOf(optimisations)
	})
}

// An optimisation is a code for several AIs.
type optimisation struct {
	code   uint8
	ais    []string
	sorted []string // in the order in which GS1's toolkit writes their values
}

// allOptimisations returns the codes for frequent sequences of AIs (GS1 Digital Link: URI syntax,
// release 1.1, 3.6).
func allOptimisations() []optimisation {
	list := []optimisation{
		{code: 0x0A, ais: []string{"01", "22"}}, {code: 0x0B, ais: []string{"01", "10"}},
		{code: 0x0C, ais: []string{"01", "21"}}, {code: 0x0D, ais: []string{"01", "17"}},
		{code: 0x0E, ais: []string{"01", "7003"}}, {code: 0x0F, ais: []string{"01", "30"}},
		{code: 0x1A, ais: []string{"01", "10", "21", "17"}}, {code: 0x1B, ais: []string{"01",
			"15"}},
		{code: 0x1C, ais: []string{"01", "11"}}, {code: 0x1D, ais: []string{"01", "16"}},
		{code: 0x1E, ais: []string{"01", "91"}}, {code: 0x1F, ais: []string{"01", "10", "15"}},
	}
	run := func(code uint8, first, second string, n int) {
		for i := range n {
			ai := second[:3] + string(second[3]+byte(i))
			list = append(list, optimisation{code: code + uint8(i), ais: []string{first, ai}})
		}
	}
	run(0x2A, "01", "3100", 6)
	run(0x3A, "01", "3200", 6)
	list = append(list, optimisation{code: 0x9A, ais: []string{"8010", "8011"}},
		optimisation{code: 0x9B, ais: []string{"8017", "8019"}},
		optimisation{code: 0x9C, ais: []string{"8018", "8019"}},
		optimisation{code: 0x9D, ais: []string{"414", "254"}})
	run(0xA0, "01", "3920", 10)
	run(0xC0, "255", "3900", 10)
	run(0xCA, "255", "3940", 4)
	for i := range list {
		list[i].sorted = slices.Sorted(slices.Values(list[i].ais))
	}
	return list
}

// optimisationOf returns the optimisation of a code, or nil.
func optimisationOf(code uint8) *optimisation {
	computeTables()
	for i := range optimisations {
		if optimisations[i].code == code {
			return &optimisations[i]
		}
	}
	return nil
}

// membersOf returns, for each AI but the one with which most optimisations begin, the optimisations
// in which it is the last, in the order of the list.
func membersOf(list []optimisation) map[string][]*optimisation {
	table := map[string][]*optimisation{}
	for i := range list {
		o := &list[i]
		last := o.ais[len(o.ais)-1]
		table[last] = append(table[last], o)
	}
	return table
}

// bestOptimisation returns the optimisation of the elements of m at the places in order that
// saves most digits of AIs, of several the first of the table, and the places of its elements;
// nil if there is none.
func bestOptimisation(m gs1.Message, order, room []int) (best *optimisation, places []int) {
	computeTables()
	saved := 0
	for _, i := range order {
		for _, o := range byMember[m[i].AI] {
			digits := 0
			for _, ai := range o.ais {
				digits += len(ai)
			}
			if digits < saved || digits == saved && best != nil && o.place() > best.place() {
				continue
			}
			if found := placesOf(m, order, o.ais, room[:0:0]); found != nil {
				best, places, saved = o, found, digits
			}
		}
	}
	return best, places
}

// place returns where the optimisation is in the table.
func (o *optimisation) place() int {
	return slices.IndexFunc(optimisations,
		func(other optimisation) bool { return other.code == o.code })
}

// placesOf returns where in m, among the places in order, the AIs are, or nil if one is missing.
func placesOf(m gs1.Message, order []int, ais []string, places []int) []int {
	for _, ai := range ais {
		i := slices.IndexFunc(order, func(i int) bool { return m[i].AI == ai })
		if i < 0 {
			return nil
		}
		places = append(places, order[i])
	}
	return places
}
