package label

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label/symbol"
)

// A Severity is how bad a finding is.
type Severity uint8

// The severities.
const (
	SeverityWarning Severity = iota // prints, but worse than it could
	SeverityError                   // must not be printed
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == SeverityError {
		return "error"
	}
	return "warning"
}

// A Finding is something about a label that would print badly.
type Finding struct {
	Severity Severity
	Rule     Rule
	Element  int    // index in the label's elements
	Name     string // the element's name
	Message  string // what was found, what was expected, and after "; " what to do
}

// String returns the finding in one line, such as `error: element 3 (lot): outside label: …`.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s: %s",
		f.Severity, errtext.Element(f.Element, f.Name), f.Rule, f.Message)
}

// A Rule is what a finding breaks.
type Rule string

// The rules.
const (
	OutsideLabel  Rule = "outside label"  // an element reaches beyond the label's edge
	QuietZone     Rule = "quiet zone"     // something prints in a symbol's quiet zone
	Overlap       Rule = "overlap"        // a text is printed over, or a white one has no ground
	TextFit       Rule = "text fit"       // a text does not fit its frame, or has no glyph
	TextSize      Rule = "text size"      // letters of too few dots
	WholeDots     Rule = "whole dots"     // an X-dimension that the device rounds
	XDimension    Rule = "x-dimension"    // outside the application's range as printed
	BarHeight     Rule = "bar height"     // less than the application asks for
	SymbolLength  Rule = "symbol length"  // a GS1-128 symbol that is too wide
	SymbolContent Rule = "symbol content" // cannot be encoded or interpreted, or is not valid GS1
	TagContent    Rule = "tag content"    // cannot be in a chip, or the device writes none
)

// maxGS1128Width is how long a GS1-128 symbol may be with its quiet zones, in mm (GS1 General
// Specifications, 5.4.4.3; package symbol holds it to 48 characters).
const maxGS1128Width = 165.10

// minCapDots is the least height of capitals whose letters stay open.
const minCapDots = 7

// An ink is a place that an element prints on.
type ink struct {
	Rect
	element int
	text    bool
	white   bool
	fill    bool // a filled box, the ground of white text
	loose   bool // the ink is somewhere in the rectangle, which has room for text, too
}

// A preflight is one inspection of a label.
type preflight struct {
	label    *Label
	device   Device
	inks     []ink
	quiet    []ink // the quiet zones
	findings []Finding
}

// Preflight returns what would print badly on a device: errors first, then in the order of the
// elements.
func (l *Label) Preflight(d Device) []Finding {
	p := preflight{label: l, device: d}
	for i, e := range l.Elements {
		p.inspect(i, e)
	}
	p.outside()
	p.quietZones()
	p.overlaps()
	slices.SortStableFunc(p.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Element, b.Element))
	})
	return p.findings
}

func (p *preflight) find(s Severity, r Rule, element int, format string, a ...any) {
	name := p.label.Elements[element].name()
	p.findings = append(p.findings, Finding{s, r, element, name, fmt.Sprintf(format, a...)})
}

// place returns an element's place and name for messages.
func (p *preflight) place(element int) string {
	return errtext.Element(element, p.label.Elements[element].name())
}

// inspect checks an element by itself and collects where it prints.
func (p *preflight) inspect(i int, e Element) {
	switch x := e.(type) {
	case *Text:
		laid := *x
		laid.Runs = nil
		if err := laid.Layout(); err != nil {
			p.find(SeverityError, TextFit, i, "%s", errtext.Inner(err))
		}
		p.runs(i, laid.Runs)
	case *Symbol:
		p.symbol(i, x)
	case *Box:
		for _, edge := range x.Sides(p.device) {
			p.inks = append(p.inks, ink{Rect: edge, element: i, white: x.White,
				fill: x.Thickness == 0})
		}
	case *Path:
		p.inks = append(p.inks, ink{Rect: x.Bounds(), element: i, white: x.White, loose: true})
	case *Image:
		p.inks = append(p.inks, ink{Rect: x.Layout(p.device), element: i})
	case *Tag:
		if err := x.Check(); err != nil {
			p.find(SeverityError, TagContent, i, "%s", errtext.Inner(err))
		} else if !p.device.Tags {
			p.find(SeverityWarning, TagContent, i,
				"the device doesn't write chips, want one with Device.Tags; leave the tag out")
		}
	}
}

func (p *preflight) runs(i int, runs []Run) {
	small := math.Inf(1)
	for _, r := range runs {
		if box := r.bounds(); box.Width > 0 {
			p.inks = append(p.inks, ink{Rect: box, element: i, text: true, white: r.White})
		}
		small = min(small, r.Size)
	}
	if dots := p.device.Dots(small); len(runs) > 0 && p.device.DotsPerMM > 0 &&
		dots < minCapDots {
		p.find(SeverityWarning, TextSize, i,
			"capitals of %.2f mm are %d dots high, want at least %d (%.2f mm) for open letters",
			small, dots, minCapDots, minCapDots/p.device.DotsPerMM)
	}
}

