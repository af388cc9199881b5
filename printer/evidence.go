package printer

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Evidence is what a run records about a window: what its outcome rests on. Its zero value is no
// evidence.
//
// Its text, which a [Journal] keeps, is words key=value with blanks between them:
//
//	counter=100..113 printer=ZT410/V75.20.15Z/42J163 settings=^JZN polls=4 why="head open"
//
// A value with blanks in it is quoted as in Go.
type Evidence struct {
	Counter  []uint64      // of labels: before the window and, if it was read, after it
	Printer  string        // as of Identity.String
	Settings string        // commands in force while the window printed
	Template string        // Job.Template
	Polls    int           // status replies while the window printed
	Gap      time.Duration // the longest time between two of them
	Pace     time.Duration // time of a label
	Policy   string        // "void" where Policy VoidDoubt made the labels void
	Blind    bool          // the printer wasn't asked
	Why      string        // why the labels are doubtful, in words
	Other    string        // words of the text that this version doesn't know
}

// voidPolicy is the Policy of labels that became void by Policy VoidDoubt.
const voidPolicy = "void"

// String returns the text of the evidence.
func (e Evidence) String() string {
	var words []string
	add := func(key, value string) {
		if value != "" {
			words = append(words, key+"="+quoteWord(value))
		}
	}
	switch len(e.Counter) {
	case 0:
	case 1:
		add("counter", fmt.Sprint(e.Counter[0]))
	default:
		add("counter", fmt.Sprintf("%d..%d", e.Counter[0], e.Counter[1]))
	}
	add("printer", e.Printer)
	add("settings", e.Settings)
	add("template", e.Template)
	if e.Polls != 0 {
		add("polls", strconv.Itoa(e.Polls))
	}
	if e.Gap != 0 {
		add("gap", e.Gap.String())
	}
	if e.Pace != 0 {
		add("pace", e.Pace.String())
	}
	add("policy", e.Policy)
	if e.Blind {
		words = append(words, "blind")
	}
	add("why", e.Why)
	if e.Other != "" {
		words = append(words, e.Other)
	}
	return strings.Join(words, " ")
}

// MarshalText returns the text of the evidence. The error is always nil.
func (e Evidence) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the text of evidence, of this version or an earlier one. Words that it
// doesn't know, and those whose value isn't valid, are kept in Other. The error is always nil.
func (e *Evidence) UnmarshalText(text []byte) error {
	*e = Evidence{}
	var other []string
	for rest := strings.TrimSpace(string(text)); rest != ""; {
		var w word
		w, rest = cutWord(rest)
		if !e.set(w) {
			other = append(other, w.text)
		}
	}
	e.Other = strings.Join(other, " ")
	return nil
}

// set sets the field that a word is for, and reports whether there is one.
func (e *Evidence) set(w word) bool {
	var err error
	switch w.key {
	case "counter":
		var counter []uint64
		counter, err = parseCounter(w.value)
		if err == nil {
			e.Counter = counter
		}
	case "printer":
		e.Printer = w.value
	case "settings":
		e.Settings = w.value
	case "template":
		e.Template = w.value
	case "polls":
		return setWord(&e.Polls, w.value, strconv.Atoi)
	case "gap":
		return setWord(&e.Gap, w.value, time.ParseDuration)
	case "pace":
		return setWord(&e.Pace, w.value, time.ParseDuration)
	case "policy":
		e.Policy = w.value
	case "why":
		e.Why = w.value
		if !w.quoted { // versions that didn't quote wrote _ for a blank
			e.Why = strings.ReplaceAll(w.value, "_", " ")
		}
	default:
		e.Blind = e.Blind || w.text == "blind"
		return w.text == "blind"
	}
	return err == nil
}

func setWord[T comparable](field *T, text string, parse func(string) (T, error)) bool {
	value, err := parse(text)
	if err == nil {
		*field = value
	}
	return err == nil
}

// parseCounter reads "100" or "100..120".
func parseCounter(text string) (counter []uint64, err error) {
	before, after, both := strings.Cut(text, "..")
	readings := []string{before}
	if both {
		readings = append(readings, after)
	}
	for _, reading := range readings {
		n, err := strconv.ParseUint(reading, 10, 64)
		if err != nil {
			return nil, err
		}
		counter = append(counter, n)
	}
	return counter, nil
}

// A word is a part of the text of evidence.
type word struct {
	text       string
	key, value string // "" unless it is key=value
	quoted     bool
}

// cutWord cuts the first word off a text that doesn't begin with a blank.
func cutWord(text string) (w word, rest string) {
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		end = len(text)
	}
	w.text = text[:end]
	w.key, w.value, _ = strings.Cut(w.text, "=")
	if start := len(w.key) + 1; start < end && text[start] == '"' {
		quoted, err := strconv.QuotedPrefix(text[start:])
		after := text[min(len(text), start+len(quoted)):]
		if err == nil && (after == "" || strings.IndexFunc(after, unicode.IsSpace) == 0) {
			w.value, _ = strconv.Unquote(quoted)
			w.quoted = true
			end = start + len(quoted)
			w.text = text[:end]
		}
	}
	return w, strings.TrimSpace(text[end:])
}

// quoteWord quotes a value unless cutWord reads it back as it is.
func quoteWord(value string) string {
	special := func(r rune) bool { return r <= ' ' || r == '_' || r == '"' || !unicode.IsPrint(r) }
	if !utf8.ValidString(value) || strings.ContainsFunc(value, special) {
		return strconv.Quote(value)
	}
	return value
}

// sameTemplate reports whether two templates are equal. Versions that didn't quote wrote _ for a
// blank.
func sameTemplate(a, b string) bool {
	return strings.Map(unblank, a) == strings.Map(unblank, b)
}

func unblank(r rune) rune {
	if r <= ' ' || r == 0x7F {
		return '_'
	}
	return r
}
