// Package ci reads the environment variables that change what tests do.
//
// Under NAMEPLATE_CI=1 a test fails, instead of skipping, when something outside Go that it needs
// is missing. Under NAMEPLATE_UPDATE=1 tests renew the pictures and other files that they
// otherwise compare with. Under NAMEPLATE_LONG=1 long tests and benchmarks run at full size.
package ci

import (
	"os"
	"os/exec"
	"testing"
)

// Running reports whether this is continuous integration, where everything must be installed and
// long searches are worth their time.
func Running() bool { return os.Getenv("NAMEPLATE_CI") == "1" }

// Update reports whether tests are to renew the files that they compare with.
func Update() bool { return os.Getenv("NAMEPLATE_UPDATE") == "1" }

// Long reports whether long tests and benchmarks are to run at full size.
func Long() bool { return os.Getenv("NAMEPLATE_LONG") == "1" }

// Skip skips the test on a developer's machine, and fails it in continuous integration.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if Running() {
		t.Fatal("NAMEPLATE_CI=1, but ", reason)
	}
	t.Skip(reason)
}

// Program returns the path of a program. If it isn't installed, Program skips the test as Skip
// does.
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
