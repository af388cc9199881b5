package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTableNamesTests proves that each test in docs/validation.md exists.
func TestTableNamesTests(t *testing.T) {
	text, err := os.ReadFile("../../" + table)
	require.NoError(t, err)
	rows := requirements(string(text))
	require.Greater(t, len(rows), 20)
	ids := map[string]bool{}
	for _, r := range rows {
		require.False(t, ids[r.id], "requirement %s stands twice", r.id)
		ids[r.id] = true
		require.NotEmpty(t, r.tests, "requirement %s has no test", r.id)
		there := tests(t, filepath.Join("../..", r.pkg))
		for _, name := range r.tests {
			require.True(t, there[name], "requirement %s: %s has no %s", r.id, r.pkg, name)
		}
	}
}

// tests returns the test, fuzz and example functions of a folder.
func tests(t *testing.T, dir string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	require.NoError(t, err)
	for _, file := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, decl := range syntax.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil {
				names[f.Name.Name] = true
			}
		}
	}
	return names
}

func TestRequirements(t *testing.T) {
	rows := requirements(strings.Join([]string{
		"| id | requirement | package | tests |",
		"| --- | --- | --- | --- |",
		"| S1 | Serials are unique. | `./serial` | `TestA`, `TestB` |",
	}, "\n"))
	require.Equal(t, []requirement{{"S1", "Serials are unique.", "./serial", []string{"TestA", "TestB"}}}, rows)
}
