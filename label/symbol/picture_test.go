package symbol

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPicturesShowTheModules compares the PNG and the SVG with the modules, quiet zone included.
func TestPicturesShowTheModules(t *testing.T) {
	for _, encode := range []func(string, ...Option) (*Symbol, error){Code128, DataMatrix, QR} {
		s, err := encode("Nameplate 4711")
		require.NoError(t, err)
		const dots = 3
		var file bytes.Buffer
		require.NoError(t, s.WritePNG(&file, dots))
		picture, err := png.Decode(&file)
		require.NoError(t, err)
		quiet := s.QuietZone()
		require.Equal(t, (s.Cols()+2*quiet)*dots, picture.Bounds().Dx())

		var svg strings.Builder
		require.NoError(t, s.WriteSVG(&svg))
		drawn := svgModules(t, svg.String())
		for x := range picture.Bounds().Dx() {
			for y := range picture.Bounds().Dy() {
				row, col := y/dots-quiet, x/dots-quiet
				if s.linear() {
					row = 0
				}
				dark := color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y == 0
				require.Equal(t, s.Dark(row, col), dark)
				require.Equal(t, dark, drawn[[2]int{x / dots, y / dots}])
			}
		}
	}
}

// svgModules returns which modules the second path of an SVG fills.
func svgModules(t *testing.T, svg string) map[[2]int]bool {
	_, path, ok := strings.Cut(svg, `/><path d="`)
	require.True(t, ok)
	path, _, _ = strings.Cut(path, `"`)
	drawn := map[[2]int]bool{}
	for _, bar := range strings.Split(strings.TrimSuffix(path, "z"), "z") {
		var x, y, width, height, back int
		_, err := fmt.Sscanf(bar, "M%d %dh%dv%dh%d", &x, &y, &width, &height, &back)
		require.NoError(t, err, bar)
		require.Equal(t, -width, back)
		for i := range width {
			for j := range height {
				drawn[[2]int{x + i, y + j}] = true
			}
		}
	}
	return drawn
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestPicturesFail(t *testing.T) {
	s, err := DataMatrix("A")
	require.NoError(t, err)
	require.ErrorContains(t, s.WritePNG(brokenWriter{}, 1), "disk full")
	require.ErrorContains(t, s.WriteSVG(brokenWriter{}), "disk full")
	require.ErrorContains(t, s.WritePNG(brokenWriter{}, 0), "at least 1")
	require.ErrorContains(t, s.WritePNG(brokenWriter{}, 1<<20), "at most 5461 fit")
}
