package architecture

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/gonameplate/nameplate"

// floors are the top-level folders from the ground up: an import may stay on its floor or go down.
var floors = []string{"serial", "gs1", "label", "zpl", "printer", "examples"}

// standardOnly are the trees that import the standard library and each other, and those in them
// that may do more.
var standardOnly = []string{"serial", "gs1"}
var storesOfTheLedger = []string{"serial/ledger/sqlite", "serial/ledger/postgres"}

// owners name the one package that imports a third-party module.
var owners = map[string]string{
	"modernc.org/sqlite":           "serial/ledger/sqlite",
	"github.com/jackc/pgx":         "serial/ledger/postgres",
	"github.com/boombuler/barcode": "label/symbol",
	"github.com/go-pdf/fpdf":       "label/pdf",
	"golang.org/x/image":           "label/font",
	"golang.org/x/text":            "label/symbol",
	"go.bug.st/serial":             "printer/port",
}

// strangers are trees on lower floors that a tree must not know all the same.
var strangers = map[string][]string{
	"gs1":     {"serial"},
	"label":   {"serial/ledger"},
	"zpl":     {"serial/ledger"},
	"printer": {"serial/ledger"},
}

// acquainted are packages that know such a stranger: they bring both together.
var acquainted = map[string]string{
	"printer/line": "serial/ledger",
}

func TestImportsGoDownAndModulesHaveOneOwner(t *testing.T) {
	imports := readImports(t, "../..")
	require.Greater(t, len(imports), 10, "the walk found too few packages to prove anything")
	for pkg, list := range imports {
		for _, imp := range list {
			if fault := judge(pkg, imp); fault != "" {
				t.Errorf("%s imports %s: %s", pkg, imp, fault)
			}
		}
	}
}

func TestJudgeFindsFaults(t *testing.T) {
	for _, c := range []struct{ pkg, imp, want string }{
		{"label", module + "/gs1", ""},
		{"label", module + "/label/symbol", ""},
		{"gs1", module + "/label", "points up"},
		{"printer", module + "/examples/line", "points up"},
		{"printer/printertest", module + "/serial/ledger", "should not know"},
		{"printer/line", module + "/serial/ledger", ""},
		{"printer/line", module + "/serial/ledger/sqlite", "should not know"},
		{"gs1", module + "/serial", "should not know"},
		{"label/symbol", module + "/serial/checkdigit", ""},
		{"gs1/digitallink", "github.com/google/uuid", "standard library only"},
		{"serial/ledger", "modernc.org/sqlite", "standard library only"},
		{"serial/ledger/sqlite", "modernc.org/sqlite/lib", ""},
		{"printer/port", "go.bug.st/serial", ""},
		{"zpl", "go.bug.st/serial", "belongs to printer/port"},
		{"label/raster", "golang.org/x/image/font", "belongs to label/font"},
		{"label/pdf", "github.com/unknown/module", "no owner"},
		{"gs1", "encoding/json", ""},
	} {
		got := judge(c.pkg, c.imp)
		if c.want == "" {
			require.Empty(t, got, "%s imports %s", c.pkg, c.imp)
		} else {
			require.Contains(t, got, c.want, "%s imports %s", c.pkg, c.imp)
		}
	}
}

// judge returns what is wrong with the import imp in package pkg (a folder below the module), or "".
func judge(pkg, imp string) string {
	if inner, ok := strings.CutPrefix(imp, module+"/"); ok {
		return judgeOwn(pkg, inner)
	}
	if isStandard(imp) {
		return ""
	}
	if under(pkg, standardOnly) && !under(pkg, storesOfTheLedger) {
		return "standard library only here"
	}
	for mod, owner := range owners {
		if under(imp, []string{mod}) {
			if pkg == owner {
				return ""
			}
			return "the module belongs to " + owner
		}
	}
	return "the module has no owner; name one in this test"
}

func judgeOwn(pkg, inner string) string {
	if under(inner, []string{"internal"}) {
		return ""
	}
	from, to := floor(pkg), floor(inner)
	switch {
	case from < 0 || to < 0:
		return "not a room of the house"
	case to > from:
		return fmt.Sprintf("points up from %s to %s", floors[from], floors[to])
	case acquainted[pkg] == inner:
		return ""
	case under(inner, strangers[floors[from]]):
		return floors[from] + " should not know " + inner
	}
	return ""
}

func floor(pkg string) int { return slices.Index(floors, strings.Split(pkg, "/")[0]) }

func under(pkg string, trees []string) bool {
	return slices.ContainsFunc(trees, func(tree string) bool {
		return pkg == tree || strings.HasPrefix(pkg, tree+"/")
	})
}

func isStandard(imp string) bool { return !strings.Contains(strings.Split(imp, "/")[0], ".") }

// readImports maps each package folder under root to what its files other than tests import.
func readImports(t *testing.T, root string) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(rel))
		for _, spec := range parsed.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports[pkg] = append(imports[pkg], imp)
		}
		return nil
	})
	require.NoError(t, err)
	return imports
}
