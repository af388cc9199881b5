// Package quote writes input and counts in error messages.
package quote

import "strconv"

// maxText is how much of a text is quoted, in bytes.
const maxText = 60

// Text returns a text in double quotes, of a long text the beginning and an ellipsis.
func Text(s string) string {
	if len(s) > maxText {
		return strconv.Quote(s[:maxText] + "…")
	}
	return strconv.Quote(s)
}

// Count returns a number and a noun in the number's form: "1 character", "2 characters".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
