package template

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
)

// maxPicture bounds the bytes of a picture's file, and its pixels.
const maxPicture = 1 << 24

// picture reads a PNG. What is darker than the threshold, from 0 (black) to 1 (white), becomes ink;
// transparent pixels count as white.
func (p *parser) picture(file string, threshold float64) (*image.Paletted, error) {
	if p.dir == nil {
		return nil, fmt.Errorf("picture %q: the template has no folder; read it with ParseFS", file)
	}
	f, err := p.dir.Open(file)
	if err != nil {
		return nil, fmt.Errorf("picture %q: %w; put it beside the template", file, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxPicture))
	if err != nil {
		return nil, fmt.Errorf("picture %q: %w", file, err)
	}
	p.hash.Write(data)
	return decodePicture(file, data, threshold)
}

func decodePicture(file string, data []byte, threshold float64) (*image.Paletted, error) {
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture %q: %w; save it as PNG", file, err)
	}
	if size.Width == 0 || size.Height == 0 || size.Width > maxPicture/size.Height {
		return nil, fmt.Errorf("picture %q: %d × %d pixels, want at most %d in all", file,
			size.Width, size.Height, maxPicture)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("picture %q: %w", file, err)
	}
	b := picture.Bounds()
	ink := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()),
		color.Palette{color.White, color.Black})
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, g, bl, a := picture.At(b.Min.X+x, b.Min.Y+y).RGBA()
			white := 0xffff - a
			luminance := (299*(r+white) + 587*(g+white) + 114*(bl+white)) / 1000
			if float64(luminance) < threshold*0xffff {
				ink.SetColorIndex(x, y, 1)
			}
		}
	}
	return ink, nil
}
