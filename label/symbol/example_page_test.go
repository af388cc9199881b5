package symbol_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label/symbol"
)

// Example_pages draws pages of every symbology and every size. They are kept in docs;
// NAMEPLATE_UPDATE=1 draws them anew.
func Example_pages() {
	for _, p := range pages() {
		fmt.Println(p.keep())
	}
	// Output:
	// 14 symbols as in docs/linear.png
	// 49 symbols as in docs/datamatrix.png
	// 45 symbols as in docs/qr.png
}

var pageMessage = gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "17", Value: "270131"},
	{AI: "10", Value: "L42"}, {AI: "21", Value: "ABC123"}}

func pages() []*page { return []*page{linearPage(), dataMatrixPage(), qrPage()} }

func linearPage() *page {
	p := newPage("docs/linear.png", 1200, 425)
	p.add("GS1-128", 2)(symbol.GS1128(pageMessage))
	p.add("Code 128", 2)(symbol.Code128("Nameplate 4711"))
	p.add("EAN-13", 2)(symbol.EAN13("950600013435"))
	p.add("EAN-8", 2)(symbol.EAN8("9638507"))
	p.add("UPC-A", 2)(symbol.UPCA("61414100003"))
	p.add("UPC-E", 2)(symbol.UPCE("0123453"))
	p.add("UPC-E, number system 1", 2)(symbol.UPCE("1425261"))
	p.add("ITF-14", 2)(symbol.ITF14("1950600013435"))
	p.add("Code 39", 2)(symbol.Code39("REF 12-A"))
	p.add("Code 93", 2)(symbol.Code93("REF 12-A"))
	p.add("Codabar", 2)(symbol.Codabar("A40156B"))
	p.add("PDF417", 2)(symbol.PDF417("Nameplate gives every unit a name"))
	p.add("Aztec", 3)(symbol.Aztec("Nameplate"))
	p.add("Aztec, full range", 3)(
		symbol.Aztec("Nameplate gives every physical unit an identity and puts it on the unit"))
	return p
}

func dataMatrixPage() *page {
	p := newPage("docs/datamatrix.png", 1900, 1400)
	p.add("GS1 DataMatrix", 3)(symbol.GS1DataMatrix(pageMessage))
	add := func(rows, cols int) {
		name := fmt.Sprint(rows, " x ", cols)
		p.add(name, 3)(symbol.DataMatrix(name[:2], symbol.Size(rows, cols)))
	}
	for _, side := range []int{10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40,
		44, 48, 52, 64, 72, 80, 88, 96, 104, 120, 132, 144} {
		add(side, side)
	}
	for _, rectangle := range [][2]int{
		{8, 18}, {8, 32}, {12, 26}, {12, 36}, {16, 36}, {16, 48}, // ISO/IEC 21471 from here on
		{8, 48}, {8, 64}, {8, 80}, {8, 96}, {8, 120}, {8, 144}, {12, 64}, {12, 88}, {16, 64},
		{20, 36}, {20, 44}, {20, 64},
		{22, 48}, {24, 48}, {24, 64}, {26, 40}, {26, 48}, {26, 64}} {
		add(rectangle[0], rectangle[1])
	}
	return p
}

func qrPage() *page {
	p := newPage("docs/qr.png", 1900, 1840)
	p.add("GS1 QR", 3)(symbol.GS1QR(pageMessage))
	for _, level := range []symbol.ErrorLevel{symbol.L, symbol.M, symbol.Q, symbol.H} {
		p.add("level "+level.String(), 3)(
			symbol.QR("https://id.gs1.org/01/09506000134352/21/ABC123", symbol.Level(level)),
		)
	}
	r := rand.New(rand.NewPCG(18, 4))
	for version := 1; version <= 40; version++ {
		size := symbol.Size(17+4*version, 17+4*version)
		_, words := p.check(symbol.QR("1", size)).Capacity()
		digits := make([]byte, (8*words-4-14)*3/10)
		for i := range digits {
			digits[i] = byte('0' + r.IntN(10))
		}
		p.add(fmt.Sprint("version ", version), 2)(symbol.QR(string(digits), size))
	}
	return p
}

