package checkdigit

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write DETECTION.md anew")

// errorClasses are the mistakes of ISO/IEC 7064, 4.1, and the jump twin. Each calls try with every full number that the mistake
// makes of one.
var errorClasses = []struct {
	name string
	make func(full []byte, chars string, try func())
}{
	{"one character wrong", func(b []byte, chars string, try func()) {
		for i, c := range b {
			for _, d := range []byte(chars) {
				b[i] = d
				try()
			}
			b[i] = c
		}
	}},
	{"neighbours swapped", func(b []byte, _ string, try func()) { swaps(b, 1, try) }},
	{"jump transposition (abc → cba)", func(b []byte, _ string, try func()) { swaps(b, 2, try) }},
	{"twins (aa → bb)", func(b []byte, chars string, try func()) { twins(b, 1, chars, try) }},
	{"jump twins (aca → bcb)", func(b []byte, chars string, try func()) { twins(b, 2, chars, try) }},
	{"shift by one place", func(b []byte, _ string, try func()) {
		old := string(b)
		copy(b, old[1:])
		b[len(b)-1] = old[0]
		try()
		b[0] = old[len(b)-1]
		copy(b[1:], old)
		try()
		copy(b, old)
	}},
}

func swaps(b []byte, by int, try func()) {
	for i := range len(b) - by {
		b[i], b[i+by] = b[i+by], b[i]
		try()
		b[i], b[i+by] = b[i+by], b[i]
	}
}

func twins(b []byte, by int, chars string, try func()) {
	for i := range len(b) - by {
		if b[i] != b[i+by] {
			continue
		}
		c := b[i]
		for _, d := range []byte(chars) {
			b[i], b[i+by] = d, d
			try()
		}
		b[i], b[i+by] = c, c
	}
}

// randomPayload is a payload of ten characters, or of the system's fixed length; a third of its characters repeat one before, for the twins.
func randomPayload(s System, r *rand.Rand) string {
	c := s.checker()
	n := max(10, c.min)
	if c.max > 0 {
		n = min(n, c.max)
	}
	b := make([]byte, n)
	for i := range b {
		chars := c.in.chars
		switch {
		case s == ISO6346 && i == 3:
			chars = "UJZ"
		case s == ISO6346 && i < 3, s == IBAN && i < 2:
			chars = letters
		case s == ISO6346, s == Mod97_10:
			chars = digits
		}
		b[i] = chars[r.IntN(len(chars))]
		if back := 1 + r.IntN(2); i >= back && r.IntN(3) == 0 && strings.IndexByte(chars, b[i-back]) >= 0 {
			b[i] = b[i-back]
		}
	}
	return string(b)
}

// TestDetection counts which mistakes pass as valid and compares with DETECTION.md. Mistakes whose result could not be a number of the
// system at all are counted as caught.
func TestDetection(t *testing.T) {
	if testing.Short() {
		t.Skip("counts for some seconds: not with -short")
	}
	var page strings.Builder
	page.WriteString("# What check characters catch\n\n" +
		"The share of mistakes that pass unnoticed, counted by `TestDetection` over random numbers of ten characters (or of the system's own length), " +
		"the check characters among them; mod97-10 over digits, as letters take two of them (see iban). 0 means that not one passed.\n\n| system |")
	for _, class := range errorClasses {
		page.WriteString(" " + class.name + " |")
	}
	page.WriteString("\n|---|" + strings.Repeat("---|", len(errorClasses)) + "\n")
	for _, s := range Systems() {
		fmt.Fprintf(&page, "| %s |", s)
		for _, class := range errorClasses {
			missed, made := countMissed(s, class.make)
			page.WriteString(share(missed, made))
		}
		page.WriteString("\n")
	}
	if *update {
		require.NoError(t, os.WriteFile("DETECTION.md", []byte(page.String()), 0o644))
	}
	want, err := os.ReadFile("DETECTION.md")
	require.NoError(t, err)
	require.Equal(t, string(want), page.String())
}

func countMissed(s System, mistakes func([]byte, string, func())) (missed, made int) {
	r := rand.New(rand.NewPCG(7064, uint64(s)))
	chars := s.Alphabet()
	if s == Mod97_10 {
		chars = digits
	}
	for _, c := range s.CheckAlphabet() {
		if !strings.ContainsRune(chars, c) {
			chars += string(c)
		}
	}
	for n := 0; made < 40_000 && n < 20_000; n++ {
		full, err := s.Complete(randomPayload(s, r))
		if err != nil {
			continue
		}
		b := []byte(full)
		mistakes(b, chars, func() {
			if string(b) == full {
				return
			}
			made++
			if s.Valid(string(b)) {
				missed++
			}
		})
	}
	return missed, made
}

func share(missed, made int) string {
	if missed == 0 {
		return " 0 |"
	}
	percent := 100 * float64(missed) / float64(made)
	if percent >= 10 {
		return fmt.Sprintf(" %.0f %% |", percent)
	}
	return fmt.Sprintf(" %.2g %% |", percent)
}

// TestGuarantees holds what the systems are chosen for, whatever the table says.
func TestGuarantees(t *testing.T) {
	for _, s := range Systems() {
		if s == ISO6346 || s == IBAN || s == VIN || s == IMO {
			continue // letters share values or take two digits, remainder 10 is written 0, weights share a factor with 10
		}
		missed, made := countMissed(s, errorClasses[0].make)
		require.Greater(t, made, 1000)
		require.Zero(t, missed, "%v misses a single wrong character", s)
	}
	for _, s := range []System{Verhoeff, Damm, Mod11_2, Mod37_2, Mod97_10, Mod661_26, Mod1271_36} {
		missed, _ := countMissed(s, errorClasses[1].make)
		require.Zero(t, missed, "%v misses swapped neighbours", s)
	}
}
