// Validate runs the tests that docs/validation.md names for each requirement and prints a report:
//
//	go run ./internal/validate >report.md
//
// A regulated user files the report with the version that it validates.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"time"
)

const table = "docs/validation.md"

func main() {
	text, err := os.ReadFile(table)
	if err != nil {
		fmt.Fprintln(os.Stderr, "validate: run this at the root of the module:", err)
		os.Exit(2)
	}
	rows := requirements(string(text))
	fmt.Printf("# Validation report\n\n%s, %s %s/%s, %s\n\n",
		version(), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		time.Now().UTC().Format("2006-01-02 15:04 UTC"))
	fmt.Println("| requirement | test | result |\n| --- | --- | --- |")
	failed := 0
	for _, r := range rows {
		results := run(r)
		for _, name := range r.tests {
			result := results[name]
			if result != "PASS" {
				failed++
			}
			fmt.Printf("| %s %s | `%s` in %s | %s |\n", r.id, r.text, name, r.pkg, result)
		}
	}
	fmt.Printf("\n%d requirements, %d tests without a pass.\n", len(rows), failed)
	if failed > 0 {
		os.Exit(1)
	}
}

// A requirement is a row of the table.
type requirement struct {
	id, text string
	pkg      string   // such as ./gs1
	tests    []string // names of its test functions
}

var quoted = regexp.MustCompile("`([^`]+)`")

// requirements returns the rows of a Markdown table whose third column is a package and whose
// fourth column names tests.
func requirements(markdown string) []requirement {
	var rows []requirement
	for line := range strings.Lines(markdown) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 || !strings.Contains(cells[2], "`./") {
			continue
		}
		r := requirement{
			id:   strings.TrimSpace(cells[0]),
			text: strings.TrimSpace(cells[1]),
			pkg:  quoted.FindStringSubmatch(cells[2])[1],
		}
		for _, name := range quoted.FindAllStringSubmatch(cells[3], -1) {
			r.tests = append(r.tests, name[1])
		}
		rows = append(rows, r)
	}
	return rows
}

var outcome = regexp.MustCompile(`(?m)^--- (PASS|FAIL|SKIP): (\S+)`)

// run returns PASS, FAIL or SKIP for each test of a requirement, or "not run".
func run(r requirement) map[string]string {
	results := map[string]string{}
	for _, name := range r.tests {
		results[name] = "not run"
	}
	pattern := "^(" + strings.Join(r.tests, "|") + ")$"
	test := exec.Command("go", "test", "-count=1", "-v", "-run", pattern, r.pkg)
	out, _ := test.CombinedOutput() // a failure is in the output
	for _, m := range outcome.FindAllStringSubmatch(string(out), -1) {
		results[m[2]] = m[1]
	}
	return results
}

func version() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--tags").Output()
	if err != nil {
		return "unknown version"
	}
	return "nameplate " + string(bytes.TrimSpace(out))
}
