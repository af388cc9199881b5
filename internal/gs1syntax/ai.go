// Package gs1syntax is what gs1, gs1/digitallink and label/scan share: the table of Application
// Identifiers, the rules for their values and their associations, and the grammars of messages.
package gs1syntax

//go:generate go run gen.go

// An AI is a row of the table: one Application Identifier, or a run of them that differ in their
// last digit only (3100 … 3105).
type AI struct {
	Code       string // the AI, or the first of the run
	Last       byte   // the last digit of the run's last AI
	Title      string // data title
	Predefined bool   // predefined length: needs no FNC1 after it
	Attribute  bool   // data attribute in the query of a GS1 Digital Link URI
	Key        bool   // primary key of a GS1 Digital Link URI
	Qualifiers [][]ID // key qualifiers in their order; alternatives don't mix
	Min, Max   uint8  // length of the value
	Parts      []Component
	Req, Ex    []Link
}

// A Component is a part of a value with its own format and rules.
type Component struct {
	Set      Set
	Min, Max uint8 // length
	Optional bool
	Lint     [3]Linter
}

// An ID is an AI as a number of four digits, filled with zeros on the right: 10 is 1000, 255 is
// 2550. AIs that begin with the same two digits have the same length, so no two AIs share an ID,
// and a pattern such as 31nn is a range of IDs.
type ID uint16

// A Link names the AIs of one requirement or exclusion as a range of IDs, and what follows it.
type Link struct {
	Lo, Hi ID
	Then   join
}

type join uint8

const (
	or  join = iota // an alternative follows
	and             // the next must be there, too
	end             // the clause ends
)

// A prefix is the number of digits of the AIs that begin with the same two, and their rows: n, from
// first on. If there are none, first is a row for unknown AIs.
type prefix struct{ digits, first, n uint8 }

// An index is the place of a row in the table.
type index = uint8

// idOf returns the ID of ai.
func idOf(ai string) (id ID, ok bool) {
	if len(ai) < 2 || len(ai) > 4 {
		return 0, false
	}
	for i := range len(ai) {
		d := ai[i] - '0'
		if d > 9 {
			return 0, false
		}
		id = id*10 + ID(d)
	}
	return id * widen[len(ai)], true
}

// widen fills a number of so many digits up to four.
var widen = [...]ID{2: 100, 3: 10, 4: 1}

// Lookup returns the row of ai, or nil.
func Lookup(ai string) *AI {
	if i, _, ok := lookup(ai, false); ok {
		return &table[i]
	}
	return nil
}

// lookup finds the row of ai; unknown AIs get a row only if they are permitted. Where no AI begins
// with the same two digits, nothing divides an AI from its value, and both together may be as long
// as other values.
func lookup(ai string, permitUnknown bool) (row index, id ID, ok bool) {
	if id, ok = idOf(ai); !ok {
		return 0, 0, false
	}
	p := prefixes[id/100]
	if p.digits == 0 {
		return stray2 + index(len(ai)-2), id, permitUnknown
	}
	if p.digits != uint8(len(ai)) {
		return unknown, id, false
	}
	if p.digits == 2 {
		return p.first, id, true
	}
	row, ok = find(p, id, permitUnknown)
	return row, id, ok
}

// leading finds the row of the AI with which s begins, and its length. An unknown AI has a length
// only where other AIs begin with the same two digits.
func leading(s string, permitUnknown bool) (row index, id ID, n int) {
	if len(s) < 2 {
		return 0, 0, 0
	}
	a, b := s[0]-'0', s[1]-'0'
	if a > 9 || b > 9 {
		return 0, 0, 0
	}
	id = ID(a)*10 + ID(b)
	p := prefixes[id]
	n = int(p.digits)
	if n == 2 {
		return p.first, id * 100, 2
	}
	if n <= 2 || n > len(s) {
		return 0, 0, 0
	}
	id, ok := idOf(s[:n])
	if ok {
		row, ok = find(p, id, permitUnknown)
	}
	if !ok {
		return 0, 0, 0
	}
	return row, id, n
}

// find searches the rows of prefix p, whose AIs have the same length as the one sought.
func find(p prefix, id ID, permitUnknown bool) (row index, ok bool) {
	lo, hi := p.first, p.first+p.n
	for lo < hi {
		m := lo + (hi-lo)/2
		code := table[m].Code
		first, _ := idOf(code)
		last := first + ID(table[m].Last-code[len(code)-1])*widen[p.digits]
		switch {
		case id < first:
			hi = m
		case id > last:
			lo = m + 1
		default:
			return m, true
		}
	}
	return unknownRow(id / 100), permitUnknown
}

// unknownRow returns the row of an AI that the table doesn't have. It has a length if its first two
// digits are of predefined length (GS1 General Specifications, 7.8.5).
func unknownRow(prefix ID) index {
	switch {
	case prefix >= 31 && prefix <= 36:
		return unknown6
	case prefix == 41:
		return unknown13
	}
	return unknown
}

// Codes calls yield with each AI and its row.
func Codes(yield func(code string, row *AI) bool) {
	for i := range table[:unknown] {
		row := &table[i]
		n := len(row.Code) - 1
		for d := row.Code[n]; d <= row.Last; d++ {
			if !yield(row.Code[:n]+string(d), row) {
				return
			}
		}
	}
}
