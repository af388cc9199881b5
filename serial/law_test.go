package serial

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestRoundTripsByTheMillion holds both laws for a million random units over all kinds of parts.
func TestRoundTripsByTheMillion(t *testing.T) {
	rounds := 1_000_000 / len(fuzzPatterns)
	if testing.Short() {
		rounds = 2000
	}
	r := rand.New(rand.NewPCG(2026, 11))
	for _, pattern := range fuzzPatterns {
		s := compileKeyed(t, pattern)
		f := pageFields(t)
		buf, again := make([]byte, 0, maxSerial), make([]byte, 0, maxSerial)
		for range rounds {
			f.Time = time.Unix(r.Int64N(1<<33), 0).In(f.Time.Location())
			index := r.Uint64N(s.Capacity())
			out, err := s.AppendFormat(buf, f, index)
			if err != nil {
				t.Fatal(err)
			}
			back, i, err := s.Parse(f, string(out))
			if err != nil || i != index {
				t.Fatalf("%s: %s is %d, not %d: %v", s, out, i, index, err)
			}
			if again, err = s.AppendFormat(again[:0], back, i); err != nil || string(again) != string(out) {
				t.Fatalf("%s: %s becomes %s: %v", s, out, again, err)
			}
		}
	}
}

// TestWrongCharactersAreCaught tries every other character in every place of serials with a check: each is refused, and the error
// points at or after the place, as a check can't tell where.
func TestWrongCharactersAreCaught(t *testing.T) {
	f := pageFields(t)
	for _, pattern := range []string{"SN{index:8 crockford scrambled}{check}", "{index:10}{check:damm}", "{YYMMDD}{index:5 hex}{check:mod1271-36}"} {
		s := compileKeyed(t, pattern)
		for index := range uint64(50) {
			text, err := s.Format(f, index)
			require.NoError(t, err)
			for i := range len(text) {
				for c := byte(' '); c <= '~'; c++ {
					bad := text[:i] + string(c) + text[i+1:]
					_, _, err := s.Parse(f, bad)
					if bad == text {
						require.NoError(t, err)
						continue
					}
					e, ok := err.(*Error)
					if !ok || e.Kind == ErrCharacter && e.Pos != i {
						t.Fatalf("%s for %s: %v", bad, text, err)
					}
				}
			}
		}
	}
}
