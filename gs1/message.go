package gs1

import (
	"strings"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// An Element is one Application Identifier with its value, such as AI "10" with value "L42". AI has
// two to four digits; Value is the data field as it is encoded: no FNC1, no parentheses around the
// AI, no escapes.
type Element struct {
	AI    string
	Value string
}

// A Message is the element strings of one unit in the order in which they are encoded.
type Message []Element

// Value returns the value of the first element with Application Identifier ai, and whether there is one.
func (m Message) Value(ai string) (string, bool) {
	for i := range m {
		if m[i].AI == ai {
			return m[i].Value, true
		}
	}
	return "", false
}

// Validate checks the message in full: that its AIs are known, that each value has the format and the content that its AI asks
// for, that no AI is repeated with another value, and that each AI has the company that it requires and none that it excludes
// (GS1 General Specifications, 3 and 4.13). An empty message is an error.
//
// The error is an *[Error], whose positions refer to m.String(). A valid message costs no allocation.
func (m Message) Validate() error { return Parser{}.Validate(m) }

// String returns the message in bracketed form, such as (01)09521234543213(10)L42, which [ParseBracketed] reads back: an opening
// bracket within a value is written `\(`.
func (m Message) String() string { return gs1syntax.Text(inner(m)) }

// ElementString returns the message as it is encoded in a symbol: it begins with FNC1, and each value that has no predefined
// length is followed by FNC1 unless it is the last. Every FNC1 is written as the character GS (0x1D).
//
// Only the structure is checked, so that whoever reads the symbol finds the same elements: AIs must be known, values must have a
// length that the AI allows and no FNC1 in them (neither GS nor "^"). Use [Message.Validate] to know whether the message is valid.
func (m Message) ElementString() (string, error) {
	data, err := m.AppendElementString(nil)
	return string(data), err
}

// AppendElementString appends what [Message.ElementString] returns to dst. On error it returns dst as it was.
func (m Message) AppendElementString(dst []byte) ([]byte, error) {
	return Parser{}.AppendElementString(dst, m)
}

// HRI returns the human readable interpretation in one line: each AI in parentheses, which are not encoded, before its value
// (GS1 General Specifications, 4.14). It equals String but has no escapes; [Message.HRILines] gives a line for each element.
func (m Message) HRI() string {
	var b strings.Builder
	for _, e := range m {
		b.WriteString("(" + e.AI + ")" + e.Value)
	}
	return b.String()
}

// HRILines returns the human readable interpretation with one line for each element, because an AI and its value are not to be
// broken over two lines. With titles each line begins with the data title of the AI, if it has one: "BATCH/LOT (10)L42".
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
