package label

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/symbol"
)

// A Severity is how bad a finding is.
type Severity uint8

// The severities.
const (
	Warning Severity = iota // prints, but worse than it could
	Error                   // must not be printed
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
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
	Message  string // what is wrong, and the mend
}

// String returns the finding in one line, such as `error: element 3 (lot): outside label: …`.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s: %s", f.Severity, errtext.Element(f.Element, f.Name), f.Rule, f.Message)
}

// A Rule is what a finding breaks.
type Rule string

// The rules.
const (
	OutsideLabel  Rule = "outside label"  // an element reaches beyond the label's edge
	QuietZone     Rule = "quiet zone"     // something prints in a symbol's quiet zone
	Overlap       Rule = "overlap"        // a text is printed over, or a white one stands on nothing
	TextFit       Rule = "text fit"       // a text does not fit its frame, or has no glyph
	TextSize      Rule = "text size"      // letters of too few dots
	WholeDots     Rule = "whole dots"     // an X-dimension that the device rounds
	XDimension    Rule = "x-dimension"    // outside the application's range as printed
	BarHeight     Rule = "bar height"     // less than the application asks for
	SymbolLength  Rule = "symbol length"  // a GS1-128 symbol that is too wide
	SymbolContent Rule = "symbol content" // what cannot be encoded or interpreted, or is not valid GS1
)

// The longest that a GS1-128 symbol may be (GS1 General Specifications, 5.4.4.3; package symbol holds it to 48 characters), and the
// fewest dots that letters stay open with.
const (
	maxGS1128Width = 165.10 // mm, with quiet zones
	minCapDots     = 7
)

// An ink is a place that an element prints on.
type ink struct {
	Rect
	element int
	text    bool
	white   bool
	fill    bool // a filled box, on which white text may stand
	loose   bool // the ink is somewhere in the rectangle, so that a text may stand in it too
}

// A preflight is one inspection of a label.
type preflight struct {
	label    *Label
	device   Device
	inks     []ink
	quiet    []ink // the quiet zones
	findings []Finding
}

// Preflight finds what would print badly on a device; errors come first, then in the order of the elements.
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
	p.findings = append(p.findings, Finding{s, r, element, p.label.Elements[element].name(), fmt.Sprintf(format, a...)})
}

