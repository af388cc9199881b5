package serial

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBlockIsFormat(t *testing.T) {
	s := compileKeyed(t, "{index:8 crockford scrambled}{check}")
	f := pageFields(t)
	var lines bytes.Buffer
	var i uint64 = 5000
	for ; i < 15_000; i++ {
		want, err := s.Format(f, i)
		require.NoError(t, err)
		lines.WriteString(want + "\n")
	}
	for _, workers := range []int{0, 1, 2, 3} {
		var out bytes.Buffer
		require.NoError(t, s.WriteBlock(&out, f, 5000, 10_000, workers))
		require.Equal(t, lines.Bytes(), out.Bytes(), "%d workers", workers)
	}
}

func TestBlockEnds(t *testing.T) {
	s := MustCompile("{index:2}")
	require.ErrorIs(t, s.WriteBlock(io.Discard, Fields{}, 98, 3, 1), ErrExhausted)
	require.ErrorIs(t, s.WriteBlock(io.Discard, Fields{}, math.MaxUint64, math.MaxUint64, 2),
		ErrExhausted)
	require.NoError(t, s.WriteBlock(io.Discard, Fields{}, 98, 2, 2))
	require.ErrorIs(t, s.WriteBlock(full{}, Fields{}, 0, 2, 1), errFull)
	require.ErrorIs(t, MustCompile("{lot}{index:2}").WriteBlock(io.Discard, Fields{}, 0, 2, 1),
		ErrField)
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestSchemesAsText(t *testing.T) {
	type config struct{ Scheme *Scheme }
	text, err := json.Marshal(config{MustCompile("SN{-}{index:6}{check}")})
	require.NoError(t, err)
	require.Equal(t, `{"Scheme":"SN{-}{index:6}{check}"}`, string(text))
	var back config
	require.NoError(t, json.Unmarshal(text, &back))
	require.True(t, back.Scheme.Equal(MustCompile("SN{index:6}{check}")))
	require.False(t, back.Scheme.Equal(MustCompile("SN{index:7}{check}")))
	require.False(t, back.Scheme.Equal(nil))
	out, err := back.Scheme.Format(Fields{}, 41)
	require.NoError(t, err)
	shown, err := back.Scheme.Display(out)
	require.NoError(t, err)
	require.Equal(t, "SN-"+out[2:], shown)
	require.ErrorIs(t, json.Unmarshal([]byte(`{"Scheme":"SN{"}`), &back), ErrPattern)
}

// TestSuggestFindsTheMistake makes every mistake at every place of some serials and looks for the
// serial among the suggestions.
func TestSuggestFindsTheMistake(t *testing.T) {
	s := compileKeyed(t, "SN{index:8 crockford scrambled}{check:mod1271-36}")
	f := pageFields(t)
	for index := range uint64(5) {
		meant, err := s.Format(f, index)
		require.NoError(t, err)
		require.Nil(t, s.suggest(f, meant, 5))
		require.NotContains(t, s.suggest(f, meant, index), meant, "never issued")
		find := func(typed string, m Mistake) {
			if typed == meant {
				return
			}
			if _, _, err := s.Parse(f, typed); err == nil {
				return
			}
			for _, x := range s.suggest(f, typed, 5) {
				if x.Serial == meant {
					require.LessOrEqual(t, x.Mistake, m, "%s for %s", typed, meant)
					return
				}
			}
			t.Errorf("%s for %s: %s not found", typed, meant, m)
		}
		for i := range len(meant) {
			find(meant[:i]+meant[i+1:], MistakeMissing)
			find(meant[:i]+"W"+meant[i:], MistakeExtra)
			find(meant[:i]+"W"+meant[i+1:], MistakeWrong)
			find(meant[:i]+"-"+meant[i:], MistakeFormatting)
			if i > 0 {
				find(meant[:i-1]+meant[i:i+1]+meant[i-1:i]+meant[i+1:], MistakeSwap)
			}
		}
		find(string(bytes.ToLower([]byte(meant))), MistakeFormatting)
		find(string(bytes.ReplaceAll([]byte(meant), []byte("0"), []byte("O"))), MistakeLookalike)
	}
	require.Nil(t, s.suggest(f, string(make([]byte, 1<<20)), 0))
	s.suggest(f, "\xff\x00ä", 0)
}
