package font_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label/font"
)

var faces = []font.Face{font.Regular, font.Bold, font.Mono}

func TestFacesHaveNames(t *testing.T) {
	for _, f := range faces {
		parsed, ok := font.ParseFace(f.String())
		require.True(t, ok)
		require.Equal(t, f, parsed)
	}
	_, ok := font.ParseFace("comic")
	require.False(t, ok)
	require.Equal(t, "face 9", font.Face(9).String())
	require.Equal(t, font.Regular.Width("x"), font.Face(9).Width("x"),
		"an unknown face draws as the first")
}

// A flat capital is CapHeight high, and what labels show stays within the fonts' own metrics.
func TestMetrics(t *testing.T) {
	for _, f := range faces {
		require.Equal(t, float64(font.CapHeight), f.Glyph('H').High, f)
		require.Zero(t, f.Glyph('H').Low)
		require.Equal(t, float64(f.XHeight()), f.Glyph('x').High, f)
		for _, r := range "ÅgjÄy|()[]{}@§Щ" {
			require.LessOrEqual(t, f.Glyph(r).High, 1935.0, "%s %c", f, r)
			require.GreaterOrEqual(t, f.Glyph(r).Low, -432.0, "%s %c", f, r)
		}
	}
}

func TestWidthIsTheSumOfAdvances(t *testing.T) {
	for _, f := range faces {
		sum := 0
		for _, r := range "Größe Ω 0123 fi" {
			a, ok := f.Advance(r)
			require.True(t, ok)
			require.Equal(t, a, f.Glyph(r).Advance)
			sum += a
		}
		require.Equal(t, sum, f.Width("Größe Ω 0123 fi"))
	}
	for r := '!'; r < '~'; r++ {
		a, _ := font.Mono.Advance(r)
		require.Equal(t, font.Mono.Width("0"), a)
	}
	for r := '0'; r <= '9'; r++ {
		a, _ := font.Regular.Advance(r)
		require.Equal(t, font.Regular.Width("0"), a, "figures stand in columns")
	}
}

// Everything that GS1 can encode can be shown (character sets 39, 64 and 82), and look-alikes
// differ.
func TestGlyphsOfGS1(t *testing.T) {
	for _, f := range faces {
		for r := rune('!'); r <= 'z'; r++ {
			require.NotEmpty(t, f.Glyph(r).Contours, "%s %c", f, r)
		}
		for _, pair := range []string{"0O", "1l", "1I", "lI", "5S", "8B", "2Z"} {
			require.NotEqual(t, f.Glyph(rune(pair[0])).Contours, f.Glyph(rune(pair[1])).Contours,
				"%s %s", f, pair)
		}
	}
}

func TestMissing(t *testing.T) {
	for text, want := range map[string]rune{"東京": '東', "a😀": '😀', "a\tb": '\t', "\x00": 0, "a\U0010ffff": '\U0010ffff'} {
		r, missing := font.Regular.Missing(text)
		require.True(t, missing, text)
		require.Equal(t, want, r)
	}
	_, missing := font.Regular.Missing("Ångström µm ½ № €")
	require.False(t, missing)
	box := font.Regular.Glyph('東')
	require.Same(t, box, font.Regular.Glyph('京'), "what is missing shows as one box")
	require.NotEmpty(t, box.Contours)
}

func TestFacesServeManyGoroutines(t *testing.T) {
	done := make(chan int)
	for range 8 {
		go func() {
			n := 0
			for r := rune(0x20); r < 0x250; r++ {
				n += len(font.Bold.Glyph(r).Contours)
			}
			done <- n
		}()
	}
	first := <-done
	for range 7 {
		require.Equal(t, first, <-done)
	}
}

func BenchmarkWidth(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		font.Regular.Width("Infusion set with filter, 150 cm")
	}
}
