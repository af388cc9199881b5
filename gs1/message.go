package gs1

import (
	"strings"
	"time"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Message is the element strings of one unit in the order in which they are encoded.
type Message []Element

// An Element is one Application Identifier with its value, such as AI "10" with value "L42". AI has
// two to four digits; Value is the data field as it is encoded: no FNC1, no parentheses around the
// AI, no escapes.
type Element struct {
	AI    string
	Value string
}

// Element returns the first element with Application Identifier ai, and whether there is one.
func (m Message) Element(ai string) (Element, bool) {
	for i := range m {
		if m[i].AI == ai {
			return m[i], true
		}
	}
	return Element{}, false
}

// Value returns the value of the first element with Application Identifier ai, and whether there is
// one.
func (m Message) Value(ai string) (string, bool) {
	e, ok := m.Element(ai)
	return e.Value, ok
}

// GTIN returns the GTIN of the trade item, the value of AI (01), or "" if there is none.
func (m Message) GTIN() GTIN {
	v, _ := m.Value("01")
	return GTIN(v)
}

// Serial returns the serial number of the trade item, the value of AI (21), or "" if there is none.
func (m Message) Serial() string {
	v, _ := m.Value("21")
	return v
}

// Time returns the date, with its time of day if it has one, of AI ai as [ParseTime] does. ok is
// false if the message has no such element, or if its value is not valid.
func (m Message) Time(ai string, now time.Time) (t time.Time, ok bool) {
	e, ok := m.Element(ai)
	if !ok {
		return time.Time{}, false
	}
	return ParseTime(e, now)
}

// Validate checks the message in full: its AIs are known, each value has the format and the content
// of its AI, no AI is repeated with another value, and each AI has the associated AIs it requires
// and none that it excludes (GS1 General Specifications, 3 and 4.13). An empty message is an error.
//
// The error is an *[Error], whose positions refer to m.String(). A valid message costs no
// allocation.
func (m Message) Validate() error { return Parser{}.Validate(m) }

// String returns the message in bracketed form, such as (01)09521234543213(10)L42, which
// [ParseBracketed] reads back: an opening bracket within a value is written `\(`.
func (m Message) String() string { return gs1syntax.Text(inner(m)) }

// ElementString returns the message as it is encoded in a symbol: it begins with FNC1, and each
// value that has no predefined length is followed by FNC1 unless it is the last. Every FNC1 is
// written as the character GS (0x1D).
//
// Only the structure is checked, so that a reader of the symbol finds the same elements: AIs must
// be known, and values must have a length that the AI allows and no FNC1 (GS or "^"). Validate
// checks the rest.
func (m Message) ElementString() (string, error) {
	data, err := m.AppendElementString(nil)
	return string(data), err
}

// AppendElementString appends what [Message.ElementString] returns to dst. On error it returns dst
// unchanged.
func (m Message) AppendElementString(dst []byte) ([]byte, error) {
	return Parser{}.AppendElementString(dst, m)
}

// HRI returns the human readable interpretation in one line: each AI in parentheses, which are not
// encoded, before its value (GS1 General Specifications, 4.14). It equals String without the
// escapes.
func (m Message) HRI() string {
	var b strings.Builder
	for _, e := range m {
		b.WriteString("(" + e.AI + ")" + e.Value)
	}
	return b.String()
}

// HRILines returns the human readable interpretation with one line for each element, because a line
// must not end between an AI and its value. With titles each line begins with the data title of the
// AI, if it has one: "BATCH/LOT (10)L42".
func (m Message) HRILines(titles bool) []string {
	lines := make([]string, len(m))
	for i, e := range m {
		lines[i] = "(" + e.AI + ")" + e.Value
		if ai, _ := Lookup(e.AI); titles && ai.Title != "" {
			lines[i] = ai.Title + " " + lines[i]
		}
	}
	return lines
}
