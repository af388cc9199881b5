package main

import (
	"fmt"
	"image/png"
	"log"
	"os"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/stretchr/testify/require"
)

// The program's picture, read by a reader that isn't ours.
func Example() {
	stdout := os.Stdout
	picture, err := os.CreateTemp("", "unit-*.png")
	if err != nil {
		log.Fatal(err)
	}
	defer os.Remove(picture.Name())
	os.Stdout = picture
	main()
	os.Stdout = stdout

	fmt.Printf("%q\n", read(picture))
	// Output: "\x1d01095060001343521729112010L2647A\x1d21000004K7F"
}

func read(picture *os.File) string {
	defer picture.Close()
	if _, err := picture.Seek(0, 0); err != nil {
		log.Fatal(err)
	}
	img, err := png.Decode(picture)
	if err != nil {
		log.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		log.Fatal(err)
	}
	result, err := datamatrix.NewDataMatrixReader().Decode(bitmap, nil)
	if err != nil {
		log.Fatal(err)
	}
	return result.GetText()
}

// TestREADME holds the README to this program, to the letter.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	program, err := os.ReadFile("main.go")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(readme), "```go\n")
	require.True(t, found)
	shown, _, _ := strings.Cut(rest, "```\n")
	require.Equal(t, string(program), shown)
}
