// Package errtext gives the texts of this module's errors one form: the name of a package once, at
// the beginning, and input quoted and shortened.
package errtext

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Wrap returns an error that reads "place: text of err" and unwraps to err. The name of the package
// that err begins with is left out, since place begins with one.
func Wrap(place string, err error) error { return &wrapped{place, err} }

type wrapped struct {
	place string
	err   error
}

func (w *wrapped) Error() string { return w.place + ": " + Inner(w.err) }
func (w *wrapped) Unwrap() error { return w.err }

// Inner returns the text of err without the name of a package of this module that it begins with.
func Inner(err error) string {
	text := err.Error()
	name, rest, ok := strings.Cut(text, ": ")
	if ok && slices.Contains(packages[:], name) {
		return rest
	}
	return text
}

// packages are the names that errors of labels begin with, and of what labels are made of.
var packages = [...]string{
	"gs1", "symbol", "font", "label", "template", "raster", "pdf", "zpl",
}

// Element returns an element's place on a label, counted from 1, and its name if it has one.
func Element(index int, name string) string {
	if name == "" {
		return fmt.Sprintf("element %d", index+1)
	}
	return fmt.Sprintf("element %d (%s)", index+1, name)
}

// most is how many bytes of input a message shows.
const most = 60

// Quote returns s in quotes, shortened to 60 bytes and an ellipsis.
func Quote(s string) string {
	if len(s) <= most {
		return strconv.Quote(s)
	}
	end := most
	for end > most-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return strconv.Quote(s[:end]) + "…"
}
