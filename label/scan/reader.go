package scan

import (
	"slices"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
	"github.com/gonameplate/nameplate/serial"
)

// maxScan is the length in bytes of the longest scan that is read: more than any symbol holds.
const maxScan = 8 << 10

// A Reader reads scans. The zero value reads everything that this package knows.
type Reader struct {
	// Parser has the options for GS1 data.
	Parser gs1.Parser

	// Expect names the AIs that the caller knows to be on the label, such as "01", "17", "10" and
	// "21"; an "n" is any digit. Where a lost FNC1 leaves more than one reading, the one that has
	// these and no further AIs is right. Data that lacks one of them are read with a doubt.
	Expect []string

	// Keyboard is the keyboard layout of the computer that a reader with a keyboard interface types
	// into, as a BCP 47 tag of Keyboards, if the reader takes it for a US one. Text that comes
	// without symbology identifier is then read as typed with that layout. If it is "", a wrong
	// layout is detected by the characters of the identifier and of the FNC1.
	Keyboard string

	// Schemes identifies serials of known schemes in text. A serial's date is Result.Made.
	Schemes *serial.Set

	// Now resolves the century of dates with two digits for the year. If zero, it is the time of
	// the call.
	Now time.Time
}

// Read reads a scan with the zero Reader.
func Read(text string) (Result, error) { return Reader{}.Read(text) }

// Read reads the output of a barcode reader, with or without symbology identifier.
//
// If the error is nil and there are no doubts, the result is certain. With doubts, the result is
// the likeliest reading; Doubt.Other is another one. With an error there is no reading, and
// Result has only the Text; the error is an *[Error]. Scans of more than 8 KB are not read.
func (r Reader) Read(text string) (result Result, err error) {
	if r.intact(text, &result) {
		return result, nil
	}
	if len(text) > maxScan {
		return Result{Text: text}, &Error{Err: ErrLength, Input: text, Pos: maxScan,
			Len: len(text) - maxScan, Detail: "want at most 8192 bytes"}
	}
	t := newDamaged(text)
	t.trim()
	if t.s == "" {
		return Result{Text: text}, &Error{Err: ErrEmpty, Input: text, Pos: -1}
	}
	found := r.readings(t)
	if len(found) == 0 {
		return Result{Text: text}, r.blame(text, t)
	}
	return r.decide(text, found), nil
}

// intact reads GS1 data that are valid and certain as they came, without a copy.
func (r *Reader) intact(s string, result *Result) bool {
	if len(s) < 4 || s[0] != ']' || r.Keyboard != "" || !gs1syntax.CarriesElements(s[:3]) {
		return false
	}
	opt := gs1syntax.Options(r.Parser)
	m, scan, f := gs1syntax.AppendScan(gs1syntax.Room(s), s, opt)
	if f != nil {
		return false
	}
	message := gs1.Message(gs1syntax.Elements[gs1.Element](m))
	mayHold, marked := gs1syntax.Inspect(m)
	if marked && holdsTyped(message) || mayHold &&
		gs1syntax.HasOther(scan.Text, opt, searchEffort) ||
		!r.hasExpected(message) {
		return false
	}
	result.Kind, result.Symbology, result.Text = GS1, scan.Symbology, scan.Text
	result.Message = message
	r.fill(result)
	return true
}

// hasExpected reports whether m has all AIs that are expected.
func (r *Reader) hasExpected(m gs1.Message) bool {
	for _, pattern := range r.Expect {
		if !slices.ContainsFunc(m, func(e gs1.Element) bool { return matches(pattern, e.AI) }) {
			return false
		}
	}
	return true
}

// matches reports whether ai is of the pattern, in which "n" is any digit.
func matches(pattern, ai string) bool {
	if len(pattern) != len(ai) {
		return false
	}
	for i := range len(ai) {
		if pattern[i] != ai[i] && pattern[i] != 'n' {
			return false
		}
	}
	return true
}

// readings returns the readings of a scan, the likeliest first.
func (r Reader) readings(t *damaged) []Result {
	if r.Keyboard != "" && (t.s[0] != ']' || r.typesBracket()) {
		if found := r.typed(t); found != nil {
			return found
		}
	}
	found := r.structured(t)
	if len(found) == 0 || found[0].Kind == Text {
		if known := r.knownText(t); known != nil {
			return known
		}
	}
	if found != nil {
		return r.withKnown(t, found)
	}
	if r.Keyboard == "" {
		if found := r.retyped(t); found != nil {
			return found
		}
	}
	return r.plain(t)
}

// decide returns the first reading, and the others as doubts about it.
func (r Reader) decide(text string, found []Result) Result {
	first := found[0]
	for i := range found[1:] {
		other := &found[1+i]
		if other.sameContent(&first) {
			continue
		}
		first.Doubts = append(first.Doubts, Doubt{
			What: difference(&first, other), Len: len(text), Other: other,
		})
	}
	return first
}

// sameContent reports whether two readings say the same.
func (a *Result) sameContent(b *Result) bool {
	return a.Kind == b.Kind && a.Symbology == b.Symbology && a.Product == b.Product &&
		a.Serial == b.Serial && a.Text == b.Text && a.AddOn == b.AddOn &&
		slices.Equal(a.Message, b.Message) && slices.Equal(a.Items, b.Items)
}

// difference returns what another reading has that the first lacks.
func difference(first, other *Result) string {
	if other.Kind != first.Kind || other.Kind != GS1 && other.Kind != Link {
		return "this is " + other.describe() + " as well"
	}
	text := ""
	for _, e := range other.Message {
		if !slices.Contains(first.Message, e) {
			text += "(" + e.AI + ")" + e.Value
		}
	}
	if text == "" {
		text = other.Message.String()
	}
	return text + " fits as well"
}

// describe returns the kind of the result and what identifies it.
func (a *Result) describe() string {
	switch {
	case a.Product != "":
		return a.Kind.String() + " data of product " + a.Product
	case len(a.Message) > 0:
		return a.Kind.String() + " data " + a.Message.String()
	case a.Serial != "":
		return a.Kind.String() + " data with serial " + a.Serial
	}
	return a.Kind.String()
}

// structured returns the readings of data whose form shows what they are.
func (r Reader) structured(t *damaged) []Result {
	if strings.HasPrefix(t.s, "]") {
		return r.identified(t)
	}
	if found := r.withBracket(t); found != nil {
		return found
	}
	return r.unidentified(t)
}

// withBracket reads data whose identifier lost its bracket.
func (r Reader) withBracket(t *damaged) []Result {
	if len(t.s) < 4 || t.s[1] < '0' || t.s[1] > '9' || !isLetter(t.s[0]) {
		return nil
	}
	if c := carrierOf(otherCaseByte(t.s[0]), t.s[1]); !c.gs1() {
		if c := carrierOf(t.s[0], t.s[1]); !c.gs1() {
			return nil
		}
	}
	c := t.clone()
	c.replace(0, 0, "]", "bracket of the symbology identifier put back")
	return slices.DeleteFunc(r.identified(c), func(a Result) bool {
		return a.Kind != GS1 && a.Kind != Retail && a.Kind != Link
	})
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// now returns the time that resolves centuries.
func (r *Reader) now() time.Time {
	if r.Now.IsZero() {
		return time.Now()
	}
	return r.Now
}
