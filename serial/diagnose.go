package serial

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/serial/internal/number"
	"github.com/gonameplate/nameplate/serial/internal/pattern"
)

// A Mistake is a kind of mistake that people make with a serial between a label and a keyboard.
// The likeliest come first.
type Mistake uint8

const (
	MistakeFormatting Mistake = iota + 1 // small letters, spaces, or display marks typed along
	MistakeLookalike                     // a character that looks like another: O for 0
	MistakeSwap                          // two neighbours changed places
	MistakeJump                          // two characters around a third changed places
	MistakeMissing                       // a character was left out
	MistakeExtra                         // a character too many
	MistakeWrong                         // one character is another
)

var mistakes = [...]string{
	"", "capitals, spaces or marks", "characters that look alike", "two neighbours changed places",
	"two characters around a third changed places", "a character was left out",
	"a character too many", "one character is wrong",
}

// String returns the mistake in words, "" for a number that is no mistake.
func (m Mistake) String() string {
	if int(m) < len(mistakes) {
		return mistakes[m]
	}
	return ""
}

// A Suggestion is a serial that may be meant, and the mistake that leads from it to the text that
// was typed.
type Suggestion struct {
	Serial  string
	Mistake Mistake
	Pos     int // of the mistake in the text, in bytes from 0
}

// maxSuggestions is the greatest number of suggestions.
const maxSuggestions = 8

// A Diagnosis reports why a text is not a serial that was issued, and which serials may be meant.
// It is an error to show to people.
type Diagnosis struct {
	Err         *Error       // what is wrong, and where
	Suggestions []Suggestion // up to eight, the likeliest first
}

// Diagnose is [Scheme.Parse] for a text that someone has typed: it returns nil if the text is a
// serial. If issued is above 0, an index from there on is [ErrIndex] too. A missing key or
// context field ([ErrKey], [ErrField]) is no mistake of the text and has no suggestions.
//
// Diagnose tries every single mistake, a thousand or two, and isn't meant for hot paths. Without
// check characters nearly every text is a serial, and suggestions mean little.
func (s *Scheme) Diagnose(context Fields, serial string, issued uint64) *Diagnosis {
	_, index, err := s.Parse(context, serial)
	if err == nil {
		if issued == 0 || index < issued {
			return nil
		}
		err = failAt(serial, 0, len(serial), ErrIndex, nil,
			fmt.Sprintf("index %d, want less than the %d that were issued", index, issued))
	}
	d := &Diagnosis{Err: err.(*Error)}
	if d.Err.Err != ErrKey && d.Err.Err != ErrField {
		d.Suggestions = s.suggest(context, serial, issued)
	}
	return d
}

// suggest returns the serials that may be meant by a text, none if it is valid.
func (s *Scheme) suggest(context Fields, serial string, issued uint64) []Suggestion {
	g := guess{scheme: s, context: context, issued: issued}
	if len(serial) > 2*pattern.MaxSerial || g.valid(serial) {
		return nil
	}
	text := s.clean(serial)
	g.try(text, MistakeFormatting, 0)
	if len(g.found) == 0 {
		g.likely(text)
	}
	if len(g.found) == 0 {
		g.unlikely(text)
	}
	return g.found
}

// Error returns what is wrong and the likeliest suggestion.
func (d *Diagnosis) Error() string {
	if len(d.Suggestions) == 0 {
		return d.Err.Error()
	}
	x := d.Suggestions[0]
	return d.Err.Error() + "; did you mean " + x.Serial + " (" + x.Mistake.String() +
		", at character " + strconv.Itoa(x.Pos+1) + ")?"
}

// Unwrap returns Err.
func (d *Diagnosis) Unwrap() error { return d.Err }

// clean removes spaces and display marks, and makes letters capital if the scheme has no small
// ones.
func (s *Scheme) clean(serial string) string {
	set := s.allChars()
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(set, r) || r > '~' {
			return r
		}
		if r >= 'a' && r <= 'z' {
			return r + 'A' - 'a'
		}
		if strings.ContainsRune(" -_./:", r) {
			return -1
		}
		return r
	}, serial)
}

func (s *Scheme) allChars() (set string) {
	for i := range s.pattern.Parts {
		set += s.pattern.Parts[i].Chars.Chars
	}
	return number.Unique(set)
}

// A guess collects the serials that one mistake leads to.
type guess struct {
	scheme  *Scheme
	context Fields
	issued  uint64
	found   []Suggestion
}

func (g *guess) valid(serial string) bool {
	_, index, err := g.scheme.Parse(g.context, serial)
	return err == nil && (g.issued == 0 || index < g.issued)
}

func (g *guess) try(serial string, m Mistake, pos int) {
	if len(g.found) == maxSuggestions ||
		slices.ContainsFunc(g.found, func(x Suggestion) bool { return x.Serial == serial }) {
		return
	}
	if g.valid(serial) {
		g.found = append(g.found, Suggestion{strings.Clone(serial), m, pos})
	}
}

// likely tries lookalikes, one or all of a kind at a time, and characters that changed places; if
// none of them fits, two lookalikes.
func (g *guess) likely(text string) {
	b := []byte(text)
	g.lookalikes(b, 0, func(int) {})
	for by, m := range []Mistake{MistakeSwap, MistakeJump} {
		for i := 0; i+by+1 < len(b); i++ {
			j := i + by + 1
			b[i], b[j] = b[j], b[i]
			g.try(string(b), m, i)
			b[i], b[j] = b[j], b[i]
		}
	}
	if len(g.found) == 0 {
		g.lookalikes(b, 0, func(i int) { g.lookalikes(b, i+1, func(int) {}) })
	}
}

// lookalikes tries b with each of its characters from a place on replaced, and calls then in
// between.
func (g *guess) lookalikes(b []byte, from int, then func(i int)) {
	for i := from; i < len(b); i++ {
		c := b[i]
		for _, d := range lookalikes(c) {
			g.try(strings.ReplaceAll(string(b), string(c), string(d)), MistakeLookalike, i)
			b[i] = d
			g.try(string(b), MistakeLookalike, i)
			then(i)
		}
		b[i] = c
	}
}

// unlikely tries a character missing, too many or wrong in any place.
func (g *guess) unlikely(text string) {
	set := g.scheme.allChars()
	for i := len(text); i >= 0; i-- { // from the end, where a check is often left out
		for _, c := range set {
			g.try(text[:i]+string(c)+text[i:], MistakeMissing, i)
		}
	}
	for i := range len(text) {
		g.try(text[:i]+text[i+1:], MistakeExtra, i)
	}
	for i := range len(text) {
		for _, c := range set {
			g.try(text[:i]+string(c)+text[i+1:], MistakeWrong, i)
		}
	}
}
