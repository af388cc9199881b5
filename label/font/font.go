// Package font contains the typefaces that every canvas of a label shares, so that a text measures
// the same on paper, in a PDF and in a preview: the Go fonts by Bigelow & Holmes, which follow DIN
// 1450 in distinguishing 0 from O and 1 from l and I, and cover Latin, Greek and Cyrillic (the WGL4
// set). They have no kerning: a text is as wide as the sum of its glyphs' advances.
//
// All measures are in font units, [UnitsPerEm] to the em square.
package font

import (
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// UnitsPerEm is the size of the em square that every face is drawn on.
const UnitsPerEm = 2048

// CapHeight is the height of a capital letter in every face, in font units.
const CapHeight = 1480

// A Face is one typeface; the zero value is [Regular].
type Face uint8

// The faces.
const (
	Regular Face = iota // proportional; for running text
	Bold                // proportional, heavy; for what must be found first
	Mono                // every glyph equally wide; for serials, read character by character
)

var faces = [...]struct {
	name string
	ttf  []byte
	load func() *typeface
}{
	Regular: {"regular", goregular.TTF, loader(goregular.TTF)},
	Bold:    {"bold", gobold.TTF, loader(gobold.TTF)},
	Mono:    {"mono", gomono.TTF, loader(gomono.TTF)},
}

// Faces are the names of all faces, in the order of the constants.
func Faces() []string {
	names := make([]string, len(faces))
	for i := range faces {
		names[i] = faces[i].name
	}
	return names
}

// String returns the face's name: "regular", "bold" or "mono".
func (f Face) String() string {
	if int(f) < len(faces) {
		return faces[f].name
	}
	return fmt.Sprintf("face %d", uint8(f))
}

// ParseFace returns the face of a name as [Face.String] gives it, and whether there is one.
func ParseFace(name string) (Face, bool) {
	for i := range faces {
		if faces[i].name == name {
			return Face(i), true
		}
	}
	return 0, false
}

// TTF returns the face as a TrueType file, which the caller must not change.
func (f Face) TTF() []byte { return faces[f.known()].ttf }

// XHeight is the height of a small letter without ascender, such as x.
func (f Face) XHeight() int { return f.face().xHeight }

// Advance returns how far r moves the pen, and whether the face has a glyph for it. What it lacks
// is drawn as an empty box, and is as wide as that.
func (f Face) Advance(r rune) (units int, ok bool) { return f.face().advance(r) }

// Width is the width of a line of text.
func (f Face) Width(s string) (units int) {
	t := f.face()
	for _, r := range s {
		a, _ := t.advance(r)
		units += a
	}
	return units
}

// Missing returns the first character of s that the face has no glyph for, and whether there is
// one.
func (f Face) Missing(s string) (rune, bool) {
	t := f.face()
	for _, r := range s {
		if _, ok := t.advance(r); !ok {
			return r, true
		}
	}
	return 0, false
}

// known maps a face that does not exist to Regular, so that a label with one still draws.
func (f Face) known() Face {
	if int(f) >= len(faces) {
		return Regular
	}
	return f
}

func (f Face) face() *typeface { return faces[f.known()].load() }

// typeface is a parsed font with the advances of all its characters.
type typeface struct {
	font    *sfnt.Font
	xHeight int
	notdef  metric
	latin   [0x180]metric // Basic Latin to Latin Extended-A: nearly every label
	other   map[rune]metric
	glyphs  sync.Map // rune → *Glyph
}

type metric struct {
	glyph   sfnt.GlyphIndex
	advance uint16
}

var em = fixed.I(UnitsPerEm)

// loader returns a function that parses a font once.
func loader(ttf []byte) func() *typeface {
	return sync.OnceValue(func() *typeface { return load(ttf) })
}

func load(ttf []byte) *typeface {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("font: " + err.Error()) // not of any input: the fonts are compiled in
	}
	var buf sfnt.Buffer
	t := &typeface{font: f, other: map[rune]metric{}}
	m, _ := f.Metrics(&buf, em, font.HintingNone)
	t.xHeight = m.XHeight.Round()
	t.notdef = t.metric(&buf, 0)
	for r := ' '; r < 0x10000; r++ { // no character before shows anything
		g, _ := f.GlyphIndex(&buf, r)
		switch {
		case r < rune(len(t.latin)):
			t.latin[r] = t.metric(&buf, g)
		case g != 0:
			t.other[r] = t.metric(&buf, g)
		}
	}
	return t
}

func (t *typeface) advance(r rune) (units int, ok bool) {
	m := t.notdef
	if r >= 0 && r < rune(len(t.latin)) {
		if t.latin[r].glyph != 0 {
			m = t.latin[r]
		}
	} else if other, ok := t.other[r]; ok {
		m = other
	}
	return int(m.advance), m.glyph != 0
}

func (t *typeface) metric(buf *sfnt.Buffer, g sfnt.GlyphIndex) metric {
	a, _ := t.font.GlyphAdvance(buf, g, em, font.HintingNone)
	return metric{g, uint16(a.Round())}
}
