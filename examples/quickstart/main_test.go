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

// The program's picture, read by a decoder that isn't ours.
func Example() {
	dir, err := os.MkdirTemp("", "unit")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	home, err := os.Getwd()
	if err != nil {
		log.Fatal(err)
	}
	defer os.Chdir(home)
	if err := os.Chdir(dir); err != nil {
		log.Fatal(err)
	}
	main()

	picture, err := os.Open("unit.png")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%q\n", read(picture))
	// Output:
	// unit.png: (01)09506000134352(17)291120(10)L2647A(21)000004K7F
	// "\x1d01095060001343521729112010L2647A\x1d21000004K7F"
}

func read(picture *os.File) string {
	defer picture.Close()
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

// TestREADME proves that the README shows this program to the letter.
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
