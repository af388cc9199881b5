package label

import (
	"cmp"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/symbol"
)

// A Symbol is a bar code on a label, with its human-readable interpretation (HRI).
type Symbol struct {
	Name string

	// X and Y are the top left corner of its modules on the label, in mm; the quiet zone is around
	// them.
	X, Y float64

	Width      float64  // mm: when positive, the room across in which Align places the modules
	Align      Align    // used with Width
	Rotation   Rotation // of the symbol and its HRI
	Symbology  symbol.Symbology
	XDimension float64 // mm: width of a module, which a device with dots rounds to whole dots

	// BarHeight is the height of the bars of a linear symbol, in mm; 0 is that of its
	// [symbol.Traits], which EAN and UPC symbols have.
	BarHeight float64

	HRI HRI

	Message gs1.Message // what a GS1 symbology carries
	Text    string      // what another one carries

	Modules *symbol.Symbol // the pattern, as Encode leaves it
}

// An HRI is how a symbol's human-readable interpretation is set (GS1 General Specifications, 4.14).
// Its text is always made from what is encoded.
type HRI struct {
	Place HRIPlace
	Face  font.Face
	Size  float64 // cap height, mm

	// Gap is between symbol and text, in mm; 0 is 0.6 of the size. A matrix symbol has at least its
	// quiet zone.
	Gap float64

	Width   float64 // mm: when positive, the most that a line may be wide
	MinSize float64 // mm: lines that are wider are set smaller, down to this cap height
}

// An HRIPlace is where the human-readable interpretation is.
type HRIPlace uint8

// The places. Below and above bars it is centred, and its element strings share lines as far as
// they fit the bars' width; elsewhere each element string has a line of its own.
const (
	NoHRI HRIPlace = iota
	Below
	Above
	Beside // right of the symbol, from its top
)

// Encode encodes the symbol's modules from its message or text, as [symbol.Encode] does. It does
// not validate the message.
func (s *Symbol) Encode() (err error) {
	s.Modules, err = symbol.Encode(s.Symbology, s.Text, s.Message)
	return err
}

// encoded is the symbol with its modules: itself when it has them.
func (s *Symbol) encoded() (*Symbol, error) {
	if s.Modules != nil {
		return s, nil
	}
	e := *s
	return &e, e.Encode()
}

// A SymbolLayout is where the parts of a symbol stand on a device.
type SymbolLayout struct {
	Modules Rect    // mm: the modules, without what guard and bearer bars reach beyond them
	Quiet   Rect    // mm: the modules with their quiet zone
	Module  float64 // mm: the printed X-dimension
	Guards  float64 // mm: how far guard bars reach below the modules
	Bearers float64 // mm: how thick the bars above and below the modules are
	HRI     []Run
}

// Layout places the symbol's modules on whole dots of a device, its quiet zone and its
// interpretation around them.
func (s *Symbol) Layout(d Device) (SymbolLayout, error) {
	s, err := s.encoded()
	if err != nil {
		return SymbolLayout{}, err
	}
	traits := s.Symbology.Traits()
	module := d.SnapSize(s.XDimension)
	l := SymbolLayout{Module: module, Bearers: float64(traits.BearerBars) * module}
	width, height := float64(s.Modules.Cols())*module, float64(s.Modules.Rows())*module
	left, right := float64(traits.QuietLeft)*module, float64(traits.QuietRight)*module
	above := left
	if traits.Linear {
		height, above = d.SnapSize(cmp.Or(s.BarHeight, traits.BarHeight*s.XDimension)), l.Bearers
	}
	if s.HRI.Place == Below {
		l.Guards = float64(traits.GuardBars) * module
	}
	l.Modules = Rect{Y: d.Snap(s.Y), Width: width, Height: height}
	if s.Rotation.sideways() {
		l.Modules.Width, l.Modules.Height = height, width
	}
	x := s.X
	if s.Width > 0 {
		x += s.Align.offset(s.Width, l.Modules.Width)
	}
	l.Modules.X = d.Snap(x)
	l.Quiet = s.Rotation.placeRect(l.Modules,
		Rect{-left, -above, left + width + right, height + 2*above})
	return l, s.interpret(&l)
}

