package serial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/internal/quote"
)

func TestPatternErrors(t *testing.T) {
	for pattern, want := range map[string]string{
		"":                                     "is empty",
		"SN001":                                "no {index}",
		"{index}":                              "want a width",
		"{index:0}":                            "want a width",
		"{index:1000000000}":                   "want a width",
		"{index:6":                             "never closed",
		"{index:6}}":                           "character 10",
		"{{index:6}":                           "character 10",
		"{index:{index:3}}":                    "inside another",
		"{indx:6}":                             "did you mean index",
		"{index:6 scrambled}{chek}":            "did you mean check",
		"{index:5 scrambled}":                  "make it 6 characters wide",
		"{index:6 of=AAB}":                     `has 'A' twice`,
		"{index:6 of=Aa}":                      "differ in case only",
		"{index:6 shuffled}":                   `no such option "shuffled"`,
		"{index:6 from=7 to=3}":                "don't fit",
		"{index:2 to=100}":                     "room for 0 to 99",
		"{index:6 step=0}":                     "step of 1",
		"{index:6 like=A9}":                    "either a width or like=",
		"{index like=A9|A1}":                   "share texts",
		"{index:6 key=A}":                      "key= without scrambled",
		"SN{index:6}{check:luhn}":              "name the parts",
		"{index:6 hex}{check:damm}":            "name the parts",
		"{index:6}{check:mod42}":               "no such check-character system",
		"{index:6}{check over=lott}":           "no such part",
		"{lot}{index:1-6}":                     "its length varies",
		"{lot}-{index:1-6}{line}":              "its length varies",
		"{M}{index:6}":                         "want a code",
		"{M:123}{index:6}":                     "want 12",
		"{Y:ABC}{index:6}":                     "year of its first character",
		"{YYMMXX}{index:6}":                    "not a date",
		"{YYWW}{index:4}":                      "whose year is GG",
		"{Y}{MM}{WW}{index:4}":                 "whose year is GG",
		"{index:4}{reset:day}":                 "doesn't contain the whole day",
		"{YY}{MM}{index:4}{reset:day}":         "doesn't contain the whole day",
		"{index:4}{reset:lot}":                 `doesn't contain "lot"`,
		"{index:4}{zone:Mars/Olympus}":         "no such time zone",
		"{index:4}{daystart:25:00}":            "production day",
		"{index:4}{odds:1/10}":                 "guessed with certainty",
		"{index:6 scrambled}{odds:1/1000001}":  "not one serial",
		"{index:6 scrambled key=A}{key}":       "key is named twice",
		"{plant:Berlin=B,Austin=B}{index:3}":   `the text "B" twice`,
		"ä{index:3}":                           "printable ASCII",
		"\xff{index:3}":                        "printable ASCII",
		strings.Repeat("{index:3}", 100):       "more than 4 index parts",
		strings.Repeat("A{lot:1}", 100):        "more than 48 parts",
		strings.Repeat("x", 1<<20):             "at most 4096",
		strings.Repeat("x", 300) + "{index:3}": "longer than 255",
		"{index:200}{index:200}":               "longer than 255",
		"{index:2 range=plant:A=0-9,B=5-20}":   "overlaps that of A",
		"{index:2 range=plant:A=0-900}":        "don't fit",
		"{index:2 range=plant}":                "want range=",
		"{index:2 of=AB stop=A,B}":             "leaves nothing",
		"{index:1-255 stop=" + strings.Repeat("AB", 400) + "}": "too many words",
		"{index:6 stop=" + strings.Repeat("AB", 600) + "}":     "1000 characters",
		"{index:2 stop=A,,B}":                                  "separated by commas",
		"{}{index:3}":                                          "want a name after {",
		"{index:3}{check:iban}":                                "name the parts",
		"{index:3}{check:gs1}":                                 `character 17 ("gs1"): check: no such check-character system, want one of [gs1-mod10 gs1-pair gs1-price4 gs1-price5]`,
		"{index:3}{check:MOD97-10}":                            "want one of [mod97-10]",
		"{index:3}{check:luhn of=00}":                          "each character once",
		"{index:3 skip=13}":                                    "did you mean stop?",
		"{index:6 random}":                                     "did you mean scrambled?",
		"{index:17}{check:vin over=index}": "would pass over one of the 17 " +
			"characters",
		"{date}{index:3}":                          "did you mean {YYMMDD}?",
		"{yy}{index:3}":                            "did you mean {YY}?",
		"{YYMMDD}{index:3}{reset:daily}":           "did you mean day?",
		"{check over=b}{index:3}{check:luhn as=b}": "can't cover the check after it",
	} {
		_, err := Compile(pattern)
		require.ErrorIs(t, err, ErrPattern, pattern)
		require.ErrorContains(t, err, want, quote.Text(pattern))
		var e *Error
		require.ErrorAs(t, err, &e)
		require.LessOrEqual(t, e.Pos+e.Len, len(pattern), "%s %v", quote.Text(pattern), e)
	}
}

func TestPatternsThatOnlySoundWrong(t *testing.T) {
	for _, pattern := range []string{
		"{dye:1}{gem:1}{m:1}{index:3}", "{index:6 scrambled}{odds:<1/10000}",
		"{index:3 range=plant:A=0-9,B=10-19}{reset:plant}", `{index:3}{field:1 of="A "}`,
	} {
		_, err := Compile(pattern)
		require.NoError(t, err, pattern)
	}
}
