// Package ci decides what a test does when something outside Go that it needs is absent. NAMEPLATE_CI=1 in the environment says that
// this is continuous integration.
package ci

import (
	"os"
	"os/exec"
	"testing"
)

// Running reports whether this is continuous integration, where everything must be there and long searches are worth their time.
func Running() bool { return os.Getenv("NAMEPLATE_CI") == "1" }

// Skip skips the test, for a reason, on a developer's machine, and fails it in continuous integration.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if Running() {
		t.Fatal("NAMEPLATE_CI=1, but ", reason)
	}
	t.Skip(reason)
}

// Program returns the path of a program, or skips the test as Skip does when it is not installed.
func Program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Skip(t, name+" is not installed")
	}
	return path
}

// Programs skips the test as Skip does unless all the programs are installed.
func Programs(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		Program(t, name)
	}
}
