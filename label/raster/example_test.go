package raster_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/template"
)

// What a head of 8 dots/mm prints of a label of 4 × 2 mm, a character a dot.
func ExampleDraw() {
	tpl, err := template.Parse(strings.NewReader(`{
		"width": 4, "height": 2,
		"fields": [{"name": "grade"}],
		"elements": [
			{"type": "box", "x": 0, "y": 0, "width": 4, "height": 2, "thickness": 0.125},
			{"type": "text", "x": 0.5, "y": 0.375, "width": 3, "size": 1.25, "align": "center", "face": "bold", "content": "{grade}"}
		]}`))
	if err != nil {
		log.Fatal(err)
	}
	l, err := tpl.Execute(template.Data{"grade": "A"})
	if err != nil {
		log.Fatal(err)
	}
	bitmap, err := raster.Draw(l, label.Device{DotsPerMM: 8})
	if err != nil {
		log.Fatal(err)
	}
	for y := range bitmap.Height {
		for x := range bitmap.Width {
			fmt.Print(map[bool]string{true: "#", false: "."}[bitmap.Ink(x, y)])
		}
		fmt.Println()
	}
	// Output:
	// ################################
	// #..............................#
	// #..............................#
	// #..............##..............#
	// #.............###..............#
	// #.............####.............#
	// #............##.##.............#
	// #............##.###............#
	// #............#...##............#
	// #...........#######............#
	// #...........########...........#
	// #..........##.....##...........#
	// #..........##.....##...........#
	// #..............................#
	// #..............................#
	// ################################
}
