package calendar

import (
	"slices"
	"strings"
)

// A Token writes one unit in decimal digits, or as one character of a code.
type Token struct {
	Unit  Unit
	Width int    // characters
	First int    // the unit's least value: 1 for months, 0 for hours
	Last  int    // its greatest
	Code  string // one character for each value from First on; "": digits
	Since int    // the year of the code's first character
	again int    // 0, or 1 + its place in Reading.again if another token has more of the unit
}

// tokens in the order in which a name is cut into them: the longest first.
var tokens = []struct {
	name string
	Token
}{
	{"YYYY", Token{Unit: Year, Width: 4, Last: 9999}},
	{"YY", Token{Unit: Year, Width: 2, Last: 99}},
	{"Y", Token{Unit: Year, Width: 1, Last: 9}},
	{"GGGG", Token{Unit: WeekYear, Width: 4, Last: 9999}},
	{"GG", Token{Unit: WeekYear, Width: 2, Last: 99}},
	{"G", Token{Unit: WeekYear, Width: 1, Last: 9}},
	{"MM", Token{Unit: Month, Width: 2, First: 1, Last: 12}},
	{"M", Token{Unit: Month, Width: 1, First: 1, Last: 12}},
	{"DDD", Token{Unit: YearDay, Width: 3, First: 1, Last: 366}},
	{"DD", Token{Unit: Day, Width: 2, First: 1, Last: 31}},
	{"D", Token{Unit: Day, Width: 1, First: 1, Last: 31}},
	{"WW", Token{Unit: Week, Width: 2, First: 1, Last: 53}},
	{"E", Token{Unit: Weekday, Width: 1, First: 1, Last: 7}},
	{"hh", Token{Unit: Hour, Width: 2, Last: 23}},
	{"h", Token{Unit: Hour, Width: 1, Last: 23}},
	{"mm", Token{Unit: Minute, Width: 2, Last: 59}},
}

// The model year code of a VIN (49 CFR 565.15, table VII): A is 1980, and 2010 again.
const (
	VINYears = "ABCDEFGHJKLMNPRSTVWXY123456789"
	VINSince = 1980
)

// Cut splits a name such as YYMMDD into its tokens; ok is false if it isn't made of tokens only.
func Cut(name string) (list []Token, ok bool) {
	for name != "" {
		found := false
		for _, t := range tokens {
			if strings.HasPrefix(name, t.name) {
				list, name, found = append(list, t.Token), name[len(t.name):], true
				break
			}
		}
		if !found {
			return nil, false
		}
	}
	return list, true
}

// Near returns the tokens for a date written as a word or in small letters: YYMMDD for "date" and
// "yymmdd"; "" for other names.
func Near(name string) string {
	switch name {
	case "date":
		return "YYMMDD"
	case "year":
		return "YYYY"
	case "month":
		return "MM"
	case "week":
		return "GGWW"
	case "day":
		return "DD"
	case "hour":
		return "hh"
	case "minute":
		return "mm"
	}
	capitals := strings.ToUpper(name)
	list, ok := Cut(capitals)
	if !ok || slices.ContainsFunc(list, func(t Token) bool { return t.Width == 1 }) {
		return "" // "dye" and "gem" are no dates
	}
	return capitals
}

// exact reports whether the token has its unit's whole value and not only a remainder of it.
func (t *Token) exact() bool { return !t.Unit.isYear() || t.Code == "" && t.Width == 4 }

// cycle returns the number of years after which the token repeats.
func (t *Token) cycle() int {
	if t.Code != "" {
		return len(t.Code)
	}
	return t.Last + 1
}

// value returns the token's value for a moment: 0 … Last, or the place in its code.
func (t *Token) value(m *Moment) int {
	v := int(m[t.Unit])
	if !t.Unit.isYear() {
		return v
	}
	cycle := t.cycle()
	return int(uint32(v-t.Since+cycle*(LastYear+1)) % uint32(cycle)) // the sum is above 0
}

// Append writes the token for a moment.
func (t *Token) Append(dst []byte, m *Moment) []byte {
	v := t.value(m)
	if t.Code != "" {
		return append(dst, t.Code[v-t.First])
	}
	u := uint32(v)
	switch t.Width {
	case 1:
		return append(dst, byte('0'+u))
	case 2:
		return append(dst, byte('0'+u/10), byte('0'+u%10))
	case 3:
		return append(dst, byte('0'+u/100), byte('0'+u/10%10), byte('0'+u%10))
	}
	return append(dst, byte('0'+u/1000), byte('0'+u/100%10), byte('0'+u/10%10), byte('0'+u%10))
}

// A Reading collects what the tokens of a serial say of its time: for each unit the value of the
// token with the most of it, and the values of tokens that repeat a unit.
type Reading struct {
	Moment Moment
	again  [MaxAgain]int16
}

// MaxAgain is the greatest number of tokens whose unit another token of the pattern has too.
const MaxAgain = 8

// Parse reads a token from text of its width. It returns the position of the first wrong
// character, the text's length if there is none; ok is false if the text is no value of the
// token's unit.
func (t *Token) Parse(text string, r *Reading) (bad int, ok bool) {
	v := 0
	if t.Code != "" {
		i := strings.IndexByte(t.Code, text[0])
		if i < 0 {
			return 0, false
		}
		v = i + t.First
	} else {
		for i := range len(text) {
			d := text[i] - '0'
			if d > 9 {
				return i, false
			}
			v = v*10 + int(d)
		}
	}
	if t.again > 0 {
		r.again[t.again-1] = int16(v)
	} else {
		r.Moment[t.Unit] = int16(v)
	}
	return len(text), t.First <= v && v <= t.Last
}

// Chars returns the characters that place i of the token may have, from 0 to Width − 1.
func (t *Token) Chars(i int) string {
	switch {
	case t.Code != "":
		return t.Code
	case i == 0 && t.Width > 1:
		top := t.Last / [...]int{1, 10, 100, 1000}[t.Width-1]
		return "0123456789"[:top+1]
	}
	return "0123456789"
}
