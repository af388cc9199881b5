package checkdigit

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// A vector is a payload and what we say of it; system and alphabet are the judge's names.
type vector struct{ system, alphabet, payload, check string }

// TestJudge compares every system with python-stdnum, or with testdata/judge.py for those that
// python-stdnum lacks.
func TestJudge(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 7064))
	var vectors []vector
	add := func(name, alphabet string, c Checker, payload string) {
		check, err := c.Compute(payload)
		if err != nil {
			require.ErrorIs(t, err, ErrNone, "%s %q", name, payload)
		}
		vectors = append(vectors, vector{name, alphabet, payload, check})
	}
	for _, s := range Systems() {
		for range 1000 {
			add(s.String(), "", s, randomPayload(s, r, randomLength(s.checker(), r)))
		}
	}
	for name, build := range map[string]func(string) (Checker, error){"NewLuhn": NewLuhn,
		"NewHybrid": NewHybrid, "NewPure": NewPure} {
		for range 200 {
			alphabet := randomAlphabet(r)
			c, err := build(alphabet)
			if err != nil {
				require.ErrorIs(t, err, ErrAlphabet)
				continue
			}
			for range 10 {
				add(name, alphabet, c, randomText(c.Alphabet(), 1+r.IntN(60), r))
			}
		}
	}
	for i, line := range judge(t, vectors) {
		v := vectors[i]
		require.Equal(t, line, v.check, "%s(%s) of %q", v.system, v.alphabet, v.payload)
	}
	t.Log(len(vectors), "vectors agree")
}

func randomText(chars string, n int, r *rand.Rand) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = chars[r.IntN(len(chars))]
	}
	return string(b)
}

// randomLength is one that the system takes; long ones are for the sums that go on in pieces.
func randomLength(c *checker, r *rand.Rand) int {
	lo, hi := max(c.min, 1), c.max
	switch {
	case hi == 0 && r.IntN(10) == 0:
		hi = 1500
	case hi == 0:
		hi = 40
	}
	return lo + r.IntN(hi-lo+1)
}

// randomAlphabet is a random part of printable ASCII in random order. No space: the judge's lines
// are cut at white space.
func randomAlphabet(r *rand.Rand) string {
	chars := []byte(printable[1:])
	r.Shuffle(len(chars), func(i, j int) { chars[i], chars[j] = chars[j], chars[i] })
	return string(chars[:2+r.IntN(len(chars)-1)])
}

// judge returns the judge's answers.
func judge(t *testing.T, vectors []vector) []string {
	python := pythonWith(t, "stdnum")
	var in strings.Builder
	for _, v := range vectors {
		fmt.Fprintf(&in, "%s\t%s\t%s\n", v.system, v.alphabet, v.payload)
	}
	cmd := exec.Command(python, "testdata/judge.py")
	cmd.Stdin = strings.NewReader(in.String())
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("%s", exit.Stderr)
	}
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	require.Len(t, lines, len(vectors))
	return lines
}

// pythonWith returns a Python that has a module: the first in the path, or else the system's, for
// which packages install modules.
func pythonWith(t *testing.T, module string) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import "+module).Run() == nil {
			return python
		}
	}
	ci.Skip(t, "no python3 has the module "+module+": install python3-"+module)
	return ""
}
