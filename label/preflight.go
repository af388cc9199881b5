package label

// A Severity is how bad a finding is.
type Severity uint8

// The severities.
const (
	Warning Severity = iota // prints, but worse than it could
	Error                   // must not be printed
)

// A Finding is something about a label that would print badly.
type Finding struct {
	Severity Severity
	Rule     Rule
	Element  int    // index in the label's elements
	Name     string // the element's name
	Message  string // what is wrong, and the mend
}

// A Rule is what a finding breaks.
type Rule string

// The rules.
const (
	OutsideLabel Rule = "outside label"  // an element reaches beyond the label's edge
	QuietZone    Rule = "quiet zone"     // ink in a symbol's quiet zone
	Overlap      Rule = "overlap"        // two elements print over each other
	TextFit      Rule = "text fit"       // a text does not fit its frame, or has no glyph
	TextSize     Rule = "text size"      // letters of too few dots
	WholeDots    Rule = "whole dots"     // an X-dimension that the device rounds
	XDimension   Rule = "x-dimension"    // outside the application's range
	BarHeight    Rule = "bar height"     // below the application's least
	SymbolLength Rule = "symbol length"  // a GS1-128 symbol with too many characters or too wide
	SymbolData   Rule = "symbol content" // a symbol that cannot be encoded
)

// ink is a place that an element prints on.
type ink struct {
	Rect
	white bool
}

// Preflight finds what would print badly on a device, the worst first.
func (l *Label) Preflight(d Device) []Finding { panic("todo") }
