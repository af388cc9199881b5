package checkdigit

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// errorClasses are the mistakes of ISO/IEC 7064, 4.1, and the jump twin. Each calls try with
// every full number that the mistake makes of one.
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
	{"jump twins (aca → bcb)",
		func(b []byte, chars string, try func()) { twins(b, 2, chars, try) }},
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

// randomPayload is a payload of a length that the system takes, every character that its place
// may have as likely as any other.
func randomPayload(s System, r *rand.Rand, n int) string {
	switch s {
	case ISO6346:
		return randomText(letters, 3, r) + randomText("UJZ", 1, r) + randomText(digits, 6, r)
	case IBAN:
		return randomText(letters, 2, r) + randomText(alnum, n-2, r)
	case MEID: // those of digits only are rare by chance
		if r.IntN(10) == 0 {
			return randomText(digits, n, r)
		}
	}
	return randomText(s.Alphabet(), n, r)
}

// usualLength is ten characters with the check, or what the system takes.
func usualLength(c *checker) int {
	n := max(10-c.n, c.min)
	if c.max > 0 {
		n = min(n, c.max)
	}
	return n
}

// TestDetection counts which mistakes pass as valid and compares with DETECTION.md. Mistakes
// whose result could not be a number of the system at all are counted as caught.
func TestDetection(t *testing.T) {
	if testing.Short() {
		t.Skip("counts for some seconds: not with -short")
	}
	var page strings.Builder
	page.WriteString("# What check characters catch\n\n" +
		"The share of mistakes that pass unnoticed, counted by `TestDetection` over 200,000 " +
		"random mistakes in numbers of ten characters (or of the " +
		"system's own length), the check characters among them. 0 means that not one passed. A " +
		"wrong character may be any of the system's; what " +
		"can't be a number of the system at all, such as a letter in an IMO number, is caught " +
		"and isn't counted where the system has no such letter.\n\n| system |")
	for _, class := range errorClasses {
		page.WriteString(" " + class.name + " |")
	}
	page.WriteString("\n|---|" + strings.Repeat("---|", len(errorClasses)) + "\n")
	for _, row := range detectionRows(t) {
		fmt.Fprintf(&page, "| %s |", row.name)
		for _, class := range errorClasses {
			missed, made := countMissed(row, class.make)
			page.WriteString(share(missed, made))
		}
		page.WriteString("\n")
	}
	if ci.Update() {
		require.NoError(t, os.WriteFile("DETECTION.md", []byte(page.String()), 0o644))
	}
	want, err := os.ReadFile("DETECTION.md")
	require.NoError(t, err)
	require.Equal(t, string(want), page.String())
}

// A detectionRow is a system with the payloads that are made for it.
type detectionRow struct {
	name string
	Checker
	payload func(r *rand.Rand) string
	chars   string // that a wrong character may be
}

// detectionRows are the systems, and two with the alphabets that a new scheme may take.
func detectionRows(t *testing.T) []detectionRow {
	var rows []detectionRow
	for _, s := range Systems() {
		row := detectionRow{s.String(), s,
			func(r *rand.Rand) string { return randomPayload(s, r, usualLength(s.checker())) },
			s.Alphabet()}
		if s == Mod97_10 {
			row.name += ", digits only"
			row.chars = digits
			row.payload = func(r *rand.Rand) string { return randomText(digits, 8, r) }
		}
		rows = append(rows, row)
	}
	const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	for name, build := range map[string]func(string) (Checker, error){"luhn": NewLuhn,
		"hybrid": NewHybrid} {
		for of, chars := range map[string]string{"0–9 A–Z": alnum, "Crockford's 32": crockford} {
			if name == "hybrid" && chars == alnum {
				continue // mod37-36
			}
			c, err := build(chars)
			require.NoError(t, err)
			rows = append(rows,
				detectionRow{name + " of " + of, c,
					func(r *rand.Rand) string { return randomText(chars, 9, r) }, chars})
		}
	}
	slices.SortStableFunc(rows[len(Systems()):],
		func(a, b detectionRow) int { return strings.Compare(a.name, b.name) })
	for i := range rows {
		for _, c := range rows[i].CheckAlphabet() {
			if !strings.ContainsRune(rows[i].chars, c) {
				rows[i].chars += string(c)
			}
		}
	}
	return rows
}

func countMissed(row detectionRow, mistakes func([]byte, string, func())) (missed, made int) {
	r := rand.New(rand.NewPCG(7064, uint64(len(row.chars))))
	for made < 200_000 {
		full, err := row.Complete(row.payload(r))
		if err != nil {
			continue
		}
		b := []byte(full)
		mistakes(b, row.chars, func() {
			if string(b) == full {
				return
			}
			made++
			if row.Valid(string(b)) {
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
	single := []System{Luhn, LuhnHex, Verhoeff, Damm, Mod11_2, Mod37_2, Mod97_10, Mod661_26,
		Mod1271_36, Mod11_10, Mod27_26, Mod37_36,
		GS1Mod10, GS1CheckPair, Mod43, PPN, PZN, ISBN10, ISSN, EIC, GS1Price4, GS1Price5}
	for _, row := range detectionRows(t) {
		s, ok := row.Checker.(System)
		if !ok || slices.Contains(single, s) {
			missed, made := countMissed(row, errorClasses[0].make)
			require.Greater(t, made, 1000)
			require.Zero(t, missed, "%v misses a single wrong character", row.name)
		}
		if slices.Contains([]System{Verhoeff, Damm, Mod11_2, Mod37_2, Mod97_10, Mod661_26,
			Mod1271_36, PZN, ISBN10, ISSN, EIC}, s) {
			missed, _ := countMissed(row, errorClasses[1].make)
			require.Zero(t, missed, "%v misses swapped neighbours", row.name)
		}
	}
}
