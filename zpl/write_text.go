package zpl

import (
	"strings"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
)

func (r *renderer) text(dst []byte, t *label.Text) ([]byte, error) {
	runs := t.Runs
	if runs == nil {
		laid := *t
		if err := laid.Layout(); err != nil {
			return dst, err
		}
		runs = laid.Runs
	}
	return r.runs(dst, runs, t.Align)
}

// runs sets lines of text that are placed already.
func (r *renderer) runs(dst []byte, runs []label.Run, align label.Align) (_ []byte, err error) {
	for i := range runs {
		run := &runs[i]
		switch {
		case run.Text == "":
			continue
		case r.GraphicText || !resident(run.Text):
			inked := *run
			inked.White = false
			dst, err = r.ink(dst, run.White, func(c *raster.Canvas) error { return c.Run(inked) })
		default:
			dst, err = r.residentText(dst, run, align)
		}
		if err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// minScalable is the least height of the scalable font in dots (the guide, ^A).
const minScalable = 10

// residentText sets a line in the printer's scalable font, which is narrower than the label
// model's. A line that is not aligned at its start is aligned by a block (^FB) around its place.
func (r *renderer) residentText(dst []byte, run *label.Run, align label.Align) ([]byte, error) {
	size := r.device.Dots(run.EmSize())
	if size < minScalable {
		return dst, unwritable(ErrSize, "set it larger, or send it as a picture",
			"text %q in a font of %d dots, want at least %d", run.Text, size, minScalable)
	}
	f := Field{
		Kind: TextField, Baseline: true, Reversed: run.White,
		Orientation: orientation(run.Rotation),
		X:           r.device.Dots(run.X), Y: r.device.Dots(run.Y), Font: Font{'0', size, size},
		Data: run.Text,
	}
	var block TextBlock
	if align != label.Start {
		f.X, f.Y, block = r.align(f.X, f.Y, run, align)
		f.Block = &block
	}
	return appendField(dst, &f)
}

// align returns the place and the block of a line that begins at x, y: as wide as the line is in
// the label model, and wider by up to half of that where the label has room, in case the resident
// font needs it.
func (r *renderer) align(x, y int, run *label.Run, align label.Align) (int, int, TextBlock) {
	width := r.device.Dots(run.Width)
	before, after := x, r.Settings.Width-x-width
	switch run.Rotation {
	case label.Rotate90:
		before, after = y, r.Settings.Length-y-width
	case label.Rotate180:
		before, after = r.Settings.Width-x, x-width
	case label.Rotate270:
		before, after = r.Settings.Length-y, y-width
	}
	slack := max(0, min(width/2, before))
	block := TextBlock{Width: width + slack, Lines: 1, Justify: 'R'}
	if align == label.Center {
		slack = max(0, min(slack, after))
		block.Width, block.Justify = width+2*slack, 'C'
	}
	switch run.Rotation {
	case label.Rotate90:
		y -= slack
	case label.Rotate180:
		x += slack
	case label.Rotate270:
		y += slack
	default:
		x -= slack
	}
	return x, y, block
}

// resident reports whether the scalable font is trusted to have all characters of a text: those up
// to U+017F (Latin Extended-A) and the punctuation of Windows code page 1252. Whether a printer has
// others depends on its firmware; it leaves out what it lacks.
func resident(s string) bool {
	for _, r := range s {
		if r > 0x17F && !strings.ContainsRune("–—‘’‚“”„†‡•…‰‹›€™", r) {
			return false
		}
	}
	return true
}