func (p *preflight) symbol(i int, s *Symbol) {
	if s.Symbology.GS1() {
		if err := p.label.validate(s); err != nil {
			p.find(SeverityError, SymbolContent, i, "%s", errtext.Inner(err))
		}
	}
	s, err := s.encoded()
	if err != nil {
		p.find(SeverityError, SymbolContent, i, "%s", errtext.Inner(err))
		return
	}
	l, err := s.Layout(p.device)
	if err != nil {
		p.find(SeverityError, SymbolContent, i, "%s", errtext.Inner(err))
		return
	}
	for r := range l.inks(s) {
		p.inks = append(p.inks, ink{Rect: r, element: i})
	}
	p.quiet = append(p.quiet, ink{Rect: l.Quiet, element: i})
	p.runs(i, l.HRI)
	p.dimensions(i, s, l)
}

func (p *preflight) dimensions(i int, s *Symbol, l SymbolLayout) {
	if change := math.Abs(l.Module/s.XDimension - 1); change > 0.01 {
		p.find(SeverityWarning, WholeDots, i,
			"an X-dimension of %.3f mm prints as %d dots of %.4g/mm, %.3f mm; write that",
			s.XDimension, p.device.Dots(l.Module), p.device.DotsPerMM, l.Module)
	}
	const slack = 0.0025 // mm: 0.495 mm is written for 0.4953 mm, and heads are as exact
	want := p.label.Application.dimensions(s.Symbology)
	if want.low > 0 && (l.Module < want.low-slack || l.Module > want.high+slack) {
		p.find(SeverityError, XDimension, i,
			"%s prints with an X-dimension of %.3f mm, want %.3f to %.3f mm for %s, at best %.3f",
			s.Symbology, l.Module, want.low, want.high, p.label.Application, want.target)
	}
	_, printed := s.Rotation.size(l.Modules)
	if height := cmp.Or(s.BarHeight, printed); height < want.barHeight-slack {
		p.find(SeverityError, BarHeight, i, "bars are %.2f mm high, want at least %.2f mm for %s",
			height, want.barHeight, p.label.Application)
	}
	if s.Symbology != symbol.SymbologyGS1128 {
		return
	}
	if width := max(l.Quiet.Width, l.Quiet.Height*float64(s.Rotation&1)); width > maxGS1128Width {
		p.find(SeverityError, SymbolLength, i,
			"GS1-128 is %.2f mm long with its quiet zones, want at most %.2f mm; "+
				"choose a smaller X-dimension or fewer AIs", width, maxGS1128Width)
	}
}

// outside finds what reaches beyond the label, quiet zones included.
func (p *preflight) outside() {
	found := map[int]bool{}
	for _, k := range slices.Concat(p.inks, p.quiet) {
		const slack = 1e-3
		over := max(-k.X, -k.Y, k.Right()-p.label.Width, k.Bottom()-p.label.Height)
		if over > slack && !found[k.element] {
			found[k.element] = true
			p.find(SeverityError, OutsideLabel, k.element,
				"reaches %.2f mm beyond the label of %g × %g mm: "+
					"it is at x %.2f to %.2f, y %.2f to %.2f",
				over, p.label.Width, p.label.Height, k.X, k.Right(), k.Y, k.Bottom())
		}
	}
}

// quietZones finds what prints in the quiet zone of a symbol.
func (p *preflight) quietZones() {
	for _, q := range p.quiet {
		found := map[int]bool{}
		for _, k := range p.inks {
			own := k.element == q.element && !k.text
			if own || k.white || found[k.element] || !k.Overlaps(q.Rect) {
				continue
			}
			found[k.element] = true
			p.find(SeverityError, QuietZone, k.element,
				"prints in the quiet zone of %s, at x %.2f to %.2f, y %.2f to %.2f; move it out",
				p.place(q.element), q.X, q.Right(), q.Y, q.Bottom())
		}
	}
}

// overlaps finds texts that are printed over, and white ones without a ground.
func (p *preflight) overlaps() {
	found := map[[2]int]bool{} // pairs of elements
	for n, t := range p.inks {
		switch {
		case !t.text:
		case !t.white:
			p.printedOver(n, found)
		case !slices.ContainsFunc(p.inks, t.standsOn):
			p.find(SeverityError, Overlap, t.element,
				"white text that is not wholly on a filled box cannot be read; put one under it")
		}
	}
}

// standsOn reports whether a white text has a filled box as its ground.
func (t ink) standsOn(k ink) bool {
	return k.fill && !k.white && k.Grow(1e-3, 1e-3).contains(t.Rect)
}

// printedOver finds what is printed over the text at index n of the inks.
func (p *preflight) printedOver(n int, found map[[2]int]bool) {
	t := p.inks[n]
	for m, k := range p.inks {
		pair := [2]int{t.element, k.element}
		counted := k.text && m < n // with the other text
		if m == n || k.white || k.loose || counted || found[pair] || !t.Overlaps(k.Rect) {
			continue
		}
		found[pair] = true
		p.find(SeverityWarning, Overlap, t.element, "prints over %s, at x %.2f, y %.2f; move one",
			p.place(k.element), t.X, t.Y)
	}
}
