package raster

import (
	"math"
	"slices"
)

// coverage is how much ink of a shape each dot of a grid would have, 0 to 1: the shape is sampled
// in a fine grid of subsamples².
type coverage struct {
	width, height int
	share         []float32
}

const subsamples = 8

// An edge is a straight piece of a contour, from the upper to the lower end; wind is its direction.
type edge struct {
	x0, y0, x1, y1 float64
	wind           int
}

type point struct{ x, y float64 }

// edges takes contours apart; horizontal pieces cross no row.
func edges(contours [][]point) []edge {
	var all []edge
	for _, c := range contours {
		for i, a := range c {
			b := c[(i+1)%len(c)]
			switch {
			case a.y < b.y:
				all = append(all, edge{a.x, a.y, b.x, b.y, 1})
			case a.y > b.y:
				all = append(all, edge{b.x, b.y, a.x, a.y, -1})
			}
		}
	}
	return all
}

type crossing struct {
	x    float64
	wind int
}

// spans calls fn for every stretch of ink on the horizontal line y, by the winding rule inside.
func spans(all []edge, y float64, buf []crossing, inside func(wind int) bool,
	fn func(x0, x1 float64)) []crossing {
	buf = buf[:0]
	for i := range all {
		e := &all[i]
		if y >= e.y0 && y < e.y1 {
			buf = append(buf, crossing{e.x0 + (y-e.y0)*(e.x1-e.x0)/(e.y1-e.y0), e.wind})
		}
	}
	slices.SortFunc(buf, func(a, b crossing) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	wind := 0
	for i := range buf[:max(len(buf)-1, 0)] {
		wind += buf[i].wind
		if inside(wind) {
			fn(buf[i].x, buf[i+1].x)
		}
	}
	return buf
}

func nonZero(wind int) bool { return wind != 0 }
func odd(wind int) bool     { return wind&1 != 0 }

// cover samples a shape in dot coordinates.
func cover(all []edge, width, height int, inside func(int) bool) coverage {
	c := coverage{width, height, make([]float32, width*height)}
	var buf []crossing
	for sub := range height * subsamples {
		y := (float64(sub) + 0.5) / subsamples
		row := c.share[sub/subsamples*width : (sub/subsamples+1)*width]
		buf = spans(all, y, buf, inside, func(x0, x1 float64) {
			x0, x1 = max(x0, 0), min(x1, float64(width))
			for x := int(x0); x < width && float64(x) < x1; x++ {
				row[x] += float32((min(x1, float64(x+1)) - max(x0, float64(x))) / subsamples)
			}
		})
	}
	return c
}

// threshold is how much of a dot a shape must cover to ink it.
const threshold = 0.5

// bitmap inks the dots that are covered enough, and returns how far that is from the shape: the sum
// of what is too much or too little.
func (c coverage) bitmap() (b *Bitmap, deviation float64) {
	b = NewBitmap(c.width, c.height)
	for i, share := range c.share {
		if share >= threshold {
			x := i % c.width
			b.Row(i/c.width, x, x+1, true)
			deviation += math.Abs(1 - float64(share))
		} else {
			deviation += float64(share)
		}
	}
	return b, deviation
}
