package main

import (
	"testing"

	"github.com/gonameplate/nameplate/internal/readme"
)

// TestREADME holds what README.md shows to what the program prints, but for ports, serials, blocks
// and speed.
func TestREADME(t *testing.T) {
	if testing.Short() {
		t.Skip("it prints five orders at the speed of a printer")
	}
	readme.Check(t, `127\.0\.0\.1:\d+`, `\(21\)\w{9}`, `block \d+\.\d+`, `\d+\.\d s, \d+ labels/s`,
		`(   \d+ of \d+ labels printed\n)+`, `-> is past`, `; the use-by date 2026-11-19 is past`,
		` and use-by-past`)
}
