package symbol_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/symbol"
)

// Example_page draws a page of every symbology and every size of Data Matrix. It is kept as docs/symbols.png; to draw it
// anew set NAMEPLATE_DRAW=1.
func Example_page() {
	p := newPage(1900, 1400)
	msg := gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "17", Value: "270131"}, {AI: "10", Value: "L42"}, {AI: "21", Value: "ABC123"}}
	p.add("gs1-128", 2)(symbol.GS1128(msg))
	p.add("code 128", 2)(symbol.Code128("Nameplate 4711"))
	p.add("ean-13", 2)(symbol.EAN13("950600013435"))
	p.add("ean-8", 2)(symbol.EAN8("9638507"))
	p.add("upc-a", 2)(symbol.UPCA("61414100003"))
	p.add("upc-e", 2)(symbol.UPCE("0123453"))
	p.add("itf-14", 2)(symbol.ITF14("1950600013435"))
	p.add("code 39", 2)(symbol.Code39("REF 12-A"))
	p.add("code 93", 2)(symbol.Code93("REF 12-A"))
	p.add("codabar", 2)(symbol.Codabar("A40156B"))
	p.add("pdf417", 2)(symbol.PDF417("Nameplate gives every unit a name"))
	p.add("aztec", 3)(symbol.Aztec([]byte("Nameplate")))
	p.add("gs1 qr", 3)(symbol.GS1QR(msg))
	for _, level := range []symbol.ErrorLevel{symbol.L, symbol.M, symbol.Q, symbol.H} {
		p.add("qr "+level.String(), 3)(symbol.QR("https://id.gs1.org/01/09506000134352/21/ABC123", symbol.Level(level)))
	}
	p.add("gs1 datamatrix", 3)(symbol.GS1DataMatrix(msg))
	for _, side := range []int{10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48, 52, 64, 72, 80, 88, 96, 104, 120, 132, 144} {
		p.add(fmt.Sprint(side), 2)(symbol.DataMatrix("A1", symbol.Size(side, side)))
	}
	for _, size := range []string{"8x18", "8x32", "12x26", "12x36", "16x36", "16x48", "8x48", "8x64", "8x80", "8x96", "8x120", "8x144",
		"12x64", "12x88", "16x64", "20x36", "20x44", "20x64", "22x48", "24x48", "24x64", "26x40", "26x48", "26x64"} {
		var rows, cols int
		fmt.Sscanf(size, "%dx%d", &rows, &cols)
		p.add(size, 2)(symbol.DataMatrix("A1", symbol.Size(rows, cols)))
	}
	for _, version := range []int{1, 2, 5, 7, 10, 14, 20, 27, 34, 40} {
		side := 17 + 4*version
		p.add(fmt.Sprint("qr version ", version), 2)(symbol.QR(strings.Repeat("9", version), symbol.Size(side, side)))
	}
	fmt.Println(p.keep("docs/symbols.png"))
	// Output: 76 symbols as in docs/symbols.png
}

// A page is filled row by row.
type page struct {
	picture     *image.Paletted
	x, y, below int
	symbols     int
	err         error
}

func newPage(width, height int) *page {
	return &page{picture: image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black}), y: 10, x: 10}
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
			p.x, p.y, p.below = 10, p.below+14, 0
		}
		draw.Draw(p.picture, drawn.Bounds().Add(image.Pt(p.x, p.y)), drawn, image.Point{}, draw.Src)
		pen := font.Drawer{Dst: p.picture, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(p.x, p.y+height+12)}
		pen.DrawString(name)
		p.x, p.below = p.x+width+14, max(p.below, p.y+height+16)
		p.symbols++
	}
}

// keep compares the page with the file that is kept, or writes it.
func (p *page) keep(path string) string {
	var file bytes.Buffer
	if err := png.Encode(&file, p.picture); err != nil || p.err != nil {
		return fmt.Sprint(err, p.err)
	}
	if os.Getenv("NAMEPLATE_DRAW") == "1" {
		if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
			return err.Error()
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	there, err := png.Decode(bytes.NewReader(kept))
	if err != nil {
		return err.Error()
	}
	if before, ok := there.(*image.Paletted); !ok || !bytes.Equal(before.Pix, p.picture.Pix) {
		return "the page is not as in " + path
	}
	return fmt.Sprintf("%d symbols as in %s", p.symbols, path)
}