// inspect judges an element by itself and collects where it prints.
func (p *preflight) inspect(i int, e Element) {
	switch x := e.(type) {
	case *Text:
		laid := *x
		laid.Runs = nil
		if err := laid.Layout(); err != nil {
			p.find(Error, TextFit, i, "%s", errtext.Inner(err))
		}
		p.runs(i, laid.Runs)
	case *Symbol:
		p.symbol(i, x)
	case *Box:
		for _, edge := range x.Sides(p.device) {
			p.inks = append(p.inks, ink{Rect: edge, element: i, white: x.White, fill: x.Thickness == 0})
		}
	case *Path:
		p.inks = append(p.inks, ink{Rect: x.Bounds(), element: i, white: x.White, loose: true})
	case *Image:
		p.inks = append(p.inks, ink{Rect: x.Layout(p.device), element: i})
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
	if dots := p.device.Dots(small); len(runs) > 0 && p.device.DotsPerMM > 0 && dots < minCapDots {
		p.find(Warning, TextSize, i, "capitals of %.2f mm are %d dots high: letters close up below %d dots (%.2f mm)", small, dots, minCapDots, minCapDots/p.device.DotsPerMM)
	}
}

// bounds is where a run prints, by the outlines of its glyphs.
func (r Run) bounds() Rect {
	low, high := math.Inf(1), math.Inf(-1)
	left, right, pen := math.Inf(1), math.Inf(-1), 0.0
	for _, c := range r.Text {
		g := r.Face.Glyph(c)
		if len(g.Contours) > 0 {
			low, high = min(low, g.Low), max(high, g.High)
			left, right = min(left, pen+g.Left), max(right, pen+g.Right)
		}
		pen += float64(g.Advance)
	}
	if low > high {
		return Rect{}
	}
	mm := r.Size / font.CapHeight
	return r.Rotation.placeRect(Rect{r.X, r.Y, 0, 0}, Rect{left * mm, -high * mm, (right - left) * mm, (high - low) * mm})
}

func (p *preflight) symbol(i int, s *Symbol) {
	if s.Symbology.GS1() {
		if err := p.label.validate(s); err != nil {
			p.find(Error, SymbolContent, i, "%s", errtext.Inner(err))
		}
	}
	s, err := s.encoded()
	if err != nil {
		p.find(Error, SymbolContent, i, "%s", err)
		return
	}
	l, err := s.Layout(p.device)
	if err != nil {
		p.find(Error, SymbolContent, i, "%s", errtext.Inner(err))
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
		p.find(Warning, WholeDots, i, "an X-dimension of %.3f mm prints as %d dots of %.4g/mm, %.3f mm: write that", s.XDimension, p.device.Dots(l.Module), p.device.DotsPerMM, l.Module)
	}
	const slack = 0.0025 // mm: 0.495 mm is written for 0.4953 mm, and heads are as exact
	want := p.label.Application.dimensions(s.Symbology)
	if want.low > 0 && (l.Module < want.low-slack || l.Module > want.high+slack) {
		p.find(Error, XDimension, i, "%s prints with an X-dimension of %.3f mm: %s asks for %.3f to %.3f mm, at best %.3f", s.Symbology, l.Module, p.label.Application, want.low, want.high, want.target)
	}
	_, printed := s.Rotation.size(l.Modules)
	if height := cmp.Or(s.BarHeight, printed); height < want.barHeight-slack {
		p.find(Error, BarHeight, i, "bars are %.2f mm high: %s asks for at least %.2f mm", height, p.label.Application, want.barHeight)
	}
	if s.Symbology != symbol.SymbologyGS1128 {
		return
	}
	if width := max(l.Quiet.Width, l.Quiet.Height*float64(s.Rotation&1)); width > maxGS1128Width {
		p.find(Error, SymbolLength, i, "GS1-128 is %.2f mm long with its quiet zones: at most %.2f mm; take a smaller X-dimension or fewer AIs", width, maxGS1128Width)
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
			p.find(Error, OutsideLabel, k.element, "reaches %.2f mm beyond the label of %g × %g mm: it stands at x %.2f to %.2f, y %.2f to %.2f", over, p.label.Width, p.label.Height, k.X, k.Right(), k.Y, k.Bottom())
		}
	}
}

func (p *preflight) quietZones() {
	for _, q := range p.quiet {
		found := map[int]bool{}
		for _, k := range p.inks {
			own := k.element == q.element && !k.text
			if own || k.white || found[k.element] || !k.Overlaps(q.Rect) {
				continue
			}
			found[k.element] = true
			p.find(Error, QuietZone, k.element, "prints in the quiet zone of %s, at x %.2f to %.2f, y %.2f to %.2f: move it out", errtext.Element(q.element, p.label.Elements[q.element].name()), q.X, q.Right(), q.Y, q.Bottom())
		}
	}
}

// overlaps finds texts that are printed over, and white ones that stand on nothing.
func (p *preflight) overlaps() {
	type pair struct{ text, other int }
	found := map[pair]bool{}
	for n, t := range p.inks {
		if !t.text {
			continue
		}
		grounded := false
		for m, k := range p.inks {
			if t.white {
				grounded = grounded || k.fill && !k.white && k.Grow(1e-3, 1e-3).contains(t.Rect)
				continue
			}
			if m == n || k.white || k.loose || k.text && m < n || found[pair{t.element, k.element}] || !t.Overlaps(k.Rect) {
				continue
			}
			found[pair{t.element, k.element}] = true
			p.find(Warning, Overlap, t.element, "prints over %s, at x %.2f, y %.2f: move one", errtext.Element(k.element, p.label.Elements[k.element].name()), t.X, t.Y)
		}
		if t.white && !grounded {
			p.find(Error, Overlap, t.element, "white text that is not wholly on a filled box cannot be read: put one under it")
		}
	}
}

func (r Rect) contains(s Rect) bool {
	return s.X >= r.X && s.Y >= r.Y && s.Right() <= r.Right() && s.Bottom() <= r.Bottom()
}
