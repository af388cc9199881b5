package label

import (
	"fmt"
	"math"
	"strings"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label/font"
)

// DefaultLineHeight is the distance of baselines, as a multiple of the cap height, of a text that
// sets none.
const DefaultLineHeight = 1.6

// A Text is set into a frame. The frame is measured by ink: its top is the top of the first line's
// capitals, and its bottom the last line's baseline, so that texts align with boxes and symbols;
// letters like g hang below it by 0.29 of the size.
type Text struct {
	Name     string    // for messages
	Frame    Rect      // on the label; rotated text runs along it. A height of 0 is one line
	Rotation Rotation  // of the text in its frame
	Face     font.Face // typeface
	Size     float64   // cap height in mm: the em is 1.38 times as much, in points 3.92 times

	// MinSize, when positive, has a text that does not fit set smaller, in steps of 5 percent
	// down to this cap height in mm.
	MinSize float64

	// LineHeight is the distance of baselines as a multiple of the cap height; 0 is
	// DefaultLineHeight.
	LineHeight float64

	Align  Align // across the frame
	VAlign Align // down the frame

	// Wrap breaks lines at spaces. Without it, only newlines in the content do.
	Wrap bool

	White   bool // reverse text, on a filled box
	Content string

	Runs []Run // its lines in place, as Layout leaves them
}

// A Run is one line of text in place.
type Run struct {
	Text     string
	X, Y     float64 // mm: the baseline's start in reading direction
	Width    float64 // mm
	Size     float64 // cap height, mm
	Face     font.Face
	Rotation Rotation
	White    bool
}

// EmSize returns the run's font size: the em square in mm.
func (r Run) EmSize() float64 { return r.Size * font.UnitsPerEm / font.CapHeight }

// bounds returns where a run prints, by the outlines of its glyphs.
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
	box := Rect{left * mm, -high * mm, (right - left) * mm, (high - low) * mm}
	return r.Rotation.placeRect(Rect{r.X, r.Y, 0, 0}, box)
}

// A FitError describes a text that does not fit its frame.
type FitError struct {
	Input      string  // the line that is too wide, or the text with too many lines
	Need, Have float64 // mm
	Size       float64 // the smallest cap height tried, mm
	Across     bool    // it is too wide; else it is too high
}

// Error returns one line with the text, its size and the size of the frame.
func (e *FitError) Error() string {
	measure, hint := "high", "shorten it, give the frame more height or allow a smaller size"
	if e.Across {
		measure, hint = "wide", "shorten it, widen the frame or allow a smaller size"
	}
	return fmt.Sprintf(
		"label: text %s is %.2f mm %s at a cap height of %.2f mm, want at most %.2f mm; %s",
		errtext.Quote(e.Input), e.Need, measure, e.Size, e.Have, hint)
}

// A GlyphError describes a character that a typeface cannot show.
type GlyphError struct {
	Input string
	Pos   int // byte offset of the character in Input
	Rune  rune
	Face  font.Face
}

func glyphError(text string, missing rune, face font.Face) *GlyphError {
	return &GlyphError{text, strings.IndexRune(text, missing), missing, face}
}

// Error returns one line with the text, the character and its code point.
func (e *GlyphError) Error() string {
	return fmt.Sprintf("label: text %s at byte %d: the face %s has no glyph for %q (U+%04X)",
		errtext.Quote(e.Input), e.Pos+1, e.Face, e.Rune, e.Rune)
}

// Layout breaks the text into lines, places them and leaves them in Runs. A text that does not
// fit its frame is a [*FitError], a character that the face cannot show a [*GlyphError]; nothing
// is ever cut off.
func (t *Text) Layout() error {
	if r, missing := t.Face.Missing(strings.ReplaceAll(t.Content, "\n", "")); missing {
		return glyphError(t.Content, r, t.Face)
	}
	width, height := t.Rotation.size(t.Frame)
	if t.Frame.Height == 0 && !t.Rotation.sideways() || t.Frame.Width == 0 &&
		t.Rotation.sideways() {
		height = t.Size
	}
	for size := t.Size; ; size = max(size*shrink, t.MinSize) {
		err := t.set(size, width, height)
		if err == nil || t.MinSize <= 0 || size <= t.MinSize {
			return err
		}
	}
}

// shrink is the step by which a text that does not fit is set smaller.
const shrink = 0.95

// set lays the text out at one size.
func (t *Text) set(size, width, height float64) error {
	const slack = 1e-6 // of a mm, for sums of floats
	mm := size / font.CapHeight
	t.Runs = t.Runs[:0]
	for line := range strings.SplitSeq(t.Content, "\n") {
		for {
			head, rest, wide := t.breakLine(line, width/mm)
			if wide*mm > width+slack {
				return &FitError{head, wide * mm, width, size, true}
			}
			t.Runs = append(t.Runs, Run{
				Text: head, Width: wide * mm, Size: size, Face: t.Face, Rotation: t.Rotation,
				White: t.White,
			})
			if rest == "" {
				break
			}
			line = rest
		}
	}
	pitch := size * DefaultLineHeight
	if t.LineHeight > 0 {
		pitch = size * t.LineHeight
	}
	high := size + float64(len(t.Runs)-1)*pitch
	if high > height+slack {
		return &FitError{t.Content, high, height, size, false}
	}
	top := t.VAlign.offset(height, high)
	for i := range t.Runs {
		r := &t.Runs[i]
		r.X, r.Y = t.Rotation.place(t.Frame, t.Align.offset(width, r.Width),
			top+size+float64(i)*pitch)
	}
	return nil
}

// breakLine takes as many words off a line as fit into width font units: at least one, and all if
// the text does not wrap.
func (t *Text) breakLine(line string, width float64) (head, rest string, wide float64) {
	wide = float64(t.Face.Width(line))
	if !t.Wrap || wide <= width {
		return line, "", wide
	}
	end := -1 // of the longest head that fits
	for i := range len(line) {
		if line[i] != ' ' || i == 0 || line[i-1] == ' ' {
			continue
		}
		if w := float64(t.Face.Width(line[:i])); w <= width || end < 0 {
			end, wide = i, w
			continue
		}
		break
	}
	if end < 0 {
		return line, "", wide
	}
	return line[:end], strings.TrimLeft(line[end:], " "), wide
}

func (t *Text) name() string { return t.Name }

func (t *Text) draw(c Canvas) error {
	runs := t.Runs
	if runs == nil {
		laid := *t
		if err := laid.Layout(); err != nil {
			return err
		}
		runs = laid.Runs
	}
	for _, r := range runs {
		if err := c.Run(r); err != nil {
			return err
		}
	}
	return nil
}
