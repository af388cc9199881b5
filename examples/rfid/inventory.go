package main

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/gs1/epc"
)

// findTag returns the bits of the longest run of hexadecimal digits in a line, which readers
// surround by times, antennas and signal strengths.
func findTag(line string) (bits []byte, ok bool) {
	longest := ""
	notHex := func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }
	for run := range strings.FieldsFuncSeq(line, notHex) {
		if len(run)%4 == 0 && len(run) >= 16 && len(run) > len(longest) {
			longest = run
		}
	}
	bits, err := hex.DecodeString(longest)
	return bits, err == nil && longest != ""
}

// describe returns what a tag is, in one line.
func describe(bits []byte) string {
	c := epc.Classify(bits)
	if c.Err != nil {
		return c.Err.Error()
	}
	text := c.Tag.Scheme + " " + c.Tag.EPC.URI()
	if m, err := c.Tag.Message(); err == nil {
		text = c.Tag.Scheme + " " + m.String()
	}
	if c.Tag.Host != "" {
		text += " at " + c.Tag.Host
	}
	if name := epc.FilterName(c.Tag.Scheme, c.Tag.Filter); name != "" {
		text += " (" + name + ")"
	}
	if len(c.Doubts) > 0 {
		text += fmt.Sprintf(" doubtful: %s", strings.Join(c.Doubts, "; "))
	}
	return text
}
