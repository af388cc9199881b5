package docs

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

const module = "github.com/gonameplate/nameplate/"

// TestArchitecture holds the list of rooms and files in docs/architecture.md to the code.
func TestArchitecture(t *testing.T) {
	name := filepath.Join(root, "docs", "architecture.md")
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(text), "<!-- rooms -->\n")
	require.True(t, found)
	_, after, found := strings.Cut(rest, "<!-- end -->")
	require.True(t, found)
	now := before + "<!-- rooms -->\n" + rooms(t) + "<!-- end -->" + after
	if ci.Update() {
		require.NoError(t, os.WriteFile(name, []byte(now), 0o644))
		return
	}
	require.Equal(t, now, string(text), "renew docs/architecture.md with NAMEPLATE_UPDATE=1")
}

// A room is a package.
type room struct {
	name    string // its folder
	about   string // the first sentence of its comment
	imports []string
	files   []string // table rows
}

// rooms returns the packages as Markdown, the lowest floor first.
func rooms(t *testing.T) string {
	t.Helper()
	found := map[string]*room{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || path.Dir(name) == ".":
			return nil
		}
		dir := path.Dir(name)
		if found[dir] == nil {
			found[dir] = &room{name: dir}
		}
		return found[dir].add(name)
	})
	require.NoError(t, err)
	var b strings.Builder
	for _, dir := range sorted(found) {
		r := found[dir]
		fmt.Fprintf(&b, "### %s\n\n%s\n", r.name, r.about)
		if len(r.imports) > 0 {
			slices.Sort(r.imports)
			fmt.Fprintf(&b, "\nImports %s.\n", strings.Join(slices.Compact(r.imports), ", "))
		}
		fmt.Fprintf(&b, "\n| file | begins with |\n| --- | --- |\n%s\n", strings.Join(r.files, ""))
	}
	return b.String()
}

// sorted returns the folders from the ground floor up.
func sorted(found map[string]*room) []string {
	floors := []string{"internal", "serial", "gs1", "label", "zpl", "printer", "examples"}
	var dirs []string
	for dir := range found {
		dirs = append(dirs, dir)
	}
	floor := func(dir string) int { return slices.Index(floors, strings.Split(dir, "/")[0]) }
	slices.SortFunc(dirs, func(a, b string) int {
		if fa, fb := floor(a), floor(b); fa != fb {
			return fa - fb
		}
		return strings.Compare(a, b)
	})
	return dirs
}

func (r *room) add(name string) error {
	mode := parser.ParseComments | parser.SkipObjectResolution
	syntax, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, mode)
	if err != nil {
		return err
	}
	if about := sentence(syntax.Doc.Text()); about != "" && r.about == "" {
		r.about = about
	}
	for _, spec := range syntax.Imports {
		imp, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if own, ok := strings.CutPrefix(imp, module); ok {
			r.imports = append(r.imports, "`"+own+"`")
		}
	}
	about := firstSentence(syntax)
	if about == "" && path.Base(name) == "doc.go" {
		about = "The package's comment."
	}
	r.files = append(r.files, fmt.Sprintf("| `%s` | %s |\n", path.Base(name), strings.ReplaceAll(about, "|", "\\|")))
	return nil
}

// firstSentence returns what the first documented declaration of a file is.
func firstSentence(syntax *ast.File) string {
	for _, decl := range syntax.Decls {
		var comment *ast.CommentGroup
		switch d := decl.(type) {
		case *ast.FuncDecl:
			comment = d.Doc
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			comment = d.Doc
		}
		if s := sentence(comment.Text()); s != "" {
			return s
		}
	}
	return ""
}

func sentence(text string) string { return new(doc.Package).Synopsis(text) }