// interpret sets the HRI around the modules of a layout.
func (s *Symbol) interpret(l *SymbolLayout) (err error) {
	if s.HRI.Place == NoHRI {
		return nil
	}
	if s.HRI.Place == Below {
		if groups := s.Modules.Groups(); groups != nil {
			return s.setGroups(l, groups)
		}
	}
	width, height := s.Rotation.size(l.Modules)
	gap := cmp.Or(s.HRI.Gap, 0.6*s.HRI.Size)
	traits := s.Symbology.Traits()
	if !traits.Linear || s.HRI.Place == Beside {
		gap = max(gap, float64(traits.QuietRight)*l.Module)
	}
	lines := s.hriLines(width * font.CapHeight / s.HRI.Size)
	size, err := s.HRI.fit(lines, s.HRI.Width)
	if err != nil {
		return err
	}
	pitch := size * DefaultLineHeight
	y, x := height+l.Bearers+gap+size, 0.0 // of the first baseline
	switch s.HRI.Place {
	case Above:
		y = -l.Bearers - gap - float64(len(lines)-1)*pitch
	case Beside:
		y, x = size, width+gap
	}
	l.HRI = make([]Run, len(lines))
	for i, line := range lines {
		r := s.HRI.run(line, size, s.Rotation)
		begin := x
		if traits.Linear && s.HRI.Place != Beside {
			begin = Center.offset(width, r.Width)
		}
		r.X, r.Y = s.Rotation.place(l.Modules, begin, y+float64(i)*pitch)
		l.HRI[i] = r
	}
	return nil
}

// setGroups sets the parts of an interpretation between their columns: the digits of an EAN
// symbol a module below its bars if there is no other gap, between the guard bars.
func (s *Symbol) setGroups(l *SymbolLayout, groups []symbol.Group) error {
	_, height := s.Rotation.size(l.Modules)
	gap := l.Module
	if l.Guards == 0 {
		gap = 0.6 * s.HRI.Size
	}
	baseline := height + l.Bearers + cmp.Or(s.HRI.Gap, gap)
	var size float64
	for _, g := range groups {
		if g.Small {
			continue
		}
		fitted, err := s.HRI.fit([]string{g.Text}, l.columns(g))
		if err != nil {
			return err
		}
		if size == 0 || fitted < size {
			size = fitted
		}
	}
	baseline += size
	for _, g := range groups {
		r := s.HRI.run(g.Text, size, s.Rotation)
		if room := l.columns(g); g.Small && r.Width > room {
			r = s.HRI.run(g.Text, size*room/r.Width, s.Rotation)
		}
		begin := float64(g.From)*l.Module + Center.offset(l.columns(g), r.Width)
		r.X, r.Y = s.Rotation.place(l.Modules, begin, baseline)
		l.HRI = append(l.HRI, r)
	}
	return nil
}

// columns returns how wide the columns of a group are in mm.
func (l *SymbolLayout) columns(g symbol.Group) float64 { return float64(g.To-g.From) * l.Module }

// run returns a line of the interpretation that has no place yet.
func (h *HRI) run(line string, size float64, r Rotation) Run {
	width := float64(h.Face.Width(line)) * size / font.CapHeight
	return Run{Text: line, Width: width, Size: size, Face: h.Face, Rotation: r}
}

// fit returns the size at which no line is wider than most mm, if that is positive, and all of
// them can be shown.
func (h *HRI) fit(lines []string, most float64) (size float64, err error) {
	size = h.Size
	for _, line := range lines {
		if r, missing := h.Face.Missing(line); missing {
			return 0, glyphError(line, r, h.Face)
		}
		em := float64(h.Face.Width(line)) / font.CapHeight
		if most <= 0 || em*size <= most {
			continue
		}
		if size = most / em; size < h.MinSize || h.MinSize <= 0 {
			least := cmp.Or(h.MinSize, h.Size)
			return 0, &FitError{line, em * least, most, least, true}
		}
	}
	return size, nil
}

// hriLines breaks the interpretation between element strings, never inside one.
func (s *Symbol) hriLines(width float64) []string {
	if groups := s.Modules.Groups(); groups != nil {
		parts := make([]string, len(groups))
		for i, g := range groups {
			parts[i] = g.Text
		}
		return []string{strings.Join(parts, " ")}
	}
	if !s.Symbology.GS1() {
		return []string{s.Text}
	}
	var lines []string
	for _, e := range s.Message.HRILines(false) {
		if last := len(lines) - 1; last >= 0 && s.Symbology.Linear() && s.HRI.Place != Beside {
			if joined := lines[last] + " " + e; float64(s.HRI.Face.Width(joined)) <= width {
				lines[last] = joined
				continue
			}
		}
		lines = append(lines, e)
	}
	return lines
}

func (s *Symbol) name() string { return s.Name }

func (s *Symbol) draw(c Canvas) error {
	s, err := s.encoded()
	if err != nil {
		return err
	}
	l, err := s.Layout(c.Device())
	if err != nil {
		return err
	}
	if err := c.Symbol(s, l); err != nil {
		return err
	}
	for _, r := range l.HRI {
		if err := c.Run(r); err != nil {
			return err
		}
	}
	return nil
}
