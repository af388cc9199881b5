package serial

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/serial/internal/pattern"
)

// pageFields are those that pattern.md names.
func pageFields(t testing.TB) Fields {
	at, err := time.Parse(time.RFC3339, "2026-11-22T14:05:00+01:00")
	require.NoError(t, err)
	return Fields{Time: at, Product: "09506000134352", Lot: "L42", Plant: "Berlin", Line: "3",
		Shift: "2", Values: map[string]string{"station": "7"}}
}

func pageKeys(t testing.TB) Keyring {
	k, err := NewKey("A", []byte("sixteen byte key"))
	require.NoError(t, err)
	ring, err := NewKeyring(k)
	require.NoError(t, err)
	return ring
}

// compileKeyed compiles a pattern and gives it the page's keys.
func compileKeyed(t testing.TB, pattern string) *Scheme {
	s, err := Compile(pattern)
	require.NoError(t, err, pattern)
	s, err = s.WithKeys(pageKeys(t))
	require.NoError(t, err, pattern)
	return s
}

// TestPatternPage runs every example of pattern.md.
func TestPatternPage(t *testing.T) {
	page, err := os.ReadFile("pattern.md")
	require.NoError(t, err)
	lines := strings.Split(string(page), "\n")
	var s *Scheme
	in, count, tried := false, 0, true
	f := pageFields(t)
	for i, line := range lines {
		switch {
		case line == "```scheme":
			in, s = true, nil
			require.True(t, tried, "line %d: a pattern without an example above", i)
		case strings.HasPrefix(line, "```"):
			in = false
		case !in || line == "" || strings.HasPrefix(line, "# "):
		case !strings.HasPrefix(line, "  "):
			require.True(t, tried, "line %d: a pattern without an example above", i)
			s, tried = compileKeyed(t, line), false
		default:
			count++
			tried = true
			words := strings.SplitN(strings.TrimSpace(line), " ", 3)
			index, err := strconv.ParseUint(words[0], 10, 64)
			require.NoError(t, err, line)
			got, err := s.Format(f, index)
			if words[1] == "!" {
				require.ErrorContains(t, err, words[2], "%s %s", s, line)
				continue
			}
			require.NoError(t, err, "%s %s", s, line)
			shown, err := s.Display(got)
			require.NoError(t, err)
			if shown != got {
				shown = got + ", printed " + shown
			}
			if ci.Update() {
				lines[i] = fmt.Sprintf("  %d = %s", index, shown)
				continue
			}
			require.Equal(t, words[2], shown, "%s index %d", s, index)
			checkLaws(t, s, f, index)
		}
	}
	require.True(t, tried)
	require.Greater(t, count, 80)
	if ci.Update() {
		require.NoError(t, os.WriteFile("pattern.md", []byte(strings.Join(lines, "\n")), 0o644))
	}
}

// checkLaws holds both laws for one unit.
func checkLaws(t testing.TB, s *Scheme, f Fields, index uint64) {
	out, err := s.Format(f, index)
	require.NoError(t, err, "%s index %d", s, index)
	context := Fields{Time: f.Time, Product: f.Product}
	for _, name := range s.pattern.Given {
		if to := context.builtin(pattern.BuiltinOf(name)); to != nil {
			*to = f.value(name)
		} else {
			context.ownValues()
			context.Values[name] = f.value(name)
		}
	}
	back, i, err := s.Parse(context, out)
	require.NoError(t, err, "%s index %d %s", s, index, out)
	require.Equal(t, index, i, "%s %s", s, out)
	again, err := s.Format(back, i)
	require.NoError(t, err, "%s index %d %s", s, index, out)
	require.Equal(t, out, again, "%s", s)
	scope, err := s.Scope(f)
	require.NoError(t, err)
	backScope, err := s.Scope(back)
	require.NoError(t, err)
	require.Equal(t, scope, backScope, "%s %s", s, out)
}
