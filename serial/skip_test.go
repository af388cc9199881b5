package serial

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/checkdigit"
	"github.com/gonameplate/nameplate/serial/internal/pattern"
)

// TestSkippersCount goes through all numbers of some checks and counts those that are left out by
// their definitions.
func TestSkippersCount(t *testing.T) {
	for _, c := range []struct {
		pattern, all string // with and without the rule
		leftOut      func(serial string) bool
	}{
		{"CSQU30{index:4}{check:iso6346 skip}", "CSQU30{index:4}{check:iso6346}",
			func(s string) bool { return containerRemainder(s[:10]) == 10 }},
		{"MSKU9{index:5}{check:iso6346 skip}", "MSKU9{index:5}{check:iso6346}",
			func(s string) bool { return containerRemainder(s[:10]) == 10 }},
		{"{index:5}{check:mod11-2 skip}", "{index:5}{check:mod11-2}",
			func(s string) bool { return strings.HasSuffix(s, "X") }},
		{"031{index:4}{check:issn skip}", "031{index:4}{check:issn}",
			func(s string) bool { return strings.HasSuffix(s, "X") }},
		{"97800{index:4}{check:isbn10 skip}", "97800{index:4}{check:isbn10}",
			func(s string) bool { return strings.HasSuffix(s, "X") }},
		{"037{index:4}{check:pzn}", "037{index:4}", func(s string) bool {
			_, err := checkdigit.PZN.Compute(s)
			return errors.Is(err, checkdigit.ErrNone)
		}},
		{"11XNAMEPLATE{index:3 of=019AZ}{check:eic}", "11XNAMEPLATE{index:3 of=019AZ}",
			func(s string) bool {
				_, err := checkdigit.EIC.Compute(s)
				return errors.Is(err, checkdigit.ErrNone)
			}},
	} {
		s, all := MustCompile(c.pattern), MustCompile(c.all)
		var next uint64
		least, _ := s.Len()
		for i := uint64(0); i < all.Capacity() && next < s.Capacity(); i++ {
			text, err := all.Format(Fields{}, i)
			require.NoError(t, err)
			full := text
			if len(full) < least {
				check, err := s.pattern.Parts[len(s.pattern.Parts)-1].Check.System.Compute(text)
				if full += check; err != nil {
					full += "0"
				}
			}
			_, index, err := s.Parse(Fields{}, full)
			if c.leftOut(text) {
				require.ErrorIs(t, err, ErrIndex, full)
				continue
			}
			require.NoError(t, err, full)
			require.Equal(t, next, index, full)
			again, err := s.Format(Fields{}, index)
			require.NoError(t, err)
			require.Equal(t, full, again)
			next++
		}
		require.Equal(t, s.Capacity(), next, c.pattern)
		require.Less(t, s.Capacity(), all.Capacity())
	}
}

// containerRemainder is that of ISO 6346, annex A, by its table of letters.
func containerRemainder(s string) int {
	values := map[rune]int{}
	for i, c := range "0123456789A_BCDEFGHIJK_LMNOPQRSTU_VWXYZ" {
		values[c] = i
	}
	sum := 0
	for i, c := range s {
		sum += values[c] << i
	}
	return sum % 11
}

// TestSkipsAreSums holds that what a skip learns place by place is what its system does with
// whole payloads.
func TestSkipsAreSums(t *testing.T) {
	r := rand.New(rand.NewPCG(6346, 11))
	for _, source := range []string{"{owner:3 letters}{kind:1 of=UJZ}{index:6}{check:iso6346 skip}",
		"{lot:3 digits}{index:4}{check:mod11-2 skip}", "{lot:3 digits}{index:6}{check:isbn10 skip}",
		"{line:1 digits}{index:6}{check:issn skip}", "{line:3 digits}{index:4}{check:pzn}",
		"{line:7 alnum}{index:8 alnum}{check:eic}"} {
		s := MustCompile(source)
		for range 3000 {
			f := Fields{Values: map[string]string{}}
			for i := range s.pattern.Parts {
				if p := &s.pattern.Parts[i]; p.Kind == pattern.FieldPart {
					var b strings.Builder
					for range p.Max {
						b.WriteByte(p.Chars.Chars[r.IntN(len(p.Chars.Chars))])
					}
					if to := f.builtin(p.Field.Builtin); to != nil {
						*to = b.String()
					} else {
						f.Values[p.Field.Name] = b.String()
					}
				}
			}
			text, err := s.Format(f, r.Uint64N(s.Capacity()))
			require.NoError(t, err)
			require.False(t, strings.HasSuffix(text, "X") && !strings.Contains(source, "eic"), text)
			if strings.Contains(source, "iso6346") {
				require.NotEqual(t, 10, containerRemainder(text[:10]), text)
			}
			_, i, err := s.Parse(Fields{}, text)
			require.NoError(t, err, "%s %s", source, text)
			again, err := s.Format(f, i)
			require.NoError(t, err)
			require.Equal(t, text, again)
		}
	}
}

func TestSkipErrors(t *testing.T) {
	for pattern, want := range map[string]string{
		"{index:6}{check:luhn skip}":                                    "skip goes with",
		"{index:6 from=5}{check:mod11-2 skip}":                          "has one width",
		"{index:1-6}{check:mod11-2 skip}":                               "parts of one width",
		"{index:2}{index:4}{check:mod11-2 skip}":                        "cover one index",
		"{index:4}{line:2 digits}{check:mod11-2 skip}":                  "as the last part",
		"{lot:1-3 digits}-{index:4}{check:mod11-2 skip over=lot,index}": "before the index",
		"{index:4}{check:mod11-2 skip over=lot,index}{given:lot}":       "before the index",
		"{index:13}{check:mod11-2 skip}":                                "has one width",
		"{owner:3 letters}U{index:6 scrambled}{check:iso6346 skip}":     "want 1,000,000 or more",
	} {
		_, err := Compile(pattern)
		require.ErrorContains(t, err, want, pattern)
	}
	s := compileKeyed(t, "{index:7 scrambled}{check:mod11-2 skip}")
	for i := range uint64(2000) {
		checkLaws(t, s, pageFields(t), i)
	}
}

// TestFieldWithoutACheck says what is wrong with a field that has no check character.
func TestFieldWithoutACheck(t *testing.T) {
	s := MustCompile("{part:7 digits}{check:pzn over=part}{index:2}")
	_, err := s.Format(Fields{Values: map[string]string{"part": "0000003"}}, 0)
	require.ErrorIs(t, err, ErrField)
	require.ErrorContains(t, err,
		"pzn has no check character for what it covers: no such number is issued")
	_, _, err = s.Parse(Fields{}, "0000003000")
	require.ErrorIs(t, err, ErrCheck)
	require.NotEmpty(t, s.suggest(Fields{}, "0000003000", 0))
}
