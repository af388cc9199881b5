package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/internal/labeltest"
	"github.com/gonameplate/nameplate/label/pdf"
)

// file writes labels to a PDF file.
func file(t testing.TB, labels ...*label.Label) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "labels.pdf")
	f, err := os.Create(name)
	require.NoError(t, err)
	require.NoError(t, pdf.Write(f, label.All(labels...)))
	require.NoError(t, f.Close())
	return name
}

// run runs a program that must have nothing to warn of.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	var out, warnings bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &warnings
	require.NoError(t, cmd.Run(), "%s %v: %s", program, args, warnings.String())
	require.Empty(t, warnings.String(), "%s %v", program, args)
	return out.String()
}

// pages turns a PDF to grey pictures, one a page.
func pages(t *testing.T, name string, dpi int) []string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "page")
	run(t, "pdftoppm", "-r", fmt.Sprint(dpi), "-gray", name, root)
	files, err := filepath.Glob(root + "*.pgm")
	require.NoError(t, err)
	return files
}

func TestPopplerReadsIt(t *testing.T) {
	ci.Programs(t, "pdfinfo", "pdffonts", "pdftotext", "pdftoppm")
	name := file(t, labeltest.Label(t, "udi.json", labeltest.UDI()),
		labeltest.Label(t, "logistic.json", labeltest.Logistic()))
	info := run(t, "pdfinfo", "-l", "2", name)
	require.Contains(t, info, "Pages:           2\n")
	require.Contains(t, info, "Page    1 size:  141.73 x 85.04 pts")
	require.Contains(t, info, "Page    2 size:  283.46 x 425.2 pts")
	for line := range strings.Lines(run(t, "pdffonts", name)) {
		if strings.Contains(line, "CID") {
			require.Contains(t, line, "yes no  yes", "embedded, with a way back to Unicode")
		}
	}
	text := run(t, "pdftotext", name, "-")
	for _, want := range []string{"K7Q2M9XW4T0C", "(10)L2611-042", "2029-11-19",
		"395060000000012347", "(00)395060000000012347", "Cork, Ireland"} {
		require.Contains(t, text, want)
	}
	require.Len(t, pages(t, name, 300), 2)
}

func TestSymbolsDecodeFromThePDF(t *testing.T) {
	ci.Programs(t, "pdftoppm", "ZXingReader", "dmtxread")
	page := pages(t, file(t, labeltest.Label(t, "udi.json", labeltest.UDI())), 600)[0]
	const want = "0109506000134352112611201729111910L2611-042\x1d21K7Q2M9XW4T0C"
	require.Equal(t, want, run(t, "ZXingReader", "-bytes", "-format", "DataMatrix", page))
	require.Equal(t, want, strings.TrimPrefix(run(t, "dmtxread", "-N1", "-G29", "-m5000", page),
		"\x1d"))

	l := labeltest.Label(t, "logistic.json", labeltest.Logistic())
	page = pages(t, file(t, l), 300)[0]
	for name, want := range map[string]string{"sscc": "00395060000000012347",
		"content": "02195060001343593748"} {
		at, err := labeltest.Symbol(t, l, name).Layout(label.Device{})
		require.NoError(t, err)
		require.Equal(t, want, run(t, "ZXingReader", "-bytes", "-format", "Code128",
			crop(t, page, at.Quiet, 300)))
	}
}

// grey reads a page's picture.
func grey(t *testing.T, page string) (pixels []byte, width int) {
	t.Helper()
	data, err := os.ReadFile(page)
	require.NoError(t, err)
	var height int
	_, err = fmt.Sscanf(string(data), "P5\n%d %d\n255\n", &width, &height)
	require.NoError(t, err)
	return data[len(data)-width*height:], width
}

// crop cuts a place on a label out of a page's picture.
func crop(t *testing.T, page string, r label.Rect, dpi float64) string {
	t.Helper()
	pixels, width := grey(t, page)
	dot := dpi / 25.4
	at := image.Rect(int(r.X*dot), int(r.Y*dot), int(r.Right()*dot), int(r.Bottom()*dot))
	out := fmt.Appendf(nil, "P5\n%d %d\n255\n", at.Dx(), at.Dy())
	for y := at.Min.Y; y < at.Max.Y; y++ {
		out = append(out, pixels[y*width+at.Min.X:y*width+at.Max.X]...)
	}
	name := filepath.Join(t.TempDir(), "crop.pgm")
	require.NoError(t, os.WriteFile(name, out, 0o600))
	return name
}

// Accents, Greek and Cyrillic come through, among them letters whose UTF-16 has bytes that PDF
// strings must escape: Ċ (0x0A), č (0x0D), Ĩ ĩ (0x28, 0x29), ŝ (0x5C ends Ŝ).
func TestTextSurvives(t *testing.T) {
	ci.Programs(t, "pdftotext")
	const content = "Größe (µm) \\ č Ċ Ĩ ĩ Ŝ ŝ Ωμέγα Ъж €"
	l := &label.Label{Width: 100, Height: 60}
	for i, face := range []font.Face{font.Regular, font.Bold, font.Mono} {
		l.Elements = append(l.Elements, &label.Text{Frame: label.Rect{X: 5, Y: 5 + 10*float64(i),
			Width: 90}, Face: face, Size: 2, Content: content})
	}
	require.Equal(t, 3, strings.Count(run(t, "pdftotext", file(t, l), "-"), content))
}

