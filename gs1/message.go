package gs1

// An Element is one Application Identifier with its value, such as AI "10" with value "L42".
type Element struct {
	AI    string // two to four digits
	Value string // the data field as it is encoded: no FNC1, no parentheses, no escapes
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
