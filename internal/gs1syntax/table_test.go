package gs1syntax

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// TestGenerate runs the generator and compares what it writes with the committed files.
func TestGenerate(t *testing.T) {
	ci.Program(t, "go")
	dir := t.TempDir()
	out, err := exec.Command("go", "run", "gen.go", "-dir", dir).CombinedOutput()
	require.NoError(t, err, string(out))
	for _, name := range []string{"table.go", "codelists.go"} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "%s: run go generate", name)
	}
}

// reference reads a file of the generator's input.
func reference(t testing.TB, name string) []byte {
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return data
}

// TestTableAgainstDictionary writes each AI of the table in the notation of the GS1 Barcode Syntax
// Dictionary and compares the two word by word, independently of the generator.
func TestTableAgainstDictionary(t *testing.T) {
	ours := map[string]string{}
	for code, row := range Codes {
		ours[code] = notation(row)
	}
	theirs := map[string]string{}
	release := ""
	for line := range strings.Lines(string(reference(t, "gs1-syntax-dictionary.txt"))) {
		if r, ok := strings.CutPrefix(line, "# Release: "); ok {
			release = strings.TrimSpace(r)
		}
		if line[0] == '#' || strings.TrimSpace(line) == "" {
			continue
		}
		line, title, _ := strings.Cut(line, "#")
		words := strings.Fields(line)
		if !strings.ContainsAny(words[1], "*?") {
			words = slices.Insert(words, 1, "")
		}
		first, last, run := strings.Cut(words[0], "-")
		if !run {
			last = first
		}
		lo, _ := strconv.Atoi(first)
		hi, _ := strconv.Atoi(last)
		spec := strings.Join(sorted(words[1:]), " ") + " # " + strings.TrimSpace(title)
		for n := lo; n <= hi; n++ {
			theirs[fmt.Sprintf("%0*d", len(first), n)] = spec
		}
	}
	require.Equal(t, release, Release)
	require.Equal(t, theirs, ours)
	require.Greater(t, len(ours), 500)
}

// sorted sorts the attributes after the components, whose order matters; the order of attributes
// does not.
func sorted(words []string) []string {
	attributes := slices.IndexFunc(words, func(w string) bool { return strings.Contains(w, "=") || w == "dlpkey" })
	if attributes >= 0 {
		slices.Sort(words[attributes:])
	}
	return words
}

func notation(row *AI) string {
	words := []string{""}
	if row.Predefined {
		words[0] += "*"
	}
	if row.Attribute {
		words[0] += "?"
	}
	for _, c := range row.Parts {
		w := string(c.Set.Letter())
		if c.Min != c.Max {
			w += ".."
		}
		w += strconv.Itoa(int(c.Max))
		if c.Optional {
			w = "[" + w + "]"
		}
		for _, l := range c.Lint {
			if l != 0 {
				w += "," + linterNames[l]
			}
		}
		words = append(words, w)
	}
	words = append(words, attributes("req", row.Req)...)
	words = append(words, attributes("ex", row.Ex)...)
	if row.Key {
		w := "dlpkey"
		for i, order := range row.Qualifiers {
			w += []string{"=", "|"}[min(i, 1)]
			for j, id := range order {
				w += []string{"", ","}[min(j, 1)] + pattern(Link{id, id + widen[prefixes[id/100].digits] - 1, end})
			}
		}
		words = append(words, w)
	}
	return strings.Join(sorted(words), " ") + " # " + row.Title
}

func attributes(name string, links []Link) (words []string) {
	w := name + "="
	for _, l := range links {
		w += pattern(l)
		switch l.Then {
		case or:
			w += ","
		case and:
			w += "+"
		case end:
			words, w = append(words, w), name+"="
		}
	}
	return words
}

var linterNames = map[Linter]string{
	csum: "csum", csumalpha: "csumalpha", gcppos1: "gcppos1", gcppos2: "gcppos2", yymmd0: "yymmd0", yymmdd: "yymmdd",
	yyyymmdd: "yyyymmdd", hh: "hh", mi: "mi", ss: "ss", hhmi: "hhmi", iso3166: "iso3166", iso3166999: "iso3166999",
	iso3166alpha2: "iso3166alpha2", iso4217: "iso4217", mediatype: "mediatype", packagetype: "packagetype", iban: "iban",
	iso5218: "iso5218", latitude: "latitude", longitude: "longitude", pcenc: "pcenc", nonzero: "nonzero", zero: "zero",
	nozeroprefix: "nozeroprefix", hasnondigit: "hasnondigit", hyphen: "hyphen", yesno: "yesno", winding: "winding",
	pieceoftotal: "pieceoftotal", posinseqslash: "posinseqslash", importeridx: "importeridx", couponcode: "couponcode",
	couponposoffer: "couponposoffer",
}

func TestCodeLists(t *testing.T) {
	var lists map[string][]string
	require.NoError(t, json.Unmarshal(reference(t, "code-lists.json"), &lists))
	for name, codes := range lists {
		linter := Linter(0)
		for l, n := range linterNames {
			if n == name {
				linter = l
			}
		}
		require.NotZero(t, linter, name)
		for _, candidate := range candidates() {
			if len(candidate) != len(codes[0]) && name != "packagetype" {
				continue
			}
			if name[:3] == "iso" && name != "iso3166alpha2" || name == "mediatype" {
				if _, err := strconv.Atoi(candidate); err != nil {
					continue // the component admits digits only
				}
			}
			require.Equal(t, slices.Contains(codes, candidate), linter.check(candidate).kind == 0, "%s %s", name, candidate)
		}
	}
}

// candidates are all strings of one to three capitals and digits.
func candidates() (all []string) {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	previous := []string{""}
	for range 3 {
		var longer []string
		for _, p := range previous {
			for i := range len(alphabet) {
				longer = append(longer, p+alphabet[i:i+1])
			}
		}
		all = append(all, longer...)
		previous = longer
	}
	return all
}

// TestLookup finds each AI of the table, by itself and in front of data, and nothing else.
func TestLookup(t *testing.T) {
	known := map[string]*AI{}
	for code, row := range Codes {
		known[code] = row
	}
	for digits := 2; digits <= 4; digits++ {
		for n := range []int{2: 100, 3: 1000, 4: 10000}[digits] {
			code := fmt.Sprintf("%0*d", digits, n)
			require.Same(t, known[code], Lookup(code), code)
			if row, _, length := leading(code+"A", false); known[code] != nil {
				require.Equal(t, digits, length, code)
				require.Same(t, known[code], &table[row], code)
			} else if length == digits {
				t.Errorf("found %s", code)
			}
		}
	}
	for _, bad := range []string{"", "1", "0x", "01a", "00010", "/0", "0:"} {
		require.Nil(t, Lookup(bad), bad)
	}
}
