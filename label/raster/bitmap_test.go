package raster_test

import (
	"bytes"
	"image"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
)

// speckled returns a bitmap with about a third of ink.
func speckled(r *rand.Rand, width, height int) *raster.Bitmap {
	b := raster.NewBitmap(width, height)
	for y := range height {
		for x := range width {
			if r.IntN(3) == 0 {
				b.Row(y, x, x+1, true)
			}
		}
	}
	return b
}

// TestBitmapsDotByDot compares what bitmaps do in bytes with the same done dot by dot.
func TestBitmapsDotByDot(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range 400 {
		b, s := speckled(r, 1+r.IntN(40), 1+r.IntN(12)), speckled(r, 1+r.IntN(30), 1+r.IntN(10))
		x, y, ink := r.IntN(60)-20, r.IntN(30)-15, r.IntN(2) == 0
		was := &raster.Bitmap{
			Width:  b.Width,
			Height: b.Height,
			Stride: b.Stride,
			Bits:   bytes.Clone(b.Bits),
		}
		place := image.Rect(x, y, x+r.IntN(30), y+r.IntN(12))

		stamped := *was
		stamped.Bits = bytes.Clone(was.Bits)
		stamped.Stamp(s, x, y, ink)
		filled := *was
		filled.Bits = bytes.Clone(was.Bits)
		filled.Fill(place, ink)
		cut := was.Crop(place)
		inside := place.Intersect(was.Bounds())
		require.Equal(t, inside.Size(), cut.Bounds().Size())
		for dy := range b.Height {
			for dx := range b.Width {
				dot, within := was.Ink(dx, dy), image.Pt(dx, dy).In(place)
				want := dot
				if s.Ink(dx-x, dy-y) {
					want = ink
				}
				require.Equal(t, want, stamped.Ink(dx, dy))
				want = dot
				if within {
					want = ink
					require.Equal(t, dot, cut.Ink(dx-inside.Min.X, dy-inside.Min.Y))
				}
				require.Equal(t, want, filled.Ink(dx, dy))
				require.Equal(t, map[bool]uint8{true: 1}[dot], was.ColorIndexAt(dx, dy))
			}
		}
		for _, p := range []image.Point{{-1, 0}, {0, -1}, {b.Width, 0}, {0, b.Height}} {
			require.False(t, was.Ink(p.X, p.Y), "there is no ink outside")
		}
	}
}

func TestPicturesHaveABound(t *testing.T) {
	d := label.Device{DotsPerMM: 1}
	_, err := raster.NewCanvas(16384, 16384, d)
	require.NoError(t, err, "%d dots", raster.MaxDots)
	_, err = raster.NewCanvas(16384, 16385, d)
	require.ErrorIs(t, err, raster.ErrSize)
	require.ErrorContains(t, err, "raster: no picture of this size: 16384 × 16385 dots")
	for _, side := range []float64{0, 0.9} {
		_, err = raster.NewCanvas(side, 10, d)
		require.ErrorIs(t, err, raster.ErrSize)
		_, err = raster.NewCanvas(10, side, d)
		require.ErrorIs(t, err, raster.ErrSize)
	}
	c, err := raster.NewCanvas(1, 1, d)
	require.NoError(t, err)
	require.NoError(t, c.Run(label.Run{Text: " ", Size: 4096}))
	require.ErrorIs(t, c.Run(label.Run{Text: "I", Size: 4097}), raster.ErrSize)
}

// TestDotsOfWhichHalfIsCovered draws shapes that cover a part of a dot.
func TestDotsOfWhichHalfIsCovered(t *testing.T) {
	for _, c := range []struct {
		x0, y0, x1, y1 float64
		ink            bool
	}{
		{3, 3, 4, 4, true}, {3, 3, 3.5, 4, true},
		{3.5, 3, 4, 4, true}, {3, 3.5, 4, 4, true}, {3, 3, 4, 3.5, true},
		{3, 3, 3.49, 4, false}, {3, 3.63, 4, 4, false},
		{3, 3, 4, 3.37, false}, {3.2, 3.2, 3.8, 3.8, false},
	} {
		p := &label.Path{
			Contours: [][]label.Point{
				{{X: c.x0, Y: c.y0}, {X: c.x1, Y: c.y0}, {X: c.x1, Y: c.y1}, {X: c.x0, Y: c.y1}},
			},
		}
		b := draw(
			t,
			&label.Label{Width: 8, Height: 8, Elements: []label.Element{p}},
			label.Device{DotsPerMM: 1},
		)
		for y := range 8 {
			for x := range 8 {
				require.Equal(t, c.ink && x == 3 && y == 3, b.Ink(x, y), "%v: dot %d, %d", c, x, y)
			}
		}
	}
}

func TestWriteIsDrawAndWritePNG(t *testing.T) {
	d := label.Device{DotsPerMM: 8}
	l := &label.Label{Width: 20, Height: 10, Elements: []label.Element{
		&label.Box{Frame: label.Rect{X: 1, Y: 1, Width: 4, Height: 4}},
	}}
	var got, want bytes.Buffer
	require.NoError(t, raster.Write(&got, l, d))
	require.NoError(t, raster.WritePNG(&want, draw(t, l, d), d))
	require.Equal(t, want.Bytes(), got.Bytes())
	require.ErrorIs(t, raster.Write(&got, l, label.Device{}), raster.ErrSize)
}

// A full is a writer whose disk is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteReturnsTheErrorOfItsWriter(t *testing.T) {
	require.ErrorIs(t, raster.WritePNG(full{}, raster.NewBitmap(8, 8), label.Device{DotsPerMM: 8}),
		io.ErrShortWrite)
}

// A capital of less than a dot is one dot high.
func TestTinyCapitals(t *testing.T) {
	x := &label.Text{Frame: label.Rect{X: 2, Y: 2, Width: 6}, Size: 0.4, Content: "H"}
	ink := inkBounds(draw(t, &label.Label{Width: 8, Height: 8, Elements: []label.Element{x}},
		label.Device{DotsPerMM: 2}))
	require.LessOrEqual(t, ink.maxY-ink.minY, 1)
}
