// Package ci decides what a test does when something outside Go that it needs is absent.
package ci

import (
	"os"
	"os/exec"
	"testing"
)

// Skip skips the test, for a reason, on a developer's machine, and fails it in continuous integration, where NAMEPLATE_CI is 1
// and everything must be there.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("NAMEPLATE_CI") == "1" {
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