// A page is filled row by row.
type page struct {
	path        string
	picture     *image.Paletted
	x, y, below int
	places      []place
	err         error
}

// A place is where a symbol is on a page.
type place struct {
	name   string
	symbol *symbol.Symbol
	bounds image.Rectangle
}

func newPage(path string, width, height int) *page {
	return &page{
		path: path,
		picture: image.NewPaletted(image.Rect(0, 0, width, height),
			color.Palette{color.White, color.Black}),
		y:     10,
		x:     10,
		below: 10,
	}
}

// check keeps an error for keep to return.
func (p *page) check(s *symbol.Symbol, err error) *symbol.Symbol {
	if err != nil {
		p.err = err
		return new(symbol.Symbol)
	}
	return s
}

// add draws a symbol with its quiet zone, and its name below.
func (p *page) add(name string, dots int) func(*symbol.Symbol, error) {
	return func(s *symbol.Symbol, err error) {
		var file bytes.Buffer
		if err == nil {
			err = s.WritePNG(&file, dots)
		}
		var drawn image.Image
		if err == nil {
			drawn, err = png.Decode(&file)
		}
		if err != nil {
			p.err = err
			return
		}
		width, height := max(drawn.Bounds().Dx(), 7*len(name)), drawn.Bounds().Dy()
		if p.x+width+10 > p.picture.Bounds().Dx() {
			p.x, p.y = 10, p.below+14
		}
		at := drawn.Bounds().Add(image.Pt(p.x, p.y))
		draw.Draw(p.picture, at, drawn, image.Point{}, draw.Src)
		pen := font.Drawer{Dst: p.picture, Src: image.Black, Face: basicfont.Face7x13,
			Dot: fixed.P(p.x, p.y+height+12)}
		pen.DrawString(name)
		p.x, p.below = p.x+width+14, max(p.below, p.y+height+16)
		p.places = append(p.places, place{name, s, at})
		if p.below > p.picture.Bounds().Dy() {
			p.err = fmt.Errorf("%s: the page is full", name)
		}
	}
}

// keep compares the page with the file that is kept, or writes it.
func (p *page) keep() string {
	if p.err != nil {
		return p.err.Error()
	}
	if ci.Update() {
		if err := writePicture(p.path, p.picture); err != nil {
			return err.Error()
		}
	}
	there, err := readPicture(p.path)
	if err != nil {
		return err.Error()
	}
	if before, ok := there.(*image.Paletted); !ok || !bytes.Equal(before.Pix, p.picture.Pix) {
		return "the page is not as in " + p.path
	}
	return fmt.Sprintf("%d symbols as in %s", len(p.places), p.path)
}

func writePicture(path string, picture image.Image) error {
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&file, picture); err != nil {
		return err
	}
	return os.WriteFile(path, file.Bytes(), 0o644)
}

func readPicture(path string) (image.Image, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return png.Decode(file)
}

// TestZXingReadsThePages cuts each symbol out of the pages as they are kept, and has it read.
func TestZXingReadsThePages(t *testing.T) {
	reader := ci.Program(t, "ZXingReader")
	for _, p := range pages() {
		require.NoError(t, p.err)
		picture, err := readPicture(p.path)
		require.NoError(t, err)
		for _, at := range p.places {
			cut := image.NewPaletted(at.bounds, color.Palette{color.White, color.Black})
			draw.Draw(cut, at.bounds, picture, at.bounds.Min, draw.Src)
			path := filepath.Join(t.TempDir(), "symbol.png")
			require.NoError(t, writePicture(path, cut))
			told, err := exec.Command(reader, "-bytes", "-ispure", path).Output()
			require.NoError(t, err, "%v %s", at.symbol.Symbology(), at.name)
			want := at.symbol.Content()
			if at.symbol.Symbology() == symbol.SymbologyCodabar { // without start and stop
				want = want[1 : len(want)-1]
			}
			require.Equal(t, want, string(told), "%v %s", at.symbol.Symbology(), at.name)
		}
	}
}
