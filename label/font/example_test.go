package font_test

import (
	"fmt"

	"github.com/gonameplate/nameplate/label/font"
)

// How wide is a serial in capitals 2 mm high?
func ExampleFace_Width() {
	mm := 2.0 / font.CapHeight // a font unit
	for _, face := range []font.Face{font.Regular, font.Bold, font.Mono} {
		fmt.Printf("%s %.1f mm\n", face, float64(face.Width("JNFEB6FDG"))*mm)
	}
	// Output:
	// regular 16.1 mm
	// bold 16.5 mm
	// mono 14.9 mm
}
