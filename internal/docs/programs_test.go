package docs

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var block = regexp.MustCompile("(?ms)^```go\npackage main\n(.*?)^```\n(?:\n(?:[^\n]+\n)*?[^\n]*prints:?\n\n```text\n(.*?)^```\n)?")

// TestPrograms runs each whole program that a page shows, in a folder of its own, and compares its
// output with the text block after it, which the words "prints:" introduce.
func TestPrograms(t *testing.T) {
	seen := 0
	for page, text := range pages(t) {
		for i, m := range block.FindAllStringSubmatch(text, -1) {
			seen++
			t.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(page, "/", "-"), i+1), func(t *testing.T) {
				got := runProgram(t, "package main\n"+m[1])
				if m[2] != "" {
					require.Equal(t, m[2], got)
				}
			})
		}
	}
	require.NotZero(t, seen)
}

// runProgram builds a program as a package of this module and returns what it prints.
func runProgram(t *testing.T, program string) string {
	t.Helper()
	dir := t.TempDir()
	source := filepath.Join(dir, "main.go")
	require.NoError(t, os.WriteFile(source, []byte(program), 0o600))
	module, err := filepath.Abs(root)
	require.NoError(t, err)
	place := filepath.Join(module, "internal", "docs", "program")
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(place, "main.go"): source}})
	require.NoError(t, err)
	list := filepath.Join(dir, "overlay.json")
	require.NoError(t, os.WriteFile(list, overlay, 0o600))
	binary := filepath.Join(dir, "program.exe")
	build := exec.Command("go", "build", "-overlay", list, "-o", binary, "./internal/docs/program")
	build.Dir = module
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	run := exec.Command(binary)
	run.Dir = t.TempDir()
	out, err = run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}