func TestRotationAndReverseAsInDots(t *testing.T) {
	ci.Programs(t, "pdftoppm")
	l := &label.Label{Width: 40, Height: 40}
	for r := label.Rotate0; r <= label.Rotate270; r++ {
		frame := label.Rect{X: 2 + 10*float64(r), Y: 10, Width: 3, Height: 20}
		if r%2 == 0 {
			frame = label.Rect{X: 15, Y: 1 + 17*float64(r), Width: 20, Height: 3}
		}
		l.Elements = append(l.Elements, &label.Text{Frame: frame, Rotation: r, Size: 2,
			Content: "HHHHHH"})
	}
	l.Elements = append(l.Elements,
		&label.Box{Frame: label.Rect{X: 15, Y: 15, Width: 10, Height: 8}},
		&label.Text{Frame: label.Rect{X: 16, Y: 18, Width: 8}, Size: 2, White: true,
			Content: "HHHH"})
	pixels, width := grey(t, pages(t, file(t, l), 254)[0]) // 10 dots per mm
	share := func(x, y, w, h int) (dark float64) {         // of mm
		for py := y * 10; py < (y+h)*10; py++ {
			for px := x * 10; px < (x+w)*10; px++ {
				dark += 1 - float64(pixels[py*width+px])/255
			}
		}
		return dark / float64(w*h*100)
	}
	inked := func(what string, x, y, w, h int) {
		s := share(x, y, w, h)
		require.True(t, s > 0.1 && s < 0.6, "%s: %v of the place is inked", what, s)
	}
	inked("upright", 15, 1, 8, 2)
	require.Zero(t, share(15, 3, 20, 3), "nothing under the upright text's baseline")
	inked("90", 13, 10, 2, 8)
	require.Zero(t, share(8, 10, 3, 20), "nothing left of the text that reads downwards")
	inked("180", 27, 36, 8, 2)
	inked("270", 32, 22, 2, 8)
	s := share(16, 18, 7, 2)
	require.True(t, s > 0.4 && s < 0.9, "reverse: %v", s)
	require.Equal(t, 1.0, share(16, 16, 8, 1), "black above the reverse text")
}

func TestBytesAreReproducible(t *testing.T) {
	write := func() []byte {
		var b bytes.Buffer
		require.NoError(t, pdf.Write(&b,
			label.All(labeltest.Label(t, "udi.json", labeltest.UDI()),
				labeltest.Label(t, "logistic.json", labeltest.Logistic()))))
		return b.Bytes()
	}
	first := write()
	for range 5 {
		require.True(t, bytes.Equal(first, write()))
	}
}

func TestWriteRefuses(t *testing.T) {
	require.ErrorIs(t, pdf.Write(io.Discard, label.All()), pdf.ErrNoLabels)

	stop := errors.New("the ledger is out of numbers")
	var out bytes.Buffer
	err := pdf.Write(&out, func(yield func(*label.Label, error) bool) {
		_ = yield(labeltest.Label(t, "udi.json", labeltest.UDI()), nil) && yield(nil, stop)
	})
	require.ErrorIs(t, err, stop)
	require.ErrorContains(t, err, "label 2")
	require.Zero(t, out.Len(), "nothing half-done")

	// above U+FFFF, and laid out by hand, so that Layout has not seen it
	err = pdf.Write(io.Discard, label.All(&label.Label{Width: 50, Height: 30,
		Elements: []label.Element{
			&label.Text{Name: "title", Runs: []label.Run{{Text: "a😀", Size: 2}}},
		}}))
	var glyph *label.GlyphError
	require.ErrorAs(t, err, &glyph)
	require.Equal(t, '😀', glyph.Rune)
	require.ErrorContains(t, err, "label 1: element 1 (title)")

	for _, side := range []float64{0, 1, 6000} {
		require.ErrorContains(t, pdf.Write(io.Discard,
			label.All(&label.Label{Width: side, Height: 30})),
			"sides")
	}
	require.ErrorContains(t, pdf.Write(full{},
		label.All(labeltest.Label(t, "udi.json", labeltest.UDI()))), "no space left")
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func BenchmarkWrite(b *testing.B) {
	const labels = 200
	tpl := labeltest.Template(b, "udi.json")
	var out bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		err := pdf.Write(&out, func(yield func(*label.Label, error) bool) {
			for i := range labels {
				if l, err := tpl.Execute(labeltest.With(labeltest.UDI(), "serial",
					fmt.Sprintf("K7Q2M9%06d", i))); !yield(l, err) {
					return
				}
			}
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/labels, "µs/label")
	b.ReportMetric(float64(out.Len())/labels, "B/label")
}
