package label

import (
	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/symbol"
)

// A Symbol is a bar code on a label, with its human-readable interpretation (HRI).
type Symbol struct {
	Name       string
	X, Y       float64  // mm: the top left corner of its modules as they stand on the label; the quiet zone is around them
	Width      float64  // mm: when positive, the room across in which Align places the modules
	Align      Align    // used with Width
	Rotation   Rotation // of the symbol and its HRI
	Symbology  symbol.Symbology
	XDimension float64 // mm: width of a module, which a device with dots rounds to whole dots
	BarHeight  float64 // mm: for linear symbols
	HRI        HRI

	Message gs1.Message // what a GS1 symbology carries
	Text    string      // what another one carries

	Modules *symbol.Symbol // the pattern, as Encode leaves it; [Template.Execute] has encoded its symbols
}

// An HRI is how a symbol's human-readable interpretation stands beside it (GS1 General Specifications, 4.14). Its text is always
// made from what is encoded.
type HRI struct {
	Place HRIPlace
	Face  font.Face
	Size  float64 // cap height, mm
	Gap   float64 // mm between symbol and text; 0 is 0.6 of the size, and never less than a matrix symbol's quiet zone

	Width   float64 // mm: when positive, the most that a line may be wide
	MinSize float64 // mm: lines that are wider are set smaller, down to this cap height
}

// An HRIPlace is where the human-readable interpretation stands.
type HRIPlace uint8

// The places. Below and above bars it is centred, and its element strings share lines as far as they fit the bars' width;
// elsewhere each element string has a line of its own.
const (
	NoHRI HRIPlace = iota
	Below
	Above
	Beside // right of the symbol, from its top
)

// Encode encodes the symbol's modules from its message or text, as [symbol.Encode] does. It does not validate the message.
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
	Modules Rect    // mm: the modules
	Quiet   Rect    // mm: the modules with their quiet zone
	Module  float64 // mm: the printed X-dimension
	HRI     []Run
}

// Layout places the symbol's modules on whole dots of a device, its quiet zone and its interpretation around them.
func (s *Symbol) Layout(d Device) (SymbolLayout, error) {
	s, err := s.encoded()
	if err != nil {
		return SymbolLayout{}, err
	}
	module := d.SnapSize(s.XDimension)
	width, height := float64(s.Modules.Cols())*module, float64(s.Modules.Rows())*module
	quiet := float64(s.Modules.QuietZone()) * module
	quietX, quietY := quiet, quiet
	if s.Symbology.Linear() {
		height, quietY = d.SnapSize(s.BarHeight), 0
	}
	at := Rect{Y: d.Snap(s.Y), Width: width, Height: height}
	if s.Rotation.sideways() {
		at.Width, at.Height = height, width
		quietX, quietY = quietY, quietX
	}
	x := s.X
	if s.Width > 0 {
		x += s.Align.offset(s.Width, at.Width)
	}
	at.X = d.Snap(x)
	l := SymbolLayout{Modules: at, Quiet: at.Grow(quietX, quietY), Module: module}
	l.HRI, err = s.interpretation(at, width, height, quiet)
	return l, err
}

// interpretation sets the HRI around modules that are width × height in their own coordinates.
func (s *Symbol) interpretation(at Rect, width, height, quiet float64) ([]Run, error) {
	if s.HRI.Place == NoHRI {
		return nil, nil
	}
	gap := s.HRI.Gap
	if gap == 0 {
		gap = 0.6 * s.HRI.Size
	}
	if !s.Symbology.Linear() || s.HRI.Place == Beside {
		gap = max(gap, quiet)
	}
	lines := s.hriLines(width * font.CapHeight / s.HRI.Size)
	size, err := s.HRI.fit(lines)
	if err != nil {
		return nil, err
	}
	mm := size / font.CapHeight
	pitch := size * DefaultLineHeight
	y, x := height+gap+size, 0.0 // of the first baseline
	switch s.HRI.Place {
	case Above:
		y = -gap - float64(len(lines)-1)*pitch
	case Beside:
		y, x = size, width+gap
	}
	runs := make([]Run, len(lines))
	for i, line := range lines {
		r := Run{Text: line, Width: float64(s.HRI.Face.Width(line)) * mm, Size: size, Face: s.HRI.Face, Rotation: s.Rotation}
		begin := x
		if s.Symbology.Linear() && s.HRI.Place != Beside {
			begin = Center.offset(width, r.Width)
		}
		r.X, r.Y = s.Rotation.place(at, begin, y+float64(i)*pitch)
		runs[i] = r
	}
	return runs, nil
}

// fit is the size at which lines are not too wide, and all of them can be shown.
func (h *HRI) fit(lines []string) (size float64, err error) {
	size = h.Size
	for _, line := range lines {
		if r, missing := h.Face.Missing(line); missing {
			return 0, glyphError(line, r, h.Face)
		}
		em := float64(h.Face.Width(line)) / font.CapHeight
		if h.Width <= 0 || em*size <= h.Width {
			continue
		}
		if size = h.Width / em; size < h.MinSize || h.MinSize <= 0 {
			least := h.Size
			if h.MinSize > 0 {
				least = h.MinSize
			}
			return 0, &FitError{line, em * least, h.Width, least, true}
		}
	}
	return size, nil
}

// hriLines breaks the interpretation between element strings, never inside one.
func (s *Symbol) hriLines(width float64) []string {
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
