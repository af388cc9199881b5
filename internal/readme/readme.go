// Package readme holds the README of an example program to what the program prints.
//
// In a README, a fenced block of the language console shows a session: lines that begin with "$ "
// are commands, which sh runs in the module's folder, and the lines after them are what they
// print.
package readme

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/internal/ci"
)

// A Command is a command of a README with its output.
type Command struct {
	Text   string // without "$ "
	Output string // whole lines
}

// Commands returns the commands of a README's console blocks, in their order.
func Commands(text string) (all []Command) {
	inside := false
	for line := range strings.Lines(text) {
		switch trimmed := strings.TrimRight(line, "\r\n"); {
		case strings.HasPrefix(trimmed, "```"):
			inside = trimmed == "```console"
		case !inside:
		case strings.HasPrefix(trimmed, "$ "):
			all = append(all, Command{Text: trimmed[2:]})
		case len(all) > 0:
			all[len(all)-1].Output += trimmed + "\n"
		}
	}
	return all
}

// Check runs the commands of the README in the test's folder, which is examples/NAME, and compares
// their output, standard error included, with the README's. What varies matches an expression of
// vary, and is not compared. The commands share a temporary folder with a link to the examples,
// and "go run ./examples/NAME" one built program. Under NAMEPLATE_UPDATE=1 Check writes the README
// anew.
func Check(t *testing.T, vary ...string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("commands of a README are for sh")
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	program := filepath.Join(work, "program")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Symlink(filepath.Dir(dir), filepath.Join(work, "examples")); err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	commands := Commands(readme)
	if len(commands) == 0 {
		t.Fatal("README.md has no command in a console block")
	}
	name := "go run ./examples/" + filepath.Base(dir)
	for _, c := range commands {
		run := exec.Command("sh", "-c", strings.ReplaceAll(c.Text, name, program))
		run.Dir = work
		out, _ := run.CombinedOutput() // the README shows how it failed
		printed := trailing.ReplaceAllString(string(out), "")
		if blank(printed, vary) == blank(c.Output, vary) {
			continue
		}
		if !ci.Update() {
			t.Errorf("$ %s\nprints\n%s\nREADME.md has\n%s", c.Text, printed, c.Output)
		}
		readme = strings.Replace(readme, "$ "+c.Text+"\n"+c.Output, "$ "+c.Text+"\n"+printed, 1)
	}
	if ci.Update() {
		if err := os.WriteFile("README.md", []byte(readme), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var trailing = regexp.MustCompile(`(?m)[ \t]+$`)

// blank replaces what varies.
func blank(text string, vary []string) string {
	for _, v := range vary {
		text = regexp.MustCompile(v).ReplaceAllString(text, "…")
	}
	return text
}
