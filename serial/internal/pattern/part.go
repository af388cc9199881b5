package pattern

import (
	"strings"

	"github.com/gonameplate/nameplate/serial/checkdigit"
	"github.com/gonameplate/nameplate/serial/internal/calendar"
	"github.com/gonameplate/nameplate/serial/internal/number"
)

// A Part is one piece of a serial, of Min to Max characters.
type Part struct {
	Kind     Kind
	Min, Max int
	Chars    *number.Alphabet // every character that it may have
	Name     string           // by which checks refer to it

	Literal string
	Date    []calendar.Token
	Field   *Field
	Index   int // its place in Pattern.Indexes
	Check   *Check

	node *node
}

// A Kind is a kind of part: it decides which of the part's fields are set.
type Kind uint8

const (
	LiteralPart Kind = iota
	DatePart
	FieldPart
	IndexPart
	CheckPart
)

// A Check writes the check characters of other parts.
type Check struct {
	System checkdigit.Checker
	Over   []Covered
	Run    bool // the covered parts are side by side
	Tail   bool // and the check follows them, so that together they are what Valid takes
	names  string
	skip   bool
}

// A Covered is a part by its place, or a given field by its name.
type Covered struct {
	Part  int
	Given string
}

// FirstWrong returns the position of the first character of text that the part can't have there,
// len(text) if it can have all.
func (p *Part) FirstWrong(text string) int {
	if p.Literal == "" {
		return p.Chars.FirstOutside(text)
	}
	for i := range len(text) {
		if text[i] != p.Literal[i] {
			return i
		}
	}
	return len(text)
}

// CharsAt returns the characters that place i of the part may have, given the pattern's indexes.
func (p *Part) CharsAt(i int, indexes []Index) string {
	switch {
	case p.Literal != "":
		return p.Literal[i : i+1]
	case p.Kind == IndexPart && len(indexes[p.Index].Formats) == 1:
		return indexes[p.Index].Formats[0].Places[i].Chars
	}
	for k := range p.Date {
		t := &p.Date[k]
		if i < t.Width {
			return t.Chars(i)
		}
		i -= t.Width
	}
	return p.Chars.Chars
}

// sample writes a text that the part can have: the shortest or longest, of its first or last
// character.
func (p *Part) sample(b *strings.Builder, longest, last bool) {
	n := p.Min
	if longest {
		n = p.Max
	}
	if p.Literal != "" {
		b.WriteString(p.Literal)
		return
	}
	ch := p.Chars.Chars[:1]
	if last {
		ch = p.Chars.Chars[len(p.Chars.Chars)-1:]
	}
	b.WriteString(strings.Repeat(ch, n))
}
