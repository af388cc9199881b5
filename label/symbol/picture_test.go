package symbol

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
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

// TestSVGAndScaleAreRead has a program that is not ours draw the SVG, boombuler enlarge the
// modules, and another read both.
func TestSVGAndScaleAreRead(t *testing.T) {
	ci.Programs(t, "rsvg-convert", "ZXingReader")
	read := func(s *Symbol, path string) {
		t.Helper()
		told, err := exec.Command("ZXingReader", "-bytes", "-ispure", path).Output()
		require.NoError(t, err, "%v", s.Symbology())
		require.Equal(t, s.Content(), string(told), "%v", s.Symbology())
	}
	for _, encode := range []func() (*Symbol, error){
		func() (*Symbol, error) { return Code128("Nameplate 4711") },
		func() (*Symbol, error) { return GS1128(udi) },
		func() (*Symbol, error) { return DataMatrix("Nameplate 4711", AllowRectangles) },
		func() (*Symbol, error) { return GS1DataMatrix(udi) },
		func() (*Symbol, error) { return QR("https://id.gs1.org/01/09506000134352", Level(Q)) },
		func() (*Symbol, error) { return GS1QR(udi) },
		func() (*Symbol, error) { return EAN13("950600013435") },
		func() (*Symbol, error) { return EAN8("9638507") },
		func() (*Symbol, error) { return UPCA("61414100003") },
		func() (*Symbol, error) { return UPCE("0123453") },
		func() (*Symbol, error) { return ITF14("1950600013435") },
		func() (*Symbol, error) { return Code39("REF 12-A") },
		func() (*Symbol, error) { return Code93("REF 12-A") },
		func() (*Symbol, error) { return Aztec("Nameplate") },
		func() (*Symbol, error) { return PDF417("Nameplate gives every unit a name") },
	} {
		s, err := encode()
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), "symbol.svg")
		file, err := os.Create(path)
		require.NoError(t, err)
		require.NoError(t, s.WriteSVG(file))
		require.NoError(t, file.Close())
		said, err := exec.Command("rsvg-convert", "--zoom=4", "--output="+path+".png", path).
			CombinedOutput()
		require.NoError(t, err, "%s", said)
		read(s, path+".png")

		height := 4 * s.Rows()
		if s.linear() {
			height = 100
		}
		scaled, err := barcode.Scale(s, 4*s.Cols(), height)
		require.NoError(t, err)
		quiet := 4 * s.QuietZone()
		page := image.NewGray(image.Rect(0, 0, 4*s.Cols()+2*quiet, height+2*quiet))
		draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(page, scaled.Bounds().Add(image.Pt(quiet, quiet)), scaled, image.Point{},
			draw.Src)
		var picture bytes.Buffer
		require.NoError(t, png.Encode(&picture, page))
		require.NoError(t, os.WriteFile(path+".scaled.png", picture.Bytes(), 0o600))
		read(s, path+".scaled.png")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestPicturesFail(t *testing.T) {
	s, err := DataMatrix("A")
	require.NoError(t, err)
	require.ErrorContains(t, s.WritePNG(brokenWriter{}, 1), "disk full")
	require.ErrorContains(t, s.WriteSVG(brokenWriter{}), "disk full")
	require.ErrorContains(t, s.WritePNG(brokenWriter{}, 0), "at least 1")
	require.ErrorContains(t, s.WritePNG(brokenWriter{}, 1<<20), "at most 5461")
	require.ErrorIs(t, new(Symbol).WritePNG(io.Discard, 1), ErrPicture)
}
