package raster

import (
	"math"
	"sync"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
)

// A stamp is a glyph as dots, rotated, with its place relative to the pen.
type stamp struct {
	dots *Bitmap
	x, y int // of its top left corner from the pen's dot
}

type stampKey struct {
	face     font.Face
	rotation label.Rotation
	char     rune
	across   float64 // dots per font unit along the line
	cap      int     // height of capitals in dots
}

// stamps remembers glyphs: labels of one template use the same few over and over. What is kept is
// bounded, since sizes that shrink to fit may be any.
var stamps struct {
	sync.RWMutex
	known map[stampKey]stamp
}

const maxStamps = 20_000

func (k stampKey) stamp() stamp {
	stamps.RLock()
	s, ok := stamps.known[k]
	stamps.RUnlock()
	if ok {
		return s
	}
	s = k.make()
	stamps.Lock()
	defer stamps.Unlock()
	if len(stamps.known) >= maxStamps || stamps.known == nil {
		stamps.known = map[stampKey]stamp{}
	}
	stamps.known[k] = s
	return s
}

// make fits a glyph to the dots. Upright, the heights that letters share (baseline, small letters,
// capitals) are moved to whole dots, overshoots of round letters included, so that a line of text
// is even; across, of some places within a dot the one is taken whose dots come nearest the
// outline, so that stems stay whole.
func (k stampKey) make() stamp {
	g := k.face.Glyph(k.char)
	if len(g.Contours) == 0 {
		return stamp{dots: NewBitmap(0, 0)}
	}
	fit := k.heights()
	left, top := math.Floor(g.Left*k.across)-1, math.Ceil(fit(g.High))+1
	width := int(math.Ceil(g.Right*k.across)-left) + 2
	height := int(top-math.Floor(fit(g.Low))) + 1
	contours := make([][]point, len(g.Contours))
	for i, c := range g.Contours {
		contours[i] = make([]point, len(c))
		for j, p := range c {
			contours[i][j] = point{p.X*k.across - left, top - fit(p.Y)}
		}
	}
	var best *Bitmap
	least := math.Inf(1)
	for _, shift := range [...]float64{0, 0.125, -0.125, 0.25, -0.25, 0.375, -0.375, 0.5} {
		all := edges(contours)
		for i := range all {
			all[i].x0 += shift
			all[i].x1 += shift
		}
		dots, deviation := cover(all, width, height, nonZero).bitmap()
		if deviation += math.Abs(shift) / 8; deviation < least { // of equals the nearest
			best, least = dots, deviation
		}
	}
	return rotated(best, int(left), -int(top), k.rotation)
}

// heights maps heights above the baseline from font units to dots. Round letters overshoot flat
// ones by overshoot.
func (k stampKey) heights() func(y float64) float64 {
	const overshoot = 40 // font units; the Go fonts' O and o reach 22 to 33 beyond
	scale := float64(k.cap) / font.CapHeight
	xHeight := float64(k.face.XHeight())
	xDots := math.Round(xHeight * scale)
	return func(y float64) float64 {
		switch {
		case y < -overshoot:
			return (y + overshoot) * scale
		case y <= 0:
			return 0
		case y <= xHeight:
			return y / xHeight * xDots
		case y <= xHeight+overshoot:
			return xDots
		case y <= font.CapHeight:
			from := xHeight + overshoot
			return xDots + (y-from)/(font.CapHeight-from)*(float64(k.cap)-xDots)
		case y <= font.CapHeight+overshoot:
			return float64(k.cap)
		}
		return float64(k.cap) + (y-font.CapHeight-overshoot)*scale
	}
}

// rotated turns dots whose corner is at x, y from the pen around it.
func rotated(b *Bitmap, x, y int, r label.Rotation) stamp {
	if r == label.Rotate0 {
		return stamp{b, x, y}
	}
	width, height := b.Width, b.Height
	if r != label.Rotate180 {
		width, height = height, width
	}
	s := stamp{dots: NewBitmap(width, height)}
	at := func(dx, dy int) (int, int) { // of a dot of b
		switch r {
		case label.Rotate90:
			return b.Height - 1 - dy, dx
		case label.Rotate180:
			return b.Width - 1 - dx, b.Height - 1 - dy
		}
		return dy, b.Width - 1 - dx
	}
	switch r {
	case label.Rotate90:
		s.x, s.y = -y-b.Height, x
	case label.Rotate180:
		s.x, s.y = -x-b.Width, -y-b.Height
	default:
		s.x, s.y = y, -x-b.Width
	}
	for dy := range b.Height {
		for dx := range b.Width {
			if b.Ink(dx, dy) {
				tx, ty := at(dx, dy)
				s.dots.Row(ty, tx, tx+1, true)
			}
		}
	}
	return s
}
