package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// columns is the widest that a line of code may be, a tab counted as four. Tests may have longer
// lines where a string makes them so.
const columns = 100

// foreign are words that a native reader stumbles over in a comment or a message, with what to
// write instead.
var foreign = []struct{ pattern, instead string }{
	{`\b(tell|tells|telling)\b`, "return, report or describe"},
	{`\b(spell|spells|spelled|spelling)s?\b`, "write, contain or encode"},
	{`\b[Mm]ends?\b|\bmended\b|\bmending\b`, "fix or hint"},
	{`\bor none\b`, "if there is none"},
	{`\bof no more use\b`, "must be discarded"},
	{`\b[Rr]efuse[sd]?\b|\brefusing\b`, "reject"},
	{`\bready schemes?\b`, "preset"},
	{`\bline printer`, "label printer"},
	{`\bcompany that it requires\b`, "associated AIs it requires"},
}

// fine are uses of such words that are right: names of the trade and of other programs.
var fine = regexp.MustCompile(`[Ss]pelling (mistake|error|out)|check the spelling|connection refused|ECONNREFUSED`)

func TestLanguage(t *testing.T) {
	var words []*regexp.Regexp
	for _, f := range foreign {
		words = append(words, regexp.MustCompile(f.pattern))
	}
	walkSources(t, func(name string, text []byte, syntax *ast.File, files *token.FileSet) {
		check := func(pos token.Pos, s string) {
			s = fine.ReplaceAllString(s, "")
			for i, word := range words {
				if found := word.FindString(s); found != "" {
					t.Errorf("%s: %q: better: %s", files.Position(pos), found, foreign[i].instead)
				}
			}
		}
		for _, group := range syntax.Comments {
			for _, c := range group.List {
				check(c.Pos(), c.Text)
			}
		}
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && !strings.Contains(lit.Value, "\n") {
				check(lit.Pos(), lit.Value)
			}
			return true
		})
	})
}

func TestLines(t *testing.T) {
	walkSources(t, func(name string, text []byte, _ *ast.File, _ *token.FileSet) {
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			width := len([]rune(strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), "\n")))
			quoted := strings.HasSuffix(name, "_test.go") && strings.ContainsAny(line, "\"`")
			if width > columns && !quoted && !strings.HasPrefix(line, "//go:") {
				t.Errorf("%s:%d: %d columns, want at most %d", name, number, width, columns)
			}
		}
	})
}

// walkSources calls fn for each Go file that a person wrote.
func walkSources(t *testing.T, fn func(name string, text []byte, syntax *ast.File, files *token.FileSet)) {
	t.Helper()
	root := "../.."
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "language_test.go"):
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		syntax, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if !ast.IsGenerated(syntax) {
			fn(name, text, syntax, files)
		}
		return nil
	})
	require.NoError(t, err)
}
