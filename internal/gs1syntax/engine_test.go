package gs1syntax

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// engineRows reads a table of the reference engine's own test vectors, which the README beside them
// explains.
func engineRows(t *testing.T, name string) (rows [][]string) {
	data, err := os.ReadFile(filepath.Join("..", "..", "gs1", "testdata", "engine", name))
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		for i, field := range row {
			if strings.HasPrefix(field, `"`) {
				row[i], err = strconv.Unquote(field)
				require.NoError(t, err, field)
			}
		}
		rows = append(rows, row)
	}
	require.NotEmpty(t, rows)
	return rows
}

// TestEngineLinters runs the vectors of the linters. A value that no AI would show to the linter,
// because its characters or its length are wrong, is rejected before.
func TestEngineLinters(t *testing.T) {
	named := map[string]Linter{}
	for linter, name := range linterNames {
		named[name] = linter
	}
	n := 0
	for _, row := range engineRows(t, "linters.tsv") {
		name, pass := row[0], row[1] == "pass"
		for _, v := range row[2:] {
			n++
			if name == "cset64" {
				require.Equal(t, pass, setZ.check(v).kind == 0, "%s %q", name, v)
				continue
			}
			linter := named[name]
			require.NotZero(t, linter, name)
			if pass && v != "" || shown(linter, v) {
				require.Equal(t, pass, linter.check(v).kind == 0, "%s %q", name, v)
			}
		}
	}
	require.Greater(t, n, 1500)
}

// shown reports whether a component with that rule can have v, as far as its length and its
// characters go.
func shown(linter Linter, v string) bool {
	for _, row := range Codes {
		for _, c := range row.Parts {
			if slices.Contains(c.Lint[:], linter) && len(v) >= int(c.Min) && len(v) <= int(c.Max) &&
				c.Set.check(v).kind == 0 {
				return true
			}
		}
	}
	return false
}

func TestEngineEscapes(t *testing.T) {
	for _, row := range engineRows(t, "unescape.tsv") {
		path, _ := unescape(row[0], false)
		require.Equal(t, row[1], path)
		query, _ := unescape(row[0], true)
		require.Equal(t, row[2], query)
	}
	_, nul := unescape("A%00B%00", false)
	require.Equal(t, 1, nul)
	for _, row := range engineRows(t, "escape.tsv") {
		require.Equal(t, "/99/"+row[1], string(appendPair(nil, '/', '/', Element{"99", row[0]})))
	}
}

func TestEnginePaths(t *testing.T) {
	for _, row := range engineRows(t, "paths.tsv") {
		path := make([]Element, len(row))
		for i, ai := range row {
			path[i].AI = ai
		}
		require.True(t, isPath(path), row)
		slices.Reverse(path)
		require.Equal(t, len(path) == 1, isPath(path), row)
	}
}
